import type { ConfigNode } from "../../server/src/config/node.ts";

/** A configuration as plain values, its places left out. */
export function plainNode(node: ConfigNode | undefined): unknown {
	if (!node) return undefined;
	if (node.kind === "scalar") return node.isNull ? null : node.text;
	if (node.kind === "list") return node.items.map(plainNode);
	return Object.fromEntries([...node.entries].map(([name, { value }]) => [name, plainNode(value)]));
}
