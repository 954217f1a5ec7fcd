import { parse as parseToml } from "smol-toml";
import { t } from "../../model/message.ts";
import type { Gap } from "../../model/port.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import type { Argument } from "../../source/program.ts";
import { runConfiguration } from "../configurationProgram.ts";
import { plainValue } from "../sourceCall.ts";
import type { Scene } from "../technology.ts";

/** The settings of a server's own configuration file, by name; a list has several values. */
export interface ConfigurationFile {
	readonly settings: ReadonlyMap<string, readonly Value[]>;
	readonly gaps: readonly Gap[];
}

const NONE: ConfigurationFile = { settings: new Map(), gaps: [] };

/** A path as the process sees it. */
export function inFolder(cwd: string, path: string): string {
	const parts: string[] = [];
	for (const part of (path.startsWith("/") ? path : `${cwd}/${path}`).split("/")) {
		if (part === "..") parts.pop();
		else if (part !== "" && part !== ".") parts.push(part);
	}
	return `/${parts.join("/")}`;
}

/**
 * A configuration that is a Python file (`gunicorn.conf.py`, `file:hypercorn.py`) or module (`python:package.module`):
 * the names that it leaves behind. `optional` files may be missing.
 */
export async function readPythonConfiguration(process: Process, scene: Scene, file: Value, optional = false): Promise<ConfigurationFile> {
	const written = likelyText(file);
	if (written === undefined) return gapped(t("the configuration file is not known"), process);
	// Another file counts when somebody sets the variable.
	const hanging = (value: Value): Value => (file.kind === "variable" ? { ...file, fallback: value } : value);
	const module = /^python:(.*)$/.exec(written)?.[1];
	const path = inFolder(process.cwd, written.replace(/^(file|python):/, ""));
	if (module === undefined) {
		const entry = await scene.files.look(path);
		if (entry.kind === "absent" && optional) return NONE;
		if (entry.kind === "unknown") return optional ? NONE : gapped(entry.reason, process);
	}
	const program = await runConfiguration(
		"python",
		module === undefined ? { kind: "path", path } : { kind: "module", name: module },
		process,
		scene,
	);
	const names = program.exported?.kind === "record" ? program.exported.fields : new Map<string, Argument>();
	const settings = new Map<string, readonly Value[]>();
	for (const [name, value] of names) {
		if (value.kind === "nothing" || value.kind === "function" || value.kind === "object" || value.kind === "record") continue;
		settings.set(name, (value.kind === "list" ? value.items.map(plainValue) : [plainValue(value)]).map(hanging));
	}
	return { settings, gaps: program.gaps };
}

export async function readTomlConfiguration(process: Process, scene: Scene, file: Value): Promise<ConfigurationFile> {
	if (file.kind !== "known") return gapped(t("the configuration file is not known"), process);
	const path = inFolder(process.cwd, file.text.replace(/^toml:/, ""));
	const read = await scene.files.read(path);
	if (read.kind !== "text") return gapped(read.reason ?? t("{0} is not in the image", path.replace(/^.*\//, "")), process);
	return tomlSettings(read.file) ?? gapped(t("{0} is not valid TOML", path.replace(/^.*\//, "")), process);
}

/** The plain settings of a TOML text, tables joined with dots; undefined when it is none. */
export function tomlSettings(file: TextFile): ConfigurationFile | undefined {
	let parsed: unknown;
	try {
		parsed = parseToml(file.text);
	} catch {
		return undefined;
	}
	const settings = new Map<string, readonly Value[]>();
	const visit = (value: unknown, name: string, depth: number): void => {
		if (depth > 8) return;
		const plain = (one: unknown): Value => known(String(one), settingEvidence(file, name));
		if (Array.isArray(value)) settings.set(name, value.map(plain));
		else if (value !== null && typeof value === "object" && !(value instanceof Date))
			for (const [key, inner] of Object.entries(value)) visit(inner, name ? `${name}.${key}` : key, depth + 1);
		else settings.set(name, [plain(value)]);
	};
	visit(parsed, "", 0);
	return { settings, gaps: [] };
}

/** The line that sets the last part of a dotted name, else the file's start: parsers keep no positions. */
function settingEvidence(file: TextFile, name: string) {
	const key = name.slice(name.lastIndexOf(".") + 1).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	const line = new RegExp(`^[ \\t]*["']?${key}["']?[ \\t]*[=:].*$`, "m").exec(file.text);
	const [start, end] = line ? [line.index, line.index + line[0].length] : [0, Math.min(1, file.text.length)];
	return evidenceIn(file, rangeBetween(file.text, start, end), file.text.slice(start, end));
}

/** The settings of an INI text, `section.name`; values keep what is written. Continuation lines are joined with a blank. */
export function iniSettings(file: TextFile): ReadonlyMap<string, readonly Value[]> {
	const settings = new Map<string, Value[]>();
	let section = "";
	for (const line of file.text.matchAll(/^.*$/gm)) {
		const text = line[0].trim();
		const header = /^\[([^\]]*)\]$/.exec(text);
		if (header) section = header[1] ?? "";
		const pair = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(text);
		if (header || /^[#;]/.test(text) || !pair?.[1]) continue;
		const at = evidenceIn(file, rangeBetween(file.text, line.index, line.index + line[0].length), line[0]);
		const name = section ? `${section}.${pair[1]}` : pair[1];
		const value = known((pair[2] ?? "").replace(/\s+[;#].*$/, "").trim(), at);
		settings.set(name, [...(settings.get(name) ?? []), value]);
	}
	return settings;
}

function gapped(reason: string, process: Process): ConfigurationFile {
	const at = process.evidence.at(-1);
	return { settings: new Map(), gaps: [at ? { reason, evidence: at } : { reason }] };
}
