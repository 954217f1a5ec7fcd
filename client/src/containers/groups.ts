import { t } from "@vscode/l10n";
import type { ContainerReport } from "../../../server/src/protocol.ts";
import type { GroupBy } from "./viewSettings.ts";

export interface Group {
	readonly name: string;
	/** What the group is, in words. */
	readonly kind: string;
	/** A codicon. */
	readonly icon: string;
	/** In the order in which they were given. */
	readonly containers: readonly ContainerReport[];
}

const { compare } = new Intl.Collator("en", { numeric: true });

/** The groups by name, and the containers that belong to none. A container of several networks is in each one's group. */
export function groupsOf(
	containers: readonly ContainerReport[],
	by: GroupBy,
): { groups: readonly Group[]; rest: readonly ContainerReport[] } {
	if (by === "none") return { groups: [], rest: containers };
	const { kind, icon, names } = KINDS[by];
	const members = new Map<string, ContainerReport[]>();
	const rest: ContainerReport[] = [];
	for (const container of containers) {
		const own = names(container);
		if (own.length === 0) rest.push(container);
		for (const name of own) members.set(name, [...(members.get(name) ?? []), container]);
	}
	const groups = [...members]
		.map(([name, all]) => ({ name, kind: kind(all), icon, containers: all }))
		.sort((a, b) => compare(a.name, b.name));
	return { groups, rest };
}

const KINDS: Readonly<
	Record<
		Exclude<GroupBy, "none">,
		{ kind: (members: readonly ContainerReport[]) => string; icon: string; names: (container: ContainerReport) => readonly string[] }
	>
> = {
	compose: { kind: projectKind, icon: "layers", names: ({ project }) => (project === null ? [] : [project]) },
	network: { kind: () => t("network"), icon: "globe", names: networksOf },
	image: { kind: () => t("image"), icon: "package", names: ({ image }) => [image] },
};

/** A container without a network of its own is in the group of its mode: host, none, another container's. */
function networksOf({ networks, networkMode }: ContainerReport): string[] {
	const names = [...new Set(networks.map(({ name }) => name))];
	if (names.length > 0) return names;
	return [networkMode.startsWith("container:") ? `container:${networkMode.slice("container:".length).slice(0, 12)}` : networkMode];
}

function projectKind([first]: readonly ContainerReport[]): string {
	if (first?.labels["com.docker.swarm.service.name"] === undefined) return t("compose project");
	return first.labels["com.docker.stack.namespace"] === undefined ? t("swarm service") : t("swarm stack");
}
