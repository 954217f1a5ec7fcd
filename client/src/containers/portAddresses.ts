import { t } from "@vscode/l10n";
import type { ContainerReport, PortReport } from "../../../server/src/protocol.ts";
import { addressesOf } from "./containerText.ts";
import { hostEnds } from "./portItem.ts";
import { plain } from "./words.ts";

export interface PortAddress {
	/** `172.17.0.3:80`; IPv6 in brackets. */
	readonly text: string;
	readonly words: string;
}

/** Where the ports of a container, or one of them, are reached: in its networks, then by the host's published ports. */
export function portAddresses(container: ContainerReport, only?: PortReport): PortAddress[] {
	const ports = only === undefined ? container.ports : [only];
	return ports.flatMap((port) => {
		const name = `${port.port}/${port.protocol}`;
		return [
			...container.networks.flatMap((network) =>
				addressesOf(network)
					.map(plain)
					.map((address) => ({
						text: `${address.includes(":") ? `[${address}]` : address}:${port.port}`,
						words: t("{0} in network {1}", name, plain(network.name)),
					})),
			),
			...hostEnds(port).map((end) => ({ text: end, words: t("{0} published on the host", name) })),
		];
	});
}
