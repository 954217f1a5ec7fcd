import { createHash } from "node:crypto";
import type { Port } from "../model/port.ts";
import type { ContainerReport } from "../protocol.ts";
import { byName, exposedPorts, type Observation, reportContainer } from "./containers.ts";
import type { Container } from "./engine.ts";
import { joinedContainer, namespaceOf } from "./namespaces.ts";
import { statusOf } from "./status.ts";

/** Everything known of the containers of one engine, and the reports that are made of it, each anew only when something changed. */
export interface Observations {
	get(id: string): Observation | undefined;
	set(observation: Observation): void;
	delete(id: string): void;
	all(): Iterable<Observation>;
	/** The network mode of a container that is none of these, because it has stopped: others may still be in its network. */
	remember(id: string, networkMode: string): void;
	/** The container that would have to be remembered to tell the namespace of this one. */
	missing(container: Container): string | undefined;
	/** See `namespaceOf`. */
	namespace(observation: Observation): string | null;
	/** Whether a report has become another since the last time, but for the moment when its sockets were read. */
	takeNews(): boolean;
	/** Sorted by name. `now` is in milliseconds since 1970. */
	reports(now: number): readonly ContainerReport[];
}

/** `engine` is the name of the engine's context. */
export function observations(engine: string): Observations {
	const observed = new Map<string, Observation>();
	const elsewhere = new Map<string, string>();
	/** By container: the report, and a hash of its text for comparing, because the text takes more memory than the report. */
	const made = new Map<string, { readonly report: ContainerReport; readonly hash: string }>();
	const touched = new Set<string>();
	/** Containers that joined the network of another one. */
	const guests = new Set<string>();
	let sorted: ContainerReport[] | undefined;
	let news = false;

	const modeOf = (id: string) => observed.get(id)?.container.networkMode ?? elsewhere.get(id);
	const namespace = ({ container }: Observation) => namespaceOf(container, modeOf);

	/** Containers in one network see each other's sockets, so a change of one may be a change of the others. */
	function touch(id: string, network: string | null): void {
		touched.add(id);
		if (network === "host" || network === null) return;
		touched.add(network);
		for (const guest of guests) touched.add(guest);
	}

	/** What all containers in a network expose. On the host's network each is shown its own sockets only. */
	function exposedIn(network: string | null): readonly Port[] {
		if (network === null || network === "host" || guests.size === 0) return [];
		return [network, ...guests]
			.flatMap((id) => observed.get(id) ?? [])
			.filter((one) => namespace(one) === network)
			.flatMap(({ container, image }) => exposedPorts(container, image));
	}

	function update(): void {
		for (const id of touched) {
			const before = made.get(id);
			const observation = observed.get(id);
			if (!observation) {
				if (made.delete(id)) news = true;
				sorted = undefined;
				continue;
			}
			// What the status says ages by itself, which is no news: so it is made when it is asked for.
			const report = reportContainer(engine, { ...observation, exposedBeside: exposedIn(namespace(observation)) }, 0);
			const text = JSON.stringify(report, (key, value) => (key === "readAt" ? undefined : value));
			const hash = createHash("sha1").update(text).digest("base64");
			if (hash !== before?.hash) news = true;
			made.set(id, { report, hash });
			sorted = undefined;
		}
		touched.clear();
	}

	return {
		get: (id) => observed.get(id),
		set(observation) {
			const { container } = observation;
			if (joinedContainer(container.networkMode) !== undefined) guests.add(container.id);
			observed.set(container.id, observation);
			touch(container.id, namespace(observation));
		},
		delete(id) {
			const before = observed.get(id);
			if (!before) return;
			const network = namespace(before);
			observed.delete(id);
			guests.delete(id);
			elsewhere.set(id, before.container.networkMode);
			touch(id, network);
		},
		all: () => observed.values(),
		remember: (id, mode) => void elsewhere.set(id, mode),
		missing(container) {
			const joined = joinedContainer(container.networkMode);
			return joined === undefined || modeOf(joined) !== undefined ? undefined : joined;
		},
		namespace,
		takeNews() {
			update();
			const had = news;
			news = false;
			return had;
		},
		reports(now) {
			update();
			sorted ??= [...made.values()].map(({ report }) => report).sort(byName);
			return sorted.map((report) => {
				const observation = observed.get(report.id);
				return observation ? { ...report, status: statusOf(observation.container, now) } : report;
			});
		},
	};
}
