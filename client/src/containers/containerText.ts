import { t } from "@vscode/l10n";
import type { ContainerReport, ContainersReport, NetworkReport } from "../../../server/src/protocol.ts";
import { hostEnds } from "./portItem.ts";
import type { Column } from "./viewSettings.ts";
import { plain } from "./words.ts";

/** What a column says of a container; empty when there is nothing to say. */
export function columnText(column: Column, container: ContainerReport, report: ContainersReport): string {
	switch (column) {
		case "id":
			return container.id.slice(0, 12);
		case "image":
			return plain(container.image);
		case "name":
			return plain(container.name);
		case "command":
			return plain(container.command);
		case "status":
			return plain(container.status);
		case "ip":
			return container.running ? whereabouts(container, report) : "";
		case "ports":
			return portsText(container);
		case "compose":
			return composeText(container);
	}
}

/** Docker's network modes that give a container no address of its own. */
export function wordsForNetworkMode(container: ContainerReport, report: ContainersReport): { label: string; description: string } {
	const mode = container.networkMode;
	if (mode === "host") return { label: t("host network"), description: t("has the host's own IP addresses") };
	if (mode === "none") return { label: t("no network"), description: t("has no IP address, cannot be reached") };
	if (mode.startsWith("container:")) {
		const owner = mode.slice("container:".length);
		const found = report.containers.find(({ engine, id, name }) => engine === container.engine && (id === owner || name === owner));
		const name = plain(found?.name ?? owner.slice(0, 12));
		return { label: t("network of {0}", name), description: t("has the IP addresses of container {0}", name) };
	}
	return { label: t("no IP address"), description: plain(container.networks[0]?.name ?? mode) };
}

export function addressesOf(network: NetworkReport): string[] {
	return [network.ip, network.ip6].filter((address) => address !== null);
}

/** The short answer to "where is it?": an address where there is one, else words. */
function whereabouts(container: ContainerReport, report: ContainersReport): string {
	const [first, ...others] = container.networks.flatMap(addressesOf);
	if (first !== undefined) return others.length > 0 ? `${plain(first)} +${others.length}` : plain(first);
	return wordsForNetworkMode(container, report).label;
}

/** How many ports are named before the rest is counted. */
const NAMED = 4;

function portsText({ ports }: ContainerReport): string {
	const known = ports.filter((port) => port.live !== false || port.exposed || port.published.length > 0);
	const texts = known.map((port) => {
		const [end] = hostEnds(port);
		return `${end === undefined ? "" : `${end}→`}${port.port}/${port.protocol}`;
	});
	const more = texts.length - NAMED;
	return more > 0 ? `${texts.slice(0, NAMED).join(", ")} +${more}` : texts.join(", ");
}

/** A stack puts its own name before those of its services. */
function swarmService(name: string | undefined, stack: string): string | undefined {
	return name?.startsWith(`${stack}_`) ? name.slice(stack.length + 1) : name;
}

function composeText({ project, labels }: ContainerReport): string {
	if (project === null) return "";
	const service = labels["com.docker.compose.service"] ?? swarmService(labels["com.docker.swarm.service.name"], project);
	return plain(service === undefined || service === project ? project : `${project}/${service}`);
}
