import type { PortReport } from "../../../server/src/protocol.ts";
import type { Item } from "./row.ts";
import { plain } from "./words.ts";

/** A promise that is not kept is a problem; a port that nobody documented is only a fact. */
export function isProblem(port: PortReport): boolean {
	return port.verdict === "nothing-listens" || port.verdict === "loopback-only";
}

/** A port's row: `80/tcp` and which of the three facts hold. */
export function portItem(container: string, port: PortReport): Item {
	const label = `${port.port}/${port.protocol}`;
	const process = port.process === null ? "" : plain(port.process);
	const facts = factsOf(port);
	return {
		id: `${container}/port/${label}`,
		kind: "port",
		label,
		// The wide space sets the process apart, like a column.
		description: facts.join(" · ") + (process === "" ? "" : `\u2003${process}`),
		tooltip: [label, ...sentencesOf(port), ...(process === "" ? [] : [`Process: ${process}`])].join("\n"),
		icon: iconOf(port),
		spoken: `Port ${label}, ${facts.join(", ")}${process === "" ? "" : `, process ${process}`}`,
		children: [],
	};
}

function factsOf(port: PortReport): string[] {
	const facts = [...(port.exposed ? ["exposed"] : []), ...hostEnds(port).map((end) => `published ${end}`)];
	// Unknown is not "none": only what was configured can be said.
	if (port.live === null) return facts;
	if (!port.live) return [...facts, "nothing listens"];
	if (port.verdict === "loopback-only") return [...facts, `listens on ${plain(port.addresses.join(", ")) || "loopback"} only`];
	const live = port.addresses.length === 0 || port.addresses.some(isEveryAddress) ? "live" : `live on ${plain(port.addresses.join(", "))}`;
	return [...facts, live, ...(port.exposed ? [] : ["not exposed"])];
}

function isEveryAddress(address: string): boolean {
	return address === "0.0.0.0" || address === "::";
}

/** The host's ends of the published port, as `address:port`. Docker lists every-address twice, for IPv4 and IPv6: once will do. */
function hostEnds(port: PortReport): string[] {
	const ends = port.published.map(({ hostIp, hostPort }) => ({ ip: plain(hostIp), hostPort }));
	return (
		ends
			.filter(({ ip, hostPort }) => ip !== "::" || !ends.some((end) => end.ip === "0.0.0.0" && end.hostPort === hostPort))
			// Brackets as in a URL, so that the port can be told from an IPv6 address.
			.map(({ ip, hostPort }) => `${ip.includes(":") ? `[${ip}]` : ip}:${hostPort}`)
	);
}

function sentencesOf(port: PortReport): string[] {
	return [
		port.exposed ? "Exposed: the image documents it." : "Not exposed: the image does not document it.",
		port.published.length > 0
			? `Published: ${hostEnds(port).join(", ")} on the host leads here.`
			: "Not published: no port of the host leads here.",
		listeningSentence(port),
	];
}

function listeningSentence(port: PortReport): string {
	if (port.live === null) return "Live: unknown.";
	if (!port.live) return "Not live: no process listens.";
	const addresses = plain(port.addresses.join(", "));
	if (port.verdict === "loopback-only") return `Live, but only on ${addresses || "loopback"}: nothing outside the container can reach it.`;
	return addresses === "" ? "Live: a process listens." : `Live: a process listens on ${addresses}.`;
}

function iconOf(port: PortReport): Item["icon"] {
	if (isProblem(port)) return { name: "warning", color: "list.warningForeground" };
	if (port.live === null) return { name: "question" };
	if (!port.live) return { name: "circle-slash" };
	return port.exposed ? { name: "pass", color: "charts.green" } : { name: "circle-outline", color: "charts.blue" };
}
