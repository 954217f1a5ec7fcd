import type { ContainerReport, ContainersReport } from "../../../server/src/protocol.ts";
import { containerItem, problemsOf } from "./containerItem.ts";
import { engineItem } from "./engineItem.ts";
import { matches } from "./filter.ts";
import { groupsOf } from "./groups.ts";
import type { Item } from "./row.ts";
import { sorted } from "./sort.ts";
import { DEFAULT_VIEW, type ViewSettings } from "./viewSettings.ts";
import { containerCount, plain, problemCount } from "./words.ts";

/** More containers than these are shown folded at first: nobody reads a thousand at once, and each open row costs. */
const OPEN_AT_FIRST = 40;

/**
 * The tree for a report: engines when there are several, then groups, then containers. A single engine has no row: the view is
 * its own.
 */
export function items(report: ContainersReport, settings: ViewSettings = DEFAULT_VIEW, filter = ""): Item[] {
	const shown = report.containers.filter((container) => (container.running || settings.showStopped) && matches(container, filter));
	const folded = shown.length > OPEN_AT_FIRST;
	const below = (containers: readonly ContainerReport[]) => containerRows(containers, report, settings, folded);
	if (report.engines.length < 2) return below(shown);
	return report.engines.map((engine) =>
		engineItem(engine, below(shown.filter((container) => container.engine === engine.name)), filter !== ""),
	);
}

/** Ports that are not what they promise, in all containers: the number on the activity bar. */
export function problems(report: ContainersReport): number {
	return report.containers.reduce((sum, container) => sum + problemsOf(container), 0);
}

function containerRows(containers: readonly ContainerReport[], report: ContainersReport, settings: ViewSettings, folded: boolean): Item[] {
	const { groups, rest } = groupsOf(sorted(containers, settings.sortBy), settings.groupBy);
	return [
		...groups.map((group) => {
			const engine = group.containers[0]?.engine ?? "";
			const count = group.containers.reduce((sum, container) => sum + problemsOf(container), 0);
			const name = plain(group.name);
			const details = [
				[group.kind, containerCount(group.containers.length)].filter(Boolean).join(", "),
				...(count > 0 ? [problemCount(count)] : []),
			];
			const place = settings.groupBy === "network" ? `${group.name}/` : "";
			return {
				id: `${settings.groupBy}:${engine}/${group.name}`,
				kind: "group" as const,
				label: name,
				description: details.join(" · "),
				tooltip: `${group.kind}: ${name}`,
				icon: { name: group.icon },
				spoken: [`${group.kind} ${name}`, ...details].join(", "),
				traits: [settings.groupBy],
				problems: count,
				children: group.containers.map((container) => containerItem(container, report, settings, place, folded)),
			};
		}),
		...rest.map((container) => containerItem(container, report, settings, "", folded)),
	];
}
