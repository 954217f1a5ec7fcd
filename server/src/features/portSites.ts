import type { Builder } from "../compose/builtBy.ts";
import type { PortRange, ServicePort } from "../compose/ports.ts";
import type { ComposeReport } from "../compose/report.ts";
import type { Service } from "../compose/service.ts";
import type { Place } from "../config/node.ts";
import { lastOf } from "../dockerfile/dockerfile.ts";
import { rangeOf } from "../dockerfile/logicalText.ts";
import { type Port, portKey } from "../model/port.ts";
import { type Evidence, type Range, rangeBetween } from "../model/text.ts";
import { askedPorts } from "../verdict/healthcheck.ts";
import type { Analysis, ReportedListener } from "../verdict/report.ts";

/** A place that speaks of a port of one container: where it is listened on, documented, published or asked. */
export interface PortSite extends Port {
	readonly kind: "listens" | "exposes" | "publishes" | "asks";
	readonly uri: string;
	/** The digits where they are written; else the word or line that decides the port. */
	readonly range: Range;
	/** Whether the number stands there and can be replaced. */
	readonly literal: boolean;
}

/** The places of a Dockerfile's target stage, of what it starts, and of the compose services that build it. */
export function sitesOf(analysis: Analysis, builders: readonly Builder[]): readonly PortSite[] {
	return distinct([...dockerfileSites(analysis), ...builders.flatMap(({ service }) => serviceSites(service))]);
}

/** The places of one service of a compose file. */
export function sitesOfService({ predictions }: ComposeReport, service: Service): readonly PortSite[] {
	const prediction = predictions.find((one) => one.service === service);
	const own = prediction?.analysis ? dockerfileSites(prediction.analysis) : [];
	return distinct([...serviceSites(service), ...own]);
}

/** A port that a configuration file leads to a container, and what is known of the container's image. */
export interface LedSite {
	readonly entry: Pick<ServicePort, "place" | "target" | "targetPlace" | "protocol">;
	readonly analysis?: Analysis;
}

/** The places of each port of a file that leads ports to containers of several images. */
export function sitesOfLedPorts(led: readonly LedSite[]): readonly (readonly PortSite[])[] {
	return led.map(({ entry, analysis }) => distinct([...entrySites(entry), ...(analysis ? dockerfileSites(analysis) : [])]));
}

function dockerfileSites({ dockerfile, target }: Analysis): readonly PortSite[] {
	if (!target) return [];
	const { uri } = dockerfile;
	const sites: PortSite[] = target.listeners.flatMap(listeningSites);
	for (const { expose } of target.exposes) {
		const { ports, range, text } = expose;
		if (!ports || dockerfile.standsFor) continue;
		// With an escape in it, `1\0`, the number stands nowhere.
		const digits = ports.first === ports.last && /^\d+(?=\/|$)/.exec(text)?.[0];
		const narrow = digits ? { start: range.start, end: { ...range.start, character: range.start.character + digits.length } } : range;
		for (const port of portsOf(ports))
			sites.push({ kind: "exposes", port, protocol: ports.protocol, uri, range: narrow, literal: Boolean(digits) });
	}
	const check = lastOf(target.image.stage, "HEALTHCHECK");
	if (check && !dockerfile.standsFor) {
		for (const { port, start, end } of askedPorts(check.args.text, target.image.environment)) {
			const range = rangeOf(dockerfile.document, check.args, start, end);
			sites.push({ kind: "asks", port, protocol: "tcp", uri, range, literal: /^\d+$/.test(check.args.text.slice(start, end)) });
		}
	}
	return sites;
}

/** Where a port is decided: the last place of the chain in which its number is written, else the one that opens it. */
function listeningSites({ port, protocol, evidence, site, fromBase }: ReportedListener): readonly PortSite[] {
	const common = { kind: "listens" as const, port, protocol };
	const deciding = fromBase ? undefined : evidence.findLast((one) => digitsIn(one, port) !== undefined);
	const range = deciding && digitsIn(deciding, port);
	if (deciding && range) return [{ ...common, uri: deciding.uri, range, literal: true }];
	const at = site ?? evidence.at(-1);
	return at ? [{ ...common, uri: at.uri, range: at.range, literal: false }] : [];
}

/** The number within an evidence that stands on one line as it is written. */
function digitsIn({ text, range }: Evidence, port: number): Range | undefined {
	const { start, end } = range;
	if (start.line !== end.line || end.character - start.character !== text.length) return undefined;
	const found = [...text.matchAll(new RegExp(`(?<![\\w.])${port}(?![\\w.])`, "g"))];
	// Of two equal numbers nobody knows which one is the port.
	const [only] = found;
	if (!only || found.length > 1) return undefined;
	const character = start.character + only.index;
	return { start: { line: start.line, character }, end: { line: start.line, character: character + String(port).length } };
}

function serviceSites(service: Service): readonly PortSite[] {
	return service.ports.flatMap(entrySites);
}

function entrySites({ target, targetPlace, place, protocol }: LedSite["entry"]): readonly PortSite[] {
	if (!target) return [];
	return portsOf(target).map((port) => ({
		kind: "publishes" as const,
		port,
		protocol,
		uri: place.file.uri,
		range: placeRange(targetPlace ?? place),
		literal: targetPlace !== undefined && target.first === target.last,
	}));
}

function placeRange({ file, start, end }: Place): Range {
	return rangeBetween(file.text, start, end);
}

/** Of ranges that nobody writes to mean single ports, the ends are enough. */
function portsOf({ first, last }: PortRange): readonly number[] {
	return last - first < 50 ? Array.from({ length: last - first + 1 }, (_, i) => first + i) : [first, last];
}

function distinct(sites: readonly PortSite[]): readonly PortSite[] {
	const keyOf = (site: PortSite) => `${site.kind} ${portKey(site)} ${site.uri} ${site.range.start.line}:${site.range.start.character}`;
	const seen = new Set<string>();
	return sites.filter((site) => {
		const key = keyOf(site);
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}
