import { parse as parseYaml } from "yaml";
import type { ImageFiles } from "../../context/imageFiles.ts";
import { resolvePath } from "../../dockerfile/walk.ts";
import { t } from "../../model/message.ts";
import type { TextFile } from "../../model/text.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import type { Process, Started } from "../process.ts";
import { evidenceAt, firstFile, gapOf, type Launcher, operandsOf, optionOf, shellOf } from "./launcher.ts";

/** More dependencies than any Makefile of a container has. */
const MAX_TARGETS = 40;

/** make TARGET: its dependencies' recipes, then its own, line by line (GNU make, "Rules"). */
export const make: Launcher = async (process, files) => {
	const folder = resolvePath(process.cwd, optionOf(process, "-C", "--directory") ?? ".");
	const names = optionOf(process, "-f", "--file", "--makefile");
	const { file, reason } = await firstFile(folder, names === undefined ? ["GNUmakefile", "makefile", "Makefile"] : [names], files);
	if (!file) return gapOf(reason ?? t("{0} is not in the image", "Makefile"));
	const all = [file, ...(await included(file, folder, files, new Set()))];
	const words = operandsOf(process, ["-C", "--directory", "-f", "--file", "--makefile", "-j", "-l", "-I"]).map((word) => word.text);
	const variables = new Map<string, string>();
	for (const { text } of all)
		for (const [, name = "", value = ""] of text.matchAll(/^(?:export\s+)?(\.?[A-Za-z_]\w*)[ \t]*[:?]?=[ \t]*(.*?)[ \t]*(?:#.*)?$/gm))
			if (!variables.has(name)) variables.set(name, likelyText(process.environment.get(name)) ?? value);
	const targets: string[] = [];
	for (const word of words) {
		const assigned = /^([A-Za-z_]\w*)=(.*)$/.exec(word);
		if (assigned) variables.set(assigned[1] ?? "", assigned[2] ?? "");
		else targets.push(word);
	}
	const rules = rulesOf(all);
	const first = variables.get(".DEFAULT_GOAL") ?? [...rules.keys()].find((name) => !name.startsWith(".") && !name.includes("%"));
	const lines: Recipe[] = [];
	const seen = new Set<string>();
	const visit = (name: string): void => {
		const rule = rules.get(name);
		if (!rule || seen.has(name) || seen.size > MAX_TARGETS) return;
		seen.add(name);
		for (const one of rule.needs) visit(one);
		lines.push(...rule.recipe);
	};
	const wanted = targets.length > 0 ? targets : first === undefined ? [] : [first];
	for (const name of wanted) {
		if (!rules.has(name)) return gapOf(t("Makefile has no target {0}", name));
		visit(name);
	}
	return inSequence(
		{ ...process, cwd: folder },
		lines.map((line) => ({ ...line, text: expand(line.text, variables) })),
	);
};

/** The files that a Makefile includes, each once (GNU make, "Including Other Makefiles"). */
async function included(file: TextFile, folder: string, files: ImageFiles, seen: Set<string>): Promise<TextFile[]> {
	const found: TextFile[] = [];
	for (const [, names = ""] of file.text.matchAll(/^[-s]?include[ \t]+([^\n#]+)/gm)) {
		for (const name of names.trim().split(/\s+/)) {
			const path = resolvePath(folder, name);
			if (seen.has(path) || seen.size > MAX_TARGETS) continue;
			seen.add(path);
			const read = await files.read(path);
			if (read.kind === "text") found.push(read.file, ...(await included(read.file, folder, files, seen)));
		}
	}
	return found;
}

interface Recipe {
	readonly file: TextFile;
	readonly text: string;
	readonly start: number;
	readonly end: number;
}

interface Rule {
	readonly needs: string[];
	readonly recipe: Recipe[];
}

function rulesOf(files: readonly TextFile[]): Map<string, Rule> {
	const rules = new Map<string, Rule>();
	for (const file of files) addRules(file, rules);
	return rules;
}

function addRules(file: TextFile, rules: Map<string, Rule>): void {
	const { text } = file;
	let current: Rule[] = [];
	let start = 0;
	for (const line of text.replace(/\\\n/g, "\\\r").split("\n")) {
		const rule = /^([^\s:=#][^:=#]*?)\s*::?\s*([^=;#]*)(?:;\s*(.*))?(?:#.*)?$/.exec(line);
		if (line.startsWith("\t")) {
			const recipe = {
				file,
				text: line
					.replace(/\\\r/g, " ")
					.trim()
					.replace(/^[@+-]+\s*/, ""),
				start: start + 1,
				end: start + line.length,
			};
			for (const one of current) one.recipe.push(recipe);
		} else if (rule) {
			current = (rule[1] ?? "").split(/\s+/).map((name) => {
				const known = rules.get(name) ?? { needs: [], recipe: [] };
				known.needs.push(...(rule[2] ?? "").split(/[\s|]+/).filter(Boolean));
				rules.set(name, known);
				return known;
			});
		} else if (line.trim() !== "" && !line.startsWith("#")) current = [];
		start += line.length + 1;
	}
}

function expand(text: string, variables: ReadonlyMap<string, string>, depth = 0): string {
	if (depth > 5 || text.length > 10_000) return text;
	const once = text.replace(/\$(?:\(([A-Za-z_]\w*)\)|\{([A-Za-z_]\w*)\})/g, (all, round?: string, curly?: string) => {
		const name = round ?? curly ?? "";
		return variables.get(name) ?? (name === "MAKE" ? "make" : all.replace(/[()]/g, (char) => (char === "(" ? "{" : "}")));
	});
	return once === text ? text.replace(/\$\$/g, "$") : expand(once, variables, depth + 1);
}

/** Lines of which each waits for the one before. */
function inSequence(process: Process, lines: readonly Recipe[]): Started {
	const processes = lines
		.filter((line) => line.text !== "")
		.map((line, i, all) => ({
			...shellOf(process, line.text, [evidenceAt(line.file, line.start, line.end)]),
			ends: process.ends || i < all.length - 1,
		}));
	return { processes, gaps: [] };
}

/** just RECIPE (just.systems/man): recipes are indented by blanks; `{{name}}` is a variable. */
export const just: Launcher = async (process, files) => {
	const given = optionOf(process, "-f", "--justfile");
	const { file, reason } = await firstFile(process.cwd, given === undefined ? ["justfile", "Justfile", ".justfile"] : [given], files);
	if (!file) return gapOf(reason ?? t("{0} is not in the image", "justfile"));
	const [wanted, ...args] = operandsOf(process, ["-f", "--justfile", "-d", "--working-directory", "--set"]).map(({ text }) => text);
	const variables = new Map(
		[...file.text.matchAll(/^(?:export\s+)?([\w-]+)\s*:=\s*["'](.*)["']\s*$/gm)].map((match) => [match[1] ?? "", match[2] ?? ""]),
	);
	const recipes = [
		...file.text.matchAll(
			/^@?([A-Za-z_][\w-]*)((?:[ \t]+[+*$]?[\w-]+(?:=(?:"[^"\n]*"|'[^'\n]*'|[^\s:]+))?)*)[ \t]*:(|[^=\n][^\n]*)\n((?:\n?[ \t][^\n]*\n?)*)/gm,
		),
	];
	const lines: Recipe[] = [];
	const seen = new Set<string>();
	const visit = (name: string, given: readonly string[]): boolean => {
		const recipe = recipes.find((one) => one[1] === name);
		if (!recipe || seen.has(name)) return recipe !== undefined;
		seen.add(name);
		const [, , parameters = "", needs = "", body = ""] = recipe;
		for (const need of needs.match(/[A-Za-z_][\w-]*/g) ?? []) visit(need, []);
		const own = new Map(variables);
		for (const [i, match] of [...parameters.matchAll(/([\w-]+)(?:=(?:"([^"]*)"|'([^']*)'|(\S+)))?/g)].entries()) {
			const value = given[i] ?? match[2] ?? match[3] ?? match[4];
			if (value !== undefined) own.set(match[1] ?? "", value);
		}
		let start = recipe.index + recipe[0].length - body.length;
		for (const line of body.split("\n")) {
			const text = line
				.trim()
				.replace(/^[@-]+/, "")
				.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (all, one: string) => own.get(one) ?? all);
			if (text !== "" && !text.startsWith("#")) lines.push({ file, text, start, end: start + line.length });
			start += line.length + 1;
		}
		return true;
	};
	const name = wanted ?? recipes[0]?.[1];
	if (name === undefined) return gapOf(t("justfile has no recipe"));
	if (!visit(name, args)) return gapOf(t("justfile has no recipe {0}", name));
	return inSequence(process, lines);
};

/** task NAME (taskfile.dev): `cmds`, `deps` and calls of other tasks. */
export const task: Launcher = async (process, files) => {
	const given = optionOf(process, "-t", "--taskfile");
	const { file, reason } = await firstFile(
		process.cwd,
		given === undefined ? ["Taskfile.yml", "Taskfile.yaml", "taskfile.yml", "taskfile.yaml"] : [given],
		files,
	);
	if (!file) return gapOf(reason ?? t("{0} is not in the image", "Taskfile.yml"));
	const words = operandsOf(process, ["-t", "--taskfile", "-d", "--dir"]).map(({ text }) => text);
	const assigned = new Map(
		words.flatMap((word) => [...word.matchAll(/^([A-Za-z_]\w*)=(.*)$/gs)].map(([, name = "", value = ""]) => [name, value])),
	);
	const wanted = words.find((word) => !word.includes("=")) ?? "default";
	let tasks: unknown;
	const variables = new Map<string, string>(assigned);
	const environment = new Map<string, Value>(process.environment);
	const add = (from: unknown, set: (name: string, text: string) => void): void => {
		if (!isRecord(from)) return;
		for (const [name, value] of Object.entries(from)) if (typeof value === "string" || typeof value === "number") set(name, String(value));
	};
	const addAll = (from: unknown): void => {
		if (!isRecord(from)) return;
		add(from.vars, (name, text) => void (assigned.has(name) || variables.set(name, text)));
		// A variable of the container stands over the file's.
		add(from.env, (name, text) => void (process.environment.has(name) || environment.set(name, known(text))));
	};
	try {
		const parsed: unknown = parseYaml(file.text);
		tasks = isRecord(parsed) ? parsed.tasks : undefined;
		addAll(parsed);
	} catch {
		return gapOf(t("{0} is not valid YAML", "Taskfile.yml"));
	}
	const lines: string[] = [];
	const seen = new Set<string>();
	const visit = (name: string): boolean => {
		const one = isRecord(tasks) ? tasks[name] : undefined;
		if (one === undefined || seen.has(name) || seen.size > MAX_TARGETS) return one !== undefined;
		seen.add(name);
		const body = isRecord(one) ? one : { cmds: one };
		addAll(body);
		const commands = [
			...listOf(body.deps).map((dependency) => (typeof dependency === "string" ? { task: dependency } : dependency)),
			...listOf(body.cmds ?? body.cmd),
		];
		for (const command of commands) {
			if (typeof command === "string") lines.push(command);
			else if (isRecord(command) && typeof command.cmd === "string") lines.push(command.cmd);
			else if (isRecord(command) && typeof command.task === "string") visit(command.task);
		}
		return true;
	};
	if (!visit(wanted)) return gapOf(t("Taskfile.yml has no task {0}", wanted));
	const found = lines.map((written) => {
		const start = Math.max(file.text.indexOf(written), 0);
		const text = withoutConditions(written).replace(
			/\{\{\s*\.(\w+)\s*\}\}/g,
			// What nobody sets leaves nothing behind.
			(_, name: string) => variables.get(name) ?? likelyText(environment.get(name)) ?? "",
		);
		return { file, text, start, end: Math.min(start + written.length, file.text.length) };
	});
	return inSequence({ ...process, environment }, found);
};

/** `{{if eq OS "windows"}}.exe{{end}}`: in a container it is Linux (taskfile.dev/reference/templating, `OS`). */
function withoutConditions(text: string): string {
	return text.replace(
		/\{\{-?\s*if\s+(eq|ne)\s+\(?\.?OS\)?\s+["'](\w+)["']\s*-?\}\}([^{}]*)(?:\{\{-?\s*else\s*-?\}\}([^{}]*))?\{\{-?\s*end\s*-?\}\}/g,
		(_, verb: string, system: string, then: string, otherwise = "") => ((verb === "eq") === (system === "linux") ? then : otherwise),
	);
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
