import { t } from "../../model/message.ts";
import { jsonThing } from "../core/data.ts";
import { folderOf, nameOf, resolve } from "../core/paths.ts";
import { builtin, type Call, each, fromValue, type Library, library, list, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import { setAttribute } from "./assign.ts";
import { attribute, setSubscript, subscript } from "./attributes.ts";
import { callThing } from "./calls.ts";
import { addArgument, addParser, addSubparsers, keepOption, parseArguments, setDefaults } from "./commandLine.ts";
import { importDotted, runModule } from "./imports.ts";
import { pythonText } from "./literals.ts";
import { itemsOf } from "./loops.ts";
import { updateFrom } from "./methods.ts";
import { PATH_CALLS, pathText } from "./pathlib.ts";
import { keepChoices, keepField } from "./pydantic.ts";
import type { Python } from "./python.ts";
import { SETTINGS_CALLS } from "./settings.ts";
import { REMEMBERED_CALLS } from "./sockets.ts";
import { SOURCE_CALLS } from "./sourceCalls.ts";
import { FUNCTION_OPTIONS } from "./typer.ts";

/** Attributes of the standard library with a value that is known inside a Linux container. */
export const LIBRARY_VALUES: Readonly<Record<string, (py: Python) => Thing>> = {
	"sys.argv": (py) => commandArguments(py),
	"sys.executable": () => plain("/usr/local/bin/python"),
	"sys.platform": () => plain("linux"),
	"os.name": () => plain("posix"),
	"os.sep": () => plain("/"),
	"os.path.sep": () => plain("/"),
	"typing.TYPE_CHECKING": () => plain(false),
	"logging.INFO": () => plain(20),
	"logging.DEBUG": () => plain(10),
};

function commandArguments(py: Python): Thing {
	const { entry, args } = py.run.start;
	const given = args.map((one) => fromValue(one, unclear(t("an argument that is not known"))));
	// One beyond those given: whoever starts the container may give it.
	const name = t("argument {0}", args.length + 1);
	const next: Thing = { kind: "argument", name, fallback: unclear(t("{0} is not given", name)), from: [] };
	const known = list([plain(entry.kind === "path" ? entry.path : entry.name), ...given], py.run.start.evidence.at(-1));
	return { ...known, items: [...known.items, next], open: true, given: args.length };
}

type Model = (py: Python, call: Call, callee: Library) => Thing;

const path =
	(change: (py: Python, ...parts: string[]) => string): Model =>
	(py, call) => {
		const parts: string[] = [];
		for (const one of call.positional) {
			const part = pathText(one);
			if (part === undefined) return unclear(t("a path that is not known"), call.at);
			parts.push(part);
		}
		return plain(change(py, ...parts));
	};

const variable: Model = (py, call) => {
	const name = call.positional[0] ?? call.keywords.get("key");
	const byDefault = call.positional[1] ?? call.keywords.get("default") ?? NOTHING;
	return name?.kind === "plain"
		? py.run.variable(String(name.value), byDefault, call.at)
		: unclear(t("a variable that is not known"), call.at);
};

const end: Model = (py) => {
	py.run.aborting = true;
	return NOTHING;
};

/** What a call runs at once: the first argument, a function of the program or what it returned. */
const same: Model = (_, call) => call.positional[0] ?? NOTHING;

/** Calls of libraries that make or move values. All other calls are recorded and return something of the library. */
export const LIBRARY_CALLS: Readonly<Record<string, Model>> = {
	...REMEMBERED_CALLS,
	...SETTINGS_CALLS,
	...FUNCTION_OPTIONS,
	...PATH_CALLS,
	...SOURCE_CALLS,
	...Object.fromEntries(
		["pydantic.Field", "pydantic.fields.Field", "dataclasses.field", "attr.ib", "attr.field", "attrs.field", "sqlmodel.Field"].map(
			(name) => [name, keepField],
		),
	),
	"pydantic.AliasChoices": keepChoices,
	"os.environ.get": variable,
	"os.getenv": variable,
	"os.environ.setdefault": (py, call) => {
		const [name, value] = call.positional;
		const before = variable(py, call, library("os.environ.get"));
		if (name && value) setSubscript(py, library("os.environ"), name, before);
		return before;
	},
	"os.environ.update": (py, call) => {
		const given = call.positional[0];
		if (given?.kind === "structure") for (const [name, value] of given.fields) setSubscript(py, library("os.environ"), plain(name), value);
		return NOTHING;
	},
	"os.path.join": path((_, ...parts) => parts.reduce((a, b) => (b.startsWith("/") ? b : `${a.replace(/\/$/, "")}/${b}`))),
	"os.path.dirname": path((py, one) => (one?.startsWith("/") ? folderOf(one) : folderOf(resolve(py.run.start.cwd, one ?? "")))),
	"os.path.basename": path((_, one) => nameOf(one ?? "")),
	"os.path.abspath": path((py, one) => resolve(py.run.start.cwd, one ?? "")),
	"os.path.realpath": path((py, one) => resolve(py.run.start.cwd, one ?? "")),
	"shlex.split": (_, call) =>
		each(call.positional[0] ?? NOTHING, (one) =>
			one.kind === "plain"
				? list(
						[...String(one.value).matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map((word) => plain(word[0].replace(/["']/g, ""), one.from)),
						call.at,
					)
				: unclear(t("words that are not known"), call.at),
		),
	"os.getcwd": (py) => plain(py.run.start.cwd),
	"sys.path.append": addToPath,
	"sys.path.insert": addToPath,
	// Its handler runs when something happens to the program.
	"signal.signal": () => NOTHING,
	"sys.exit": end,
	"os._exit": end,
	"os.abort": end,
	"asyncio.run": same,
	"asyncio.get_event_loop().run_until_complete": same,
	"asyncio.new_event_loop().run_until_complete": same,
	open: (py, call) => {
		const name = pathText(call.positional[0] ?? call.keywords.get("file"));
		const result = library("open()");
		if (name !== undefined) result.fields.set("name", plain(resolve(py.run.start.cwd, name)));
		return result;
	},
	"json.load": (py, call) => {
		const opened = call.positional[0];
		const name = opened?.kind === "library" && opened.origin === "open()" ? opened.fields.get("name") : undefined;
		const read = name?.kind === "plain" ? py.run.shelf.read(String(name.value)) : undefined;
		return read?.kind === "file" ? jsonThing(read.file) : unclear(t("a JSON file that is not in view"), call.at);
	},
	__import__: importNamed,
	"importlib.import_module": importNamed,
	getattr: (py, call) => {
		const [object, name, byDefault] = call.positional;
		if (!object || name?.kind !== "plain") return unclear(t("an attribute that is not known"), call.at);
		const found = attribute(py, object, String(name.value), call.at);
		return byDefault && (found.kind === "unknown" || (found.kind === "library" && !found.origin.includes("("))) ? byDefault : found;
	},
	setattr: (py, call) => {
		const [object, name, value] = call.positional;
		if (object && name?.kind === "plain" && value) setAttribute(py, object, String(name.value), value);
		return NOTHING;
	},
	map: (py, call) => {
		const [change, items] = call.positional;
		if (!change || !items) return unclear(t("a list that is not known"), call.at);
		const known = itemsOf(items);
		const mapped = known.items.map((one) =>
			callThing(py, change, { positional: [one], keywords: new Map(), self: undefined, at: call.at }),
		);
		return { ...list(mapped, call.at), open: known.open };
	},
	"argparse.ArgumentParser().add_argument": addArgument,
	"argparse.ArgumentParser().add_subparsers": addSubparsers,
	"argparse.subparsers().add_parser": addParser,
	"argparse.ArgumentParser().set_defaults": setDefaults,
	"argparse.ArgumentParser().add_mutually_exclusive_group": (_, __, callee) => callee.of ?? callee,
	"argparse.ArgumentParser().add_argument_group": (_, __, callee) => callee.of ?? callee,
	"argparse.ArgumentParser().parse_args": parseArguments,
	"argparse.ArgumentParser().parse_known_args": (py, call, callee) => list([parseArguments(py, call, callee), list([])], call.at),
	"click.option": keepOption,
	"click.argument": keepOption,
	"flask.Flask().config.from_object": fromObject,
	"flask.Flask().config.from_pyfile": fromFile,
	"flask.Flask().config.from_envvar": fromElsewhere,
	"flask.Flask().config.from_prefixed_env": fromElsewhere,
	"flask.Flask().config.from_file": fromElsewhere,
	"flask.Flask().config.from_json": fromElsewhere,
	"flask.Flask().config.from_mapping": updateConfig,
	"flask.Flask().config.update": updateConfig,
	"flask.Flask().config.get": configGet,
	"cherrypy.config.update": updateConfig,
	"functools.partial": (py, call) => {
		const [target, ...before] = call.positional;
		if (!target) return unclear(t("a call without arguments"), call.at);
		const partial = builtin((later) =>
			callThing(py, target, {
				...later,
				positional: [...before, ...later.positional],
				keywords: new Map([...call.keywords, ...later.keywords]),
			}),
		);
		return { ...partial, own: true };
	},
};

/** `__import__("os")`, `importlib.import_module("package.module")`. */
function importNamed(py: Python, call: Call): Thing {
	const name = call.positional[0];
	if (name?.kind !== "plain" || !/^\w+(\.\w+)*$/.test(String(name.value))) return unclear(t("a module that is not known"), call.at);
	return importDotted(py, String(name.value));
}

function addToPath(py: Python, call: Call): Thing {
	const folder = call.positional.at(-1);
	if (folder?.kind === "plain") py.searchPath.unshift(resolve(py.run.start.cwd, pythonText(folder.value)));
	return NOTHING;
}

/** A configuration that may hold more than is known has this field. */
const OPEN = "(open)";

/** Upper-case attributes of a class, an instance or a module (Flask, "Configuration Handling": from_object). */
function fromObject(py: Python, call: Call, callee: Library): Thing {
	const config = callee.of;
	const source = call.positional[0];
	if (source && config) takeObject(py, config, source, call, (value) => value);
	return NOTHING;
}

function takeObject(py: Python, config: Library, source: Thing, call: Call, wrap: (value: Thing) => Thing): void {
	// `from_object(configs[os.getenv("ENV", "dev")])`: what is chosen by default, unless the variable says otherwise.
	if (source.kind === "variable" || source.kind === "argument") {
		const { kind, name, from } = source;
		takeObject(py, config, source.fallback, call, (value) => wrap({ kind, name, fallback: value, from }));
		return;
	}
	const object = source.kind === "plain" ? importByName(py, String(source.value), call) : source;
	if (object.kind !== "structure") {
		openConfig(py, config);
		return;
	}
	for (const one of [...ancestors(object)].reverse())
		for (const [name, value] of one) if (name === name.toUpperCase()) py.run.journal.set(config.fields, name, wrap(value));
}

function openConfig(py: Python, config: Library): void {
	py.run.journal.set(config.fields, OPEN, plain(true));
}

/** `from_pyfile("config.py")`: the file's upper-case names; one that is not there is left out when `silent`. */
function fromFile(py: Python, call: Call, callee: Library): Thing {
	const [config, path] = [callee.of, pathText(call.positional[0])];
	if (!config) return NOTHING;
	const read = path === undefined ? undefined : py.run.shelf.read(resolve(py.run.start.cwd, path), "python");
	if (read?.kind === "absent") return NOTHING;
	if (read?.kind !== "file") {
		openConfig(py, config);
		return NOTHING;
	}
	const fields = new Map<string, Thing>();
	runModule(py, read.file, "config", "", fields);
	for (const [name, value] of fields)
		if (/^[A-Z]/.test(name) && name === name.toUpperCase()) py.run.journal.set(config.fields, name, value);
	return NOTHING;
}

function fromElsewhere(py: Python, _: Call, callee: Library): Thing {
	if (callee.of) openConfig(py, callee.of);
	return NOTHING;
}

function importByName(py: Python, name: string, call: Call): Thing {
	const whole = py.modules.get(name);
	if (whole) return whole;
	const dot = name.lastIndexOf(".");
	const module = py.importModule(name) ?? (dot > 0 ? py.importModule(name.slice(0, dot)) : undefined);
	if (!module) return unclear(t("a module that is not in view"), call.at);
	return module.fields.get(name.slice(dot + 1)) ?? module;
}

function* ancestors(object: Thing, depth = 0): Generator<ReadonlyMap<string, Thing>> {
	if (object.kind !== "structure" || depth > 20) return;
	yield object.fields;
	for (const parent of object.parents) yield* ancestors(parent, depth + 1);
}

function updateConfig(py: Python, call: Call, callee: Library): Thing {
	const config = callee.of;
	if (config) updateFrom(py, config, call);
	return NOTHING;
}

function configGet(py: Python, call: Call, callee: Library): Thing {
	const [key, byDefault] = call.positional;
	const config = callee.of;
	if (!key || !config) return unclear(t("a setting that is not known"), call.at);
	return each(key, (one) => {
		if (one.kind !== "plain") return unclear(t("a setting that is not known"), call.at);
		if (config.fields.has(pythonText(one.value))) return subscript(py, config, one, call.at);
		return config.fields.has(OPEN) ? unclear(t("{0} is not set in view", pythonText(one.value)), call.at) : (byDefault ?? NOTHING);
	});
}
