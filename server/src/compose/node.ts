import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, parseDocument, visit } from "yaml";
import { type Evidence, evidenceIn, rangeBetween, type TextFile } from "../model/text.ts";

/** Where a node of a compose file stands: offsets into the text of its file. */
export interface Place {
	readonly file: TextFile;
	readonly start: number;
	readonly end: number;
}

/** A node of a compose file, anchors and merge keys resolved, with the place where it is written. */
export type ComposeNode = ComposeScalar | ComposeMap | ComposeList;

interface Common {
	readonly place: Place;
	/** `!reset` and `!override` say how a file is put on top of another (docs.docker.com/reference/compose-file/merge/). */
	readonly tag?: "reset" | "override";
}

export interface ComposeScalar extends Common {
	readonly kind: "scalar";
	/** As compose reads it: `8080` and `"8080"` alike; empty for null. */
	readonly text: string;
	readonly isNull: boolean;
}

export interface ComposeMap extends Common {
	readonly kind: "map";
	readonly entries: ReadonlyMap<string, ComposeEntry>;
}

export interface ComposeEntry {
	/** Where the key stands. */
	readonly key: Place;
	readonly value: ComposeNode;
}

export interface ComposeList extends Common {
	readonly kind: "list";
	readonly items: readonly ComposeNode[];
}

export interface ComposeDocument {
	/** Absent when the file holds no mapping. */
	readonly root?: ComposeMap;
	/** What the YAML parser complains of first; what stands before it is still read. */
	readonly problem?: { readonly reason: string; readonly place: Place };
}

/** More nodes than any compose file has: aliases of aliases can make billions. */
const MAX_NODES = 100_000;

/** What Portlight reads of a compose file's top level. */
const TOP_LEVEL = new Set(["services", "include", "<<"]);

/** Reads a compose file. Never throws: a file that is being typed is broken most of the time. */
export function readComposeDocument(file: TextFile): ComposeDocument {
	const document = parseDocument(file.text, { keepSourceTokens: false, logLevel: "silent", strict: false, uniqueKeys: false });
	const [error] = document.errors;
	const problem = error && { reason: firstLine(error.message), place: { file, start: error.pos[0], end: error.pos[1] } };
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

	function convert(node: unknown, depth: number): ComposeNode | undefined {
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
		const merged = new Map<string, ComposeEntry>();
		const own = new Map<string, ComposeEntry>();
		for (const { key, value } of node.items) {
			if (!isScalar(key)) continue;
			const name = String(key.value ?? "");
			// Extensions (`x-…`) hold what aliases refer to, and count only there.
			if (depth === 0 && !TOP_LEVEL.has(name)) continue;
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
		return { file, start, end };
	}

	function missing(key: Node): ComposeScalar {
		const { end } = placeOf(key);
		return { kind: "scalar", text: "", isNull: true, place: { file, start: end, end } };
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

/** What to point at, with the first line of what stands there. */
export function evidenceAt({ file, start, end }: Place): Evidence {
	const text = file.text.slice(start, end);
	return evidenceIn(file, rangeBetween(file.text, start, end), text.split(/\r?\n/)[0] ?? "");
}

export function entryOf(node: ComposeNode | undefined, name: string): ComposeEntry | undefined {
	return node?.kind === "map" ? node.entries.get(name) : undefined;
}

export function child(node: ComposeNode | undefined, ...path: readonly string[]): ComposeNode | undefined {
	return path.reduce<ComposeNode | undefined>((at, name) => entryOf(at, name)?.value, node);
}
