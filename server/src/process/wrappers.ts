import { resolvePath } from "../dockerfile/walk.ts";
import { t } from "../model/message.ts";
import { own } from "../model/table.ts";
import { known, knownText, likelyText, mapText, unknown, type Value } from "../model/value.ts";
import { type Process, programName, withArgv } from "./process.ts";
import { WRAPPERS, type Wrapper } from "./wrapperTable.ts";

/** The program behind one wrapper; undefined when this process is none. */
export function peelWrapper(process: Process): Process | undefined {
	const name = programName(knownText(process.argv[0]) ?? "");
	if (name === "su" || name === "runuser") return switchUser(process);
	if (/^(powershell|pwsh|cmd)(\.exe)?$/i.test(name)) return windowsShell(process);
	if (name === "busybox" && /^(a|hu)?sh$/.test(knownText(process.argv[1]) ?? "")) return withArgv(process, process.argv.slice(1));
	const wrapper = own(WRAPPERS, name);
	const start = wrapper && startOfOwn(process.argv, wrapper);
	return wrapper && start !== undefined ? behind(process, wrapper, start) : undefined;
}

/** Where the words behind the verb begin; undefined when this call wraps nothing. */
function startOfOwn(argv: readonly Value[], { verbs, withValue }: Wrapper): number | undefined {
	if (!verbs) return 1;
	let at = 1;
	for (let text = likelyText(argv[at]); text?.startsWith("-") && text !== "--"; text = likelyText(argv[at]))
		at += withValue?.includes(text) ? 2 : 1;
	if (verbs.includes(knownText(argv[at]) ?? "")) return at + 1;
	return verbs.includes("") ? 1 : undefined;
}

function behind(process: Process, wrapper: Wrapper, start: number): Process | undefined {
	const { argv } = process;
	const dashes = argv.findIndex((word) => knownText(word) === "--");
	const environment = new Map(process.environment);
	let operands = wrapper.operands ?? 0;
	let user: string | undefined;
	let at = start;
	let cwd = process.cwd;
	if (wrapper.untilDashes) {
		if (dashes >= 0) at = dashes + 1;
		else if (wrapper.untilDashes === "always") return undefined;
	}
	if (!wrapper.untilDashes || dashes < 0) {
		for (; at < argv.length; at++) {
			const word = argv[at];
			const text = likelyText(word);
			if (text === undefined || word === undefined) break;
			if (text === "--") {
				at++;
				break;
			}
			const assignment = wrapper.assigns ? /^([A-Za-z_]\w*)=/.exec(text) : undefined;
			if (assignment?.[1] !== undefined) environment.set(assignment[1], cut(word, assignment[0].length));
			else if (text.startsWith("-")) {
				const shell = wrapper.shellFlags?.find((flag) => text === flag || text.startsWith(`${flag}=`));
				if (shell !== undefined) {
					const script = text === shell ? argv[at + 1] : cut(word, shell.length + 1);
					return script && withArgv(process, [known("sh"), known("-c"), script]);
				}
				if (wrapper.moduleFlags?.includes(text)) return withArgv(process, [known("python"), known("-m"), ...argv.slice(at + 1)]);
				const isUser = wrapper.userFlags?.includes(text);
				if (isUser) user = likelyText(argv[at + 1]);
				if (FOLDER_FLAGS.has(text)) cwd = resolvePath(cwd, likelyText(argv[at + 1]) ?? ".");
				if (isUser || wrapper.withValue?.includes(text)) at++;
			} else if (operands > 0) {
				if (wrapper.userOperand) user = text;
				if (wrapper.folderOperand) cwd = resolvePath(cwd, text);
				operands--;
			} else break;
		}
	}
	const rest = argv.slice(at);
	const first = knownText(rest[0]);
	if (rest.length === 0) return undefined;
	if (wrapper.isFed) rest.push(unknown(t("what xargs reads is not known")));
	const [only] = rest;
	if (wrapper.runsText && only && rest.length === 1) return withArgv(process, [known("sh"), known("-c"), only]);
	// `uv run app.py` hands the file to Python.
	const program = wrapper.runsPython && first?.endsWith(".py") ? [known("python"), ...rest] : rest;
	return { ...withArgv(process, program), cwd, environment, ...(user === undefined ? {} : { user }) };
}

/** The program that `powershell -Command TEXT` or `cmd /S /C TEXT` runs, when the text is nothing but its words. */
function windowsShell(process: Process): Process | undefined {
	const at = process.argv.findIndex((word, i) => i > 0 && /^(-c(ommand)?|\/c)$/i.test(knownText(word) ?? ""));
	const texts = at < 0 ? [] : process.argv.slice(at + 1).map((word) => knownText(word));
	const line = texts.join(" ").trim();
	if (texts.length === 0 || texts.includes(undefined) || !/^[\w\s./\\:=,-]+$/.test(line)) return undefined;
	return withArgv(
		process,
		line.split(/\s+/).map((word) => known(word)),
	);
}

/** Flags of env, uv, conda and poetry that name the folder to run in. */
const FOLDER_FLAGS = new Set(["--directory", "--chdir", "--cwd", "-C"]);

/** `su [-] user -c TEXT`, `su -s SHELL -c TEXT user` (su(1)), `runuser -u user -- program` (runuser(1)). */
function switchUser(process: Process): Process | undefined {
	const { argv } = process;
	const texts = argv.map((word) => likelyText(word));
	const named = texts.indexOf("-u");
	const command = texts.findIndex((text) => text === "-c" || text === "--command");
	if (command >= 0) {
		const script = argv[command + 1];
		const flags = new Set(["-s", "--shell", "-g", "-G"]);
		const user = texts.find(
			(text, i) => i > 0 && i !== command + 1 && text !== undefined && !text.startsWith("-") && !flags.has(texts[i - 1] ?? ""),
		);
		return script && { ...withArgv(process, [known("sh"), known("-c"), script]), user: user ?? "root" };
	}
	if (named < 0) return undefined;
	const at = texts.indexOf("--") >= 0 ? texts.indexOf("--") + 1 : named + 2;
	const rest = argv.slice(at);
	return rest.length === 0 ? undefined : { ...withArgv(process, rest), user: texts[named + 1] ?? "root" };
}

function cut(value: Value, length: number): Value {
	return mapText(value, (text, from) => known(text.slice(length), ...from));
}
