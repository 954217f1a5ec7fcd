import type { ServicePort } from "../../compose/ports.ts";
import { type ConfigNode, type ConfigScalar, child, type Place } from "../../config/node.ts";
import { type Protocol, parsePort } from "../../model/port.ts";
import { itemsOf, type KubernetesObject, textOf } from "./objects.ts";

/** The pods that an object starts: containers that share one network. */
export interface Workload {
	readonly namespace: string;
	readonly labels: ReadonlyMap<string, string>;
	readonly containers: readonly Container[];
	/** Whether the cluster sets a variable for each service of the namespace. */
	readonly hasServiceLinks: boolean;
	/** Names of the volumes that bring configuration, from config maps and secrets. */
	readonly configVolumes: ReadonlySet<string>;
}

export interface Container {
	readonly name: string;
	readonly node: ConfigNode;
	readonly image?: ConfigScalar;
	/** `ports`. */
	readonly ports: readonly ContainerPort[];
	/** Ports that probes ask. */
	readonly probes: readonly WantedPort[];
}

/** A place of a manifest that speaks of a port. */
export type WantedPort = Pick<ServicePort, "place" | "target" | "targetPlace" | "protocol"> & {
	/** The name of the port, where no number stands. */
	readonly named?: string;
};

export interface ContainerPort extends WantedPort {
	readonly name?: string;
}

/** Where each kind has its pod; the pod's labels stand beside that. */
const TEMPLATES: Readonly<Record<string, readonly string[] | undefined>> = {
	Pod: [],
	Deployment: ["spec", "template"],
	StatefulSet: ["spec", "template"],
	DaemonSet: ["spec", "template"],
	ReplicaSet: ["spec", "template"],
	ReplicationController: ["spec", "template"],
	Job: ["spec", "template"],
	CronJob: ["spec", "jobTemplate", "spec", "template"],
};

const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"] as const;

/** Undefined for objects that start nothing. */
export function readWorkload({ kind, namespace, node }: KubernetesObject): Workload | undefined {
	const path = TEMPLATES[kind];
	const pod = path && child(node, ...path);
	if (!pod) return undefined;
	const spec = child(pod, "spec");
	// Containers that run beside the others; other init containers have ended by then.
	const sidecars = itemsOf(spec, "initContainers").filter((one) => textOf(one, "restartPolicy") === "Always");
	return {
		namespace,
		labels: labelsOf(child(pod, "metadata", "labels")),
		containers: [...itemsOf(spec, "containers"), ...sidecars].map(readContainer),
		hasServiceLinks: textOf(spec, "enableServiceLinks") !== "false",
		configVolumes: new Set(
			itemsOf(spec, "volumes").flatMap((one) =>
				["configMap", "secret", "projected", "csi"].some((source) => child(one, source)) ? (textOf(one, "name") ?? []) : [],
			),
		),
	};
}

export function labelsOf(node: ConfigNode | undefined): ReadonlyMap<string, string> {
	if (node?.kind !== "map") return new Map();
	return new Map([...node.entries].flatMap(([name, { value }]) => (value.kind === "scalar" ? [[name, value.text] as const] : [])));
}

function readContainer(node: ConfigNode): Container {
	const image = child(node, "image");
	const ports = itemsOf(node, "ports").flatMap((item): ContainerPort[] => {
		const wanted = readWanted(child(item, "containerPort"), protocolOf(item));
		const name = textOf(item, "name");
		return wanted?.target ? [{ ...wanted, ...(name === undefined ? {} : { name }) }] : [];
	});
	const probes = PROBES.flatMap((probe) => {
		const asked = child(node, probe);
		// A probe of another host does not ask the pod.
		const ways = ["httpGet", "tcpSocket"].map((way) => child(asked, way)).filter((way) => way && textOf(way, "host") === undefined);
		return [...ways, child(asked, "grpc")].flatMap((way) => readWanted(child(way, "port"), "tcp") ?? []);
	});
	return { name: textOf(node, "name") ?? "", node, ...(image?.kind === "scalar" && !image.isNull ? { image } : {}), ports, probes };
}

export function protocolOf(node: ConfigNode): Protocol {
	const written = textOf(node, "protocol")?.toLowerCase();
	return written === "udp" || written === "sctp" ? written : "tcp";
}

/** A number, or the name of a port. */
export function readWanted(node: ConfigNode | undefined, protocol: Protocol): WantedPort | undefined {
	if (node?.kind !== "scalar" || node.isNull) return undefined;
	const { place, text } = node;
	const port = parsePort(text);
	if (port !== undefined) return { place, protocol, target: { first: port, last: port }, targetPlace: digitsOf(place, text) };
	return /^[a-z\d-]*[a-z][a-z\d-]*$/.test(text) ? { place, protocol, named: text } : undefined;
}

/** Without the quotes around it. */
function digitsOf({ file, start, end }: Place, text: string): Place {
	const at = Math.max(0, file.text.slice(start, end).indexOf(text));
	return { file, start: start + at, end: start + at + text.length };
}
