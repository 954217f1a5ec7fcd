import { parse as parseToml } from "smol-toml";
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { t } from "../../model/message.ts";
import { jsonThing } from "./data.ts";
import { parseDotenv } from "./dotenv.ts";
import type { SourceFile } from "./sourceFile.ts";
import { dictionary, type Fields, list, NOTHING, plain, type Thing, unclear } from "./thing.ts";

/** A configuration file as data; `format` is `json`, `toml`, `yaml`, `env` or another name for one of these. */
export function configurationThing(file: SourceFile, format: string): Thing {
	if (/^json/.test(format)) return jsonThing(file);
	if (format === "toml") return tomlThing(file);
	if (/^ya?ml$/.test(format)) return yamlThing(file);
	if (/^(env|dotenv)$/.test(format)) return dictionary(new Map(parseDotenv(file).map(({ name, value, at }) => [name, plain(value, [at])])));
	if (format === "ini") return iniThing(file);
	return unclear(t("a {0} file is not read", format));
}

/** Keys before the first section stand beside the sections. */
function iniThing(file: SourceFile): Thing {
	const all = dictionary(new Map(), file.evidenceBetween(0, 0));
	let section = all;
	for (const line of file.text
		.slice(0, LONGEST)
		.matchAll(/^[ \t]*(?:\[([^\]\n]+)\]|([^\s=:#;[][^=:\n]*?)[ \t]*[=:][ \t]*(.*?))[ \t\r]*$/gm)) {
		const [whole, name, key, written = ""] = line;
		const at = file.evidenceBetween(line.index, line.index + whole.length);
		if (name !== undefined) {
			const kept = all.fields.get(name.trim());
			section = kept?.kind === "structure" ? kept : dictionary(new Map(), at);
			if (/^default$/i.test(name.trim())) section = all;
			else all.fields.set(name.trim(), section);
		} else if (key !== undefined) section.fields.set(key, plain(iniValue(written), [at]));
	}
	return all;
}

function iniValue(written: string): string {
	const quoted = /^(["`'])(.*)\1$/.exec(written);
	return quoted ? (quoted[2] ?? "") : written.replace(/(^|\s)[#;].*$/, "").trim();
}

/** Longer than any configuration that a person writes. */
const LONGEST = 200_000;

function yamlThing(file: SourceFile): Thing {
	if (file.text.length > LONGEST) return unclear(t("a file that is too long"));
	try {
		const document = parseDocument(file.text, { lineCounter: new LineCounter(), logLevel: "silent" });
		if (document.errors.length > 0) return unclear(t("{0} is not valid YAML", file.path));
		return fromYaml(file, document.contents, 0);
	} catch {
		return unclear(t("{0} is not valid YAML", file.path));
	}
}

function fromYaml(file: SourceFile, node: unknown, depth: number): Thing {
	if (depth > 20) return unclear(t("data that nests too deeply"));
	if (isScalar(node)) {
		const { value, range } = node;
		const at = file.evidenceBetween(range?.[0] ?? 0, range?.[1] ?? 0);
		if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return plain(value, [at]);
		return NOTHING;
	}
	if (isSeq(node))
		return list(
			node.items.map((one) => fromYaml(file, one, depth + 1)),
			file.evidenceBetween(0, 0),
		);
	if (!isMap(node)) return NOTHING;
	const fields: Fields = new Map();
	for (const { key, value } of node.items) if (isScalar(key)) fields.set(String(key.value), fromYaml(file, value, depth + 1));
	return dictionary(fields, file.evidenceBetween(0, 0));
}

function tomlThing(file: SourceFile): Thing {
	try {
		return fromToml(file, parseToml(file.text), 0);
	} catch {
		return unclear(t("{0} is not valid TOML", file.path));
	}
}

function fromToml(file: SourceFile, value: unknown, depth: number): Thing {
	const at = file.evidenceBetween(0, Math.min(1, file.text.length));
	if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return plain(value, [at]);
	if (typeof value === "bigint") return plain(Number(value), [at]);
	if (Array.isArray(value))
		return list(
			value.map((one) => fromToml(file, one, depth + 1)),
			at,
		);
	if (value === null || typeof value !== "object" || depth > 20) return unclear(t("data that is not understood"));
	return dictionary(new Map(Object.entries(value).map(([name, inner]) => [name, fromToml(file, inner, depth + 1)])), at);
}
