import { stat } from "node:fs/promises";
import { basename, relative, resolve, sep } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { URI } from "vscode-uri";
import { analyseDockerfile } from "../compose/analyseDockerfile.ts";
import { isComposeFileName } from "../compose/fileName.ts";
import { analyseCompose } from "../compose/report.ts";
import type { Limits } from "../model/budget.ts";
import { LIMIT_BOUNDS, parseLimits } from "../settings.ts";
import type { World } from "../verdict/analyse.ts";
import { DEFAULT_SEVERITY, type Severity } from "../verdict/report.ts";
import { readBuildArguments } from "./buildArguments.ts";
import { type CheckedFile, findingsOf } from "./checkedFile.ts";
import { checkGithub } from "./checkGithub.ts";
import { checkJson } from "./checkJson.ts";
import { checkSarif } from "./checkSarif.ts";
import { checkText } from "./checkText.ts";
import { findBuildFiles } from "./findBuildFiles.ts";
import { mistakeOf } from "./mistake.ts";
import { EXIT, type Output } from "./output.ts";

export const CHECK_USAGE = `Usage: portlight check [options] [PATH...]

Tells which ports the images and services of the Dockerfiles and compose files at or below PATH (default:
this folder) will listen on, and what EXPOSE and published ports get wrong.

Options:
  --format FORMAT      text (default), json, sarif (for code scanning) or github (annotations)
  --context DIR        the build context, as docker build takes it; found by looking when not given
  --target STAGE       the stage to build; the last one when not given
  --build-arg K=V      a build argument; may be repeated
  --max-files N        files that the analysis of one stage may read (1000)
  --max-bytes N        bytes of them (16000000)
  --max-steps N        steps that it may follow programs for (200000)
  --fail-on SEVERITY   exit with 1 on findings of this severity or above: error, warning (default),
                       information, hint, or never
  -h, --help           this text

Exit status: 0 clean, 1 findings, 2 wrong usage or files that cannot be read.
`;

const RANK: Readonly<Record<Severity | "never", number>> = { never: 9, error: 4, warning: 3, information: 2, hint: 1 };

const FORMATS = ["text", "json", "sarif", "github"] as const;
type Format = (typeof FORMATS)[number];

interface CheckOptions {
	readonly paths: readonly string[];
	readonly format: Format;
	readonly context?: string;
	readonly target?: string;
	readonly buildArguments: ReadonlyMap<string, string>;
	readonly limits: Limits;
	readonly failOn: Severity | "never";
}

/** `portlight check`: answers the exit status. */
export async function runCheck(
	args: readonly string[],
	world: World,
	output: Output,
	version: string,
	cwd = process.cwd(),
): Promise<number> {
	const options = readOptions(args);
	if (options === "help") {
		output.out(CHECK_USAGE);
		return EXIT.clean;
	}
	if (typeof options === "string") return fail(output, `${options}\n\n${CHECK_USAGE}`);
	if (options.context !== undefined) {
		const problem = await folderProblem(resolve(cwd, options.context));
		if (problem) return fail(output, `The build context ${options.context} ${problem}.\n`);
	}
	const checked: CheckedFile[] = [];
	// A path may lie below another one.
	const seen = new Set<string>();
	for (const path of options.paths) {
		let files: string[];
		try {
			files = await findBuildFiles(resolve(cwd, path));
		} catch (error) {
			return fail(output, `${path} ${whyUnreadable(error)}.\n`);
		}
		for (const file of files) {
			if (seen.has(file)) continue;
			seen.add(file);
			const one = await checkFile(file, world, options, cwd);
			if (typeof one === "string") return fail(output, `${relative(cwd, file)} ${one}.\n`);
			checked.push(one);
		}
	}
	output.out(print(checked, options, cwd, version));
	const worst = Math.max(0, ...checked.flatMap((file) => findingsOf(file).map(({ code }) => RANK[DEFAULT_SEVERITY[code]])));
	return worst >= RANK[options.failOn] ? EXIT.findings : EXIT.clean;
}

function print(checked: readonly CheckedFile[], { format, paths }: CheckOptions, cwd: string, version: string): string {
	switch (format) {
		case "json":
			return checkJson(checked, cwd);
		case "sarif":
			return checkSarif(checked, cwd, version);
		case "github":
			return checkGithub(checked, cwd);
		case "text":
			return checkText(checked, cwd, paths);
	}
}

async function checkFile(file: string, given: World, options: CheckOptions, cwd: string): Promise<CheckedFile | string> {
	const world = { ...given, limits: options.limits };
	const started = performance.now();
	const uri = URI.file(file).toString();
	const read = await world.files.read(uri);
	if (read.kind !== "text") return read.kind === "absent" ? "does not exist" : read.reason;
	const { text } = read;
	// A file outside of the folder that the command runs in is searched for its context up to its own folder only.
	const roots = file.startsWith(cwd + sep) ? [URI.file(cwd).toString()] : [];
	if (isComposeFileName(basename(file))) {
		const { report } = await analyseCompose(world, { uri, text, roots });
		return { kind: "compose", path: file, report, ms: performance.now() - started };
	}
	const { analysis } = await analyseDockerfile(
		world,
		{
			uri,
			text,
			roots,
			context: options.context === undefined ? undefined : URI.file(resolve(cwd, options.context)).toString(),
			target: options.target,
			buildArguments: options.buildArguments,
		},
		"last stage",
	);
	if (options.target !== undefined && !analysis.target) return `has no stage ${options.target}`;
	return { kind: "dockerfile", path: file, analysis, wantedTarget: options.target, ms: performance.now() - started };
}

function readOptions(args: readonly string[]): CheckOptions | string {
	let parsed: ReturnType<typeof parse>;
	try {
		parsed = parse(args);
	} catch (error) {
		return mistakeOf(error);
	}
	const { values, positionals } = parsed;
	if (values.help) return "help";
	// What a shell makes of a variable that is not set.
	if (positionals.includes("")) return "A path is empty. This folder is called . (a dot).";
	if (values.context === "") return "--context: the folder is missing";
	if (values.target === "") return "--target: the name of the stage is missing";
	const format = FORMATS.find((one) => one === values.format);
	if (!format) return `--format ${values.format}: text, json, sarif or github`;
	if (!Object.hasOwn(RANK, values["fail-on"])) return `--fail-on ${values["fail-on"]}: error, warning, information, hint or never`;
	const limits: { files?: number; bytes?: number; steps?: number } = {};
	for (const name of ["files", "bytes", "steps"] as const) {
		const value = values[`max-${name}`];
		if (value === undefined) continue;
		const { least, most } = LIMIT_BOUNDS[name];
		if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > most)
			return `--max-${name} ${value}: a number from ${least} to ${most}`;
		limits[name] = Number(value);
	}
	const buildArguments = readBuildArguments(values["build-arg"], process.env);
	if (typeof buildArguments === "string") return buildArguments;
	return {
		paths: positionals.length > 0 ? positionals : ["."],
		format,
		context: values.context,
		target: values.target,
		buildArguments,
		limits: parseLimits(limits),
		failOn: values["fail-on"] as Severity | "never",
	};
}

function parse(args: readonly string[]) {
	return parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			format: { type: "string", default: "text" },
			context: { type: "string" },
			target: { type: "string" },
			"build-arg": { type: "string", multiple: true, default: [] },
			"max-files": { type: "string" },
			"max-bytes": { type: "string" },
			"max-steps": { type: "string" },
			"fail-on": { type: "string", default: "warning" },
			help: { type: "boolean", short: "h", default: false },
		},
	});
}

async function folderProblem(path: string): Promise<string | undefined> {
	try {
		return (await stat(path)).isDirectory() ? undefined : "is not a folder";
	} catch (error) {
		return whyUnreadable(error);
	}
}

function whyUnreadable(error: unknown): string {
	const { code } = error as NodeJS.ErrnoException;
	if (code === "ENOENT" || code === "ENOTDIR") return "does not exist";
	return code === "EACCES" || code === "EPERM" ? "may not be read" : "cannot be read";
}

function fail(output: Output, text: string): number {
	output.err(`portlight check: ${text}`);
	return EXIT.failed;
}
