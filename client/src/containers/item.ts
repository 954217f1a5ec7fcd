import type { ContainerReport, ContainersReport, NetworkReport } from "../../../server/src/protocol.ts";
import { isProblem, portItem } from "./portItem.ts";
import type { Item } from "./row.ts";
import { plain, plural } from "./words.ts";

/** The tree for a report: compose projects first, each with its containers, then the containers of no project. */
export function items(report: ContainersReport): Item[] {
	const projects = [...new Set(report.containers.flatMap(({ project }) => project ?? []))].sort();
	return [
		...projects.map((project) =>
			projectItem(
				project,
				report.containers.filter((container) => container.project === project),
				report,
			),
		),
		...report.containers.filter(({ project }) => project === null).map((container) => containerItem(container, report)),
	];
}

/** Ports that are not what they promise, in all containers: the number on the activity bar. */
export function problems(report: ContainersReport): number {
	return report.containers.reduce((sum, container) => sum + problemsOf(container), 0);
}

function projectItem(project: string, containers: readonly ContainerReport[], report: ContainersReport): Item {
	const description = plural(containers.length, "container");
	return {
		id: `project:${project}`,
		kind: "project",
		label: plain(project),
		description,
		tooltip: `Compose project ${plain(project)}`,
		icon: { name: "layers" },
		spoken: `Compose project ${plain(project)}, ${description}`,
		children: containers.map((container) => containerItem(container, report)),
	};
}

function containerItem(container: ContainerReport, report: ContainersReport): Item {
	const name = plain(container.name);
	const count = problemsOf(container);
	// Names are unique within an engine and, unlike identifiers, outlive `docker compose up`: so does the expansion.
	const id = `container:${container.engine}/${container.name}`;
	const details = [plain(container.image), whereabouts(container, report), ...(count > 0 ? [plural(count, "problem")] : [])];
	return {
		id,
		kind: "container",
		label: name,
		description: details.join(" · "),
		tooltip: containerTooltip(container),
		icon: stateIcon(container.state),
		spoken: `Container ${name}, ${plain(container.state)}, ${details.join(", ")}`,
		children: [...addressItems(id, container, report), ...container.ports.map((port) => portItem(id, port)), ...gapItems(id, container)],
	};
}

function problemsOf(container: ContainerReport): number {
	return container.ports.filter(isProblem).length;
}

function containerTooltip(container: ContainerReport): string {
	return [
		plain(container.name),
		`Image: ${plain(container.image)}`,
		`Command: ${plain(container.command)}`,
		`State: ${plain(container.state)}`,
		`Network mode: ${plain(container.networkMode)}`,
		`ID: ${plain(container.id).slice(0, 12)}`,
	].join("\n");
}

function stateIcon(state: string): Item["icon"] {
	if (state === "running") return { name: "circle-filled", color: "charts.green" };
	if (state === "paused") return { name: "debug-pause", color: "charts.yellow" };
	if (state === "restarting") return { name: "sync", color: "charts.yellow" };
	return { name: "circle-outline" };
}

/** The short answer to "where is it?": an address where there is one, else words. */
function whereabouts(container: ContainerReport, report: ContainersReport): string {
	const [first, ...others] = container.networks.flatMap(addressesOf);
	if (first !== undefined) return others.length > 0 ? `${plain(first)} +${others.length}` : plain(first);
	return wordsForNetworkMode(container, report).label;
}

function addressesOf(network: NetworkReport): string[] {
	return [network.ip, network.ip6].filter((address) => address !== null);
}

function addressItems(container: string, report: ContainerReport, all: ContainersReport): Item[] {
	const rows = report.networks.flatMap((network) => addressesOf(network).map((address) => addressItem(container, network, address)));
	return rows.length > 0 ? rows : [networkModeItem(container, report, all)];
}

function addressItem(container: string, network: NetworkReport, address: string): Item {
	return {
		id: `${container}/ip/${network.name}/${address}`,
		kind: "ip",
		label: plain(address),
		description: plain(network.name),
		tooltip: `IP address ${plain(address)} in network ${plain(network.name)}`,
		icon: { name: "globe" },
		spoken: `IP address ${plain(address)}, network ${plain(network.name)}`,
		address: plain(address),
		children: [],
	};
}

function networkModeItem(container: string, report: ContainerReport, all: ContainersReport): Item {
	const { label, description } = wordsForNetworkMode(report, all);
	return {
		id: `${container}/network`,
		kind: "network",
		label,
		description,
		tooltip: `${label}: ${description}`,
		icon: { name: "globe" },
		spoken: `${label}, ${description}`,
		children: [],
	};
}

/** Docker's network modes that give a container no address of its own. */
function wordsForNetworkMode(container: ContainerReport, report: ContainersReport): { label: string; description: string } {
	const mode = container.networkMode;
	if (mode === "host") return { label: "host network", description: "has the host's own IP addresses" };
	if (mode === "none") return { label: "no network", description: "has no IP address, cannot be reached" };
	if (mode.startsWith("container:")) {
		const owner = mode.slice("container:".length);
		const name = plain(report.containers.find(({ id, name }) => id === owner || name === owner)?.name ?? owner.slice(0, 12));
		return { label: `network of ${name}`, description: `has the IP addresses of container ${name}` };
	}
	return { label: "no IP address", description: plain(container.networks[0]?.name ?? mode) };
}

/** What could not be read is said, never drawn as "none". */
function gapItems(container: string, report: ContainerReport): Item[] {
	if (report.sockets.known) return [];
	const label = `ports unknown: ${plain(report.sockets.reason)}`;
	return [
		{
			id: `${container}/unknown`,
			kind: "unknown",
			label,
			description: "",
			tooltip: `${label}\nOnly what is configured is shown: exposed and published ports. What listens could not be read.`,
			icon: { name: "question" },
			spoken: label,
			children: [],
		},
	];
}
