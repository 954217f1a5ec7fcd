import type { Item } from "./row.ts";

export interface Address {
	readonly address: string;
	readonly container: string;
	readonly network: string;
}

/** Every address that the rows show, with the container above it. */
export function addresses(rows: readonly Item[], container = ""): Address[] {
	return rows.flatMap((row) =>
		row.address === undefined
			? addresses(row.children, row.kind === "container" ? row.label : container)
			: [{ address: row.address, container, network: row.description }],
	);
}
