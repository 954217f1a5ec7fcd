import { parse as parseToml } from "smol-toml";
import type { ImageFiles } from "../../context/imageFiles.ts";
import { resolvePath } from "../../dockerfile/walk.ts";
import { t } from "../../model/message.ts";
import { known, knownText, likelyText, type Value } from "../../model/value.ts";
import { type Process, programName, type Started, withArgv } from "../process.ts";
import { firstFile, gapOf, type Launcher, shellOf, together } from "./launcher.ts";

/** pipenv, pdm, hatch, pixi and poe run: a script of pyproject.toml or the Pipfile, else a program (pdm-project.org, hatch.pypa.io, pixi.sh, poethepoet.natn.io). */
export const pythonScripts: Launcher = async (process, files) => {
	const manager = programName(knownText(process.argv[0]) ?? "");
	let at = manager === "poe" ? 1 : process.argv.findIndex((word) => knownText(word) === "run") + 1;
	if (at < 1) return undefined;
	while (likelyText(process.argv[at])?.startsWith("-"))
		at += ["-p", "--project", "-e", "--env", "--environment", "--manifest-path"].includes(likelyText(process.argv[at]) ?? "") ? 2 : 1;
	const word = process.argv[at];
	const rest = process.argv.slice(at + 1);
	const name = likelyText(word)?.replace(/^[\w.-]+:(?=\w)/, "");
	if (!word || name === undefined) return undefined;
	if (manager === "pipenv") {
		const scripts = table(await tomlAt(process.cwd, "Pipfile", files), "scripts");
		// Without a script of that name it is a program.
		return Object.hasOwn(scripts, name) ? taskOf(process, scripts[name], rest) : undefined;
	}
	const tool = table(await pyproject(process.cwd, files), "tool");
	const tasks =
		manager === "pdm"
			? table(table(tool, "pdm"), "scripts")
			: manager === "poe"
				? table(table(tool, "poe"), "tasks")
				: manager === "pixi"
					? { ...table(table(tool, "pixi"), "tasks"), ...table(await tomlAt(process.cwd, "pixi.toml", files), "tasks") }
					: hatchScripts(table(table(tool, "hatch"), "envs"));
	const found = Object.hasOwn(tasks, name) ? taskOf(process, tasks[name], rest) : undefined;
	if (found) return found;
	if (manager === "poe") return gapOf(t("pyproject.toml has no task {0}", name));
	return together([withArgv(process, name.endsWith(".py") ? [known("python"), known(name), ...rest] : [known(name), ...rest])]);
};

function hatchScripts(environments: Record<string, unknown>): Record<string, unknown> {
	return Object.assign({}, ...Object.keys(environments).map((name) => table(table(environments, name), "scripts")));
}

/** A task as a text, a list, or a table with `cmd`, `shell`, `call` or `composite`. */
function taskOf(process: Process, task: unknown, rest: readonly Value[]): Started | undefined {
	const behind = rest.map((word) => likelyText(word) ?? "").join(" ");
	if (typeof task === "string") return together([shellOf(process, `${task.replace(/\{args[^}]*\}/g, "")} ${behind}`.trim())]);
	if (Array.isArray(task))
		return together(task.map((one, i) => ({ ...shellOf(process, String(one)), ends: process.ends || i < task.length - 1 })));
	if (typeof task !== "object" || task === null) return undefined;
	const { cmd, shell, call, script, composite, sequence } = task as Record<string, unknown>;
	if (typeof call === "string" || typeof script === "string")
		return together([entryPoint(process, String(call ?? script).replace(/\(.*$/, ""), rest)]);
	if (Array.isArray(cmd)) return together([withArgv(process, [...cmd.map((word) => known(String(word))), ...rest])]);
	return taskOf(process, cmd ?? shell ?? composite ?? sequence, rest);
}

/** A command that the project itself installs: `[project.scripts]`, Poetry's scripts, `console_scripts` of setuptools. */
export async function consoleScript(process: Process, files: ImageFiles): Promise<Started | undefined> {
	const name = likelyText(process.argv[0]) ?? "";
	const base = programName(name);
	if (!/^[\w.-]+$/.test(base) || (name.includes("/") && !/\/s?bin\//.test(name))) return undefined;
	for (const folder of new Set([process.cwd, "/app", "/src", "/code", "/usr/src/app"])) {
		const target = (await projectScripts(folder, files)).get(base);
		if (target !== undefined) return together([{ ...entryPoint({ ...process, cwd: folder }, target, process.argv.slice(1)) }]);
	}
	return undefined;
}

/** What the project in a folder installs: the command's name, and `module:function`. */
export async function projectScripts(folder: string, files: ImageFiles): Promise<ReadonlyMap<string, string>> {
	const found = new Map<string, string>();
	const add = (scripts: Record<string, unknown>): void => {
		for (const [name, target] of Object.entries(scripts)) {
			const text = typeof target === "string" ? target : table({ target }, "target").callable;
			if (typeof text === "string") found.set(name, text);
		}
	};
	const project = await pyproject(folder, files);
	add(table(table(project, "project"), "scripts"));
	add(table(table(table(project, "tool"), "poetry"), "scripts"));
	for (const file of ["setup.cfg", "setup.py"]) {
		const read = await files.read(resolvePath(folder, file));
		const scripts =
			read.kind === "text" ? /console_scripts["']?\s*[=:]\s*([\s\S]*?)(?:\]|\n\s*\n|\n\[|$)/.exec(read.file.text)?.[1] : undefined;
		for (const match of scripts?.matchAll(/([\w.-]+)\s*=\s*([\w.]+:[\w.]+)/g) ?? []) found.set(match[1] ?? "", match[2] ?? "");
	}
	return found;
}

/** The program that pip makes of `module:function` (packaging.python.org, "Entry points specification"), as a file beside the project. */
function entryPoint(process: Process, target: string, args: readonly Value[]): Process {
	const { module, first } = entryOf(target);
	// A project with a src folder is installed from there.
	const path = resolvePath(process.cwd, `.${module.replace(/\W/g, "_")}_${first}.py`);
	const text = known(entryPointText(target));
	return {
		...withArgv(process, [known("python"), known(path), ...args]),
		changes: [...(process.changes ?? []), { kind: "write", path, text, append: false }],
	};
}

/** The program that pip writes for `module:function`. */
export function entryPointText(target: string): string {
	const { module, first, callable } = entryOf(target);
	return `import sys\nsys.path.insert(0, "src")\nfrom ${module} import ${first}\nsys.exit(${callable}())\n`;
}

function entryOf(target: string): { readonly module: string; readonly callable: string; readonly first: string } {
	const [module = "", callable = "main"] = target.replace(/\s*\[.*$/, "").split(":");
	return { module, callable, first: callable.split(".")[0] ?? "main" };
}

async function pyproject(folder: string, files: ImageFiles): Promise<Record<string, unknown>> {
	return tomlAt(folder, "pyproject.toml", files);
}

async function tomlAt(folder: string, name: string, files: ImageFiles): Promise<Record<string, unknown>> {
	const { file } = await firstFile(folder, [name], files);
	try {
		return file ? parseToml(file.text) : {};
	} catch {
		return {};
	}
}

function table(parent: Record<string, unknown>, name: string): Record<string, unknown> {
	const value = parent[name];
	return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
