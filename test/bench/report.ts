/** What the bench found, as a table and as JSON. */

/** Figures by name: `median`, `p95`, `max`, or what the row's name says. */
export type Figures = Readonly<Record<string, number>>;

export interface Row {
	readonly part: string;
	readonly name: string;
	readonly unit: "ms" | "MB" | "kB" | "%" | "per second";
	readonly figures: Figures;
	/** What stands beside it, measured in the same run. */
	readonly beside?: { readonly name: string; readonly figures: Figures };
	readonly goal?: Goal;
}

/** A figure, or a ratio of two, that is to be no larger than `atMost`. */
export interface Goal {
	readonly of: string;
	readonly value: number;
	readonly atMost: number;
}

/** Takes what parts find. */
export interface Findings {
	row(row: Omit<Row, "part">): void;
	/** Why something was not measured here. */
	skip(what: string, reason: string): void;
}

/** The rows of one part. */
export class Table {
	readonly rows: Row[] = [];
	readonly skipped: { readonly part: string; readonly what: string; readonly reason: string }[] = [];
	readonly #print: (line: string) => void;

	constructor(print: (line: string) => void) {
		this.#print = print;
	}

	of(part: string): Findings {
		return {
			row: (row) => {
				this.rows.push({ part, ...row });
				for (const line of lines(row)) this.#print(line);
			},
			skip: (what, reason) => {
				this.skipped.push({ part, what, reason });
				this.#print(`${what}: skipped, ${reason}`);
			},
		};
	}
}

export function isMet({ value, atMost }: Goal): boolean {
	return value <= atMost;
}

function lines({ name, unit, figures, beside, goal }: Omit<Row, "part">): string[] {
	return [
		line(name, figures, unit),
		...(beside ? [line(`  ${beside.name}`, beside.figures, unit)] : []),
		...(goal ? [`${"".padEnd(58)} ${goal.of} ${round(goal.value)}, goal ${goal.atMost}: ${isMet(goal) ? "met" : "MISSED"}`] : []),
	];
}

function line(name: string, figures: Figures, unit: string): string {
	const cells = Object.entries(figures).map(([what, value]) => `${what} ${round(value)}`.padEnd(16));
	return `${name.padEnd(58)} ${cells.join("")}${unit}`;
}

function round(value: number): string {
	return Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(0);
}

/** Of times that were measured again and again. */
export function spread(times: readonly number[]): { median: number; p95: number; max: number } {
	return { median: at(times, 0.5), p95: at(times, 0.95), max: at(times, 1) };
}

export function median(times: readonly number[]): number {
	return at(times, 0.5);
}

function at(times: readonly number[], share: number): number {
	const sorted = [...times].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Milliseconds that the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
	const started = performance.now();
	await work();
	return performance.now() - started;
}
