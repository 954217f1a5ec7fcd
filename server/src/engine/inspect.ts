import { type Port, parsePort, portKey } from "../model/port.ts";
import type { NetworkReport } from "../protocol.ts";
import type { Container, ImageConfig, PublishedPort } from "./engine.ts";

/**
 * The engine's JSON as Portlight's types. Engines leave fields out, or set them to null, as they like (Podman, older
 * and newer Docker), so nothing is taken for granted but the identifier; without one the answer is undefined.
 */
export function readContainer(answer: unknown): Container | undefined {
	const json = object(answer);
	const id = text(json.Id);
	if (!/^[0-9a-f]{64}$/.test(id)) return undefined;
	const state = object(json.State);
	const config = object(json.Config);
	const host = object(json.HostConfig);
	const settings = object(json.NetworkSettings);
	const labels = readLabels(config.Labels);
	return {
		id,
		name: text(json.Name).replace(/^\//, ""),
		image: text(config.Image) || text(json.Image),
		imageId: text(json.Image),
		argv: [text(json.Path), ...texts(json.Args)].filter((word, index) => index > 0 || word !== ""),
		state: text(state.Status) || (state.Running === true ? "running" : "exited"),
		running: state.Running === true || state.Paused === true || state.Restarting === true,
		pid: typeof state.Pid === "number" && state.Restarting !== true ? state.Pid : 0,
		createdAt: text(json.Created),
		startedAt: readTime(state.StartedAt),
		finishedAt: readTime(state.FinishedAt),
		exitCode: typeof state.ExitCode === "number" ? state.ExitCode : 0,
		health: readHealth(state),
		labels,
		project: projectOf(labels),
		networkMode: readNetworkMode(host),
		runtime: text(host.Runtime),
		networks: readNetworks(object(settings.Networks)),
		declared: readPortKeys(config.ExposedPorts),
		requested: readPortKeys(host.PortBindings),
		published: readPublished(object(settings.Ports)),
	};
}

/** One element of `GET /containers/json`, likewise. */
export function readListed(answer: unknown): Container | undefined {
	const json = object(answer);
	const id = text(json.Id);
	if (!/^[0-9a-f]{64}$/.test(id)) return undefined;
	const state = text(json.State) || "running";
	const running = state === "running" || state === "paused" || state === "restarting";
	const status = text(json.Status);
	const labels = readLabels(json.Labels);
	const ports = (Array.isArray(json.Ports) ? json.Ports : []).flatMap(readListedPort);
	const command = text(json.Command) || texts(json.Command).join(" "); // Podman: an array
	const seconds = typeof json.Created === "number" ? json.Created : Number.NaN;
	return {
		id,
		// A linked container has further names, below those of the containers that link to it.
		name: (texts(json.Names).find((name) => !name.slice(1).includes("/")) ?? "").replace(/^\//, ""),
		image: text(json.Image),
		imageId: text(json.ImageID),
		argv: command === "" ? [] : [command],
		state,
		running,
		pid: 0,
		// Dates end in the year 275760.
		createdAt: Math.abs(seconds) < 8.64e12 ? new Date(seconds * 1000).toISOString() : text(json.Created),
		startedAt: null,
		finishedAt: null,
		exitCode: Number(/^Exited \((\d+)\)/.exec(status)?.[1] ?? 0),
		health: /\((?:health: )?(starting|healthy|unhealthy)\)/.exec(status)?.[1] ?? null,
		labels,
		project: projectOf(labels),
		networkMode: readNetworkMode(json.HostConfig),
		runtime: "",
		networks: readNetworks(object(object(json.NetworkSettings).Networks)),
		declared: ports.filter(({ hostPort }) => hostPort === null).map(({ port, protocol }) => ({ port, protocol })),
		requested: [],
		// Podman goes on listing the ports of a container that has stopped.
		published: ports.flatMap(({ hostPort, ...port }) => (hostPort === null || !running ? [] : [{ ...port, hostPort }])),
		listed: { status },
	};
}

function readListedPort(value: unknown): (Port & { hostIp: string; hostPort: number | null })[] {
	const { PrivatePort, PublicPort, Type, IP } = object(value);
	const port = readNumber(PrivatePort);
	const protocol = text(Type) || "tcp";
	if (port === undefined || (protocol !== "tcp" && protocol !== "udp" && protocol !== "sctp")) return [];
	return [{ port, protocol, hostIp: text(IP) || "0.0.0.0", hostPort: readNumber(PublicPort) ?? null }];
}

function readNumber(value: unknown): number | undefined {
	return parsePort(typeof value === "number" ? String(value) : text(value));
}

function readNetworkMode(hostConfig: unknown): string {
	const mode = text(object(hostConfig).NetworkMode) || "default";
	return mode === "default" ? "bridge" : mode;
}

/** A compose project, what was deployed together to a swarm, or the swarm's service that is by itself. */
function projectOf(labels: Readonly<Record<string, string>>): string | null {
	return labels["com.docker.compose.project"] || labels["com.docker.stack.namespace"] || labels["com.docker.swarm.service.name"] || null;
}

/** `GET /images/{name}/json`, likewise. */
export function readImage(answer: unknown): ImageConfig | undefined {
	const json = object(answer);
	const id = text(json.Id);
	if (id === "") return undefined;
	const config = object(json.Config);
	return {
		id,
		exposed: readPortKeys(config.ExposedPorts),
		env: texts(config.Env),
		entrypoint: texts(config.Entrypoint),
		cmd: texts(config.Cmd),
		workingDir: text(config.WorkingDir),
		user: text(config.User),
		layers: texts(object(json.RootFS).Layers),
	};
}

/** Go's zero time means never. */
function readTime(value: unknown): string | null {
	const time = text(value);
	return time === "" || time.startsWith("0001-01-01T") ? null : time;
}

/** Podman before 4.0 wrote `Healthcheck`; both say "none" or nothing where nothing is checked. */
function readHealth(state: Fields): string | null {
	const health = text(object(state.Health ?? state.Healthcheck).Status);
	return health === "" || health === "none" ? null : health;
}

function readLabels(value: unknown): Record<string, string> {
	return Object.fromEntries(Object.entries(object(value)).filter((label): label is [string, string] => typeof label[1] === "string"));
}

/** The keys of an object such as `{"80/tcp": {}, "8000-8002/udp": {}}`; what is not a port is left out. */
function readPortKeys(value: unknown): Port[] {
	const ports = new Map<string, Port>();
	for (const port of Object.keys(object(value)).flatMap(readPortKey)) ports.set(portKey(port), port);
	return [...ports.values()];
}

function readPortKey(key: string): Port[] {
	const match = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/.exec(key);
	const first = parsePort(match?.[1] ?? "");
	const last = parsePort(match?.[2] ?? match?.[1] ?? "");
	if (first === undefined || last === undefined || last < first) return [];
	const protocol = (match?.[3] ?? "tcp") as Port["protocol"];
	return Array.from({ length: last - first + 1 }, (_, index) => ({ port: first + index, protocol }));
}

function readPublished(ports: Fields): PublishedPort[] {
	return Object.entries(ports).flatMap(([key, bindings]) => {
		if (!Array.isArray(bindings)) return []; // null: exposed only
		return readPortKey(key).flatMap((port) =>
			bindings.map(object).flatMap((binding) => {
				const hostPort = parsePort(text(binding.HostPort));
				return hostPort === undefined ? [] : [{ ...port, hostIp: text(binding.HostIp) || "0.0.0.0", hostPort }];
			}),
		);
	});
}

/** The pseudo-networks `host` and `none` carry no address and are told by the network mode. */
function readNetworks(networks: Fields): NetworkReport[] {
	return Object.entries(networks)
		.map(([name, value]) => {
			const network = object(value);
			return { name, ip: text(network.IPAddress) || null, ip6: text(network.GlobalIPv6Address) || null };
		})
		.filter(({ name, ip, ip6 }) => ip !== null || ip6 !== null || (name !== "host" && name !== "none"))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}

type Fields = { readonly [name: string]: unknown };

function object(value: unknown): Fields {
	return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string {
	return typeof value === "string" ? value : "";
}

function texts(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
