import { type Evidence, evidenceIn, rangeBetween, type TextFile } from "../model/text.ts";

/** Where a node of a configuration file stands: offsets into the text of its file. */
export interface Place {
	readonly file: TextFile;
	readonly start: number;
	readonly end: number;
}

/** A node of a configuration file, anchors and merge keys resolved, with the place where it is written. */
export type ConfigNode = ConfigScalar | ConfigMap | ConfigList;

interface Common {
	readonly place: Place;
	/** `!reset` and `!override` say how a compose file is put on top of another (docs.docker.com/reference/compose-file/merge/). */
	readonly tag?: "reset" | "override";
}

export interface ConfigScalar extends Common {
	readonly kind: "scalar";
	/** As it is written, without quotes: `8080` and `"8080"` alike; empty for null. */
	readonly text: string;
	readonly isNull: boolean;
}

export interface ConfigMap extends Common {
	readonly kind: "map";
	readonly entries: ReadonlyMap<string, ConfigEntry>;
}

export interface ConfigEntry {
	/** Where the key stands. */
	readonly key: Place;
	readonly value: ConfigNode;
}

export interface ConfigList extends Common {
	readonly kind: "list";
	readonly items: readonly ConfigNode[];
}

export interface ConfigDocument {
	/** Absent when the file holds no mapping. */
	readonly root?: ConfigMap;
	/** What the parser complains of first; what stands before it is still read. */
	readonly problem?: { readonly reason: string; readonly place: Place };
}

/** What to point at, with the first line of what stands there. */
export function evidenceAt({ file, start, end }: Place): Evidence {
	const text = file.text.slice(start, end);
	return evidenceIn(file, rangeBetween(file.text, start, end), text.split(/\r?\n/)[0] ?? "");
}

export function entryOf(node: ConfigNode | undefined, name: string): ConfigEntry | undefined {
	return node?.kind === "map" ? node.entries.get(name) : undefined;
}

export function child(node: ConfigNode | undefined, ...path: readonly string[]): ConfigNode | undefined {
	return path.reduce<ConfigNode | undefined>((at, name) => entryOf(at, name)?.value, node);
}
