import { resolvePath } from "../../dockerfile/walk.ts";
import { t } from "../../model/message.ts";
import { known, type Value } from "../../model/value.ts";
import { type Process, programName, withArgv } from "../process.ts";
import { firstFile, gapOf, type Launcher, operandsOf, together } from "./launcher.ts";

/** How many words of its own stand behind a program that goes on with the rest (skarnet.org/software/execline, s6). */
const CHAINS: Readonly<Record<string, number | undefined>> = {
	__proto__: null as never,
	emptyenv: 0,
	export: 2,
	fdclose: 1,
	fdmove: 2,
	importas: 2,
	redirfd: 3,
	"s6-envdir": 1,
	"s6-fghack": 0,
	"s6-notifyoncheck": 0,
	"s6-setuidgid": 1,
	umask: 1,
	unexport: 1,
	"with-contenv": 0,
};

/** Programs whose blocks run and end before the rest does. */
const BLOCKS: Readonly<Record<string, number | undefined>> = {
	__proto__: null as never,
	background: 1,
	backtick: 1,
	define: 0,
	foreground: 1,
	forbacktickx: 1,
	if: 1,
	ifelse: 2,
	ifte: 2,
	ifthenelse: 3,
	multisubstitute: 1,
};

/** `execlineb -P script`: one chain of programs, each of which runs the rest of the words. */
export const execline: Launcher = async (process, files) => {
	const [script] = operandsOf(process, ["-c"]);
	if (!script) return undefined;
	const { file, reason } = await firstFile(process.cwd, [script.text], files);
	if (!file) return gapOf(reason ?? t("{0} is not in the image", programName(script.text)));
	return together([rest(process, wordsOf(file.text))]);
};

interface Word {
	readonly text: string;
	/** `{` and `}` without quotes. */
	readonly brace: boolean;
}

function rest(process: Process, words: readonly Word[]): Process {
	const environment = new Map<string, Value>(process.environment);
	let { cwd, user } = process;
	let at = 0;
	for (;;) {
		const name = programName(words[at]?.text ?? "");
		const own = CHAINS[name];
		const blocks = BLOCKS[name];
		if (name === "cd") cwd = resolvePath(cwd, words[at + 1]?.text ?? ".");
		if (blocks === undefined && own === undefined && name !== "cd" && name !== "exec") break;
		at++;
		const flag = /^-[a-zA-Z]+$/;
		const skipFlags = () => {
			for (; flag.test(words[at]?.text ?? ""); at++) if (/^-[DdtTn]$/.test(words[at]?.text ?? "") && name === "importas") at++;
		};
		skipFlags();
		if (blocks !== undefined) {
			if (name === "backtick") at++;
			for (let i = 0; i < blocks; i++) at = behindBlock(words, at);
		} else {
			if (name === "s6-setuidgid") user = words[at]?.text;
			if (name === "export") environment.set(words[at]?.text ?? "", known(words[at + 1]?.text ?? ""));
			at += name === "cd" ? 1 : (own ?? 0);
		}
	}
	const argv = words.slice(at).map(({ text }) => {
		const variable = /^\$\{?(\w+)\}?$/.exec(text)?.[1];
		return variable === undefined ? known(text) : (environment.get(variable) ?? ({ kind: "variable", name: variable, from: [] } as const));
	});
	return { ...withArgv(process, argv.length > 0 ? argv : [known("true")]), cwd, environment, ...(user === undefined ? {} : { user }) };
}

function behindBlock(words: readonly Word[], start: number): number {
	let depth = 0;
	for (let at = start; at < words.length; at++) {
		if (!words[at]?.brace) continue;
		depth += words[at]?.text === "{" ? 1 : -1;
		if (depth === 0) return at + 1;
	}
	return words.length;
}

function wordsOf(text: string): Word[] {
	return [...text.replace(/^#.*$/gm, "").matchAll(/"((?:[^"\\]|\\.)*)"|((?:[^\s"\\#]|\\.)(?:[^\s"\\]|\\.)*)/g)].map(
		([, quoted, plain = ""]) => ({
			text: (quoted ?? plain).replace(/\\(.)/g, "$1"),
			brace: quoted === undefined && (plain === "{" || plain === "}"),
		}),
	);
}
