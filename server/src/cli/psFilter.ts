import type { ContainerReport } from "../protocol.ts";

export type ContainerFilter = (container: ContainerReport) => boolean;

const STATES = ["created", "restarting", "running", "removing", "paused", "exited", "dead"];
const HEALTH = ["starting", "healthy", "unhealthy", "none"];

/**
 * `NAME=VALUE` pairs as `docker ps --filter` takes them (https://docs.docker.com/reference/cli/docker/container/ls/#filter):
 * a container must match one value of every name, and every label. Answers what is wrong as a sentence.
 */
export function readFilters(pairs: readonly string[]): ContainerFilter | string {
	const byName = new Map<string, ContainerFilter[]>();
	for (const pair of pairs) {
		const at = pair.indexOf("=");
		if (at < 1) return `--filter ${JSON.stringify(pair)}: NAME=VALUE is wanted, such as status=running`;
		const name = pair.slice(0, at);
		const make = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
		if (make === undefined) return `--filter ${name}: there is no such filter; there are: ${Object.keys(FILTERS).join(", ")}`;
		const filter = make(pair.slice(at + 1));
		if (typeof filter === "string") return `--filter ${pair}: ${filter}`;
		byName.set(name, [...(byName.get(name) ?? []), filter]);
	}
	const groups = [...byName].map(
		([name, filters]): ContainerFilter =>
			name === "label" ? (container) => filters.every((one) => one(container)) : (container) => filters.some((one) => one(container)),
	);
	return (container) => groups.every((group) => group(container));
}

/** Whether the filters ask for containers that do not run: docker lists them then without `--all`. */
export function wantsStopped(pairs: readonly string[]): boolean {
	return pairs.some((pair) => /^status=(created|removing|exited|dead)$|^exited=/.test(pair));
}

const FILTERS: Readonly<Record<string, (value: string) => ContainerFilter | string>> = {
	name: (value) => matching(value, ({ name }) => name),
	id: (value) => matching(value, ({ id }) => id),
	status: (value) => (STATES.includes(value) ? ({ state }) => state === value : `one of ${STATES.join(", ")} is wanted`),
	health: (value) => (HEALTH.includes(value) ? ({ health }) => (health ?? "none") === value : `one of ${HEALTH.join(", ")} is wanted`),
	exited: (value) => (/^\d+$/.test(value) ? ({ running, exitCode }) => !running && exitCode === Number(value) : "an exit code is wanted"),
	label(value) {
		const at = value.indexOf("=");
		if (at < 0) return ({ labels }) => Object.hasOwn(labels, value);
		return ({ labels }) => Object.hasOwn(labels, value.slice(0, at)) && labels[value.slice(0, at)] === value.slice(at + 1);
	},
	network:
		(value) =>
		({ networks, networkMode }) =>
			networks.length > 0 ? networks.some(({ name }) => name === value) : networkMode === value,
	publish: (value) => ofPorts(value, ({ published }) => published.length > 0),
	expose: (value) => ofPorts(value, ({ exposed, published }) => exposed || published.length > 0),
};

/** Docker takes the value for a regular expression, which matches anywhere. */
function matching(value: string, read: (container: ContainerReport) => string): ContainerFilter | string {
	try {
		const pattern = new RegExp(value);
		// The engine's own names begin with a slash, so patterns may ask for it.
		return (container) => pattern.test(read(container)) || pattern.test(`/${read(container)}`);
	} catch {
		return "this is not a regular expression";
	}
}

/** `80`, `80/tcp`, `8000-8010/udp`: the container's side. */
function ofPorts(value: string, wanted: (port: ContainerReport["ports"][number]) => boolean): ContainerFilter | string {
	const [, first, last = first, protocol = "tcp"] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/.exec(value) ?? [];
	if (first === undefined) return "a port is wanted, such as 80, 53/udp or 8000-8010/tcp";
	return ({ ports }) =>
		ports.some((port) => port.protocol === protocol && port.port >= Number(first) && port.port <= Number(last) && wanted(port));
}
