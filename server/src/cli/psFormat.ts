import type { ContainerReport } from "../protocol.ts";
import { displayWidth } from "./displayWidth.ts";
import { parseTemplate, type Template } from "./goTemplate.ts";
import { runForTitles, runTemplate } from "./goTemplateRun.ts";
import { printable, printableJson } from "./printable.ts";
import { type FieldContext, fieldsOf, fieldTitles } from "./psFields.ts";
import { type PsTableOptions, psTable } from "./psTable.ts";

/** How containers are written. `titles`: a template whose lines become a table. */
export type PsFormat =
	| { readonly kind: "table" }
	| { readonly kind: "json" }
	| { readonly kind: "ids" }
	| { readonly kind: "template"; readonly template: Template; readonly titles: boolean };

/** `table`, `json`, a template, or a template behind the word `table`. Throws a `TemplateMistake`; undefined: none of these. */
export function readFormat(text: string): PsFormat | undefined {
	if (text === "table") return { kind: "table" };
	if (text === "json") return { kind: "json" };
	// As docker does it: most shells hand \t over as two characters.
	const unescaped = text.replaceAll("\\t", "\t").replaceAll("\\n", "\n");
	if (!unescaped.includes("{{")) return undefined;
	const titles = /^table\s+/.exec(unescaped);
	const template = parseTemplate(titles ? unescaped.slice(titles[0].length) : unescaped);
	// A field that does not exist is a mistake, whether there are containers or not.
	runForTitles(template, fieldTitles);
	return { kind: "template", template, titles: titles !== null };
}

export interface PsFormatOptions extends PsTableOptions {
	/** In cells of the terminal; undefined: as wide as it gets. */
	readonly width: number | undefined;
	readonly now: number;
	/** JSON without line breaks: one line a state, for those who follow. */
	readonly oneLine?: boolean;
}

/** Every line ended by a line feed. Throws a `TemplateMistake`. */
export function formatContainers(containers: readonly ContainerReport[], format: PsFormat, options: PsFormatOptions): string {
	switch (format.kind) {
		case "table":
			return psTable(containers, options.width, options);
		case "json":
			return `${printableJson(containers, options.oneLine ? 0 : 2)}\n`;
		case "ids":
			return containers.map(({ id }) => `${options.whole ? id : id.slice(0, 12)}\n`).join("");
		case "template":
			return fromTemplate(containers, format, options);
	}
}

function fromTemplate(
	containers: readonly ContainerReport[],
	{ template, titles }: Extract<PsFormat, { kind: "template" }>,
	{ whole = false, now }: PsFormatOptions,
): string {
	const context: FieldContext = { whole, now, names: new Map(containers.map(({ id, name }) => [id, name])) };
	const lines = containers.map((container) => {
		const subject = fieldsOf(container, context);
		// Tabs of the template part columns; one in a container's name must not.
		return runTemplate(template, { field: (name, args) => safe(subject.field(name, args)) });
	});
	return titles ? tabbed([runForTitles(template, fieldTitles), ...lines]) : lines.map((line) => `${line}\n`).join("");
}

function safe<T>(value: T): T {
	return (typeof value === "string" ? printable(value).replaceAll("\n", "") : value) as T;
}

/** Cells of docker's tables keep three blanks and take ten cells at least. */
const PADDING = 3;
const LEAST = 10;

/** Aligns what tabs part, as Go's text/tabwriter does for docker: what is behind the last tab is in no column. */
function tabbed(lines: readonly string[]): string {
	const rows = lines.map((line) => line.split("\t"));
	const count = Math.max(...rows.map((row) => row.length - 1));
	const widths = Array.from({ length: count }, (_, column) =>
		Math.max(LEAST, ...rows.filter((row) => column < row.length - 1).map((row) => displayWidth(row[column] ?? "") + PADDING)),
	);
	return rows
		.map((row) =>
			row.map((cell, column) => (column < row.length - 1 ? cell + " ".repeat((widths[column] ?? 0) - displayWidth(cell)) : cell)),
		)
		.map((row) => `${row.join("")}\n`)
		.join("");
}
