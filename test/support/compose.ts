import assert from "node:assert/strict";
import { judgePorts } from "../../server/src/compose/judge.ts";
import { predictService, type ServicePrediction } from "../../server/src/compose/predictService.ts";
import { type ComposeProject, readProject } from "../../server/src/compose/project.ts";
import { analyseCompose, type ComposeReport } from "../../server/src/compose/report.ts";
import { composeHints } from "../../server/src/features/compose/inlayHints.ts";
import { describeListener } from "../../server/src/verdict/describe.ts";
import { type Files, worldOf } from "./analysis.ts";
import { memoryFiles, ROOT, uriOf } from "./memoryFiles.ts";

/** The project of `compose.yaml` among these files, or of another one. */
export function project(files: Files, path = "compose.yaml"): Promise<ComposeProject> {
	const text = files[path];
	return readProject(memoryFiles(files), uriOf(path), typeof text === "string" ? text : "");
}

export async function predictions(files: Files, path = "compose.yaml"): Promise<readonly ServicePrediction[]> {
	const read = await project(files, path);
	const world = worldOf(files);
	return Promise.all(read.services.map(async (service) => (await predictService(world, read, service, { roots: [ROOT] })).prediction));
}

/** One line a service: `web: 80/tcp from …`, or why nothing is known. */
export async function servicePorts(files: Files, path = "compose.yaml"): Promise<readonly string[]> {
	return (await predictions(files, path)).map(({ service, listeners, gaps }) => {
		const ports = listeners.map((one) => `${describeListener(one)} ${one.certainty}${one.overriddenBy ? ` (${one.overriddenBy})` : ""}`);
		return `${service.name}: ${[...ports, ...gaps.map(({ reason }) => `? ${reason}`)].join(", ") || "no ports"}`;
	});
}

/** One line an entry of `ports`, as it is written, with its verdict. */
export async function portVerdicts(files: Files, path = "compose.yaml"): Promise<readonly string[]> {
	return judgePorts(await predictions(files, path)).map((verdict) => {
		const { file, start, end } = verdict.entry.place;
		const what =
			verdict.state === "unknown"
				? ` ${verdict.reason}`
				: verdict.state === "silent"
					? ` instead ${verdict.instead.map(describeListener).join(", ") || "nothing"}`
					: "";
		return `${file.text.slice(start, end).split("\n")[0]} ${verdict.state}${what}`;
	});
}

export async function composeReport(files: Files, path = "compose.yaml"): Promise<ComposeReport> {
	const text = files[path];
	return (await analyseCompose(worldOf(files), { uri: uriOf(path), text: typeof text === "string" ? text : "", roots: [ROOT] })).report;
}

/** Each finding: line, code, message. */
export async function composeFindings(files: Files, path?: string): Promise<readonly string[]> {
	return (await composeReport(files, path)).findings.map(({ code, message, range }) => `${range.start.line + 1}: ${code}: ${message}`);
}

/** The compose file with its hints at the ends of the lines, as an editor draws them. */
export async function composeWithHints(files: Files, path = "compose.yaml"): Promise<string> {
	const report = await composeReport(files, path);
	const lines = report.file.text.split(/\r?\n/);
	for (const { position, label } of composeHints(report)) {
		assert.equal(position.character, lines[position.line]?.replace(/ (⇢|✓|✗|→|\?) .*$/, "").trimEnd().length, "a hint within a line");
		lines[position.line] += ` ${typeof label === "string" ? label : label.map((part) => part.value).join("")}`;
	}
	return lines.join("\n");
}
