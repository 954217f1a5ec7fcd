import { t } from "../model/message.ts";
import { type Certainty, type Gap, type Listener, type Prediction, type Protocol, parsePort } from "../model/port.ts";
import type { Evidence } from "../model/text.ts";
import { HOLE, type Outcome, outcomes, type Value } from "../model/value.ts";

/** Something listens on this port and this address, as far as the two are known. */
export interface Claim {
	readonly port: Value;
	readonly address: Value;
	readonly protocol?: Protocol;
	/** The port is the technology's own default; nothing was said about it. */
	readonly byConvention?: boolean;
	/** What an empty or open address means: `0.0.0.0`, or `::` where the technology binds both families at once. */
	readonly anyAddress: string;
	/** From the start command to what listens, before the value's own evidence. */
	readonly evidence: readonly Evidence[];
	/** False when it hangs on a condition that could not be decided. */
	readonly decided?: boolean;
	readonly hangsOn?: { readonly variable: string; readonly byDefault: boolean };
}

/** Listeners for every port that the claim may mean, and gaps for what stays open. */
export function predictClaim(claim: Claim): Prediction {
	const at = claim.evidence.at(-1);
	if (claim.hangsOn && !claim.hangsOn.byDefault) return { listeners: [], gaps: [gap(t("{0} is not set", claim.hangsOn.variable), at)] };
	const ports = outcomes(claim.port);
	const gaps: Gap[] = ports.open.map((reason) => gap(reason, at));
	const where = addresses(claim);
	const listeners: Listener[] = [];
	for (const port of ports.known) {
		const number = parsePort(port.text);
		if (number === undefined) gaps.push(gap(notAPort(port), port.evidence.at(-1) ?? at));
		else if (where.impossible !== undefined) gaps.push(gap(t("{0} is not an address", where.impossible), at));
		else for (const address of where.likely) listeners.push(listener(claim, port, number, address, where.open));
	}
	if (claim.decided === false) gaps.push(gap(t("a condition in the source is not decided"), at));
	return { listeners, gaps };
}

function listener(claim: Claim, port: Outcome, number: number, address: string, addressOpen: boolean): Listener {
	const hangs = claim.hangsOn?.variable;
	const doubtful = claim.decided === false || hangs !== undefined || addressOpen;
	const certainty: Certainty = claim.byConvention && port.certainty === "certain" ? "convention" : doubtful ? "default" : port.certainty;
	const overriddenBy = port.overriddenBy ?? hangs;
	return {
		port: number,
		protocol: claim.protocol ?? "tcp",
		address,
		certainty,
		...(overriddenBy === undefined ? {} : { overriddenBy }),
		evidence: chain([...claim.evidence, ...port.evidence]),
	};
}

/** What the name of a host, an address or its zone is written with. */
const ADDRESS = /^[\p{L}\p{N}._:%-]+$/u;

/** An address that stays open counts as any, but then nothing is certain: it may be the loopback interface. */
function addresses(claim: Claim): { readonly likely: readonly string[]; readonly open: boolean; readonly impossible?: string } {
	const { known, open } = outcomes(claim.address);
	const whole = known.filter(({ text }) => !text.includes(HOLE));
	const likely = [...new Set(whole.map((one) => bound(one.text, claim.anyAddress)))];
	const impossible = likely.find((text) => !ADDRESS.test(text));
	if (impossible !== undefined) return { likely: [], open: true, impossible: impossible.slice(0, 40) };
	return likely.length > 0 ? { likely, open: open.length > 0 || whole.length < known.length } : { likely: [claim.anyAddress], open: true };
}

/** As the socket table shows it. A container's /etc/hosts has 127.0.0.1 as the first address of localhost. */
function bound(address: string, any: string): string {
	const text = address.trim().replace(/^\[(.*)\]$/, "$1");
	if (text === "" || text === "*" || text.toLowerCase() === "any") return any;
	return text.toLowerCase() === "localhost" ? "127.0.0.1" : text;
}

function notAPort({ text, overriddenBy }: Outcome): string {
	if (text.trim() === "" && overriddenBy !== undefined) return t("{0} is not set", overriddenBy);
	return text.trim() === "0" ? t("the port is chosen at run time") : t("{0} is not a port", text.slice(0, 40) || t("an empty text"));
}

function gap(reason: string, evidence: Evidence | undefined): Gap {
	return evidence ? { reason, evidence } : { reason };
}

/** Links that stand inside the one before them add nothing: the `80` in `app.run(port=80)`. */
function chain(evidence: readonly Evidence[]): Evidence[] {
	const links: Evidence[] = [];
	for (const one of evidence) if (!links.some((link) => holds(link, one))) links.push(one);
	return links;
}

function holds(outer: Evidence, inner: Evidence): boolean {
	if (outer.uri !== inner.uri) return false;
	const [a, b] = [outer.range, inner.range];
	const startsBefore = a.start.line < b.start.line || (a.start.line === b.start.line && a.start.character <= b.start.character);
	const endsAfter = a.end.line > b.end.line || (a.end.line === b.end.line && a.end.character >= b.end.character);
	return startsBefore && endsAfter;
}

const RANK: Readonly<Record<Certainty, number>> = { certain: 2, default: 1, convention: 0 };

/** Several predictions as one: each listener once, in its most certain form, and each reason once. */
export function mergePredictions(predictions: readonly Prediction[]): Prediction {
	const listeners = new Map<string, Listener>();
	const gaps = new Map<string, Gap>();
	for (const prediction of predictions) {
		for (const one of prediction.listeners) {
			const key = `${one.port}/${one.protocol} ${one.address}`;
			const before = listeners.get(key);
			if (!before || RANK[one.certainty] > RANK[before.certainty]) listeners.set(key, one);
		}
		for (const one of prediction.gaps) if (!gaps.has(one.reason)) gaps.set(one.reason, one);
	}
	return { listeners: [...listeners.values()], gaps: [...gaps.values()] };
}
