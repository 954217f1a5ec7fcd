import { findNodeAtLocation, parseTree } from "jsonc-parser";
import type { ImageFiles } from "../context/imageFiles.ts";
import { resolvePath } from "../dockerfile/walk.ts";
import { evidenceIn, rangeBetween } from "../model/text.ts";
import { knownText, likelyText, type Value } from "../model/value.ts";
import { type Process, programName, type Started } from "./process.ts";
import { runShellIn } from "./shell.ts";

const MANAGERS = new Set(["npm", "yarn", "pnpm"]);

/** Flags of npm, yarn and pnpm that take the next word as their value. */
const WITH_VALUE = new Set(["--prefix", "-C", "--cwd", "--dir", "--loglevel", "--userconfig"]);

/** Whether this process is `npm start`, `yarn run dev` and the like. */
export function isPackageScript(process: Process): boolean {
	return MANAGERS.has(programName(knownText(process.argv[0]) ?? "")) && readCall(process) !== undefined;
}

/** The programs that a package script starts: its text, with pre and post scripts, run by a shell in the package's folder. */
export async function runPackageScript(process: Process, files: ImageFiles): Promise<Started> {
	const call = readCall(process);
	if (!call) return { processes: [], gaps: [] };
	const read = await files.read(resolvePath(call.cwd, "package.json"));
	if (read.kind !== "text") return { processes: [], gaps: [{ reason: read.reason ?? "package.json is not in the image" }] };
	const { file } = read;
	const tree = parseTree(file.text);
	const found: Process[] = [];
	const gaps: Started["gaps"][number][] = [];
	for (const name of [`pre${call.script}`, call.script, `post${call.script}`]) {
		const node = tree && findNodeAtLocation(tree, ["scripts", name]);
		const own = name === call.script;
		if (typeof node?.value !== "string") {
			// npm start without a script runs node server.js (docs.npmjs.com/cli/commands/npm-start).
			if (own && name === "start" && call.manager === "npm") {
				found.push({ ...process, cwd: call.cwd, argv: ["node", "server.js"].map((text) => ({ kind: "known", text, from: [] })) });
			} else if (own) gaps.push({ reason: `package.json has no script ${name}` });
			continue;
		}
		const evidence = evidenceIn(file, rangeBetween(file.text, node.offset, node.offset + node.length), `${name}: ${node.value}`);
		const started = await runShellIn(
			{ text: node.value, args: [], script: "sh" },
			{ ...process, cwd: call.cwd, evidence: [...process.evidence, evidence], ends: process.ends || name === `pre${call.script}` },
			files,
		);
		const processes = own ? appendArguments(started.processes, call.args) : started.processes;
		found.push(...processes);
		gaps.push(...started.gaps);
	}
	return { processes: found, gaps };
}

interface ScriptCall {
	readonly manager: string;
	readonly script: string;
	readonly cwd: string;
	readonly args: readonly Value[];
}

function readCall(process: Process): ScriptCall | undefined {
	const manager = programName(knownText(process.argv[0]) ?? "");
	let cwd = process.cwd;
	const words: Value[] = [];
	let args: readonly Value[] = [];
	for (let i = 1; i < process.argv.length; i++) {
		const text = likelyText(process.argv[i]);
		const word = process.argv[i];
		if (text === undefined || word === undefined) return undefined;
		if (text === "--") {
			args = process.argv.slice(i + 1);
			break;
		}
		if (words.length > 0 && manager !== "npm" && !(words.length === 1 && knownText(words[0]) === "run")) {
			// yarn and pnpm hand everything behind the script's name to the script.
			args = process.argv.slice(i);
			break;
		}
		if (text.startsWith("-")) {
			const [flag = "", value] = text.split("=", 2);
			const taken = value ?? (WITH_VALUE.has(flag) ? likelyText(process.argv[++i]) : undefined);
			if (["--prefix", "-C", "--cwd", "--dir"].includes(flag) && taken !== undefined) cwd = resolvePath(cwd, taken);
		} else words.push(word);
	}
	const [verb, named] = words.map((word) => knownText(word));
	if (verb === "run" || verb === "run-script") return named === undefined ? undefined : { manager, script: named, cwd, args };
	if (verb === "start" || verb === "test" || (manager !== "npm" && verb !== undefined && !NOT_SCRIPTS.has(verb)))
		return { manager, script: verb, cwd, args };
	return undefined;
}

/** Commands of yarn and pnpm that are no scripts. */
const NOT_SCRIPTS = new Set(["install", "add", "exec", "dlx", "node", "workspace", "workspaces", "init", "publish"]);

function appendArguments(processes: readonly Process[], args: readonly Value[]): readonly Process[] {
	if (args.length === 0) return processes;
	return processes.map((process, i) => (i === processes.length - 1 ? { ...process, argv: [...process.argv, ...args] } : process));
}
