import type { ImageFiles } from "../../context/imageFiles.ts";
import { resolvePath } from "../../dockerfile/walk.ts";
import { t } from "../../model/message.ts";
import type { TextFile } from "../../model/text.ts";
import { known, likelyText, mapText, type Value } from "../../model/value.ts";
import { type Process, type Started, withArgv } from "../process.ts";
import { evidenceAt, firstFile, gapOf, type Launcher, optionOf } from "./launcher.ts";

/** Where supervisord looks without -c (supervisord.org/configuration.html#configuration-file). */
const DEFAULTS = [
	"../etc/supervisord.conf",
	"../supervisord.conf",
	"supervisord.conf",
	"etc/supervisord.conf",
	"/etc/supervisord.conf",
	"/etc/supervisor/supervisord.conf",
];

/** The name under which supervisord's own HTTP server stands among the programs; its argument is where it listens. */
export const INET_HTTP_SERVER = "supervisord[inet_http_server]";

/** supervisord: every `[program:x]` of its configuration and of the files that it includes. */
export const supervisord: Launcher = async (process, files) => {
	const given = optionOf(process, "-c", "--configuration");
	const { file, path, reason } = await firstFile(process.cwd, given === undefined ? DEFAULTS : [given], files);
	const started: Collected = { processes: [], gaps: [], read: new Set(path === undefined ? [] : [path]) };
	if (file && path !== undefined) await readConfiguration(file, path, process, files, started, 0);
	else if (given !== undefined || reason !== undefined) return gapOf(reason ?? t("{0} is not in the image", given ?? "supervisord.conf"));
	// Debian's own configuration, when it is not in view, includes this folder.
	else for (const name of await files.list(DEBIAN)) await readInclude(`${DEBIAN}/${name}`, process, files, started, 0);
	if (started.processes.length === 0 && started.gaps.length === 0) return gapOf(t("supervisord has no programs in view"));
	return { processes: started.processes, gaps: started.gaps };
};

/** More copies of one program open no other kind of port. */
const MAX_COPIES = 20;

const DEBIAN = "/etc/supervisor/conf.d";

interface Collected {
	readonly processes: Process[];
	readonly gaps: Started["gaps"][number][];
	/** Paths of the configurations that were read. */
	readonly read: Set<string>;
}

interface Section {
	readonly name: string;
	readonly start: number;
	readonly settings: ReadonlyMap<string, { readonly text: string; readonly start: number; readonly end: number }>;
}

async function readConfiguration(
	file: TextFile,
	path: string,
	process: Process,
	files: ImageFiles,
	started: Collected,
	depth: number,
): Promise<void> {
	for (const section of sectionsOf(file.text)) {
		const setting = (name: string) => section.settings.get(name)?.text;
		if (section.name === "include" && depth < 3) {
			for (const pattern of (setting("files") ?? "").split(/\s+/).filter(Boolean)) {
				const full = resolvePath(path.slice(0, path.lastIndexOf("/")) || "/", pattern);
				const folder = full.slice(0, full.lastIndexOf("/")) || "/";
				const [before = "", after] = full.slice(full.lastIndexOf("/") + 1).split("*");
				const names =
					after === undefined ? [before] : (await files.list(folder)).filter((name) => name.startsWith(before) && name.endsWith(after));
				for (const name of names) await readInclude(`${folder}/${name}`, process, files, started, depth + 1);
			}
		}
		const inet = section.name === "inet_http_server" ? section.settings.get("port") : undefined;
		// Its own page for managing it: another process for whoever reads ports.
		if (inet)
			started.processes.push({
				...withArgv(process, [known(INET_HTTP_SERVER), expand(inet.text, process)]),
				evidence: [...process.evidence, evidenceAt(file, inet.start, inet.end)],
			});
		const command = section.settings.get("command");
		if (
			!/^(program|fcgi-program|eventlistener):/.test(section.name) ||
			!command ||
			isOff(likelyText(expand(setting("autostart") ?? "", process)))
		)
			continue;
		const environment = new Map(process.environment);
		for (const pair of (setting("environment") ?? "").matchAll(/([A-Za-z_]\w*)=(?:"([^"]*)"|'([^']*)'|([^,]*))/g))
			environment.set(pair[1] ?? "", expand(pair[2] ?? pair[3] ?? pair[4] ?? "", process));
		const user = setting("user");
		const first = Number(setting("numprocs_start") ?? 0) || 0;
		const count = /%\(process_num\)/.test(command.text) ? Math.min(Number(setting("numprocs") ?? 1) || 1, MAX_COPIES) : 1;
		const [, program = ""] = section.name.split(":");
		const texts = Array.from({ length: count }, (_, i) => command.text.replace(/%\(process_num\)0?\d*d/g, String(first + i)));
		for (const text of texts)
			started.processes.push({
				...withArgv(process, commandWords(text.replace(/%\(program_name\)s/g, program), process)),
				cwd: resolvePath(process.cwd, setting("directory") ?? "."),
				environment,
				evidence: [...process.evidence, evidenceAt(file, command.start, command.end)],
				...(user === undefined ? {} : { user }),
			});
	}
}

/** Supervisor's own list of words for no (supervisor, datatypes.py). */
function isOff(written: string | undefined): boolean {
	return /^(?:n|no|f|false|off|0)$/i.test(written ?? "");
}

async function readInclude(path: string, process: Process, files: ImageFiles, started: Collected, depth: number): Promise<void> {
	if (started.read.has(path)) return;
	started.read.add(path);
	const read = await files.read(path);
	if (read.kind === "text") await readConfiguration(read.file, path, process, files, started, depth);
	else if (read.kind === "unknown") started.gaps.push({ reason: read.reason });
}

/** The sections of an INI file; a `;` or `#` behind a blank starts a comment, and indented lines go on. */
function sectionsOf(text: string): Section[] {
	const sections: Section[] = [];
	let settings = new Map<string, { text: string; start: number; end: number }>();
	let last: string | undefined;
	let start = 0;
	for (const whole of text.split("\n")) {
		const line = whole.replace(/\r$/, "");
		const header = /^\[([^\]]+)\]/.exec(line);
		const setting = /^([A-Za-z_]\w*)\s*[=:]\s*(.*)$/.exec(line);
		if (header) {
			settings = new Map();
			sections.push({ name: (header[1] ?? "").trim(), start, settings });
			last = undefined;
		} else if (setting && !/^[;#]/.test(line)) {
			last = setting[1] ?? "";
			settings.set(last, { text: (setting[2] ?? "").replace(/\s[;#].*$/, "").trim(), start, end: start + line.trimEnd().length });
		} else if (/^\s+\S/.test(line) && last !== undefined) {
			const before = settings.get(last);
			if (before) settings.set(last, { ...before, text: `${before.text} ${line.trim()}` });
		}
		start += whole.length + 1;
	}
	return sections;
}

/** The words of a command; a variable is put in before it is split, so that it may hold several. */
function commandWords(text: string, process: Process): Value[] {
	return splitCommand(text).flatMap((word) => {
		const value = expand(word, process);
		const whole = likelyText(value);
		if (word === whole || whole === undefined || !word.startsWith("%(ENV_")) return [value];
		return splitCommand(whole).map((one) => mapText(value, (_, from) => known(one, ...from)));
	});
}

/** supervisord splits commands as Python's shlex does: quotes, but no variables of a shell. */
function splitCommand(text: string): string[] {
	return [...text.matchAll(/(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|((?:[^\s"'\\]|\\.)+))+/g)].map((match) =>
		match[0].replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g, (_, double?: string, single?: string, escaped?: string) =>
			double === undefined ? (single ?? escaped ?? "") : double.replace(/\\(["\\])/g, "$1"),
		),
	);
}

/** `%(ENV_PORT)s` is the variable PORT. */
function expand(word: string, process: Process): Value {
	let open: string | undefined;
	const text = word.replace(/%\(ENV_(\w+)\)s/g, (_, name: string) => {
		const value = likelyText(process.environment.get(name));
		if (value === undefined) open ??= name;
		return value ?? "";
	});
	if (open !== undefined) return { kind: "variable", name: open, from: [] };
	const from = [...word.matchAll(/%\(ENV_(\w+)\)s/g)].map((match) => process.environment.get(match[1] ?? ""));
	const hanging = from.find((value) => value?.kind === "variable");
	const plain = known(text.replace(/%%/g, "%"), ...from.flatMap((value) => (value?.kind === "known" ? value.from : [])));
	return hanging?.kind === "variable" ? { kind: "variable", name: hanging.name, fallback: plain, from: hanging.from } : plain;
}
