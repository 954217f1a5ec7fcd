import { type ConfigMap, type ConfigNode, child } from "../../config/node.ts";
import { recentDocuments } from "../../config/recentDocuments.ts";
import { readYaml } from "../../config/yaml.ts";
import { MAX_FILE_BYTES } from "../../model/files.ts";
import type { TextFile } from "../../model/text.ts";

/** One object of a manifest. */
export interface KubernetesObject {
	readonly kind: string;
	readonly name: string;
	/** Empty when the manifest leaves it to whoever applies it. */
	readonly namespace: string;
	readonly node: ConfigMap;
}

/** The kinds of objects that say what starts, and who reaches it. */
const KIND =
	/^[ \t]*(?:-[ \t]+)?["']?kind["']?:[ \t]*["']?(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Job|CronJob|Pod|Service|ConfigMap|List)\b/m;

/** Manifests of a folder are asked for at every keystroke in one of them. */
const MAX_KEPT = 200;

/** The objects of a manifest that matter here, those of lists too. Each text is read once. Never throws. */
export function readObjects(file: TextFile): readonly KubernetesObject[] {
	const { text } = file;
	return text.length <= MAX_FILE_BYTES && text.includes("apiVersion") && KIND.test(text) ? readManifest(file) : [];
}

const readManifest = recentDocuments((file): readonly KubernetesObject[] => {
	return documentsOf(file.text).flatMap((part) => {
		const text = file.text.slice(part.start, part.end);
		// A template is no manifest yet; in the data of a config map, braces are data.
		if (!KIND.test(text) || (text.includes("{{") && !/^kind:[ \t]*["']?ConfigMap\b/m.test(text))) return [];
		const { root } = readYaml(file, { part });
		return root ? flattened(root) : [];
	});
}, MAX_KEPT);

/** Where the documents of a file stand, without the lines that part them. */
function documentsOf(text: string): readonly { readonly start: number; readonly end: number }[] {
	const parts: { start: number; end: number }[] = [];
	let start = 0;
	for (const line of text.matchAll(/^---(?=[ \t\r\n]|$).*$/gm)) {
		parts.push({ start, end: line.index });
		start = line.index + line[0].length;
	}
	return [...parts, { start, end: text.length }];
}

function flattened(node: ConfigNode): readonly KubernetesObject[] {
	if (node.kind !== "map" || textOf(node, "apiVersion") === undefined) return [];
	const kind = textOf(node, "kind") ?? "";
	const items = child(node, "items");
	if (kind === "List" && items?.kind === "list") return items.items.flatMap(flattened);
	return [{ kind, name: textOf(node, "metadata", "name") ?? "", namespace: textOf(node, "metadata", "namespace") ?? "", node }];
}

/** The text of a scalar below a node; undefined when there is none, or null. */
export function textOf(node: ConfigNode | undefined, ...path: readonly string[]): string | undefined {
	const found = child(node, ...path);
	return found?.kind === "scalar" && !found.isNull ? found.text : undefined;
}

/** The items of a list below a node; none when there is no list. */
export function itemsOf(node: ConfigNode | undefined, ...path: readonly string[]): readonly ConfigNode[] {
	const found = child(node, ...path);
	return found?.kind === "list" ? found.items : [];
}
