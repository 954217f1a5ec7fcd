import { child } from "../../config/node.ts";
import { itemsOf, type KubernetesObject } from "./objects.ts";
import { labelsOf, protocolOf, readWanted, type WantedPort } from "./workload.ts";

/** A port of a pod that a service leads to. */
export interface ServiceTarget {
	readonly port: WantedPort;
	/** Labels of the pods. */
	readonly selector: ReadonlyMap<string, string>;
	readonly namespace: string;
}

/** The targets of a service: `targetPort`, or `port` where there is none (kubernetes.io/docs/concepts/services-networking/service/). */
export function readServices({ kind, namespace, node }: KubernetesObject): readonly ServiceTarget[] {
	if (kind !== "Service") return [];
	const selector = labelsOf(child(node, "spec", "selector"));
	// Without a selector, somebody else says where it leads.
	if (selector.size === 0) return [];
	return itemsOf(node, "spec", "ports").flatMap((item) => {
		const port = readWanted(child(item, "targetPort") ?? child(item, "port"), protocolOf(item));
		return port ? [{ port, selector, namespace }] : [];
	});
}
