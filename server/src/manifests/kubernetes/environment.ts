import { type ConfigNode, child, entryOf, evidenceAt } from "../../config/node.ts";
import { t } from "../../model/message.ts";
import type { Gap } from "../../model/port.ts";
import { concat, known, unknown, type Value } from "../../model/value.ts";
import { itemsOf, type KubernetesObject, textOf } from "./objects.ts";
import type { Container, Workload } from "./workload.ts";

export interface ContainerEnvironment {
	readonly values: ReadonlyMap<string, Value>;
	/** Variables of which not even the names are in view. */
	readonly gaps: readonly Gap[];
}

/**
 * The variables that a pod sets over those of the image: the cluster's own for services, `envFrom`, `env`, the later over the earlier.
 * What comes from a config map may be another value where the manifests are applied; what comes from a secret is not in view.
 */
export function readEnvironment(workload: Workload, { node }: Container, objects: readonly KubernetesObject[]): ContainerEnvironment {
	const values = new Map<string, Value>();
	const gaps: Gap[] = [];
	const mapOf = (name: string | undefined) =>
		objects.find((one) => one.kind === "ConfigMap" && one.name === name && sameNamespace(one.namespace, workload.namespace));
	for (const { kind, name, namespace } of objects) {
		if (kind !== "Service" || !workload.hasServiceLinks || !sameNamespace(namespace, workload.namespace)) continue;
		// `tcp://10.0.0.11:80`: a program that takes PORT of its own name from it is misled (kubernetes.io/docs/concepts/services-networking/service/).
		const variable = `${name.toUpperCase().replaceAll("-", "_")}_PORT`;
		values.set(variable, unknown(t("Kubernetes sets {0} for the service {1}", variable, name)));
	}
	for (const item of itemsOf(node, "envFrom")) {
		const name = textOf(item, "configMapRef", "name");
		const prefix = textOf(item, "prefix") ?? "";
		const data = child(mapOf(name)?.node, "data");
		if (data?.kind === "map") for (const key of data.entries.keys()) values.set(prefix + key, fromMap(data, key, prefix + key));
		else {
			const reason = name === undefined ? t("variables come from a secret") : t("the config map {0} is not in view", name);
			gaps.push({ reason, evidence: evidenceAt(item.place) });
		}
	}
	for (const item of itemsOf(node, "env")) {
		const name = textOf(item, "name");
		if (name !== undefined) values.set(name, valueOfVariable(item, name));
	}
	return { values, gaps };

	function valueOfVariable(item: ConfigNode, name: string): Value {
		const at = evidenceAt(item.place);
		const source = child(item, "valueFrom");
		if (!source) {
			const value = child(item, "value");
			return value?.kind === "scalar" ? expandReferences(value, values) : known("", at);
		}
		const map = textOf(source, "configMapKeyRef", "name");
		if (map !== undefined) {
			const data = child(mapOf(map)?.node, "data");
			const found = data && fromMap(data, textOf(source, "configMapKeyRef", "key") ?? "", name);
			return found ?? unknown(t("the config map {0} is not in view", map), at);
		}
		return unknown(child(source, "secretKeyRef") ? t("{0} comes from a secret", name) : t("{0} is set by the cluster", name), at);
	}
}

function fromMap(data: ConfigNode, key: string, name: string): Value {
	const entry = entryOf(data, key);
	if (entry?.value.kind !== "scalar") return unknown(t("the config map has no {0}", key), evidenceAt(data.place));
	const from = evidenceAt({ ...entry.value.place, start: entry.key.start });
	return { kind: "variable", name, fallback: known(entry.value.text, from), from: [from] };
}

/** A text with `$(NAME)` put in, `$$` as a dollar; names that are not set stay as they stand. */
export function expandReferences(node: ConfigNode & { readonly kind: "scalar" }, values: ReadonlyMap<string, Value>): Value {
	const from = evidenceAt(node.place);
	const parts = node.text.split(/(\$\$|\$\([\w.-]+\))/).map((part): Value => {
		if (part === "$$") return known("$", from);
		const name = /^\$\((.+)\)$/.exec(part)?.[1];
		return (name === undefined ? undefined : values.get(name)) ?? known(part, from);
	});
	return parts.length === 1 && parts[0] ? parts[0] : concat(parts);
}

/** One that is left out is that of whoever applies the manifest. */
export function sameNamespace(a: string, b: string): boolean {
	return a === b || a === "" || b === "";
}
