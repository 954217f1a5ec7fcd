import type { ContainerReport } from "../../../server/src/protocol.ts";

/**
 * Whether a container has every word of the filter: in its name, image, compose project or an address, or as a port
 * (`80`, `53/udp`) of it or of the host. Case does not count. An empty filter takes all.
 */
export function matches(container: ContainerReport, filter: string): boolean {
	return filter
		.toLowerCase()
		.split(/\s+/)
		.filter((word) => word !== "")
		.every((word) => hasWord(container, word));
}

function hasWord(container: ContainerReport, word: string): boolean {
	const { name, image, project, networks, ports, id } = container;
	const texts = [name, image, project ?? "", ...networks.flatMap(({ name: network, ip, ip6 }) => [network, ip ?? "", ip6 ?? ""])];
	if (texts.some((text) => text.toLowerCase().includes(word))) return true;
	if (word.length >= 6 && id.startsWith(word)) return true;
	const [, number, protocol] = /^:?(\d{1,5})(?:\/(tcp|udp|sctp))?$/.exec(word) ?? [];
	if (number === undefined) return false;
	return ports.some(
		(port) =>
			(protocol === undefined || port.protocol === protocol) &&
			(port.port === Number(number) || port.published.some(({ hostPort }) => hostPort === Number(number))),
	);
}
