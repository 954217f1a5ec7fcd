import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import { t } from "../../model/message.ts";
import { dataThing } from "../core/data.ts";
import { loadDotenv, parseDotenv } from "../core/dotenv.ts";
import { folderOf, resolve } from "../core/paths.ts";
import type { SourceFile } from "../core/sourceFile.ts";
import { type Call, dictionary, each, type Fields, type Library, library, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import { BUILTINS } from "./builtins.ts";
import { callThing } from "./calls.ts";
import { pythonText } from "./literals.ts";
import { pathText } from "./pathlib.ts";
import type { Python } from "./python.ts";

export type Model = (py: Python, call: Call, callee: Library) => Thing;

/**
 * Libraries that read settings: python-dotenv, python-decouple, environs, django-environ, Starlette's Config, configparser, YAML
 * and TOML readers, tornado.options. Each as its manual says: the environment first, then the file, then the default.
 */
export const SETTINGS_CALLS: Readonly<Record<string, Model>> = {
	"dotenv.load_dotenv": loadFile,
	"dotenv.main.load_dotenv": loadFile,
	"dotenv.find_dotenv": (py) => plain(resolve(entryFolder(py), ".env")),
	"dotenv.dotenv_values": (py, call) => {
		const fields: Fields = new Map();
		for (const [name, value] of entriesOf(py, pathOf(py, call.positional[0] ?? call.keywords.get("dotenv_path")))) fields.set(name, value);
		return { ...dictionary(fields, call.at), open: true };
	},
	"decouple.config": (py, call) => setting(py, call, dotenvPath(py)),
	"decouple.AutoConfig()": (py, call) => setting(py, call, dotenvPath(py)),
	"decouple.Config()": (py, call) => setting(py, call, dotenvPath(py)),
	"starlette.config.Config": (_, call, callee) => {
		const result = library(`${callee.origin}()`);
		const file = call.positional[0] ?? call.keywords.get("env_file");
		if (file) result.fields.set("(file)", file);
		return result;
	},
	"starlette.config.Config()": (py, call, callee) =>
		setting(py, call, callee.fields.has("(file)") ? pathOf(py, callee.fields.get("(file)")) : undefined),
	...environmentReaders(["environs.Env()", "environs.env", "environ.Env()"]),
	"environs.Env().read_env": loadFile,
	"environs.Env.read_env": loadFile,
	"environs.env.read_env": loadFile,
	"environ.Env.read_env": loadFile,
	"environ.Env().read_env": loadFile,
	"open().read": (_, __, callee) => callee.of ?? callee,
	"yaml.safe_load": readData("YAML", parseOneYaml),
	"yaml.load": readData("YAML", parseOneYaml),
	"yaml.full_load": readData("YAML", parseOneYaml),
	"json.loads": readData("JSON", (text) => JSON.parse(text)),
	"toml.load": readData("TOML", parseToml),
	"toml.loads": readData("TOML", parseToml),
	"tomli.load": readData("TOML", parseToml),
	"tomllib.load": readData("TOML", parseToml),
	"tomllib.loads": readData("TOML", parseToml),
	...configParsers([
		"configparser.ConfigParser()",
		"configparser.RawConfigParser()",
		"configparser.SafeConfigParser()",
		"ConfigParser.ConfigParser()",
	]),
	"tornado.options.define": defineOption,
};

function entryFolder(py: Python): string {
	const { entry, cwd } = py.run.start;
	return entry.kind === "path" ? folderOf(entry.path) : cwd;
}

function dotenvPath(py: Python): string {
	return resolve(entryFolder(py), ".env");
}

function pathOf(py: Python, given: Thing | undefined): string {
	const written = pathText(given);
	if (written !== undefined) return resolve(py.run.start.cwd, written);
	const name = given?.kind === "library" ? given.fields.get("name") : undefined;
	return name?.kind === "plain" ? resolve(py.run.start.cwd, String(name.value)) : dotenvPath(py);
}

function loadFile(py: Python, call: Call): Thing {
	const given = call.positional[0] ?? call.keywords.get("dotenv_path") ?? call.keywords.get("path") ?? call.keywords.get("env_file");
	const override = call.keywords.get("override") ?? call.keywords.get("overwrite");
	loadDotenv(py.run, pathOf(py, given), override?.kind === "plain" && override.value === true);
	return NOTHING;
}

/** The assignments of a `.env` file; none when it is not there. */
export function entriesOf(py: Python, path: string): Map<string, Thing> {
	const read = py.run.shelf.read(path);
	return new Map(read.kind === "file" ? parseDotenv(read.file).map(({ name, value, at }) => [name, plain(value, [at])]) : []);
}

/** `config("PORT", default=8000, cast=int)`. A setting that stands nowhere raises. */
function setting(py: Python, call: Call, file: string | undefined): Thing {
	const name = call.positional[0];
	if (name?.kind !== "plain") return unclear(t("a setting that is not known"), call.at);
	const inFile = file === undefined ? undefined : entriesOf(py, file).get(String(name.value));
	const byDefault = inFile ?? call.keywords.get("default") ?? defaultAt(call) ?? unclear(t("{0} is not set", String(name.value)), call.at);
	const value = py.run.variable(String(name.value), byDefault, call.at);
	const cast = call.keywords.get("cast");
	return cast ? each(value, (one) => convert(py, cast, one, call)) : value;
}

/** The second argument is the default, unless it is a type: Starlette's takes the cast there. */
function defaultAt(call: Call): Thing | undefined {
	const second = call.positional[1];
	return second && second.kind !== "callable" ? second : undefined;
}

function convert(py: Python, cast: Thing, value: Thing, call: Call): Thing {
	if (cast.kind !== "callable" || value.kind !== "plain") return value;
	return callThing(py, cast, { positional: [value], keywords: new Map(), self: undefined, at: call.at });
}

/** `env("PORT", 80)`, `env.int("PORT", default=80)`. */
function environmentReaders(objects: readonly string[]): Record<string, Model> {
	const read =
		(type?: "int" | "str"): Model =>
		(py, call) => {
			const cast = type === "int" ? BUILTINS.int : undefined;
			return setting(py, cast ? { ...call, keywords: new Map([...call.keywords, ["cast", cast]]) } : call, undefined);
		};
	return Object.fromEntries(
		objects.flatMap((one) => [
			[one, read()],
			[`${one}.str`, read("str")],
			[`${one}.int`, read("int")],
			[`${one}.url`, read("str")],
		]),
	);
}

function parseOneYaml(text: string): unknown {
	return parseYaml(text, { maxAliasCount: 20, logLevel: "error" });
}

/** What a file holds that the program opened, or named. */
function readData(format: string, parse: (text: string) => unknown): Model {
	return (py, call) => {
		const given = call.positional[0];
		const named = given?.kind === "library" && given.origin === "open()" ? given.fields.get("name") : given;
		const path = pathText(named);
		if (path === undefined || path.includes("\n")) return unclear(t("a {0} file that is not in view", format), call.at);
		const read = py.run.shelf.read(resolve(py.run.start.cwd, path));
		return read.kind === "file" ? parsed(read.file, format, parse) : unclear(t("a {0} file that is not in view", format), call.at);
	};
}

function parsed(file: SourceFile, format: string, parse: (text: string) => unknown): Thing {
	try {
		return dataThing(file, parse(file.text));
	} catch {
		return unclear(t("{0} is not valid {1}", file.path, format));
	}
}

/** Sections become dictionaries on the parser, so that `parser["server"]["port"]` finds them. */
function configParsers(objects: readonly string[]): Record<string, Model> {
	const get =
		(type?: "int"): Model =>
		(_py, call, callee) => {
			const [section, key] = call.positional;
			const fallback = call.keywords.get("fallback");
			const fields = section?.kind === "plain" ? callee.of?.fields.get(String(section.value)) : undefined;
			const value = fields?.kind === "structure" && key?.kind === "plain" ? fields.fields.get(String(key.value).toLowerCase()) : undefined;
			const found = value ?? fallback ?? unclear(t("a setting that is not in view"), call.at);
			const cast = BUILTINS.int;
			return type === "int" && cast ? each(found, (one) => convert(_py, cast, one, call)) : found;
		};
	const read: Model = (py, call, callee) => {
		const path = pathText(call.positional[0]);
		if (path === undefined || !callee.of) return NOTHING;
		const file = py.run.shelf.read(resolve(py.run.start.cwd, path));
		if (file.kind === "file") for (const [name, section] of iniSections(file.file)) py.run.journal.set(callee.of.fields, name, section);
		return NOTHING;
	};
	return Object.fromEntries(
		objects.flatMap((one) => [
			[`${one}.read`, read],
			[`${one}.get`, get()],
			[`${one}.getint`, get("int")],
		]),
	);
}

function iniSections(file: SourceFile): Map<string, Thing> {
	const sections = new Map<string, Thing>();
	let fields: Fields | undefined;
	for (const line of file.text.matchAll(/^.*$/gm)) {
		const text = line[0].trim();
		const header = /^\[([^\]]*)\]$/.exec(text);
		const at = file.evidenceBetween(line.index, line.index + line[0].length);
		if (header) {
			fields = new Map();
			sections.set(header[1] ?? "", dictionary(fields, at));
		} else if (!/^[#;]/.test(text)) {
			const pair = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(text);
			if (pair?.[1]) fields?.set(pair[1].toLowerCase(), plain(pair[2] ?? "", [at]));
		}
	}
	return sections;
}

/** `define("port", default=8888, type=int)`: the command line's `--port=80`, else the default, on `tornado.options.options`. */
function defineOption(py: Python, call: Call): Thing {
	const name = call.positional[0] ?? call.keywords.get("name");
	const options = py.libraries.get("tornado")?.attributes.get("options");
	if (name?.kind !== "plain" || !options) return NOTHING;
	const flag = `--${pythonText(name.value)}`;
	const byDefault = call.keywords.get("default") ?? call.positional[1] ?? NOTHING;
	const given = py.run.start.args.find((one) => one.kind === "known" && one.text.startsWith(`${flag}=`));
	const value: Thing =
		given?.kind === "known"
			? plain(given.text.slice(flag.length + 1), given.from)
			: { kind: "argument", name: flag, fallback: byDefault, from: [call.at] };
	let all = options.attributes.get("options");
	if (!all) {
		all = library("tornado.options.options", options);
		options.attributes.set("options", all);
	}
	py.run.journal.set(all.fields, pythonText(name.value).replaceAll("-", "_"), value);
	return NOTHING;
}
