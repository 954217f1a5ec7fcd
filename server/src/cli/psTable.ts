import type { ContainerReport } from "../protocol.ts";
import { addressesOf, exposedOf, liveOf, publishedOf } from "./psPorts.ts";
import { type Column, formatTable } from "./table.ts";

export interface PsTableOptions {
	/** Stopped containers are among them: the table says which. */
	readonly all?: boolean;
	/** Several engines are listed: the table says whose each container is. */
	readonly engines?: boolean;
	/** Whole identifiers, and nothing cut to the window. */
	readonly whole?: boolean;
}

/** The containers as `docker ps` lists them, with IP addresses and live ports. `width` in cells of the terminal. */
export function psTable(containers: readonly ContainerReport[], width: number | undefined, options: PsTableOptions = {}): string {
	const names = new Map(containers.map(({ id, name }) => [id, name]));
	const { all, engines, whole } = options;
	const columns: readonly Column<ContainerReport>[] = [
		...(engines ? [{ title: "ENGINE", cell: ({ engine }: ContainerReport) => [engine], least: 6, tooLong: "cut" as const }] : []),
		{ title: "CONTAINER ID", cell: ({ id }) => [whole ? id : id.slice(0, 12)], least: 12, tooLong: "cut" },
		{ title: "NAME", cell: ({ name }) => [name], least: 8, tooLong: "cut" },
		{ title: "IMAGE", cell: ({ image }) => [image], least: 7, tooLong: "cut" },
		...(all ? [{ title: "STATUS", cell: ({ status }: ContainerReport) => [status], least: 9, tooLong: "wrap" as const }] : []),
		{ title: "IP", cell: (container) => addressesOf(container, names), least: 11, tooLong: "wrap" },
		{ title: "EXPOSED", cell: exposedOf, least: 8, tooLong: "wrap" },
		{ title: "PUBLISHED", cell: publishedOf, least: 13, tooLong: "wrap" },
		{ title: "LIVE", cell: liveOf, least: 9, tooLong: "wrap" },
	];
	return formatTable(columns, containers, whole ? undefined : width);
}
