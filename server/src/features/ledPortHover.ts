import type { Hover, Position } from "vscode-languageserver-types";
import { rangeOf } from "../compose/report.ts";
import { portTable } from "./hover.ts";
import { endOf } from "./portHint.ts";
import type { LedSite } from "./portSites.ts";
import { contains } from "./ranges.ts";

/** The facts about every port of the image behind an entry, when the pointer is on its first line. */
export function ledPortHover(led: readonly LedSite[], position: Position, docs: string): Hover | undefined {
	for (const { entry, analysis } of led) {
		const stage = analysis?.target;
		const range = { start: rangeOf(entry.place).start, end: endOf(entry.place) };
		if (stage && contains(range, position)) return { range, contents: { kind: "markdown", value: portTable(stage, docs, {}) } };
	}
	return undefined;
}
