import type { ContainerReport, EngineReport, PortReport } from "../../../server/src/protocol.ts";

export interface BrowserAddress {
	readonly url: string;
	readonly port: PortReport;
}

/** Ports that speak TLS by custom. */
const TLS_PORTS = new Set([443, 4443, 8443, 9443]);
/** Ports of databases and the like: a browser is not what they wait for, so others come first. */
const NOT_WEB = new Set([22, 25, 53, 1433, 3306, 5432, 5672, 6379, 9042, 11211, 27017]);

/** Where a browser reaches the published TCP ports of a container, those that are likely web servers first. */
export function browserAddresses(container: ContainerReport, engine: EngineReport | undefined): BrowserAddress[] {
	return container.ports
		.filter(({ protocol, published }) => protocol === "tcp" && published.length > 0)
		.flatMap((port) => {
			// An engine may say anything; only addresses lead to where it publishes.
			const ends = port.published.filter(({ hostIp }) => /^[0-9a-fA-F.:]*$/.test(hostIp));
			const hosts = new Map(ends.map((end) => [`${hostOf(end.hostIp, engine)}:${end.hostPort}`, end.hostPort]));
			return [...hosts].map(([host, hostPort]) => ({
				url: `${TLS_PORTS.has(port.port) || TLS_PORTS.has(hostPort) ? "https" : "http"}://${host}/`,
				port,
			}));
		})
		.sort((a, b) => Number(NOT_WEB.has(a.port.port)) - Number(NOT_WEB.has(b.port.port)));
}

/** A port that is published on every address is reached by the engine's machine's name. */
function hostOf(hostIp: string, engine: EngineReport | undefined): string {
	if (hostIp === "0.0.0.0" || hostIp === "::" || hostIp === "") return engineHost(engine);
	return hostIp.includes(":") ? `[${hostIp}]` : hostIp;
}

function engineHost(engine: EngineReport | undefined): string {
	if (!engine || engine.local || engine.endpoint === null || !URL.canParse(engine.endpoint)) return "localhost";
	return new URL(engine.endpoint).hostname || "localhost";
}
