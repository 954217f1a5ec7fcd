import fc from "fast-check";
import { editsOf, mutated } from "./mutations.ts";

const COMPOSE_WORDS = [
	"services:", "web:", "build: .", "image: nginx", "ports:", "- 80:80", '- "8080:80/udp"', "- 127.0.0.1::80", "- target: 80\n  published: 81", "expose:",
	"environment:", "- PORT=1", "PORT: ${PORT:-80}", "env_file: .env", "command: python -m http.server", "entrypoint: []", "extends: web", "include:", "x-a: &a",
	"<<: *a", "*a", "&a", "!reset []", "!override", "profiles: [a]", "network_mode: host", "network_mode: service:web", "deploy: {replicas: 2}", "- ", "? ", "| ", ">-",
	"\n---\n", "...", "{}", "[]", "~", "${", "${A?b}", "$$", "'", '"', "  ", "\t", "# portlight ignore=publishes-silence\n", "volumes: [./:/app]", "dockerfile_inline: |\n  FROM x",
]; // biome-ignore format: a table

const number = fc.oneof(
	fc.integer({ min: 1, max: 65_535 }).map(String),
	fc.constantFrom("80", "8000", "5000", "0", "65536", "${PORT:-80}", "$PORT", "6379"),
);
const port = fc.oneof(
	fc
		.tuple(number, number, fc.constantFrom("", "/udp", "/tcp", "/x"), fc.constantFrom("", '"', "'"))
		.map(([a, b, protocol, quote]) => `${quote}${a}:${b}${protocol}${quote}`),
	number,
	fc.tuple(number, number, number, number).map(([a, b, c, d]) => `"${a}-${b}:${c}-${d}"`),
	fc.tuple(fc.constantFrom("127.0.0.1", "[::1]", "::1", "${IP}"), number, number).map(([ip, a, b]) => `"${ip}:${a}:${b}"`),
	fc.tuple(number, number).map(([a, b]) => `target: ${a}\n        published: "${b}"\n        protocol: tcp`),
	fc.tuple(number, number).map(([a, b]) => `{ target: ${a}, published: ${b} }`),
);

/** The lines of one service, below its name. */
const setting = fc.oneof(
	{ weight: 3, arbitrary: fc.array(port, { minLength: 1, maxLength: 3 }).map((all) => `ports:\n${all.map((one) => `      - ${one}`).join("\n")}`) },
	{ weight: 1, arbitrary: fc.array(port, { maxLength: 2 }).map((all) => `ports: [${all.filter((one) => !one.includes("\n")).join(", ")}]`) },
	{ weight: 3, arbitrary: fc.constantFrom("build: web", "build: .", "build: {context: ./web, target: one, args: {PORT: 81}}", "build:\n      context: .\n      dockerfile: web/Dockerfile", "build: //x", "build: ${DIR:-web}", "build:\n      context: .\n      dockerfile_inline: |\n        FROM redis\n        EXPOSE 1") },
	{ weight: 2, arbitrary: fc.constantFrom("image: redis:7", "image: nginx:${TAG:-alpine}", "image: python:3.12", "image: nobody/knows") },
	{ weight: 2, arbitrary: number.map((one) => `command: python -m http.server ${one}`) },
	{ weight: 1, arbitrary: number.map((one) => `command: ["redis-server", "--port", "${one}"]`) },
	{ weight: 1, arbitrary: fc.constantFrom("entrypoint: ''", "entrypoint: [sh, -c, 'nginx']", "command:", "entrypoint: null") },
	{ weight: 2, arbitrary: number.map((one) => `environment:\n      PORT: ${one}\n      HOST:`) },
	{ weight: 1, arbitrary: number.map((one) => `environment: [PORT=${one}, HOST]`) },
	{ weight: 1, arbitrary: fc.constantFrom("env_file: .env", "env_file: [.env, {path: gone.env, required: false}]", "network_mode: host", "network_mode: service:web", "extends: web", "extends: {file: base.yaml, service: web}", "<<: *base", "profiles: [dev]", "deploy: {replicas: 3}", "scale: 2", "volumes: ['./web:/app:ro']", "working_dir: /app", "expose: [81, '82/udp']", "healthcheck: {test: curl localhost:80}", "develop: {}") },
	{ weight: 1, arbitrary: fc.constantFrom("# portlight ignore=publishes-silence", "# portlight ignore=published-twice, x", "", "  # note") },
); // biome-ignore format: a table

const service = fc
	.tuple(fc.constantFrom("web", "db", "two", "a b", "ümlaut", "80"), fc.array(setting, { maxLength: 5 }))
	.map(
		([name, settings]) =>
			`  ${name.includes(" ") ? `"${name}"` : name}:${settings.length === 0 ? "" : "\n"}${settings.map((one) => `    ${one}`).join("\n")}`,
	);

/** Compose files that are mostly sound, in every form of the specification that decides ports. */
export const composeFiles: fc.Arbitrary<string> = fc
	.record({
		head: fc.constantFrom(
			"",
			"name: x\n",
			'version: "3"\n',
			"x-base: &base\n  image: redis\n  ports: [6379]\n",
			"include: [base.yaml]\n",
			"\ufeff",
			"# c\n",
		),
		services: fc.array(service, { maxLength: 3 }),
		tail: fc.constantFrom("", "\n", "\nnetworks: {}\n", "\nvolumes:\n  a:"),
		eol: fc.constantFrom("\n", "\n", "\n", "\r\n"),
		edits: fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: editsOf(COMPOSE_WORDS) }),
	})
	.map(({ head, services, tail, eol, edits }) => mutated(`${head}services:\n${services.join("\n")}${tail}`.replace(/\n/g, eol), edits));
