import { parse as parseYaml } from "yaml";
import { resolvePath } from "../../dockerfile/walk.ts";
import type { TextFile } from "../../model/text.ts";
import { likelyText } from "../../model/value.ts";
import type { Process, Started } from "../process.ts";
import { evidenceAt, firstFile, gapOf, type Launcher, operandsOf, optionOf, shellOf } from "./launcher.ts";

/** More dependencies than any Makefile of a container has. */
const MAX_TARGETS = 40;

/** make TARGET: its dependencies' recipes, then its own, line by line (GNU make, "Rules"). */
export const make: Launcher = async (process, files) => {
	const folder = resolvePath(process.cwd, optionOf(process, "-C", "--directory") ?? ".");
	const names = optionOf(process, "-f", "--file", "--makefile");
	const { file, reason } = await firstFile(folder, names === undefined ? ["GNUmakefile", "makefile", "Makefile"] : [names], files);
	if (!file) return gapOf(reason ?? "Makefile is not in the image");
	const words = operandsOf(process, ["-C", "--directory", "-f", "--file", "--makefile", "-j", "-l", "-I"]).map((word) => word.text);
	const variables = new Map<string, string>();
	for (const [, name = "", value = ""] of file.text.matchAll(/^(?:export\s+)?([A-Za-z_]\w*)[ \t]*[:?]?=[ \t]*(.*?)[ \t]*(?:#.*)?$/gm))
		if (!variables.has(name)) variables.set(name, likelyText(process.environment.get(name)) ?? value);
	const targets: string[] = [];
	for (const word of words) {
		const assigned = /^([A-Za-z_]\w*)=(.*)$/.exec(word);
		if (assigned) variables.set(assigned[1] ?? "", assigned[2] ?? "");
		else targets.push(word);
	}
	const rules = rulesOf(file.text);
	const first = [...rules.keys()].find((name) => !name.startsWith(".") && !name.includes("%"));
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
		if (!rules.has(name)) return gapOf(`Makefile has no target ${name}`);
		visit(name);
	}
	return inSequence(
		{ ...process, cwd: folder },
		file,
		lines.map((line) => ({ ...line, text: expand(line.text, variables) })),
	);
};

interface Recipe {
	readonly text: string;
	readonly start: number;
	readonly end: number;
}

function rulesOf(text: string): Map<string, { needs: string[]; recipe: Recipe[] }> {
	const rules = new Map<string, { needs: string[]; recipe: Recipe[] }>();
	let current: { needs: string[]; recipe: Recipe[] }[] = [];
	let start = 0;
	for (const line of text.replace(/\\\n/g, "\\\r").split("\n")) {
		const rule = /^([^\s:=#][^:=#]*?)\s*::?(?!=)\s*([^=;#]*)(?:;\s*(.*))?(?:#.*)?$/.exec(line);
		if (line.startsWith("\t")) {
			const recipe = {
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
	return rules;
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
function inSequence(process: Process, file: TextFile, lines: readonly Recipe[]): Started {
	const processes = lines
		.filter((line) => line.text !== "")
		.map((line, i, all) => ({
			...shellOf(process, line.text, [evidenceAt(file, line.start, line.end)]),
			ends: process.ends || i < all.length - 1,
		}));
	return { processes, gaps: [] };
}

/** just RECIPE (just.systems/man): recipes are indented by blanks; `{{name}}` is a variable. */
export const just: Launcher = async (process, files) => {
	const given = optionOf(process, "-f", "--justfile");
	const { file, reason } = await firstFile(process.cwd, given === undefined ? ["justfile", "Justfile", ".justfile"] : [given], files);
	if (!file) return gapOf(reason ?? "justfile is not in the image");
	const wanted = operandsOf(process, ["-f", "--justfile", "-d", "--working-directory", "--set"])[0]?.text;
	const variables = new Map(
		[...file.text.matchAll(/^(?:export\s+)?([\w-]+)\s*:=\s*["'](.*)["']\s*$/gm)].map((match) => [match[1] ?? "", match[2] ?? ""]),
	);
	const recipes = [...file.text.matchAll(/^@?([A-Za-z_][\w-]*)[^\n:=]*:(?!=)([^\n]*)\n((?:[ \t]+[^\n]*\n?|\n(?=[ \t]))*)/gm)];
	const lines: Recipe[] = [];
	const seen = new Set<string>();
	const visit = (name: string): boolean => {
		const recipe = recipes.find((one) => one[1] === name);
		if (!recipe || seen.has(name)) return recipe !== undefined;
		seen.add(name);
		for (const need of (recipe[2] ?? "").match(/[A-Za-z_][\w-]*/g) ?? []) visit(need);
		let start = recipe.index + recipe[0].length - (recipe[3] ?? "").length;
		for (const line of (recipe[3] ?? "").split("\n")) {
			const text = line
				.trim()
				.replace(/^[@-]+/, "")
				.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (all, one: string) => variables.get(one) ?? all);
			if (text !== "" && !text.startsWith("#")) lines.push({ text, start, end: start + line.length });
			start += line.length + 1;
		}
		return true;
	};
	const name = wanted ?? recipes[0]?.[1];
	if (name === undefined || !visit(name)) return gapOf(`justfile has no recipe ${name ?? ""}`.trim());
	return inSequence(process, file, lines);
};

/** task NAME (taskfile.dev): `cmds`, `deps` and calls of other tasks. */
export const task: Launcher = async (process, files) => {
	const given = optionOf(process, "-t", "--taskfile");
	const { file, reason } = await firstFile(
		process.cwd,
		given === undefined ? ["Taskfile.yml", "Taskfile.yaml", "taskfile.yml", "taskfile.yaml"] : [given],
		files,
	);
	if (!file) return gapOf(reason ?? "Taskfile.yml is not in the image");
	const wanted = operandsOf(process, ["-t", "--taskfile", "-d", "--dir"])[0]?.text ?? "default";
	let tasks: unknown;
	try {
		tasks = (parseYaml(file.text) as { tasks?: unknown } | null)?.tasks;
	} catch {
		return gapOf("Taskfile.yml is not valid YAML");
	}
	const lines: string[] = [];
	const seen = new Set<string>();
	const visit = (name: string): boolean => {
		const one = isRecord(tasks) ? tasks[name] : undefined;
		if (one === undefined || seen.has(name) || seen.size > MAX_TARGETS) return one !== undefined;
		seen.add(name);
		const body = isRecord(one) ? one : { cmds: one };
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
	if (!visit(wanted)) return gapOf(`Taskfile.yml has no task ${wanted}`);
	const found = lines.map((text) => {
		const start = Math.max(file.text.indexOf(text), 0);
		return { text, start, end: Math.min(start + text.length, file.text.length) };
	});
	return inSequence(process, file, found);
};

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
