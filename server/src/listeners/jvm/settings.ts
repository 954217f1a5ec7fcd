import { Pair, parseLines } from "dot-properties";
import { isMap, isScalar, isSeq, parseAllDocuments } from "yaml";
import { t } from "../../model/message.ts";
import { type Evidence, evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { concat, type Environment, known, likelyText, lookUp, unknown, type Value } from "../../model/value.ts";

/** Settings by key, as a file writes them: `server.port`, with `${…}` unresolved. */
export type Entries = ReadonlyMap<string, Value>;

/** One document of a settings file; YAML and properties files may hold several. */
export type Document = Entries;

/** The settings of a .properties, .yml or .yaml file. Properties documents are separated by `#---` (Spring Boot, "Working With Multi-Document Files"). */
export function readSettings(file: TextFile, name: string): Document[] {
	return /\.ya?ml$/.test(name) ? readYaml(file) : readProperties(file);
}

function readProperties(file: TextFile): Document[] {
	const documents: Map<string, Value>[] = [new Map()];
	for (const node of parseLines(file.text, true)) {
		if (node.type === "COMMENT" && /^[#!]---\s*$/.test(file.text.slice(node.range[0], node.range[1]).trim())) documents.push(new Map());
		if (!(node instanceof Pair) || !node.range) continue;
		const [start, end] = [node.range[0], node.range.at(-1) ?? node.range[1]];
		documents
			.at(-1)
			?.set(node.key, written(node.value.trim(), evidenceIn(file, rangeBetween(file.text, start, end), file.text.slice(start, end))));
	}
	return documents;
}

function readYaml(file: TextFile): Document[] {
	// Maven filters leave @placeholders@, which no YAML value may begin with.
	const text = file.text.replace(/(:\s+)@([\w.-]+)@/g, "$1§$2§");
	return [parseAllDocuments(text, { logLevel: "silent", uniqueKeys: false })].flat().map((document) => {
		const entries = new Map<string, Value>();
		const visit = (node: unknown, path: string, start: number, depth: number): void => {
			if (depth > 20) return;
			if (isMap(node))
				for (const { key, value } of node.items) {
					const name = isScalar(key) ? String(key.value) : "";
					visit(value, path === "" ? name : `${path}.${name}`, (isScalar(key) ? key.range?.[0] : undefined) ?? start, depth + 1);
				}
			else if (isSeq(node)) for (const [i, item] of node.items.entries()) visit(item, `${path}[${i}]`, start, depth + 1);
			else if (isScalar(node) && node.value !== null && node.range) {
				const end = node.range[1];
				entries.set(
					path,
					written(String(node.value).trim(), evidenceIn(file, rangeBetween(file.text, start, end), file.text.slice(start, end))),
				);
			}
		};
		visit("contents" in document ? document.contents : undefined, "", 0, 0);
		return entries;
	});
}

/** A value as a file has it; one that the build fills in is not known. */
function written(text: string, at: Evidence): Value {
	const placeholder = /^[@§]([\w.-]+)[@§]$/.exec(text)?.[1];
	return placeholder === undefined ? known(text, at) : unknown(t("{0} is filled in by the build", placeholder), at);
}

/** How keys of one framework are written elsewhere. */
export interface Naming {
	/** Two keys that mean the same have the same form. */
	canonical(key: string): string;
	/** The environment variable for a key. */
	variable(key: string): string;
}

/** Spring's relaxed binding: case, dashes and underscores do not count (Spring Boot, "Relaxed Binding"). */
export const RELAXED: Naming = {
	canonical: (key) => key.toLowerCase().replace(/[-_]/g, ""),
	variable: (key) =>
		key
			.replaceAll("-", "")
			.replace(/[.[\]]+/g, "_")
			.toUpperCase(),
};

/** MicroProfile Config and Micronaut: everything that is no letter or digit becomes `_` in a variable. */
export const STRICT: Naming = {
	canonical: (key) => key,
	variable: (key) => key.replace(/[^A-Za-z0-9]/g, "_").toUpperCase(),
};

/** Where a program's settings come from; earlier ones win. */
export interface Origins {
	readonly arguments: Entries;
	readonly properties: Entries;
	readonly environment: Environment;
	readonly files: readonly Document[];
	readonly naming: Naming;
}

/** The value of a key, placeholders resolved; undefined when nothing sets it. */
export function settingOf(origins: Origins, key: string, depth = 0): Value | undefined {
	const { naming } = origins;
	const wanted = naming.canonical(key);
	const among = (entries: Entries): Value | undefined => {
		for (const [name, value] of entries) if (naming.canonical(name) === wanted) return value;
		return undefined;
	};
	const found =
		among(origins.arguments) ??
		among(origins.properties) ??
		origins.environment.get(naming.variable(key)) ??
		origins.environment.get(key) ??
		origins.files.map(among).find((value) => value !== undefined);
	return found && resolved(origins, found, depth);
}

/** `${NAME}`, `${NAME:default}` of all these frameworks; names are settings or environment variables. */
function resolved(origins: Origins, value: Value, depth: number): Value {
	if (value.kind !== "known" || !/\$\{/.test(value.text)) return value;
	if (depth > 8) return unknown(t("placeholders that lead in circles"));
	const { text, from } = value;
	const start = text.indexOf("${");
	const end = closing(text, start + 2);
	if (end < 0) return value;
	const [name = "", fallback] = splitOnce(text.slice(start + 2, end));
	const inner = settingOf(origins, name, depth + 1) ?? lookUp(origins.environment, name, ...from);
	const byDefault = fallback === undefined ? undefined : resolved(origins, known(fallback, ...from), depth + 1);
	const open = inner.kind === "variable" && !inner.fallback && byDefault ? { ...inner, fallback: byDefault } : inner;
	const rest = text.slice(end + 1);
	const before = text.slice(0, start);
	if (before === "" && rest === "") return open;
	return concat([known(before, ...from), open, resolved(origins, known(rest), depth + 1)]);
}

function closing(text: string, from: number): number {
	let open = 1;
	for (let i = from; i < text.length; i++) {
		if (text.startsWith("${", i)) open++;
		else if (text[i] === "}" && --open === 0) return i;
	}
	return -1;
}

function splitOnce(text: string): [string, string | undefined] {
	const at = text.indexOf(":");
	// Quarkus and Spring: a dash after the colon belongs to the default.
	return at < 0 ? [text.trim(), undefined] : [text.slice(0, at).trim(), text.slice(at + 1)];
}

/** The text of a setting that leaves nothing open, in lower case. */
export function settingText(origins: Origins, key: string): string | undefined {
	return likelyText(settingOf(origins, key))?.trim().toLowerCase();
}
