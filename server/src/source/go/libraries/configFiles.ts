import { parse as parseToml } from "smol-toml";
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { jsonThing } from "../../core/data.ts";
import { parseDotenv } from "../../core/dotenv.ts";
import { resolve } from "../../core/paths.ts";
import type { SourceFile } from "../../core/sourceFile.ts";
import { dictionary, type Fields, list, NOTHING, plain, type Structure, type Thing, unclear } from "../../core/thing.ts";
import { pointee } from "../assign.ts";
import type { Go } from "../go.ts";
import { infoOf, resolveType, zeroOf } from "../types.ts";
import { converted, textOf } from "./model.ts";

/** A configuration file of the image as its language's data; undefined when it is on the way or not in the image. */
export function configFile(go: Go, path: string, format?: string): Thing | undefined {
	const read = go.run.shelf.read(resolve(go.run.start.cwd, path));
	if (read.kind === "pending" || read.kind === "absent") return undefined;
	if (read.kind === "unknown") return unclear(read.reason);
	return parsed(read.file, format ?? /\.(\w+)$/.exec(path)?.[1] ?? "yaml");
}

function parsed(file: SourceFile, format: string): Thing {
	if (/^json/.test(format)) return jsonThing(file);
	if (format === "toml") return tomlThing(file);
	if (/^ya?ml$/.test(format)) return yamlThing(file);
	if (/^(env|dotenv)$/.test(format)) return dictionary(new Map(parseDotenv(file).map(({ name, value, at }) => [name, plain(value, [at])])));
	return unclear(`a ${format} file is not read`);
}

/** Longer than any configuration that a person writes. */
const LONGEST = 200_000;

function yamlThing(file: SourceFile): Thing {
	if (file.text.length > LONGEST) return unclear("a file that is too long");
	try {
		const document = parseDocument(file.text, { lineCounter: new LineCounter(), logLevel: "silent" });
		if (document.errors.length > 0) return unclear(`${file.path} is not valid YAML`);
		return fromYaml(file, document.contents, 0);
	} catch {
		return unclear(`${file.path} is not valid YAML`);
	}
}

function fromYaml(file: SourceFile, node: unknown, depth: number): Thing {
	if (depth > 20) return unclear("data that nests too deeply");
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
		return unclear(`${file.path} is not valid TOML`);
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
	if (value === null || typeof value !== "object" || depth > 20) return unclear("data that is not understood");
	return dictionary(new Map(Object.entries(value).map(([name, inner]) => [name, fromToml(file, inner, depth + 1)])), at);
}

/** Sets what a file gives on a struct: by the tag of this name, else by the field's name in any case. */
export function fill(go: Go, target: Thing, data: Thing | undefined, tag: string, missing: string, depth = 0): void {
	const held = pointee(go, target);
	if (depth > 8) return;
	if (held.kind === "library") {
		if (data?.kind === "structure") for (const [name, value] of data.fields) go.run.journal.set(held.fields, name, value);
		return;
	}
	if (held.kind !== "structure") return;
	if (held.shape === "dictionary" || !infoOf(go, held)) {
		if (data?.kind === "structure") for (const [name, value] of data.fields) go.run.journal.set(held.fields, name, value);
		else held.open = true;
		return;
	}
	for (const field of infoOf(go, held)?.fields ?? []) {
		const options = tagValue(field.tag, tag)?.split(",") ?? [];
		const name = options[0] || field.name;
		if (name === "-") continue;
		const inline = field.embedded || options.includes("inline") || options.includes("squash");
		const inner = data?.kind === "structure" ? (fieldNamed(data, name) ?? (inline ? data : undefined)) : data;
		const before = held.fields.get(field.name);
		if (!data || data.kind === "unknown") {
			// Nobody knows what the file says.
			if (before?.kind === "structure" && before.shape === "instance") fill(go, before, data, tag, missing, depth + 1);
			else if (before?.kind === "plain" || before?.kind === "nothing") go.run.journal.set(held.fields, field.name, unclear(missing));
			continue;
		}
		if (!inner) continue;
		const nested =
			before?.kind === "structure" || before?.kind === "library"
				? before
				: inner.kind === "structure"
					? made(go, held, field.name)
					: undefined;
		if (nested && inner.kind === "structure") {
			go.run.journal.set(held.fields, field.name, nested);
			fill(go, nested, inner, tag, missing, depth + 1);
		} else
			go.run.journal.set(
				held.fields,
				field.name,
				before?.kind === "plain" && typeof before.value === "number" ? converted("Int", inner) : inner,
			);
	}
}

/** A new value for a field that is a pointer to a struct. */
function made(go: Go, held: Structure, name: string): Thing | undefined {
	const info = infoOf(go, held);
	const field = info?.fields.find((one) => one.name === name);
	const type = field && info ? resolveType(go, field.type, info.scope) : undefined;
	return type ? zeroOf(go, type) : undefined;
}

function fieldNamed(data: Structure, name: string): Thing | undefined {
	const exact = data.fields.get(name);
	if (exact) return exact;
	const wanted = name.toLowerCase();
	for (const [key, value] of data.fields) if (key.toLowerCase() === wanted) return value;
	return undefined;
}

/** `reflect.StructTag.Get`. */
export function tagValue(tag: string, name: string): string | undefined {
	const match = new RegExp(`(?:^|[\\s\`"])${name}:"((?:\\\\.|[^"\\\\])*)"`).exec(tag);
	return match?.[1]?.replace(/\\(.)/g, "$1");
}

/** What decodes a file into a struct, by callee: where the data and the target stand, and the tag. */
const DECODERS: Readonly<
	Record<string, { readonly data: number | "receiver"; readonly target: number; readonly tag: string; readonly format?: string }>
> = {
	"gopkg.in/yaml.Unmarshal": { data: 0, target: 1, tag: "yaml", format: "yaml" },
	"gopkg.in/yaml.UnmarshalStrict": { data: 0, target: 1, tag: "yaml", format: "yaml" },
	"gopkg.in/yaml.NewDecoder().Decode": { data: "receiver", target: 0, tag: "yaml", format: "yaml" },
	"github.com/goccy/go-yaml.Unmarshal": { data: 0, target: 1, tag: "yaml", format: "yaml" },
	"sigs.k8s.io/yaml.Unmarshal": { data: 0, target: 1, tag: "json", format: "yaml" },
	"github.com/ghodss/yaml.Unmarshal": { data: 0, target: 1, tag: "json", format: "yaml" },
	"encoding/json.Unmarshal": { data: 0, target: 1, tag: "json", format: "json" },
	"encoding/json.NewDecoder().Decode": { data: "receiver", target: 0, tag: "json", format: "json" },
	"github.com/BurntSushi/toml.DecodeFile": { data: 0, target: 1, tag: "toml", format: "toml" },
	"github.com/BurntSushi/toml.Unmarshal": { data: 0, target: 1, tag: "toml", format: "toml" },
	"github.com/BurntSushi/toml.Decode": { data: 0, target: 1, tag: "toml", format: "toml" },
	"github.com/pelletier/go-toml.Unmarshal": { data: 0, target: 1, tag: "toml", format: "toml" },
	"github.com/zeromicro/go-zero/core/conf.MustLoad": { data: 0, target: 1, tag: "json" },
	"github.com/zeromicro/go-zero/core/conf.Load": { data: 0, target: 1, tag: "json" },
	"github.com/tal-tech/go-zero/core/conf.MustLoad": { data: 0, target: 1, tag: "json" },
};

/** Decodes a file of the image into a struct of the program; undefined for other calls. */
export function decode(go: Go, origin: string, receiver: Thing | undefined, positional: readonly Thing[]): Thing | undefined {
	const decoder = DECODERS[origin];
	if (!decoder) return undefined;
	const [data, target] = [decoder.data === "receiver" ? receiver : positional[decoder.data], positional[decoder.target]];
	if (target) fillFrom(go, target, data && pointee(go, data), decoder.tag, decoder.format);
	return NOTHING;
}

/** Fills a struct from a file by its path, or from what was read of one. */
export function fillFrom(go: Go, target: Thing, source: Thing | undefined, tag: string, format?: string): void {
	const path = source?.kind === "library" ? textOf(source.fields.get("Path")) : likelyPath(source);
	const data = path === undefined ? undefined : configFile(go, path, format);
	const missing = path === undefined ? "a configuration that is not in view" : `${path.replace(/^.*\//, "")} is not in the image`;
	fill(go, target, data, tag, missing);
}

function likelyPath(source: Thing | undefined): string | undefined {
	return source?.kind === "variable" || source?.kind === "argument" ? textOf(source.fallback) : textOf(source);
}
