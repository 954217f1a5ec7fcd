import type { Hover, Position } from "vscode-languageserver-types";
import { isLoopback, portKey } from "../model/port.ts";
import { describeListener, distinctPorts } from "../verdict/describe.ts";
import type { Analysis, ReportedListener, StageReport } from "../verdict/report.ts";
import { evidenceLink, inlineCode } from "./links.ts";
import { contains } from "./ranges.ts";

const KEYWORDS = new Set(["FROM", "EXPOSE", "CMD", "ENTRYPOINT"]);

/** The facts about every port of the stage, as one table, when the pointer is on FROM, EXPOSE, CMD or ENTRYPOINT. */
export function hover(analysis: Analysis, position: Position): Hover | undefined {
	for (const stage of analysis.stages) {
		const instruction = [stage.image.stage.from, ...stage.image.stage.instructions].find(
			(one) => KEYWORDS.has(one.keyword) && contains(one.range, position),
		);
		if (instruction) return { range: instruction.range, contents: { kind: "markdown", value: table(stage) } };
	}
	return undefined;
}

interface Row {
	readonly port: number;
	readonly name: string;
	readonly listens: string;
	readonly exposed: string;
}

function table(stage: StageReport): string {
	const rows = [...listenerRows(stage), ...exposeRows(stage)].sort((a, b) => a.port - b.port || a.name.localeCompare(b.name));
	const parts: string[] = [];
	if (rows.length > 0)
		parts.push(
			[
				"| Port | Listens | Exposed |",
				"| --- | --- | --- |",
				...rows.map((row) => `| ${row.name} | ${row.listens} | ${row.exposed} |`),
			].join("\n"),
		);
	else if (stage.gaps.length === 0) parts.push("Nothing in this image listens on a port, and it exposes none.");
	if (stage.gaps.length > 0)
		parts.push(
			[
				`${stage.listeners.length > 0 ? "More ports may be open" : "Ports unknown"}:`,
				...stage.gaps.map((gap) => `- ${inlineCode(gap.reason)}`),
			].join("\n"),
		);
	return parts.join("\n\n");
}

function listenerRows(stage: StageReport): Row[] {
	return distinctPorts(stage.listeners).map((listener) => ({
		port: listener.port,
		name: portKey(listener),
		listens: listens(listener),
		exposed: exposedWords(listener),
	}));
}

/** A table cell cannot hold the character that separates cells. */
function cell(text: string): string {
	return inlineCode(text).replaceAll("|", "\\|");
}

function listens(listener: ReportedListener): string {
	const where = isLoopback(listener.address) ? `${cell(describeListener(listener))}, loopback only` : "yes";
	const by = listener.site ? evidenceLink(listener.site) : listener.fromBase ? "from the image" : cell(listener.program);
	const assumed =
		listener.certainty === "certain"
			? ""
			: listener.overriddenBy === undefined
				? ` (${listener.certainty})`
				: ` (unless ${cell(listener.overriddenBy)} says otherwise)`;
	return `${where}: ${by}${assumed}`;
}

function exposedWords(listener: ReportedListener): string {
	const by = listener.exposedBy;
	if (!by) return "no";
	return "instruction" in by ? `line ${by.range.start.line + 1}` : `by ${cell(by.from)}`;
}

/** What is exposed although nothing is known to listen there. */
function exposeRows(stage: StageReport): Row[] {
	const rows: Row[] = [];
	for (const verdict of stage.exposes) {
		const { ports, range, text } = verdict.expose;
		if (verdict.state !== "silent" && verdict.state !== "unknown") continue;
		const name = !ports
			? cell(text)
			: ports.first === ports.last
				? portKey({ port: ports.first, protocol: ports.protocol })
				: `${ports.first}-${ports.last}/${ports.protocol}`;
		rows.push({
			port: ports?.first ?? 0,
			name,
			listens: verdict.state === "silent" ? "nothing" : `unknown: ${cell(verdict.reason)}`,
			exposed: `line ${range.start.line + 1}`,
		});
	}
	for (const one of stage.image.inheritedExposes) {
		if (stage.listeners.some((listener) => listener.protocol === one.protocol && listener.port >= one.first && listener.port <= one.last))
			continue;
		const name = one.first === one.last ? `${one.first}/${one.protocol}` : `${one.first}-${one.last}/${one.protocol}`;
		rows.push({ port: one.first, name, listens: stage.gaps[0] ? "unknown" : "nothing", exposed: `by ${cell(one.from)}` });
	}
	return rows;
}
