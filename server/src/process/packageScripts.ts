import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import type { ImageFiles } from "../context/imageFiles.ts";
import { resolvePath } from "../dockerfile/walk.ts";
import { t } from "../model/message.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../model/text.ts";
import { known, likelyText, type Value } from "../model/value.ts";
import { type PackageCall, readPackageCall } from "./packageCalls.ts";
import { type Process, type Started, withArgv } from "./process.ts";
import { runShellIn } from "./shell.ts";
import { workspaceFolders } from "./workspaces.ts";

/** Whether this process is `npm start`, `yarn run dev`, `pnpm exec next start` and the like. */
export function isPackageScript(process: Process): boolean {
	return readPackageCall(process) !== undefined;
}

/** The programs that a package script starts: its text, with pre and post scripts, run by a shell in the package's folder. */
export async function runPackageScript(given: Process, files: ImageFiles): Promise<Started> {
	const call = readPackageCall(given);
	// `npm run $MODE`: another script runs when somebody sets the variable.
	const variable = given.argv.find((word) => word.kind === "variable" && call && likelyText(word) === call.name);
	const process = variable?.kind === "variable" && given.hangsOn === undefined ? { ...given, hangsOn: variable.name } : given;
	if (!call) return { processes: [], gaps: [] };
	if (call.workspace === undefined) return runIn(call.cwd, call, process, files, false);
	const folders = await workspaceFolders(call.cwd, call.workspace, files);
	if (folders.length === 0) return { processes: [], gaps: [{ reason: t("package {0} is not found", call.workspace) }] };
	const all: Started[] = [];
	for (const folder of folders) all.push(await runIn(folder, call, process, files, call.workspace === "*"));
	return { processes: all.flatMap((one) => one.processes), gaps: all.flatMap((one) => one.gaps) };
}

/** Runs the call in one package; `optional` when a package without the script is passed over. */
async function runIn(cwd: string, call: PackageCall, process: Process, files: ImageFiles, optional: boolean): Promise<Started> {
	const program: Started = { processes: [{ ...withArgv(process, [known(call.name), ...call.args]), cwd }], gaps: [] };
	if (call.kind === "program") return program;
	const task = call.manager === "deno" ? await denoTask(cwd, call, process, files) : undefined;
	if (task) return task;
	const read = await files.read(resolvePath(cwd, "package.json"));
	if (read.kind !== "text") {
		if (optional) return { processes: [], gaps: [] };
		if (call.manager === "deno") return { processes: [], gaps: [{ reason: t("no task {0} is found", call.name) }] };
		if (call.kind === "either" && read.kind === "absent" && (await isFile(cwd, call, files))) return interpreted(cwd, call, process);
		return { processes: [], gaps: [{ reason: read.reason ?? t("{0} is not in the image", "package.json") }] };
	}
	if (!isJson(read.file.text))
		return optional ? { processes: [], gaps: [] } : { processes: [], gaps: [{ reason: t("{0} is not valid JSON", "package.json") }] };
	const tree = parseTree(read.file.text);
	const own = tree && findNodeAtLocation(tree, ["scripts", call.name]);
	if (typeof own?.value === "string") return runScripts(read.file, tree, cwd, call, process, files);
	if (optional) return { processes: [], gaps: [] };
	// npm start without a script runs node server.js (docs.npmjs.com/cli/commands/npm-start).
	if (call.name === "start" && call.manager === "npm")
		return { processes: [{ ...withArgv(process, [known("node"), known("server.js")]), cwd }], gaps: [] };
	if (call.kind === "script") return { processes: [], gaps: [{ reason: t("package.json has no script {0}", call.name) }] };
	return (await isFile(cwd, call, files)) ? interpreted(cwd, call, process) : program;
}

/** Package managers refuse a manifest with comments or commas too many. */
function isJson(text: string): boolean {
	try {
		JSON.parse(text.replace(/^\uFEFF/, ""));
		return true;
	} catch {
		return false;
	}
}

/** A task of deno.json: its text, or an object that holds it. Undefined when it names none. */
async function denoTask(cwd: string, call: PackageCall, process: Process, files: ImageFiles): Promise<Started | undefined> {
	for (const name of ["deno.json", "deno.jsonc"]) {
		const read = await files.read(resolvePath(cwd, name));
		const tree = read.kind === "text" ? parseTree(read.file.text) : undefined;
		if (read.kind !== "text" || !tree) continue;
		const node = findNodeAtLocation(tree, ["tasks", call.name, "command"]) ?? findNodeAtLocation(tree, ["tasks", call.name]);
		if (typeof node?.value !== "string") continue;
		return runText(read.file, node, node.value, cwd, call, process, files);
	}
	return undefined;
}

/** `bun run index.ts` runs a file. */
async function isFile(cwd: string, call: PackageCall, files: ImageFiles): Promise<boolean> {
	return call.manager === "bun" && (/\.[cm]?[jt]sx?$/.test(call.name) || (await files.look(resolvePath(cwd, call.name))).kind === "file");
}

function interpreted(cwd: string, call: PackageCall, process: Process): Started {
	return { processes: [{ ...withArgv(process, [known("bun"), known(call.name), ...call.args]), cwd }], gaps: [] };
}

async function runScripts(
	file: TextFile,
	tree: Node | undefined,
	cwd: string,
	call: PackageCall,
	process: Process,
	files: ImageFiles,
): Promise<Started> {
	const found: Process[] = [];
	const gaps: Started["gaps"][number][] = [];
	// `node --run` leaves out what stands before and after (nodejs.org/api/cli.html#intentional-limitations).
	const names = call.manager === "node" ? [call.name] : [`pre${call.name}`, call.name, `post${call.name}`];
	for (const name of names) {
		const node = tree && findNodeAtLocation(tree, ["scripts", name]);
		if (typeof node?.value !== "string") continue;
		const evidence = evidenceIn(file, rangeBetween(file.text, node.offset, node.offset + node.length), `${name}: ${node.value}`);
		// Wireit keeps the command beside (github.com/google/wireit).
		const wireit: unknown = tree && node.value === "wireit" ? findNodeAtLocation(tree, ["wireit", name, "command"])?.value : undefined;
		const started = await runShellIn(
			{ text: typeof wireit === "string" ? wireit : node.value, args: [], script: "sh" },
			{ ...process, cwd, evidence: [...process.evidence, evidence], ends: process.ends || name === `pre${call.name}` },
			files,
		);
		const processes = name === call.name ? appendArguments(started.processes, call.args) : started.processes;
		found.push(...processes);
		gaps.push(...started.gaps);
	}
	return { processes: found, gaps };
}

/** Runs a script's text, which stands at a node of the file. */
async function runText(
	file: TextFile,
	node: Node,
	text: string,
	cwd: string,
	call: PackageCall,
	process: Process,
	files: ImageFiles,
	takesArguments = true,
): Promise<Started> {
	const evidence = evidenceIn(file, rangeBetween(file.text, node.offset, node.offset + node.length), `${call.name}: ${text}`);
	const started = await runShellIn({ text, args: [], script: "sh" }, { ...process, cwd, evidence: [...process.evidence, evidence] }, files);
	return { ...started, processes: takesArguments ? appendArguments(started.processes, call.args) : started.processes };
}

function appendArguments(processes: readonly Process[], args: readonly Value[]): readonly Process[] {
	if (args.length === 0 || args.every((arg) => likelyText(arg) === "")) return processes;
	return processes.map((process, i) => (i === processes.length - 1 ? { ...process, argv: [...process.argv, ...args] } : process));
}
