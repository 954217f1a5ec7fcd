import { parse as parseYaml } from "yaml";
import { t } from "../../model/message.ts";
import type { Gap, Prediction } from "../../model/port.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { known, mapText, unknown, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { flagValues, type Spellings, textOf } from "../commandLine.ts";
import { commandOf } from "../interpreter.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Scene, Technology } from "../technology.ts";
import { bindingOf } from "./binding.ts";
import { inFolder, iniSettings } from "./configuration.ts";
import { asksForHelp, isPresent, NOTHING } from "./serverCommand.ts";

/**
 * Options whose value is an address, by name without dashes, with their short flags. `http`, `https` and their routers
 * listen in a process of their own; `socket` and its kin do when they name a port instead of a file.
 */
const SOCKETS: Readonly<Record<string, Spellings>> = {
	http: [],
	"http-socket": [],
	https: [],
	"https-socket": [],
	http11: [],
	"http11-socket": [],
	"http-router": [],
	socket: ["-s"],
	"uwsgi-socket": [],
	"fastcgi-socket": [],
	"scgi-socket": [],
	"raw-socket": [],
	"puwsgi-socket": [],
	"zeromq-socket": [],
	fastrouter: [],
	stats: [],
	"stats-server": [],
};

const FILES: Readonly<Record<string, "ini" | "yaml">> = { "--ini": "ini", "--yaml": "yaml", "--yml": "yaml", "-y": "yaml" };

/** Configuration files that include each other deeper than this are a circle. */
const DEEPEST = 5;

/**
 * uWSGI: it listens where its options say, on the command line, in UWSGI_… variables, and in ini or YAML files
 * (`[uwsgi]` section), and nowhere without them (uwsgi-docs.readthedocs.io, "uWSGI Options" and "Configuring uWSGI").
 */
export const uwsgi: Technology = { name: "uwsgi", title: "uWSGI", command: predictUwsgi };

interface Options {
	readonly addresses: Value[];
	readonly gaps: Gap[];
}

async function predictUwsgi(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const command = commandOf(process);
	if (!command || !/^(uwsgi|pyuwsgi|uwsgi[-_]python3?|uwsgi-core)$/.test(command.name)) return undefined;
	if (asksForHelp(command.args)) return NOTHING;
	const options: Options = { addresses: [], gaps: [] };
	for (const [name, short] of Object.entries(SOCKETS)) {
		options.addresses.push(...flagValues(command.args, [`--${name}`, ...short]));
		const variable = process.environment.get(`UWSGI_${name.toUpperCase().replaceAll("-", "_")}`);
		if (variable) options.addresses.push(variable);
	}
	for (const [path, kind] of configurationFiles(process, command.args)) await readFile(process, scene, path, kind, options, 0);
	const claims = options.addresses.map((one) => predictAddress(process, one));
	if (claims.length === 0 && options.gaps.length === 0 && !isPresent(command.args, ["--emperor", "--vassals-dir"])) return NOTHING;
	if (isPresent(command.args, ["--emperor"])) options.gaps.push({ reason: t("vassals of uWSGI are not followed") });
	return mergePredictions([...claims, { listeners: [], gaps: options.gaps }]);
}

/** Named by a flag, or alone: `uwsgi app.ini`; UWSGI_INI names one, too. */
function configurationFiles(process: Process, args: readonly Value[]): [Value, "ini" | "yaml"][] {
	const found: [Value, "ini" | "yaml"][] = [];
	for (const [flag, kind] of Object.entries(FILES)) for (const value of flagValues(args, [flag])) found.push([value, kind]);
	for (const [index, one] of args.entries()) {
		const text = textOf(one) ?? "";
		const isValue = index > 0 && textOf(args[index - 1])?.startsWith("-");
		if (!isValue && /^[^-].*\.ini(:\w+)?$/.test(text)) found.push([one, "ini"]);
		if (!isValue && /^[^-].*\.ya?ml$/.test(text)) found.push([one, "yaml"]);
	}
	const variable = process.environment.get("UWSGI_INI");
	if (variable) found.push([variable, "ini"]);
	return found;
}

async function readFile(process: Process, scene: Scene, at: Value, kind: "ini" | "yaml", options: Options, depth: number): Promise<void> {
	const [name, section = "uwsgi"] = (textOf(at) ?? "").split(/:(?=\w+$)/);
	if (!name || depth > DEEPEST || !scene.budget.spend("steps")) {
		options.gaps.push({ reason: t("the configuration file is not known") });
		return;
	}
	const read = await scene.files.read(inFolder(process.cwd, name));
	if (read.kind !== "text") {
		options.gaps.push({ reason: read.reason ?? t("{0} is not in the image", name.replace(/^.*\//, "")) });
		return;
	}
	const settings = kind === "ini" ? iniSettings(read.file) : yamlSettings(read.file);
	if (!settings) {
		options.gaps.push({ reason: t("{0} is not valid YAML", name.replace(/^.*\//, "")) });
		return;
	}
	const values = (key: string) => (settings.get(`${section}.${key}`) ?? []).map((one) => expand(process, one, settings, section));
	for (const key of Object.keys(SOCKETS))
		options.addresses.push(...values(key), ...(key.includes("-") ? values(key.replaceAll("-", "_")) : []));
	for (const include of [...values("ini"), ...values("include"), ...values("inherit")])
		await readFile(process, scene, include, "ini", options, depth + 1);
}

/** `$(NAME)` is a variable, `%(name)` an earlier option of the file ("Configuring uWSGI: Magic variables"). */
function expand(process: Process, value: Value, settings: ReadonlyMap<string, readonly Value[]>, section: string): Value {
	return mapText(value, (text, from) => {
		let missing: string | undefined;
		const replaced = text
			.replace(/\$\((\w+)\)/g, (_, name: string) => {
				const set = textOf(process.environment.get(name));
				if (set === undefined) missing ??= name;
				return set ?? "";
			})
			.replace(
				/%\(([\w-]+)\)/g,
				(_, name: string) => textOf(settings.get(`${section}.${name}`)?.[0]) ?? textOf(process.environment.get(name)) ?? "",
			);
		return missing === undefined ? known(replaced, ...from) : unknown(t("{0} is not set", missing), from.at(-1));
	});
}

/** A name with a colon is a port, `=0` a shared socket, anything else a Unix socket (uWSGI, "Options: socket"). */
function predictAddress(process: Process, value: Value): Prediction {
	const first = mapText(value, (text, from) => known(text.split(",")[0] ?? "", ...from));
	const text = textOf(first);
	if (text !== undefined && !/:\d*$/.test(text) && !/^\d+$/.test(text)) return NOTHING;
	const bare = mapText(first, (one, from) => known(/^\d+$/.test(one) ? `:${one}` : one, ...from));
	const binding = bindingOf(bare, { port: "", address: "" });
	return binding ? predictClaim({ ...binding, anyAddress: "0.0.0.0", evidence: process.evidence }) : NOTHING;
}

function yamlSettings(file: TextFile): ReadonlyMap<string, readonly Value[]> | undefined {
	let parsed: unknown;
	try {
		parsed = parseYaml(file.text, { maxAliasCount: 20 });
	} catch {
		return undefined;
	}
	const section = parsed !== null && typeof parsed === "object" ? (parsed as Record<string, unknown>).uwsgi : undefined;
	const settings = new Map<string, readonly Value[]>();
	for (const [name, value] of Object.entries(section ?? {})) {
		const line = new RegExp(`^\\s*${name.replace(/[^\w-]/g, ".")}\\s*:.*$`, "m").exec(file.text);
		const at = line ? [evidenceIn(file, rangeBetween(file.text, line.index, line.index + line[0].length), line[0])] : [];
		const all: unknown[] = Array.isArray(value) ? value : [value];
		settings.set(
			`uwsgi.${name}`,
			all.map((one) => known(String(one), ...at)),
		);
	}
	return settings;
}
