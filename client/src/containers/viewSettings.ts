/** What the settings below `portlight.containers.` choose. package.json declares the same (tested). */
export interface ViewSettings {
	readonly label: Column;
	readonly description: readonly Column[];
	readonly groupBy: GroupBy;
	readonly sortBy: SortBy;
	readonly showStopped: boolean;
}

export const COLUMNS = ["id", "image", "name", "command", "status", "ip", "ports", "compose"] as const;
export type Column = (typeof COLUMNS)[number];

export const GROUPS = ["compose", "network", "image", "none"] as const;
export type GroupBy = (typeof GROUPS)[number];

export const SORTS = ["name", "status", "created", "image", "problems"] as const;
export type SortBy = (typeof SORTS)[number];

export const DEFAULT_VIEW: ViewSettings = {
	label: "name",
	description: ["image", "ip"],
	groupBy: "compose",
	sortBy: "name",
	showStopped: false,
};

/** What stands in the user's settings, made whole: a missing or senseless value counts as its default. Never throws. */
export function parseViewSettings(read: (name: keyof ViewSettings) => unknown): ViewSettings {
	const description = read("description");
	return {
		label: oneOf(COLUMNS, read("label")) ?? DEFAULT_VIEW.label,
		description: Array.isArray(description) ? description.flatMap((one) => oneOf(COLUMNS, one) ?? []) : DEFAULT_VIEW.description,
		groupBy: oneOf(GROUPS, read("groupBy")) ?? DEFAULT_VIEW.groupBy,
		sortBy: oneOf(SORTS, read("sortBy")) ?? DEFAULT_VIEW.sortBy,
		showStopped: read("showStopped") === true,
	};
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
	return known.find((one) => one === value);
}
