import { t } from "@vscode/l10n";
import type { ContainerReport, ContainersReport, NetworkReport } from "../../../server/src/protocol.ts";
import { addressesOf, columnText, wordsForNetworkMode } from "./containerText.ts";
import { isProblem, portItems } from "./portItem.ts";
import type { Item, Subject } from "./row.ts";
import type { ViewSettings } from "./viewSettings.ts";
import { plain, problemCount } from "./words.ts";

/** Ports that are not what they promise. */
export function problemsOf(container: ContainerReport): number {
	return container.ports.filter(isProblem).length;
}

/** A container's row, with those of its addresses and ports. `place` makes the identifier unique where a container has several rows. */
export function containerItem(
	container: ContainerReport,
	report: ContainersReport,
	settings: ViewSettings,
	place: string,
	folded: boolean,
): Item {
	const name = plain(container.name);
	// Names are unique within an engine and, unlike identifiers, outlive `docker compose up`: so does the expansion.
	const id = `container:${place}${container.engine}/${container.name}`;
	const subject = { engine: container.engine, container: container.id };
	const label = columnText(settings.label, container, report) || name;
	const details = detailsOf(container, report, settings);
	const ports = portItems(id, container.ports, subject);
	return {
		id,
		kind: "container",
		label,
		description: details.join(" · "),
		tooltip: tooltipOf(container),
		icon: stateIcon(container),
		spoken: [t("Container {0}", label), plain(container.state), ...details].join(", "),
		traits: traitsOf(container),
		subject,
		problems: problemsOf(container),
		folded,
		children: container.running ? [...addressItems(id, container, report, subject), ...ports, ...gapItems(id, container, subject)] : ports,
	};
}

function detailsOf(container: ContainerReport, report: ContainersReport, settings: ViewSettings): string[] {
	const columns = settings.description.filter((column) => column !== settings.label);
	const count = problemsOf(container);
	const hasStatus = columns.includes("status") || settings.label === "status";
	return [
		...columns.map((column) => columnText(column, container, report)),
		...(hasStatus ? [] : [exceptionalState(container)]),
		...(count > 0 ? [problemCount(count)] : []),
	].filter((detail) => detail !== "");
}

/** Nothing for a container that runs and is well, or has no health check. */
function exceptionalState({ state, running, exitCode, health }: ContainerReport): string {
	if (!running) return exitCode === null ? plain(state) : `${plain(state)} (${exitCode})`;
	if (state !== "running") return plain(state);
	return health === "unhealthy" ? "unhealthy" : "";
}

function traitsOf({ state, running, ports, project, networks, sockets }: ContainerReport): string[] {
	return [
		running ? "running" : "stopped",
		...(state === "paused" ? ["paused"] : []),
		...(ports.some(({ published, protocol }) => published.length > 0 && protocol === "tcp") ? ["published"] : []),
		...(ports.some(({ verdict }) => verdict === "not-exposed") ? ["undocumented"] : []),
		...(networks.some((network) => addressesOf(network).length > 0) ? ["addressed"] : []),
		...(project === null ? [] : ["compose"]),
		...(!sockets.known && sockets.remedy === "helper" ? ["helper"] : []),
	];
}

function socketsText({ sockets }: ContainerReport): string {
	if (!sockets.known) return t("Ports: unknown, {0}", plain(sockets.reason));
	switch (sockets.via) {
		case "kernel":
			return t("Ports: read from the kernel");
		case "exec":
			return t("Ports: asked inside the container");
		case "helper":
			return t("Ports: read by the helper container");
	}
}

function tooltipOf(container: ContainerReport): string {
	return [
		plain(container.name),
		t("Image: {0}", plain(container.image)),
		t("Command: {0}", plain(container.command)),
		t("Status: {0}", plain(container.status || container.state)),
		t("Network mode: {0}", plain(container.networkMode)),
		`ID: ${plain(container.id).slice(0, 12)}`,
		...(container.running ? [socketsText(container)] : []),
	].join("\n");
}

function stateIcon({ state, running, health }: ContainerReport): Item["icon"] {
	if (state === "running") return { name: "circle-filled", color: health === "unhealthy" ? "charts.yellow" : "charts.green" };
	if (state === "paused") return { name: "debug-pause", color: "charts.yellow" };
	if (state === "restarting") return { name: "sync", color: "charts.yellow" };
	return { name: running ? "circle-outline" : "debug-stop" };
}

function addressItems(parent: string, container: ContainerReport, report: ContainersReport, subject: Subject): Item[] {
	const rows = container.networks.flatMap((network) =>
		addressesOf(network).map((address) => addressItem(parent, network, address, subject)),
	);
	return rows.length > 0 ? rows : [networkModeItem(parent, container, report, subject)];
}

function addressItem(parent: string, network: NetworkReport, address: string, subject: Subject): Item {
	return {
		id: `${parent}/ip/${network.name}/${address}`,
		kind: "ip",
		label: plain(address),
		description: plain(network.name),
		tooltip: t("IP address {0} in network {1}", plain(address), plain(network.name)),
		icon: { name: "globe" },
		spoken: t("IP address {0}, network {1}", plain(address), plain(network.name)),
		subject,
		address: plain(address),
		children: [],
	};
}

function networkModeItem(parent: string, container: ContainerReport, report: ContainersReport, subject: Subject): Item {
	const { label, description } = wordsForNetworkMode(container, report);
	return {
		id: `${parent}/network`,
		kind: "network",
		label,
		description,
		tooltip: `${label}: ${description}`,
		icon: { name: "globe" },
		spoken: `${label}, ${description}`,
		subject,
		children: [],
	};
}

/** What could not be read is said, never drawn as "none". */
function gapItems(parent: string, { sockets }: ContainerReport, subject: Subject): Item[] {
	if (sockets.known) return [];
	const label = t("ports unknown: {0}", plain(sockets.reason));
	const remedy = sockets.remedy === "helper" ? [t("Measure with Helper Container reads them.")] : [];
	return [
		{
			id: `${parent}/unknown`,
			kind: "unknown",
			label,
			description: "",
			tooltip: [label, t("Only what is configured is shown: exposed and published ports. What listens could not be read."), ...remedy].join(
				"\n",
			),
			icon: { name: "question" },
			spoken: [label, ...remedy].join(". "),
			traits: sockets.remedy === "helper" ? ["helper"] : [],
			subject,
			children: [],
		},
	];
}
