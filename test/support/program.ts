import path from "node:path";
import { fileURLToPath } from "node:url";
import { loadGrammars } from "../../server/src/io/grammars.ts";
import { Budget } from "../../server/src/model/budget.ts";
import { type Environment, known, type Value } from "../../server/src/model/value.ts";
import type { Argument, Program } from "../../server/src/source/program.ts";
import { createSources, type SourceLanguage } from "../../server/src/source/sources.ts";
import { imageOf } from "./image.ts";

const wasm = fileURLToPath(new URL("../../node_modules/@vscode/tree-sitter-wasm/wasm", import.meta.url));

/** One for all tests of a process, so that grammars are loaded once. */
export const sources = createSources(loadGrammars(path.normalize(wasm)));

export interface ProgramCase {
	/** Name relative to /app, to text. */
	readonly files: Readonly<Record<string, string>>;
	readonly entry: string;
	readonly args?: readonly string[];
	readonly environment?: Readonly<Record<string, string>>;
	readonly budget?: Budget;
	readonly main?: boolean;
}

/** ENV as a Dockerfile at file:///Dockerfile sets it, one a line. */
export function environmentOf(variables: Readonly<Record<string, string>>): Environment {
	return new Map(
		Object.entries(variables).map(([name, text], line): [string, Value] => {
			const range = { start: { line, character: 0 }, end: { line, character: 10 } };
			return [name, known(text, { uri: "file:///Dockerfile", range, text: `ENV ${name}=${text}` })];
		}),
	);
}

export function runProgram(language: SourceLanguage, given: ProgramCase): Promise<Program> {
	const files = Object.fromEntries(Object.entries(given.files).map(([name, text]) => [path.posix.resolve("/app", name), text]));
	return sources.run(language, {
		entry: { kind: "path", path: path.posix.resolve("/app", given.entry) },
		main: given.main ?? true,
		args: (given.args ?? []).map((text) => known(text)),
		cwd: "/app",
		environment: environmentOf(given.environment ?? {}),
		files: imageOf(files),
		budget: given.budget ?? new Budget(),
		evidence: [],
	});
}

/** A value in short: `80`, `PORT=80`, `80|81`, `?reason`. */
export function short(argument: Argument | undefined): string {
	if (!argument) return "absent";
	switch (argument.kind) {
		case "known":
			return argument.text;
		case "variable":
		case "argument":
			return `${argument.name}=${argument.fallback ? short(argument.fallback) : ""}`;
		case "oneOf":
			return argument.values.map((one) => short(one)).join("|");
		case "unknown":
			return `?${argument.reason}`;
		case "object":
			return argument.origin;
		case "record":
			return `{${[...argument.fields].map(([name, value]) => `${name}: ${short(value)}`).join(", ")}}`;
		case "list":
			return `[${argument.items.map(short).join(", ")}]`;
		default:
			return argument.kind;
	}
}

/** Where evidence points, in short: `app.py:3`. */
export function place(evidence: { uri: string; range: { start: { line: number } } }): string {
	return `${evidence.uri.replace(/^.*\//, "")}:${evidence.range.start.line + 1}`;
}
