import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { likelyText } from "../../../server/src/model/value.ts";
import type { Files } from "../../support/analysis.ts";
import { project } from "../../support/compose.ts";

/** Each service with its image, command, environment and port mappings. */
async function services(files: Files, path?: string): Promise<readonly string[]> {
	const read = await project(files, path);
	return read.services.map((service) =>
		[
			`${service.name}:`,
			likelyText(service.image?.value) ?? (service.build ? `build ${service.build.context} ${service.build.dockerfile}` : "nothing"),
			...(service.command ? [`command ${service.command.words.map(likelyText).join("|")}`] : []),
			...[...service.environment].map(([name, value]) => `${name}=${likelyText(value) ?? "?"}`),
			...service.ports.map(({ published, target }) => `${published?.first ?? ""}:${target?.first ?? "?"}`),
		].join(" "),
	);
}

suite("compose projects", () => {
	test("an override goes on top of the default file, from either side", async () => {
		const files = {
			"compose.yaml": "services:\n  web:\n    image: a\n    command: one\n    environment: [A=1, B=1]\n    ports: ['80:80']\n",
			"compose.override.yaml":
				"services:\n  web:\n    command: [two, 'w x']\n    environment: {B: 2, C: 3}\n    ports: ['81:80', '80:80']\n",
		};
		const expected = ["web: a command two|w x A=1 B=2 C=3 81:80 80:80"];
		assert.deepEqual(await services(files), expected);
		assert.deepEqual(await services(files, "compose.override.yaml"), expected);
	});

	test("!reset takes away, !override replaces", async () => {
		const files = {
			"docker-compose.yml":
				"services:\n  web:\n    image: a\n    command: one\n    ports: ['80:80']\n    environment: [A=1]\n  old:\n    image: b\n",
			"docker-compose.override.yml":
				"services:\n  web:\n    command: !reset null\n    ports: !override ['81:81']\n    environment: !reset {}\n  old: !reset null\n",
		};
		assert.deepEqual(await services(files, "docker-compose.yml"), ["web: a 81:81"]);
	});

	test("a file whose services have no image goes on top of the default file; one that stands alone does not", async () => {
		const files = {
			"compose.yaml": "services:\n  web:\n    image: a\n",
			"docker-compose.prod.yml": "services:\n  web:\n    environment: [A=1]\n",
			"compose.alone.yaml": "services:\n  other:\n    image: c\n",
		};
		assert.deepEqual(await services(files, "docker-compose.prod.yml"), ["web: a A=1"]);
		assert.deepEqual(await services(files, "compose.alone.yaml"), ["other: c"]);
	});

	test("extends: the same file, another file with its own folder, a circle", async () => {
		const files = {
			"compose.yaml":
				"services:\n  base:\n    image: a\n    environment: [A=1]\n  web:\n    extends: base\n    environment: [B=2]\n  far:\n    extends: {file: common/base.yml, service: app}\n  loop:\n    extends: {service: pool}\n    image: x\n  pool:\n    extends: {service: loop}\n",
			"common/base.yml": "services:\n  app:\n    build: ./app\n    ports: ['1:2']\n",
		};
		assert.deepEqual(await services(files), [
			"base: a A=1",
			"web: a A=1 B=2",
			"far: build file:///ws/common/app file:///ws/common/app/Dockerfile 1:2",
			"loop: x",
			"pool: x",
		]);
	});

	test("include: paths, mappings, circles; the included project's .env", async () => {
		const files = {
			"compose.yaml": "include:\n  - db/compose.yaml\n  - path: [more.yaml]\nservices:\n  web:\n    image: a:$TAG\n",
			"db/compose.yaml": "include: [../compose.yaml]\nservices:\n  db:\n    image: b:$TAG\n    command: $ONLY\n",
			"db/.env": "TAG=db\nONLY=there\n",
			"more.yaml": "services:\n  more:\n    image: c\n",
			".env": "TAG=main\n",
		};
		assert.deepEqual(await services(files), ["db: b:main command there", "more: c", "web: a:main"]);
	});

	test("anchors, aliases and merge keys", async () => {
		const files = {
			"compose.yaml":
				"x-base: &base\n  image: a\n  environment: &env {A: 1}\nservices:\n  web:\n    <<: *base\n    environment:\n      <<: *env\n      B: 2\n  two:\n    <<: [*base, {image: z, command: c}]\n",
		};
		assert.deepEqual(await services(files), ["web: a A=1 B=2", "two: a command c A=1"]);
	});

	test("a command is split as words, not run by a shell", async () => {
		const files = { "compose.yaml": "services:\n  web:\n    image: a\n    command: sh -c \"echo 'a b' && ${RUN:-x y}\" c\\ d\n" };
		assert.deepEqual(await services(files), ["web: a command sh|-c|echo 'a b' && x y|c d"]);
	});

	test("what is missing or broken is a gap, and the rest is read", async () => {
		const files = {
			"compose.yaml":
				"include: [gone.yaml]\nservices:\n  web:\n    image: a\n    extends: {file: lost.yml, service: s}\n  typed:\n  bad: [\n",
		};
		const read = await project(files);
		assert.deepEqual(await services(files), ["web: a", "typed: nothing"]);
		assert.deepEqual(read.gaps.map(({ reason }) => reason).slice(1), ["gone.yaml is not there", "lost.yml is not there"]);
		assert.equal(read.gaps.length, 3);
	});

	test("files that are no mapping at all", async () => {
		for (const text of ["", "- a\n", "text", "\u0000", "services: 3\n", "services: [web]\n"])
			assert.deepEqual(await services({ "compose.yaml": text }), []);
	});

	test("aliases that multiply end", async () => {
		const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(", ")}]`);
		const started = process.memoryUsage().heapUsed;
		assert.deepEqual(await services({ "compose.yaml": `l0: &l0 [x]\n${levels.join("\n")}\nservices:\n  web:\n    image: a\n` }), [
			"web: a",
		]);
		assert.ok(process.memoryUsage().heapUsed - started < 300_000_000);
	});
});
