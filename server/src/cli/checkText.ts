import { relative } from "node:path";
import { serviceSummary } from "../features/compose/inlayHints.ts";
import { stageSummary } from "../features/inlayHints.ts";
import { plain } from "../verdict/describe.ts";
import { DEFAULT_SEVERITY } from "../verdict/report.ts";
import { type CheckedFile, findingsOf } from "./checkedFile.ts";
import { printable } from "./printable.ts";

/** What `portlight check` prints for people: a block for each file, then one line that counts. */
export function checkText(files: readonly CheckedFile[], cwd: string, paths: readonly string[]): string {
	if (files.length === 0)
		return `No Dockerfile or compose file at or below ${paths.map((path) => (path === "." ? "this folder" : path)).join(", ")}.\n`;
	const findings = files.reduce((sum, file) => sum + findingsOf(file).length, 0);
	const blocks = files.map((file) => block(file, cwd));
	const dockerfiles = files.filter(({ kind }) => kind === "dockerfile").length;
	const kinds = [
		...(dockerfiles > 0 ? [count(dockerfiles, "Dockerfile")] : []),
		...(files.length > dockerfiles ? [count(files.length - dockerfiles, "compose file")] : []),
	];
	return `${[...blocks, `${kinds.join(", ")}, ${count(findings, "finding")}`].map(printable).join("\n\n")}\n`;
}

function block(file: CheckedFile, cwd: string): string {
	const lines = findingsOf(file).map(
		({ range, code, message }) => `  line ${range.start.line + 1}: ${DEFAULT_SEVERITY[code]}: ${message} [${code}]`,
	);
	return [relative(cwd, file.path) || file.path, ...summary(file).map((line) => `  ${line}`), ...lines].join("\n");
}

function summary(file: CheckedFile): readonly string[] {
	if (file.kind === "dockerfile") {
		const { target } = file.analysis;
		return [target ? stageSummary(target) : "⇢ ports unknown: there is no FROM"];
	}
	const { report } = file;
	const here = report.predictions.filter(({ service }) => service.place.file.uri === report.file.uri);
	if (here.length === 0) return ["no services"];
	const width = Math.min(24, Math.max(...here.map(({ service }) => plain(service.name).length)));
	return here.map((prediction) => `${plain(prediction.service.name).padEnd(width)}  ${serviceSummary(prediction)}`);
}

function count(n: number, what: string): string {
	return `${n} ${what}${n === 1 ? "" : "s"}`;
}
