/** How much is measured. */
export interface Scale {
	/** Starts of each server. */
	readonly starts: number;
	/** Edits of each document. */
	readonly edits: number;
	/** Lines of the Dockerfiles that are edited. */
	readonly lines: readonly number[];
	/** Documents that are opened and closed. */
	readonly opened: number;
	/** Modules of the large program. */
	readonly modules: number;
	/** Requests that are cancelled while it is evaluated. */
	readonly cancels: number;
	/** Real containers whose sockets are read; none where there is no engine. */
	readonly containers: readonly number[];
	/** Containers of the simulated engine. */
	readonly simulated: number;
	/** Readings of sockets, containers that start, and windows that are opened. */
	readonly rounds: number;
}

export const FULL: Scale = {
	starts: 15,
	edits: 500,
	lines: [8, 200, 2_000],
	opened: 1_000,
	modules: 150,
	cancels: 50,
	containers: [1, 10, 50],
	simulated: 1_000,
	rounds: 5,
};

/** Enough to see that everything works. */
export const TINY: Scale = {
	starts: 1,
	edits: 4,
	lines: [8],
	opened: 5,
	modules: 4,
	cancels: 2,
	containers: [],
	simulated: 5,
	rounds: 1,
};
