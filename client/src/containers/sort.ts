import type { ContainerReport } from "../../../server/src/protocol.ts";
import { problemsOf } from "./containerItem.ts";
import type { SortBy } from "./viewSettings.ts";

/** As people count: web-2 before web-10. */
const { compare } = new Intl.Collator("en", { numeric: true });

/** Sorted copies; what is equal is sorted by name. */
export function sorted(containers: readonly ContainerReport[], by: SortBy): ContainerReport[] {
	const first = ORDER[by];
	return [...containers].sort((a, b) => first(a, b) || compare(a.name, b.name) || compare(a.id, b.id));
}

/** What is busy comes first. */
const STATES = ["running", "restarting", "paused", "created", "exited", "removing", "dead"];

const ORDER: Readonly<Record<SortBy, (a: ContainerReport, b: ContainerReport) => number>> = {
	name: () => 0,
	status: (a, b) => rank(a) - rank(b),
	// The newest is what one looks for.
	created: (a, b) => (Date.parse(b.createdAt) || 0) - (Date.parse(a.createdAt) || 0),
	image: (a, b) => compare(a.image, b.image),
	problems: (a, b) => problemsOf(b) - problemsOf(a),
};

function rank({ state, health }: ContainerReport): number {
	const at = STATES.indexOf(state);
	return (at < 0 ? STATES.length : at) - (health === "unhealthy" ? 0.5 : 0);
}
