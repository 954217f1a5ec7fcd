import type { ConfigEntry, ConfigList, ConfigMap, ConfigNode } from "../config/node.ts";
import { own } from "../model/table.ts";

/**
 * A compose file put on top of another (docs.docker.com/reference/compose-file/merge/): mappings are merged, lists appended,
 * scalars replaced. `command`, `entrypoint` and a health check's `test` are replaced whole; ports and volumes are appended once each.
 */
export function mergeNodes(below: ConfigNode | undefined, above: ConfigNode, path: readonly string[] = []): ConfigNode {
	const name = path.at(-1) ?? "";
	if (!below || above.tag === "override" || below.kind !== above.kind) return above;
	if (above.kind === "map" && below.kind === "map") return mergeMaps(below, above, path);
	if (above.kind === "list" && below.kind === "list") {
		return REPLACED.has(name) ? above : { ...above, items: appended(below, above, name) };
	}
	return above;
}

const REPLACED = new Set(["command", "entrypoint", "test"]);

function mergeMaps(below: ConfigMap, above: ConfigMap, path: readonly string[]): ConfigMap {
	const entries = new Map(below.entries);
	for (const [name, entry] of above.entries) {
		if (entry.value.tag === "reset") entries.delete(name);
		else if (entry.value.kind === "scalar" && entry.value.isNull && entries.has(name)) continue;
		else entries.set(name, { key: entry.key, value: mergeNodes(entries.get(name)?.value, entry.value, [...path, name]) });
	}
	return { ...above, entries };
}

function appended(below: ConfigList, above: ConfigList, name: string): readonly ConfigNode[] {
	const identity = own(IDENTITY, name);
	if (!identity) return [...below.items, ...above.items];
	const replaced = new Set(above.items.map(identity));
	return [...below.items.filter((item) => !replaced.has(identity(item))), ...above.items];
}

/** What makes two entries of a list the same one. */
const IDENTITY: Readonly<Record<string, ((item: ConfigNode) => string) | undefined>> = {
	ports: textOf,
	expose: textOf,
	volumes: (item) => targetOf(item),
	env_file: textOf,
};

function textOf(node: ConfigNode): string {
	if (node.kind === "scalar") return node.text;
	if (node.kind === "list") return node.items.map(textOf).join("\n");
	return [...node.entries].map(([key, { value }]) => `${key}=${textOf(value)}`).join("\n");
}

/** A volume is the path in the container at which it stands. */
function targetOf(item: ConfigNode): string {
	if (item.kind !== "scalar") return item.kind === "map" ? textOf(item.entries.get("target")?.value ?? item) : textOf(item);
	const [source = "", target = source] = item.text.replace(/^[A-Za-z]:[\\/]/, "/").split(":");
	return target;
}

/** `environment`, `args` and `labels` may be lists of `NAME=value`: as mappings they can be merged by name. */
export function asMapping(node: ConfigNode): ConfigNode {
	if (node.kind !== "list") return node;
	const entries = new Map<string, ConfigEntry>();
	for (const item of node.items) {
		if (item.kind !== "scalar") continue;
		const at = item.text.indexOf("=");
		const value = { ...item, text: at < 0 ? "" : item.text.slice(at + 1), isNull: at < 0 };
		entries.set(at < 0 ? item.text : item.text.slice(0, at), { key: item.place, value });
	}
	return { kind: "map", entries, place: node.place, ...(node.tag ? { tag: node.tag } : {}) };
}

/** A service in the forms that can be merged: `build: folder` as a mapping, lists of assignments as mappings. */
export function normalizeService(node: ConfigMap): ConfigMap {
	const entries = new Map(node.entries);
	const change = (name: string, step: (value: ConfigNode) => ConfigNode) => {
		const entry = entries.get(name);
		if (entry) entries.set(name, { key: entry.key, value: step(entry.value) });
	};
	change("environment", asMapping);
	change("labels", asMapping);
	change("env_file", asList);
	change("expose", asList);
	change("build", (build) => {
		if (build.kind === "scalar") {
			return {
				kind: "map",
				place: build.place,
				entries: new Map([["context", { key: build.place, value: build }]]),
				...(build.tag ? { tag: build.tag } : {}),
			};
		}
		const args = build.kind === "map" ? build.entries.get("args") : undefined;
		if (build.kind !== "map" || !args) return build;
		return { ...build, entries: new Map([...build.entries, ["args", { key: args.key, value: asMapping(args.value) }]]) };
	});
	return { ...node, entries };
}

function asList(node: ConfigNode): ConfigNode {
	return node.kind === "scalar" && !node.isNull ? { kind: "list", items: [node], place: node.place } : node;
}
