import { t } from "../model/message.ts";
import { type Gap, isLoopback } from "../model/port.ts";
import type { ReportedListener } from "../verdict/report.ts";
import type { PortRange, ServicePort } from "./ports.ts";
import type { ServicePrediction } from "./predictService.ts";
import type { Service } from "./service.ts";

/** What is true of one entry of `ports`. */
export type PortVerdict = { readonly entry: ServicePort; readonly service: Service } & PortState;

/** What is behind a port of a container. */
export type PortState =
	| { readonly state: "listens" | "loopback"; readonly listeners: readonly ReportedListener[] }
	/** Nothing listens there; what the container listens on instead, which may be nothing. */
	| { readonly state: "silent"; readonly instead: readonly ReportedListener[] }
	| { readonly state: "unknown"; readonly reason: string };

/** Judges every published port of every service by what listens in the network namespace behind it. */
export function judgePorts(predictions: readonly ServicePrediction[]): readonly PortVerdict[] {
	return predictions.flatMap(({ service }) => {
		// On the host's own network nothing is published: the entries have no effect.
		if (service.networkMode === "host" || service.networkMode === "none" || service.ports.length === 0) return [];
		const { listeners, gaps } = namespaceOf(service, predictions);
		return service.ports.map((entry) => ({ entry, service, ...judgePort(entry, listeners, gaps) }));
	});
}

/** What listens in the network namespace of a service, and what is not known of that; of the services in `running` only. */
export function namespaceOf(
	service: Service,
	predictions: readonly ServicePrediction[],
	running: readonly ServicePrediction[] = predictions,
): Pick<ServicePrediction, "listeners" | "gaps"> {
	const owner = ownerOf(service, predictions);
	const inside = running.filter((one) => ownerOf(one.service, predictions) === owner);
	return { listeners: inside.flatMap(({ listeners }) => listeners), gaps: inside.flatMap(({ gaps }) => gaps) };
}

/** Judges a port by what listens in the network namespace behind it, and by what is not known of that. */
export function judgePort(
	entry: Pick<ServicePort, "target" | "protocol" | "reason">,
	all: readonly ReportedListener[],
	gaps: readonly Gap[],
): PortState {
	const { target } = entry;
	if (!target) return { state: "unknown", reason: entry.reason ?? t("it cannot be read") };
	const hit = all.filter(({ port, protocol }) => protocol === entry.protocol && port >= target.first && port <= target.last);
	const reachable = hit.filter(({ address }) => !isLoopback(address));
	if (reachable.length > 0) return { state: "listens", listeners: reachable };
	const gap = gaps[0];
	if (gap) return { state: "unknown", reason: gap.reason };
	return hit.length > 0 ? { state: "loopback", listeners: hit } : { state: "silent", instead: all };
}

/** The service whose network namespace a service uses: `network_mode: service:NAME`, followed to its end. */
function ownerOf(service: Service, predictions: readonly ServicePrediction[]): string {
	let owner = service;
	for (let hops = 0; hops < predictions.length; hops++) {
		const name = /^service:(.+)$/.exec(owner.networkMode ?? "")?.[1];
		const next = name === undefined ? undefined : predictions.find((one) => one.service.name === name)?.service;
		if (!next) break;
		owner = next;
	}
	return owner.name;
}

/** Two entries that ask for the same port of the host. */
export interface HostPortConflict {
	readonly port: number;
	/** The later one in the text: the engine refuses to start it. */
	readonly entry: ServicePort;
	readonly service: Service;
	readonly earlier: { readonly entry: ServicePort; readonly service: Service };
}

/**
 * Finds host ports that two services publish. The engine binds the first and refuses the second. Services that no common
 * start includes (other profiles), other addresses and ranges with room to choose are no conflict.
 */
export function hostPortConflicts(services: readonly Service[]): readonly HostPortConflict[] {
	const bound: { entry: ServicePort; service: Service; port: number }[] = [];
	const conflicts: HostPortConflict[] = [];
	for (const service of services) {
		if (service.networkMode !== undefined && !/^(bridge|default)$/.test(service.networkMode)) continue;
		for (const entry of service.ports) {
			for (const port of fixedPorts(entry)) {
				const earlier = bound.find(
					(one) =>
						one.port === port &&
						one.entry.protocol === entry.protocol &&
						sameAddress(one.entry.hostIp, entry.hostIp) &&
						(one.service === service || startTogether(one.service, service)),
				);
				if (earlier) {
					conflicts.push({ port, entry, service, earlier });
					break;
				}
				bound.push({ entry, service, port });
			}
		}
	}
	return conflicts;
}

/** The host ports that an entry must have: a range for one container port leaves the choice to the engine. */
function fixedPorts({ published, target }: ServicePort): readonly number[] {
	if (!published || !target) return [];
	const count = sizeOf(published);
	if (count > 1 && count !== sizeOf(target)) return [];
	return Array.from({ length: Math.min(count, 1_000) }, (_, i) => published.first + i);
}

function sizeOf({ first, last }: PortRange): number {
	return last - first + 1;
}

function sameAddress(a: string | undefined, b: string | undefined): boolean {
	const isAny = (one: string | undefined) => one === undefined || one === "0.0.0.0" || one === "::";
	return isAny(a) || isAny(b) || a === b;
}

/** A service without profiles always starts. */
function startTogether(a: Service, b: Service): boolean {
	return a.profiles.length === 0 || b.profiles.length === 0 || a.profiles.some((profile) => b.profiles.includes(profile));
}
