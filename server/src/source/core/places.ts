import type { Evidence } from "../../model/text.ts";

/** A value apart from the places that it was read at: two are the same when their texts are. */
export interface Placed {
	readonly text: string;
	/** In the order in which the value holds them. */
	readonly places: readonly Evidence[];
}

/** Of plain data, maps among it. */
export function placed(value: unknown): Placed {
	const places: Evidence[] = [];
	const text = JSON.stringify(value, (_key, one: unknown) => {
		if (isEvidence(one)) {
			places.push(one);
			return "@";
		}
		return one instanceof Map ? [...one] : one;
	});
	return { text: text ?? "", places };
}

/** Where evidence stands now, by how it was written before. */
export type Moves = Map<string, Evidence>;

/** Notes which places of a value are others now; `before` and `now` have the same text. */
export function noteMoves(before: Placed, now: Placed, moves: Moves): void {
	for (const [i, old] of before.places.entries()) {
		const place = now.places[i];
		if (place && !isSame(old, place)) moves.set(nameOf(old), place);
	}
}

/** The same plain data with its evidence moved. Parts in which nothing moves stay what they are. */
export function moved<T>(value: T, moves: Moves): T {
	if (moves.size === 0) return value;
	const done = new Map<object, unknown>();
	const of = (one: unknown): unknown => {
		if (typeof one !== "object" || one === null) return one;
		if (done.has(one)) return done.get(one);
		const result = move(one);
		done.set(one, result);
		return result;
	};
	const move = (one: object): unknown => {
		if (isEvidence(one)) return moves.get(nameOf(one)) ?? one;
		if (Array.isArray(one)) {
			const items = one.map(of);
			return items.some((item, i) => item !== one[i]) ? items : one;
		}
		const entries = one instanceof Map ? [...one] : Object.entries(one);
		const after = entries.map(([key, field]) => [key, of(field)] as const);
		if (after.every(([, field], i) => field === entries[i]?.[1])) return one;
		return one instanceof Map ? new Map(after) : Object.fromEntries(after);
	};
	return of(value) as T;
}

function isEvidence(value: unknown): value is Evidence {
	return typeof value === "object" && value !== null && "uri" in value && "range" in value && "text" in value;
}

function isSame(a: Evidence, b: Evidence): boolean {
	return a === b || nameOf(a) === nameOf(b);
}

function nameOf({ uri, range: { start, end }, text }: Evidence): string {
	return `${start.line}:${start.character}-${end.line}:${end.character} ${uri} ${text}`;
}
