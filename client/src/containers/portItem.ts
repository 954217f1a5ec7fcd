import { t } from "@vscode/l10n";
import type { PortReport } from "../../../server/src/protocol.ts";
import type { Item, Subject } from "./row.ts";
import { plain } from "./words.ts";

/** A promise that is not kept is a problem; a port that nobody documented is only a fact. */
export function isProblem(port: PortReport): boolean {
	return port.verdict === "nothing-listens" || port.verdict === "loopback-only";
}

/** A container shows that many ports one by one; of more, neighbours that are alike share a row. */
const ONE_BY_ONE = 16;
/** Neighbours that are worth a row of their own. */
const ALIKE = 4;

/** The rows of a container's ports. `parent` is the container's row, `about` what its actions are about. */
export function portItems(parent: string, ports: readonly PortReport[], about: Subject): Item[] {
	if (ports.length <= ONE_BY_ONE) return ports.map((port) => portItem(parent, port, about));
	const runs: PortReport[][] = [];
	for (const port of ports) {
		const run = runs.find((one) => continues(one, port));
		if (run) run.push(port);
		else runs.push([port]);
	}
	return runs
		.flatMap((run) => (run.length >= ALIKE ? [run] : run.map((port) => [port])))
		.sort(([a], [b]) => (a?.port ?? 0) - (b?.port ?? 0))
		.flatMap((run) => {
			const [first, ...others] = run;
			if (first === undefined) return [];
			return others.length === 0 ? [portItem(parent, first, about)] : [rangeItem(parent, run, first, about)];
		});
}

/** A port's row: `80/tcp` and which of the three facts hold. */
export function portItem(parent: string, port: PortReport, about: Subject): Item {
	const label = `${port.port}/${port.protocol}`;
	const process = port.process === null ? "" : plain(port.process);
	const facts = factsOf(port);
	return {
		id: `${parent}/port/${label}`,
		kind: "port",
		label,
		description: facts.join(" · ") + inColumn(process),
		tooltip: [label, ...sentencesOf(port), ...(process === "" ? [] : [t("Process: {0}", process)])].join("\n"),
		icon: iconOf(port),
		spoken: [t("Port {0}", label), ...facts, ...(process === "" ? [] : [t("process {0}", process)])].join(", "),
		traits: [
			...(port.published.length > 0 && port.protocol === "tcp" ? ["published"] : []),
			...(port.verdict === "not-exposed" ? ["undocumented"] : []),
		],
		subject: { ...about, port: { port: port.port, protocol: port.protocol } },
		children: [],
	};
}

/** The host's ends of the published port, as `address:port`. Docker lists every-address twice, for IPv4 and IPv6: once will do. */
export function hostEnds(port: PortReport): string[] {
	const ends = port.published.map(({ hostIp, hostPort }) => ({ ip: plain(hostIp), hostPort }));
	return (
		ends
			.filter(({ ip, hostPort }) => ip !== "::" || !ends.some((end) => end.ip === "0.0.0.0" && end.hostPort === hostPort))
			// Brackets as in a URL, so that the port can be told from an IPv6 address.
			.map(({ ip, hostPort }) => `${ip.includes(":") ? `[${ip}]` : ip}:${hostPort}`)
	);
}

function rangeItem(parent: string, run: readonly PortReport[], first: PortReport, about: Subject): Item {
	const last = run.at(-1) ?? first;
	const label = `${first.port}–${last.port}/${first.protocol}`;
	const process = first.process === null ? "" : plain(first.process);
	const end = last.published[0];
	// Published neighbours differ in their host ports alone.
	const facts = factsOf(first, end === undefined ? undefined : `${hostEnds(first)[0]}–${end.hostPort}`);
	const count = t("{0} ports", run.length);
	return {
		id: `${parent}/ports/${first.port}/${first.protocol}`,
		kind: "ports",
		label,
		description: [...facts, count].join(" · ") + inColumn(process),
		tooltip: `${t("{0}: {1}, all alike", label, count)}\n${facts.join(", ")}`,
		icon: iconOf(first),
		spoken: [t("Ports {0} to {1}", first.port, last.port), first.protocol, count, ...facts].join(", "),
		subject: about,
		folded: true,
		children: run.map((port) => portItem(parent, port, about)),
	};
}

/** Whether a port is the next one of a run, with the same said of it. */
function continues(run: readonly PortReport[], port: PortReport): boolean {
	const last = run.at(-1);
	return last !== undefined && last.port + 1 === port.port && alike(last) === alike(port);
}

function alike(port: PortReport): string {
	const { port: number, published, ...rest } = port;
	return JSON.stringify([rest, published.map(({ hostIp, hostPort, answers }) => [hostIp, hostPort - number, answers])]);
}

/** The wide space sets the process apart, like a column. */
function inColumn(process: string): string {
	return process === "" ? "" : `\u2003${process}`;
}

/** `ends`: where the host publishes it, when that is not for the port alone. */
function factsOf(port: PortReport, ends = hostEnds(port).join(", ")): string[] {
	const facts = [
		...(port.exposed ? [t("exposed")] : []),
		...(ends === "" ? [] : [t("published {0}", ends) + (hint(port) === "" ? "" : ` (${hint(port)})`)]),
	];
	if (port.maybeClient) return [...facts, t("maybe a client")];
	// Unknown is not "none": only what was configured can be said.
	if (port.live === null) return facts;
	if (!port.live) return [...facts, t("nothing listens")];
	if (port.verdict === "loopback-only") return [...facts, t("listens on {0} only", plain(port.addresses.join(", ")) || t("loopback"))];
	const live =
		port.addresses.length === 0 || port.addresses.some(isEveryAddress) ? t("live") : t("live on {0}", plain(port.addresses.join(", ")));
	return [...facts, live, ...(port.exposed ? [] : [t("not exposed")])];
}

/** What a connection to the host's end shows where the sockets are unknown. */
function hint({ live, published }: PortReport): string {
	if (live !== null) return "";
	if (published.some(({ answers }) => answers === true)) return t("answers");
	return published.some(({ answers }) => answers === false) ? t("probably nothing behind it") : "";
}

function isEveryAddress(address: string): boolean {
	return address === "0.0.0.0" || address === "::";
}

function sentencesOf(port: PortReport): string[] {
	return [
		port.exposed ? t("Exposed: the image documents it.") : t("Not exposed: the image does not document it."),
		port.published.length > 0
			? t("Published: {0} on the host leads here.", hostEnds(port).join(", "))
			: t("Not published: no port of the host leads here."),
		listeningSentence(port),
	];
}

function listeningSentence(port: PortReport): string {
	if (port.maybeClient) return t("A UDP socket that listens, or a client's that was given this port by the kernel: they look the same.");
	if (port.live === null) return hint(port) === "" ? t("Live: unknown.") : t("Live: unknown ({0}).", hint(port));
	if (!port.live) return t("Not live: no process listens.");
	const addresses = plain(port.addresses.join(", "));
	if (port.verdict === "loopback-only")
		return t("Live, but only on {0}: nothing outside the container can reach it.", addresses || t("loopback"));
	return addresses === "" ? t("Live: a process listens.") : t("Live: a process listens on {0}.", addresses);
}

function iconOf(port: PortReport): Item["icon"] {
	if (isProblem(port)) return { name: "warning", color: "list.warningForeground" };
	if (port.live === null) return { name: "question" };
	if (!port.live) return { name: "circle-slash" };
	return port.exposed ? { name: "pass", color: "charts.green" } : { name: "circle-outline", color: "charts.blue" };
}
