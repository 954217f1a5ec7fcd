import { type Gap, isLoopback, type Listener, type Protocol, portKey } from "../model/port.ts";
import type { PortReport } from "../protocol.ts";
import { plain } from "../verdict/describe.ts";
import { printable } from "./printable.ts";
import { type Column, formatTable } from "./table.ts";

/** A port of the prediction, of the running container, or of both. */
export interface VerifiedPort {
	readonly port: number;
	readonly protocol: Protocol;
	/** Addresses that are predicted; empty when the port is not. */
	readonly predicted: readonly string[];
	/** Addresses that are listened on; empty when nobody does. */
	readonly live: readonly string[];
	/**
	 * `ok` · `loopback`: there, but reachable otherwise than predicted · `missing`: predicted and not there · `unexpected`: there, although
	 * the prediction claimed to be whole · `new`: there, and the prediction said that it was not whole.
	 */
	readonly verdict: "ok" | "loopback" | "missing" | "unexpected" | "new";
}

/** Prediction against truth, by port. Of a container without a network nobody can tell a UDP client from a server. */
export function comparePorts(listeners: readonly Listener[], isOpen: boolean, seen: readonly PortReport[]): readonly VerifiedPort[] {
	const live = seen.filter((port) => port.live === true);
	const keys = new Map([...listeners, ...live].map((one) => [portKey(one), { port: one.port, protocol: one.protocol }]));
	return [...keys.values()]
		.map(({ port, protocol }) => {
			const same = (one: { readonly port: number; readonly protocol: Protocol }) => one.port === port && one.protocol === protocol;
			const predicted = [...new Set(listeners.filter(same).map(({ address }) => address))];
			const addresses = live.filter(same).flatMap((one) => one.addresses);
			return { port, protocol, predicted, live: addresses, verdict: verdictOf(predicted, addresses, isOpen) };
		})
		.sort((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol));
}

function verdictOf(predicted: readonly string[], live: readonly string[], isOpen: boolean): VerifiedPort["verdict"] {
	if (live.length === 0) return "missing";
	if (predicted.length === 0) return isOpen ? "new" : "unexpected";
	return predicted.every(isLoopback) === live.every(isLoopback) ? "ok" : "loopback";
}

const WORDS: Readonly<Record<VerifiedPort["verdict"], string>> = {
	ok: "as predicted",
	loopback: "another address than predicted",
	missing: "predicted, but nothing listens",
	unexpected: "not predicted",
	new: "not predicted: more was possible",
};

const COLUMNS: readonly Column<VerifiedPort>[] = [
	{ title: "PORT", cell: (one) => [portKey(one)], least: 9, tooLong: "cut" },
	{ title: "PREDICTED", cell: ({ predicted }) => predicted, least: 9, tooLong: "wrap" },
	{ title: "LIVE", cell: ({ live }) => live, least: 9, tooLong: "wrap" },
	{ title: "", cell: ({ verdict }) => [WORDS[verdict]], least: 20, tooLong: "wrap" },
];

/** The comparison for people, then one line that says whether the prediction holds. */
export function verifyTable(ports: readonly VerifiedPort[], gaps: readonly Gap[], columns: number | undefined): string {
	const wrong = ports.filter(({ verdict }) => verdict === "missing" || verdict === "unexpected").length;
	const reasons = gaps.map(({ reason }) => `What was unknown: ${plain(reason)}`);
	const sum = wrong > 0 ? "The prediction does not hold." : ports.length === 0 ? "Nothing listens, as predicted." : "The prediction holds.";
	const body = ports.length > 0 ? formatTable(COLUMNS, ports, columns) : "";
	return printable(`${body}${[...reasons, sum].join("\n")}\n`);
}
