import path from "node:path";
import fc from "fast-check";
import { DOCKERFILE_WORDS } from "./dockerfiles.ts";
import { editsOf, mutated } from "./mutations.ts";
import type { Seed } from "./seeds.ts";

/** A workspace, and the file in it that is looked at. */
export interface Project {
	readonly files: Readonly<Record<string, string>>;
	readonly subject: string;
}

/** A seed as a workspace: what stands in an image is copied there. Programs without a start command are left out. */
export function projectOf(seed: Seed): Project | undefined {
	if (seed.kind === "project") return { files: seed.files, subject: seed.path };
	const start = startOf(seed);
	if (!start) return undefined;
	const files = Object.fromEntries(
		Object.entries(start.files).map(([name, text]) => [`root${path.posix.resolve("/app", name)}`, text] as const),
	);
	const dockerfile = [
		"FROM debian:12",
		"COPY root/ /",
		"WORKDIR /app",
		...Object.entries(start.environment).map(([name, value]) => `ENV ${name}=${JSON.stringify(value).replaceAll("$", "\\$")}`),
		...start.builds.map((text) => `RUN ${text.replaceAll("\n", " ")}`),
		`CMD ${JSON.stringify(start.command)}`,
		"",
	];
	return { files: { ...files, Dockerfile: dockerfile.join("\n") }, subject: "Dockerfile" };
}

const INTERPRETERS: Readonly<Record<string, string>> = { python: "python", javascript: "node", ruby: "ruby" };

function startOf(seed: Exclude<Seed, { kind: "project" }>) {
	if (seed.kind === "command") {
		const { files = {}, environment = {}, builds = [] } = seed.given;
		return { command: seed.command, files, environment, builds };
	}
	if (seed.kind === "script")
		return { command: ["/entry.sh"], files: { ...seed.files, "/entry.sh": seed.text }, environment: {}, builds: [] };
	const interpreter = INTERPRETERS[seed.language];
	const { files, entry, args = [], environment = {} } = seed.given;
	return interpreter && { command: [interpreter, entry, ...args], files, environment, builds: [] };
}

/** Words of many languages, where a program, a script or a configuration may meet them. */
export const CODE_WORDS = [
	"PORT", "HOST", "listen", "if", "else", "return", "import", "function", "class", "async", "await", "for", "while", "True", "None", "undefined",
	"os.environ['PORT']", "process.env.PORT", "int(", "lambda x: ", "=> {", "});", "}\n", "end\n", ":\n    ", "0.0.0.0", "127.0.0.1", "::", "localhost",
	"\nlisten 8081;\n", "\nserver {\n", "\n[program:x]\ncommand=python app.py\n", "\nport = 9\n", "\nport: 9\n", "- ", "&a ", "*a", "<<: *a", "!!int ",
	"|\n  x\n", '<Connector port="81"/>', "\n#!/bin/sh\n", "\nexec \"$@\"\n", "\nset -- x\n", "${PORT:-${HOST:=81}}", "$(cat x)", "`x`", "${x//a/b}", "${#x}",
	"\ncase $1 in a) x;; *) y;; esac\n", "\nwhile true; do sleep 1; done\n", "f() { f; }\nf\n", "for i in {1..99999}; do a $i; done\n",
	"package main\n", "func main() {\n", "var x = ", "const x = ", "x = x + x\n", "x *= x\n", "x = [x, x]\n", "x = {'a': x}\n", "\n\tif err != nil { return }\n",
]; // biome-ignore format: a table

/** Seeds with a few files changed: mostly one, the subject as likely as any other. */
export function projects(seeds: readonly Seed[]): fc.Arbitrary<Project> {
	const all = seeds.flatMap((seed) => projectOf(seed) ?? []);
	return fc
		.record({
			project: fc.constantFrom(...all),
			other: fc.constantFrom(...all),
			borrow: fc.nat(9),
			changes: fc.array(fc.record({ which: fc.nat(1_000), edits: editsOf(CODE_WORDS), top: editsOf(DOCKERFILE_WORDS, 3) }), {
				minLength: 1,
				maxLength: 2,
			}),
		})
		.map(({ project, other, borrow, changes }) => {
			const files: Record<string, string> = { ...project.files };
			// A file of another project in the place of one of this.
			const same = Object.keys(other.files).find((name) => name !== project.subject && name in files);
			if (borrow === 0 && same) files[same] = other.files[same] ?? "";
			for (const { which, edits, top } of changes) {
				const name = Object.keys(files)[which % Object.keys(files).length] ?? project.subject;
				files[name] = mutated(files[name] ?? "", name === project.subject ? top : edits);
			}
			return { files, subject: project.subject };
		});
}
