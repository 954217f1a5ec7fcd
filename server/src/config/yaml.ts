import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, parseDocument, visit } from "yaml";
import type { TextFile } from "../model/text.ts";
import type { ConfigDocument, ConfigEntry, ConfigNode, ConfigScalar, Place } from "./node.ts";

/** More nodes than any file that a person wrote has: aliases of aliases can make billions. */
const MAX_NODES = 100_000;

interface YamlOptions {
	/** What is read of the top level, where anchors of the rest still count; absent: all. */
	readonly wanted?: ReadonlySet<string>;
	/** Offsets of the one document to read of a file that holds several. */
	readonly part?: { readonly start: number; readonly end: number };
}

/** Reads a YAML document. Never throws: a file that is being typed is broken most of the time. */
export function readYaml(file: TextFile, { wanted, part = { start: 0, end: file.text.length } }: YamlOptions = {}): ConfigDocument {
	const document = parseDocument(file.text.slice(part.start, part.end), {
		keepSourceTokens: false,
		logLevel: "silent",
		strict: false,
		uniqueKeys: false,
	});
	const [error] = document.errors;
	const problem = error && { reason: firstLine(error.message), place: placeBetween(...error.pos) };
	let left = MAX_NODES;
	const anchors = new Map<string, Node[]>();
	visit(document, {
		Node(_, node) {
			const name = isAlias(node) ? undefined : (node as { anchor?: string }).anchor;
			if (name !== undefined) anchors.set(name, [...(anchors.get(name) ?? []), node as Node]);
		},
	});
	// A name may be given again: the last one before the alias is meant.
	const anchored = (alias: Alias) => anchors.get(alias.source)?.findLast((node) => (node.range?.[0] ?? 0) < (alias.range?.[0] ?? 0));

	function convert(node: unknown, depth: number): ConfigNode | undefined {
		if (left-- <= 0 || depth > 50) return undefined;
		if (isAlias(node)) {
			const target = anchored(node);
			return target ? convert(target, depth + 1) : undefined;
		}
		if (isScalar(node)) {
			const { value } = node;
			const text = value === null || value === undefined ? "" : typeof value === "string" ? value : (node.source ?? String(value));
			return { kind: "scalar", text, isNull: value === null || value === undefined, place: placeOf(node), ...tagOf(node) };
		}
		if (isSeq(node)) {
			const items = node.items.flatMap((item) => convert(item, depth + 1) ?? []);
			return { kind: "list", items, place: placeOf(node), ...tagOf(node) };
		}
		if (!isMap(node)) return undefined;
		const merged = new Map<string, ConfigEntry>();
		const own = new Map<string, ConfigEntry>();
		for (const { key, value } of node.items) {
			if (!isScalar(key)) continue;
			const name = String(key.value ?? "");
			// What is not wanted may hold what aliases refer to, and counts only there.
			if (depth === 0 && wanted && name !== "<<" && !wanted.has(name)) continue;
			const written = value === null ? missing(key) : convert(value, depth + 1);
			if (!written) continue;
			if (name !== "<<") own.set(name, { key: placeOf(key), value: written });
			else {
				// Of several merged mappings the first one wins (yaml.org/type/merge.html).
				for (const one of written.kind === "list" ? written.items : [written])
					if (one.kind === "map") for (const [inner, entry] of one.entries) if (!merged.has(inner)) merged.set(inner, entry);
			}
		}
		return { kind: "map", entries: new Map([...merged, ...own]), place: placeOf(node), ...tagOf(node) };
	}

	function placeOf(node: Node): Place {
		const [start = 0, end = start] = node.range ?? [];
		return placeBetween(start, end);
	}

	function placeBetween(start: number, end: number): Place {
		return { file, start: part.start + start, end: part.start + end };
	}

	function missing(key: Node): ConfigScalar {
		const place = placeOf(key);
		return { kind: "scalar", text: "", isNull: true, place: { ...place, start: place.end } };
	}

	const root = convert(document.contents, 0);
	return { ...(root?.kind === "map" ? { root } : {}), ...(problem ? { problem } : {}) };
}

function tagOf(node: Node): { tag?: "reset" | "override" } {
	const tag = (node as { tag?: string }).tag;
	return tag === "!reset" ? { tag: "reset" } : tag === "!override" ? { tag: "override" } : {};
}

function firstLine(message: string): string {
	return (message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "").replace(/[.:]$/, "");
}
