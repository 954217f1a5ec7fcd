import { t } from "./message.ts";
import type { Pause } from "./pause.ts";

/** How much one analysis may spend. Running out is a gap, never an error and never a hang. */
export interface Limits {
	readonly files: number;
	readonly bytes: number;
	/** Syntax nodes evaluated. */
	readonly steps: number;
	/** Calls nested in calls, imports in imports. */
	readonly depth: number;
}

export const DEFAULT_LIMITS: Limits = { files: 1_000, bytes: 16_000_000, steps: 200_000, depth: 40 };

export interface Amounts {
	files: number;
	bytes: number;
	steps: number;
}

/** One object, passed down through an analysis and counted down by whoever works. */
export class Budget {
	#left: Amounts;
	/** Pieces of work under way that cost nothing. */
	#free = 0;
	readonly depth: number;
	/** To be called, and awaited when it says so, between pieces of work that take more than a moment. */
	readonly pause: Pause;

	constructor(limits: Limits = DEFAULT_LIMITS, pause: Pause = () => undefined) {
		this.pause = pause;
		this.#left = { files: limits.files, bytes: limits.bytes, steps: limits.steps };
		this.depth = limits.depth;
	}

	/** Takes `amount` and answers whether that much was left. */
	spend(what: "files" | "bytes" | "steps", amount = 1): boolean {
		if (this.#free > 0) return true;
		this.#left[what] -= amount;
		return this.#left[what] >= 0;
	}

	/** Does work that costs nothing, such as making sure that what was paid for before is still so. */
	async free<T>(work: () => Promise<T>): Promise<T> {
		this.#free++;
		try {
			return await work();
		} finally {
			this.#free--;
		}
	}

	/** What is left of everything, to measure by what is spent from now on. */
	mark(): Amounts {
		return { ...this.#left };
	}

	spentSince(mark: Amounts): Amounts {
		const { files, bytes, steps } = this.#left;
		return { files: mark.files - files, bytes: mark.bytes - bytes, steps: mark.steps - steps };
	}

	/** Pays for a result that is used again what it cost to make. */
	pay(amounts: Amounts): void {
		for (const what of ["files", "bytes", "steps"] as const) this.#left[what] -= amounts[what];
	}

	/** How much is left of everything, to compare two budgets by. */
	get left(): string {
		return `${this.#left.files} ${this.#left.bytes} ${this.#left.steps}`;
	}

	/** What ran out, in words for a gap; undefined while there is some of everything. */
	get exhausted(): string | undefined {
		if (this.#left.files < 0 || this.#left.bytes < 0) return t("too many files to read");
		if (this.#left.steps < 0) return t("too much source to follow");
		return undefined;
	}
}
