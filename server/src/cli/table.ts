import { chunksOf, cutDisplay, displayWidth, padDisplay } from "./displayWidth.ts";
import { printable } from "./printable.ts";

/** A column of a table in a terminal. */
export interface Column<Row> {
	readonly title: string;
	/** The values of a cell: beside each other where there is room, else below each other. */
	readonly cell: (row: Row) => readonly string[];
	/** Cells that the column keeps in a narrow terminal. */
	readonly least: number;
	/** What happens to a value that is longer than its column. */
	readonly tooLong: "cut" | "wrap";
}

const GAP = 2;

/**
 * Aligned columns under their titles, every line ended by a line feed. Within `width` characters when the columns'
 * least widths allow it; as wide as it gets when `width` is undefined.
 */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number | undefined): string {
	const side = rows.map((row) => columns.map(({ cell }) => [cell(row).map(onOneLine).join(", ")]));
	if (width === undefined || fits(widths(columns, side), width)) return layOut(columns, side, widths(columns, side));
	const stacked = rows.map((row) => columns.map(({ cell }) => cell(row).map(onOneLine)));
	return layOut(columns, stacked, shrink(columns, widths(columns, stacked), width));
}

function onOneLine(value: string): string {
	return printable(value).replaceAll("\n", "");
}

type Cells = readonly (readonly string[])[];

function widths<Row>(columns: readonly Column<Row>[], rows: readonly Cells[]): number[] {
	return columns.map(({ title }, index) => Math.max(title.length, ...rows.flatMap((cells) => (cells[index] ?? []).map(displayWidth))));
}

function fits(wide: readonly number[], width: number): boolean {
	return wide.reduce((sum, one) => sum + one, 0) + GAP * (wide.length - 1) <= width;
}

/** Takes from the column that has most to spare, one character at a time. */
function shrink<Row>(columns: readonly Column<Row>[], wide: readonly number[], width: number): number[] {
	const narrow = [...wide];
	while (!fits(narrow, width)) {
		const spare = narrow.map((one, index) => one - (columns[index]?.least ?? 0));
		const most = Math.max(...spare);
		if (most <= 0) break;
		const index = spare.indexOf(most);
		narrow[index] = (narrow[index] ?? 0) - 1;
	}
	return narrow;
}

function layOut<Row>(columns: readonly Column<Row>[], rows: readonly Cells[], wide: readonly number[]): string {
	const titles: Cells = columns.map(({ title }) => [title]);
	return [titles, ...rows]
		.flatMap((cells) => {
			const fitted = cells.map((values, index) =>
				values.flatMap((value) => fit(value, wide[index] ?? 0, columns[index]?.tooLong ?? "cut")),
			);
			const height = Math.max(1, ...fitted.map((lines) => lines.length));
			return Array.from({ length: height }, (_, line) =>
				fitted
					.map((lines, index) => padDisplay(lines[line] ?? "", (wide[index] ?? 0) + GAP))
					.join("")
					.trimEnd(),
			);
		})
		.map((line) => `${line}\n`)
		.join("");
}

function fit(value: string, width: number, tooLong: "cut" | "wrap"): string[] {
	if (displayWidth(value) <= width) return [value];
	if (tooLong === "cut") return [`${cutDisplay(value, width - 1)}…`];
	const lines: string[] = [];
	let line = "";
	// After a blank or a comma, before a port or its arrow; anywhere in what is longer than a line.
	for (const piece of value.split(/(?<=[ ,])|(?=->)|(?=:\d+(?:->|\/))/).flatMap((part) => chunksOf(part, width))) {
		if (line !== "" && displayWidth((line + piece).trimEnd()) > width) {
			lines.push(line.trimEnd());
			line = "";
		}
		line += piece;
	}
	return [...lines, line.trimEnd()];
}
