import { t } from "../../../model/message.ts";
import { configurationThing } from "../../core/configurationFile.ts";
import { resolve } from "../../core/paths.ts";
import { NOTHING, plain, type Structure, type Thing, unclear } from "../../core/thing.ts";
import { pointee, setPointee } from "../assign.ts";
import type { Go } from "../go.ts";
import { infoOf, resolveType, zeroOf } from "../types.ts";
import { converted, textOf } from "./model.ts";

/** A configuration file of the image as its language's data; undefined when it is on the way or not in the image. */
export function configFile(go: Go, path: string, format?: string): Thing | undefined {
	const read = go.run.shelf.read(resolve(go.run.start.cwd, path));
	if (read.kind === "pending" || read.kind === "absent") return undefined;
	if (read.kind === "unknown") return unclear(read.reason);
	return configurationThing(read.file, format ?? /\.(\w+)$/.exec(path)?.[1] ?? "yaml");
}

/** Sets what a file gives on a struct: by the tag of this name, else by the field's name in any case. */
export function fill(go: Go, target: Thing, data: Thing | undefined, tag: string, missing: string, depth = 0): void {
	const held = allocated(go, target);
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

/** What an address leads to; a nil pointer there is given a value first, as decoders do. */
function allocated(go: Go, target: Thing): Thing {
	const held = pointee(go, target);
	const fresh = go.unset.get(held)?.();
	if (!fresh || held === target) return held;
	setPointee(go, target, fresh);
	return fresh;
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
	const expands = source?.kind === "library" && source.fields.has("Expands");
	const missing = path === undefined ? t("a configuration that is not in view") : t("{0} is not in the image", path.replace(/^.*\//, ""));
	fill(go, target, expands && data ? expanded(go, data, 0) : data, tag, missing);
}

/** `os.ExpandEnv` on a file: `port: ${PORT}`. A value that holds more than a variable is not known. */
function expanded(go: Go, data: Thing, depth: number): Thing {
	if (data.kind === "structure" && depth < 20)
		return { ...data, fields: new Map([...data.fields].map(([name, value]) => [name, expanded(go, value, depth + 1)])) };
	const [at] = data.kind === "plain" ? data.from : [];
	if (data.kind !== "plain" || !at || !/\$/.test(String(data.value))) return data;
	const name = /^\$(?:\{(\w+)\}|(\w+))$/.exec(String(data.value));
	return name ? go.run.variable(name[1] ?? name[2] ?? "", plain(""), at) : unclear(t("a text with variables in it"), at);
}

function likelyPath(source: Thing | undefined): string | undefined {
	return source?.kind === "variable" || source?.kind === "argument" ? textOf(source.fallback) : textOf(source);
}
