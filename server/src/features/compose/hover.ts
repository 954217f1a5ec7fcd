import type { Hover, Position } from "vscode-languageserver-types";
import { type ComposeReport, rangeOf } from "../../compose/report.ts";
import { t } from "../../model/message.ts";
import { portTable } from "../hover.ts";
import { inlineCode } from "../links.ts";
import { contains } from "../ranges.ts";

/** The facts about every port of a service, when the pointer is on its name or on an entry of its ports. */
export function composeHover({ file, predictions }: ComposeReport, position: Position, docs: string): Hover | undefined {
	for (const { service, analysis, gaps } of predictions) {
		const places = [service.place, ...service.ports.map(({ place }) => place)].filter((place) => place.file.uri === file.uri);
		const range = places.map(rangeOf).find((one) => contains(one, position));
		if (!range) continue;
		const stage = analysis?.target;
		const unknown = gaps.map(({ reason }) => t("Ports unknown: {0}", inlineCode(reason))).join("\n\n");
		return { range, contents: { kind: "markdown", value: stage ? portTable(stage, docs, { services: [service] }) : unknown } };
	}
	return undefined;
}
