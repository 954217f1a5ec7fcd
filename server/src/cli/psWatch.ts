import type { ContainerWatch } from "../engine/engines.ts";
import type { Timers } from "../engine/timers.ts";
import type { ContainersReport } from "../protocol.ts";
import { cutDisplay, displayWidth } from "./displayWidth.ts";
import type { Output } from "./output.ts";

export interface PsWatchInputs {
	/** Starts watching; told what to call when something changed. */
	readonly start: (onChange: () => void) => ContainerWatch;
	/** The report as text, every line ended by a line feed. */
	readonly draw: (report: ContainersReport) => string;
	readonly output: Output;
	readonly timers: Timers;
	/** Between two states in output that is no terminal. */
	readonly separator: string;
}

/** Milliseconds after which the window is drawn again without a change: "Up 3 minutes" grows older. */
const AGES = 10_000;

/**
 * Shows the report and every change of it until the user has seen enough. A terminal is drawn over in place; elsewhere each
 * state is appended to the last.
 */
export async function followContainers({ start, draw, output, timers, separator }: PsWatchInputs): Promise<void> {
	const terminal = output.columns !== undefined;
	const over = output.interrupted?.() ?? new Promise<never>(() => {});
	let shown: string | undefined;
	let drawing = false;
	let again = false;
	let ended = false;
	let resized = false;

	const show = (text: string) => {
		if (text === shown && !resized) return;
		resized = false;
		if (terminal) output.out(inPlace(text, output, shown === undefined));
		else output.out(shown === undefined ? text : separator + text);
		shown = text;
	};
	/** One at a time, and the last word is never lost. */
	const redraw = async () => {
		again = true;
		if (drawing) return;
		drawing = true;
		while (again && !ended) {
			again = false;
			// Nothing is shown as "not read yet" that is about to be read.
			const report = await (shown === undefined ? watch.complete() : watch.report());
			if (!ended) show(draw(report));
		}
		drawing = false;
	};
	const watch = start(() => void redraw());
	const stopResize = output.onResize?.(() => {
		resized = true;
		void redraw();
	});
	let cancelAges = () => {};
	const age = () => {
		cancelAges = timers.after(AGES, () => void redraw().then(age));
	};
	if (terminal) age();
	void redraw();
	await over;
	ended = true;
	cancelAges();
	stopResize?.();
	watch.dispose();
}

const CLEAR_ALL = "\x1b[2J";
const HOME = "\x1b[H";
const CLEAR_LINE = "\x1b[K";
const CLEAR_BELOW = "\x1b[J";

/** Line over line, so that nothing flickers. What the window is too low for is counted, not scrolled away. */
function inPlace(text: string, { columns = 80, rows = 24 }: Output, first: boolean): string {
	const lines = text.replace(/\n$/, "").split("\n");
	// A line that the terminal breaks takes several.
	const height = (line: string) => Math.max(1, Math.ceil(displayWidth(line) / columns));
	let left = rows - 1;
	let count = 0;
	for (const line of lines) {
		left -= height(line);
		if (left < 0) break;
		count++;
	}
	const fitting = lines.slice(0, count);
	if (count < lines.length) {
		// The last line says so: it takes the place of one more.
		for (left += height(lines[count] ?? ""); left < 1 && fitting.length > 0; ) left += height(fitting.pop() ?? "");
		const more = lines.length - fitting.length;
		fitting.push(cutDisplay(`… ${more} more line${more === 1 ? "" : "s"}: make the window taller`, columns));
	}
	return `${first ? CLEAR_ALL : ""}${HOME}${fitting.map((line) => `${line}${CLEAR_LINE}\n`).join("")}${CLEAR_BELOW}`;
}
