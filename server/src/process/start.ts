import { changedFiles } from "../context/changedFiles.ts";
import type { ImageFiles } from "../context/imageFiles.ts";
import { expand } from "../dockerfile/expand.ts";
import { resolvePath } from "../dockerfile/walk.ts";
import type { BaseImage } from "../image/baseImage.ts";
import { isOwn, type StageImage, type StartCommand } from "../image/stageImage.ts";
import type { Budget } from "../model/budget.ts";
import { t } from "../model/message.ts";
import type { Gap } from "../model/port.ts";
import { evidenceIn, rangeBetween } from "../model/text.ts";
import { known, knownText, likelyText, outcomes, type Value } from "../model/value.ts";
import { launch } from "./launchers/index.ts";
import { consoleScript } from "./launchers/python.ts";
import { behindOwnEntrypoint, isOwnCommand, programBefore } from "./ownScripts.ts";
import { isPackageScript, runPackageScript } from "./packageScripts.ts";
import { type Process, programName, type Started, withArgv } from "./process.ts";
import { searchPath } from "./searchPath.ts";
import { SERVER_SCRIPTS } from "./serverScripts.ts";
import { runShellIn } from "./shell.ts";
import { peelWrapper } from "./wrappers.ts";

const SHELLS = new Set(["sh", "bash", "ash", "dash", "zsh", "ksh", "mksh"]);

/** The programs that a container of this image starts when nobody gives it a command. */
export async function startedBy(image: StageImage, files: ImageFiles, budget: Budget): Promise<Started> {
	const first = firstProcess(image);
	if (!first) return { processes: [], gaps: [] };
	if ("reason" in first) return { processes: [], gaps: [first] };
	return peel(first, { files, budget, base: image.base.kind === "known" ? image.base.image : undefined }, 0);
}

/** ENTRYPOINT and CMD put together (docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact). */
function firstProcess(image: StageImage): Process | Gap | undefined {
	const { entrypoint, cmd } = image;
	const deciding = cmd && (!entrypoint || entrypoint.run.form === "exec") ? cmd : entrypoint;
	if (!deciding) return undefined;
	for (const command of [entrypoint, cmd]) {
		if (command?.run.form === "shell" && command.run.text.startsWith("["))
			return { reason: t("{0} is not valid JSON", command.instruction?.keyword ?? t("the start command")), evidence: command.evidence };
	}
	const words = (command: StartCommand | undefined): Value[] => {
		if (!command) return [];
		return command.run.form === "exec" ? [...command.run.words] : [...image.shell, command.run.text].map((text) => known(text));
	};
	const argv = entrypoint?.run.form === "shell" ? words(entrypoint) : [...entrypointWords(image), ...words(cmd)];
	const blank = deciding.run.form === "shell" && deciding.run.text === "";
	if (blank || argv.length === 0 || argv.every((word) => knownText(word) === ""))
		return { reason: t("the start command is empty"), evidence: deciding.evidence };
	const evidence = entrypoint && cmd && isOwn(entrypoint) && isOwn(cmd) ? [entrypoint.evidence, cmd.evidence] : [deciding.evidence];
	const user = userOf(image);
	return {
		argv,
		cwd: image.workdir,
		environment: image.environment,
		evidence,
		ends: false,
		conditional: false,
		...(user === undefined ? {} : { user }),
	};
}

/** The user that the last USER of the stage, or of those below it, names. */
function userOf(image: StageImage): string | undefined {
	const step = image.walk.steps.findLast(({ instruction }) => instruction.keyword === "USER");
	if (!step) return image.parent && userOf(image.parent);
	return likelyText(expand(step.instruction.args.text, step.scope, "\\"));
}

/** The entrypoint's words; none for a base image's that only runs its arguments. */
function entrypointWords(image: StageImage): Value[] {
	const { entrypoint, cmd, base } = image;
	if (entrypoint?.run.form !== "exec") return [];
	if (isOwn(entrypoint) || base.kind !== "known" || !base.image.entrypointRunsArguments) return [...entrypoint.run.words];
	return programBefore(base.image, cmd?.run.form === "exec" ? cmd.run.words : []);
}

/** The programs that a process leads to once its wrappers, shells and scripts are off; `base` brings scripts of its own. */
export function programsBehind(process: Process, files: ImageFiles, budget: Budget, base?: BaseImage): Promise<Started> {
	return peel(process, { files, budget, base }, 0);
}

/** Where a process starts. */
interface Surroundings {
	readonly files: ImageFiles;
	readonly budget: Budget;
	/** The image at the bottom, when it is known. */
	readonly base: BaseImage | undefined;
}

/** Takes wrappers, shells and scripts off until programs are left. */
async function peel(process: Process, around: Surroundings, depth: number): Promise<Started> {
	const { budget } = around;
	if (depth > budget.depth || !budget.spend("steps"))
		return { processes: [], gaps: [{ reason: t("the start command is nested too deep") }] };
	const inside = await unwrap(process, seenBy(process, around));
	if (!inside) return { processes: [process], gaps: [] };
	const all = await Promise.all(inside.processes.map((one) => peel(one, around, depth + 1)));
	return { processes: all.flatMap((one) => one.processes), gaps: [...inside.gaps, ...all.flatMap((one) => one.gaps)] };
}

/** What a start script wrote is there for the programs that it starts: scripts, and the configuration of launchers. */
function seenBy(process: Process, around: Surroundings): Surroundings {
	if (!process.changes || process.changes.length === 0) return around;
	return { ...around, files: changedFiles(around.files, process.changes, { name: t("the start script"), at: process.evidence.at(-1) }) };
}

async function unwrap(process: Process, around: Surroundings): Promise<Started | undefined> {
	const program = likelyText(process.argv[0]);
	if (program === undefined) return eitherWay(process);
	// A script of that name comes before a program: `pipenv run serve`.
	const launched = await launch(process, around.files);
	if (launched) return launched;
	const wrapped = peelWrapper(process);
	if (wrapped) return { processes: [wrapped], gaps: [] };
	if (isPackageScript(process)) return runPackageScript(process, around.files);
	if (SHELLS.has(programName(program))) return runShellProgram(process, around);
	return (await runScript(process, program, around)) ?? consoleScript(process, around.files);
}

/** `$PREFIX server` of a script, whose PREFIX is one of several wrappers, or nothing: each of them, as far as all are known. */
function eitherWay(process: Process): Started | undefined {
	const [first, ...rest] = process.argv;
	if (first?.kind !== "oneOf") return undefined;
	const { known: ways, open } = outcomes(first);
	if (open.length > 0 || ways.length > MOST_WAYS) return undefined;
	const processes = ways.flatMap(({ text }) => {
		const argv = [
			...text
				.split(/\s+/)
				.filter(Boolean)
				.map((word) => known(word)),
			...rest,
		];
		return argv.length === 0 ? [] : [{ ...withArgv(process, argv), conditional: true }];
	});
	return { processes, gaps: [] };
}

const MOST_WAYS = 8;

/** `sh -c TEXT` and `sh SCRIPT`. */
async function runShellProgram(process: Process, around: Surroundings): Promise<Started | undefined> {
	const at = operandIndex(process.argv);
	const operand = at < 0 ? undefined : process.argv[at];
	if (!operand) return undefined;
	const text = likelyText(operand);
	if (text === undefined) return { processes: [], gaps: [{ reason: t("the shell's command is only known at run time") }] };
	const isCommand = process.argv.slice(1, at).some((word) => /^-[a-z]*c$/.test(knownText(word) ?? ""));
	if (isCommand) {
		const script = likelyText(process.argv[at + 1]) ?? "sh";
		return runShellIn({ text, args: process.argv.slice(at + 2), script }, process, around.files);
	}
	const script = withArgv(process, process.argv.slice(at));
	const started = await readScript(script, text, around, true);
	if (!started && around.base && isOwnCommand(around.base, script.argv)) return { processes: [script], gaps: [] };
	// A program's own start script, of a package: its name tells what it starts.
	if (!started && /^\/(?:usr|opt)\/.*\/[^/.]+$/.test(text)) return { processes: [script], gaps: [] };
	return started ?? { processes: [], gaps: [{ reason: t("{0} is not in the image", programName(text)) }] };
}

/** Where a shell's flags end; below 0 when nothing follows. `-o` and `+o` take an option's name. */
function operandIndex(argv: readonly Value[]): number {
	for (let at = 1; at < argv.length; at++) {
		const text = likelyText(argv[at]) ?? "";
		if (/^[-+][A-Za-z]*[oO]$/.test(text)) at++;
		else if (!/^[-+]/.test(text)) return at;
	}
	return -1;
}

/** A program that is a text file of the image with a `#!` line. */
async function runScript(process: Process, program: string, around: Surroundings): Promise<Started | undefined> {
	if (program.includes("/")) return readScript(process, program, around);
	// A name is looked up in the PATH: scripts that this build copies there are started by name.
	for (const folder of searchPath(process)) {
		const path = `${folder}/${program}`;
		if ((await around.files.look(path)).kind === "file") return readScript(process, path, around);
	}
	return readScript(process, `/usr/local/bin/${program}`, around);
}

/** `byShell`: a shell was told to run it, so its first line does not count. */
async function readScript(process: Process, path: string, around: Surroundings, byShell = false): Promise<Started | undefined> {
	const { files, base } = around;
	const read = await files.read(resolvePath(process.cwd, path));
	const name = programName(path);
	if (read.kind === "absent" && base) {
		const inside = behindOwnEntrypoint(base, process);
		if (inside) return { processes: [inside], gaps: [] };
		const words = base.scripts.get(resolvePath(process.cwd, path));
		if (words) return { processes: [withArgv(process, [...words.map((word) => known(word)), ...process.argv.slice(1)])], gaps: [] };
		if (isOwnCommand(base, process.argv)) return undefined;
	}
	if (read.kind !== "text" && SERVER_SCRIPTS.has(name)) return undefined;
	// What a build made may be a program as well as a script.
	if (read.kind === "unknown") return name.endsWith(".sh") ? { processes: [], gaps: [{ reason: read.reason }] } : undefined;
	const handedOn = read.kind === "absent" && /(?:^|-)entrypoint(?:\.sh)?$/.test(name) ? process.argv.slice(1) : [];
	if (read.kind === "absent" && handedOn.length > 0) return handOn(process, handedOn, read.reason ?? t("{0} is not in the image", name));
	if (read.kind === "absent")
		return name.endsWith(".sh") ? { processes: [], gaps: [{ reason: read.reason ?? t("{0} is not in the image", name) }] } : undefined;
	// A binary that happens to be readable.
	if (/^\x7f|\0/.test(read.file.text.slice(0, 1000))) return undefined;
	const carriage = firstCarriageReturn(read.file.text, byShell);
	if (carriage !== undefined) {
		const evidence = evidenceIn(read.file, rangeBetween(read.file.text, 0, carriage), read.file.text.slice(0, carriage));
		return { processes: [], gaps: [{ reason: t("{0} has Windows line ends, so that it does not start", name), evidence }] };
	}
	const runs = byShell ? ["/bin/sh"] : interpreterOf(read.file.text);
	if (!SHELLS.has(programName(runs[0] ?? "")))
		return { processes: [withArgv(process, [...runs.map((word) => known(word)), known(path), ...process.argv.slice(1)])], gaps: [] };
	return runShellIn({ text: read.file.text, file: read.file, args: process.argv.slice(1), script: path }, process, files);
}

/** An entrypoint that is out of view: such scripts end in running their arguments. */
function handOn(process: Process, words: readonly Value[], reason: string): Started {
	return { processes: [{ ...withArgv(process, words), conditional: true }], gaps: [{ reason }] };
}

/**
 * Where the first line of a script ends, when it ends with a carriage return: the kernel looks for a program of that name, and
 * a shell takes it for a part of each line's last word. A script with some such lines may still do.
 */
function firstCarriageReturn(text: string, byShell: boolean): number | undefined {
	const first = /^[^\r\n]*\r\n/.exec(text);
	if (!first || (!byShell && !text.startsWith("#!"))) return undefined;
	return byShell && /[^\r]\n/.test(text) ? undefined : first[0].length - 2;
}

/** What the first line of a script says runs it; `env` only looks it up. */
function interpreterOf(text: string): readonly string[] {
	const words = /^#!\s*(.+)/.exec(text)?.[1]?.trim().split(/\s+/) ?? ["/bin/sh"];
	if (programName(words[0] ?? "") !== "env") return words;
	const rest = words.slice(words[1] === "-S" ? 2 : 1).filter((word) => !/^[A-Za-z_]\w*=/.test(word));
	return rest.length > 0 ? rest : words;
}
