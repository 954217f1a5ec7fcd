import { parse } from "jsonc-parser";
import type { ImageFiles } from "../../context/imageFiles.ts";
import { t } from "../../model/message.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import { type Process, withArgv } from "../process.ts";
import { firstFile, gapOf, type Launcher, operandsOf, optionOf, shellOf, together } from "./launcher.ts";

const NODEMON_VALUES = [
	"-w",
	"--watch",
	"-e",
	"--ext",
	"-i",
	"--ignore",
	"-d",
	"--delay",
	"-s",
	"--signal",
	"-x",
	"--exec",
	"--config",
	"-C",
	"--cwd",
	"-r",
	"--require",
];

/** nodemon: its `exec`, else Node with the script (github.com/remy/nodemon, "Config files", "Running non-node scripts"). */
export const nodemon: Launcher = async (process, files) => {
	const settings = await nodemonSettings(process, files);
	const exec = optionOf(process, "-x", "--exec") ?? stringOf(settings.exec);
	const operands = operandsOf(process, NODEMON_VALUES);
	const [first] = operands;
	const script = first?.value ?? wordOf(settings.script) ?? wordOf(await mainOf(process, files));
	const rest = first ? process.argv.slice(first.at + 1) : process.argv.slice(dashes(process));
	if (exec !== undefined) {
		const words = first ? notOwn(process) : [...(script && stringOf(settings.script) !== undefined ? [script] : []), ...notOwn(process)];
		const texts = words.map((word) => likelyText(word) ?? "");
		return together([shellOf(process, [exec, ...texts].join(" "))]);
	}
	if (!script) return gapOf(t("nodemon has no script"));
	const program = /\.tsx?$/.test(likelyText(script) ?? "") ? "ts-node" : /\.py$/.test(likelyText(script) ?? "") ? "python" : "node";
	const flags = process.argv
		.slice(1, first?.at)
		.filter((word) => /^--(import|loader|inspect|experimental|es-module)/.test(likelyText(word) ?? ""));
	return together([withArgv(process, [known(program), ...flags, script, ...rest])]);
};

const NODEMON_SWITCHES =
	/^(?:-[VqLICtkh]|--(?:verbose|quiet|legacy-watch|no-stdin|on-change-only|dump|no-colou?rs|spawn|no-update-notifier|exitcrash|help))$/;

/** The words that are not its own options go to what it executes, in their order: `nodemon -x ts-node --project p.json a.ts`. */
function notOwn(process: Process): Value[] {
	const found: Value[] = [];
	for (let i = 1; i < process.argv.length; i++) {
		const word = process.argv[i];
		const text = likelyText(word) ?? "";
		if (text === "--") return [...found, ...process.argv.slice(i + 1)];
		if (NODEMON_VALUES.includes(text) && text !== "-r" && text !== "--require") i++;
		else if (word && !NODEMON_SWITCHES.test(text) && !NODEMON_VALUES.includes(text.replace(/=.*$/s, ""))) found.push(word);
		else if (word && (text === "-r" || text === "--require")) found.push(word);
	}
	return found;
}

function dashes(process: Process): number {
	const at = process.argv.findIndex((word) => likelyText(word) === "--");
	return at < 0 ? process.argv.length : at + 1;
}

async function nodemonSettings(process: Process, files: ImageFiles): Promise<Record<string, unknown>> {
	const { file } = await firstFile(process.cwd, [optionOf(process, "--config") ?? "nodemon.json"], files);
	const own: unknown = file && parse(file.text);
	if (isRecord(own)) return own;
	const manifest = await firstFile(process.cwd, ["package.json"], files);
	const inside: unknown = manifest.file && parse(manifest.file.text)?.nodemonConfig;
	return isRecord(inside) ? inside : {};
}

async function mainOf(process: Process, files: ImageFiles): Promise<unknown> {
	const { file } = await firstFile(process.cwd, ["package.json"], files);
	return file && parse(file.text)?.main;
}

/** forever: Node with the script, or what -c says (github.com/foreversd/forever). */
export const forever: Launcher = async (process) => {
	const operands = operandsOf(process, [
		"-m",
		"-l",
		"-o",
		"-e",
		"-p",
		"-c",
		"-a",
		"--pidFile",
		"--minUptime",
		"--spinSleepTime",
		"--sourceDir",
		"--workingDir",
		"--watchDirectory",
		"--uid",
	]);
	const first = operands[0]?.text === "start" ? operands[1] : operands[0];
	if (!first) return undefined;
	const program = optionOf(process, "-c") ?? "node";
	return together([
		withArgv(process, [...program.split(/\s+/).map((word) => known(word)), first.value, ...process.argv.slice(first.at + 1)]),
	]);
};

/** concurrently: each operand is a command line; `npm:x` is a script (github.com/open-cli-tools/concurrently). */
export const concurrently: Launcher = async (process, files) => {
	const commands = operandsOf(process, [
		"-n",
		"--names",
		"-c",
		"--prefix-colors",
		"-p",
		"--prefix",
		"-m",
		"--max-processes",
		"--restart-tries",
		"--restart-after",
		"-s",
		"--success",
		"-l",
		"-t",
		"--name-separator",
		"--default-input-target",
	]);
	const manifest = await firstFile(process.cwd, ["package.json"], files);
	const scripts: unknown = manifest.file && parse(manifest.file.text)?.scripts;
	return together(
		commands.flatMap(({ text }) => {
			const script = /^(npm|yarn|pnpm|bun):(\S+)(.*)$/.exec(text);
			if (!script) return [shellOf(process, text.replace(/^(["'])(.*)\1$/, "$2"))];
			const [, manager = "", name = "", rest = ""] = script;
			const names = name.includes("*") && isRecord(scripts) ? Object.keys(scripts).filter((key) => matchesName(key, name)) : [name];
			return names.map((one) => shellOf(process, `${manager} run ${one}${rest}`));
		}),
	);
};

/** `start:*` stands for one more part between colons here, `**` for several. */
function matchesName(name: string, pattern: string): boolean {
	const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*\*|\*/g, (star) => (star === "**" ? ".*" : "[^:]*"));
	return new RegExp(`^${escaped}$`).test(name);
}

/** npm-run-all, run-s and run-p: scripts by name, `*` and `**` for parts of it (github.com/mysticatea/npm-run-all). */
export const runAll: Launcher = async (process, files) => {
	const { file, reason } = await firstFile(process.cwd, ["package.json"], files);
	if (!file) return gapOf(reason ?? t("{0} is not in the image", "package.json"));
	const scripts: unknown = parse(file.text)?.scripts;
	const all = isRecord(scripts) ? Object.keys(scripts) : [];
	const name = likelyText(process.argv[0]) ?? "";
	let parallel = name.endsWith("run-p");
	const found: { text: string; parallel: boolean }[] = [];
	for (const word of process.argv.slice(1)) {
		const text = likelyText(word) ?? "";
		if (text === "--") break;
		if (text === "-p" || text === "--parallel") parallel = true;
		else if (text === "-s" || text === "--serial" || text === "--sequential") parallel = false;
		else if (!text.startsWith("-")) {
			const [script = "", ...args] = text.split(/\s+/);
			for (const one of script.includes("*") ? all.filter((key) => matchesName(key, script)) : [script])
				found.push({ text: ["npm run", one, ...(args.length > 0 ? ["--", ...args] : [])].join(" "), parallel });
		}
	}
	return together(
		found.map((one, i) => ({ ...shellOf(process, one.text), ends: process.ends || (!one.parallel && i < found.length - 1) })),
	);
};

function stringOf(value: unknown): string | undefined {
	return typeof value === "string" ? value : undefined;
}

function wordOf(value: unknown): Value | undefined {
	return typeof value === "string" ? known(value) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
