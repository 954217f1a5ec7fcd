import { t } from "../../model/message.ts";
import { jsonThing } from "../core/data.ts";
import { loadDotenv } from "../core/dotenv.ts";
import { folderOf, nameOf, resolve } from "../core/paths.ts";
import { builtin, type Call, each, fromValue, type Library, library, list, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import type { JavaScript } from "./javascript.ts";
import { requireBeside } from "./modules.ts";
import { PRESENCE } from "./presence.ts";
import { mergedConfiguration, strapiVariable, viteEnvironment } from "./toolConfiguration.ts";

/** Properties of Node's modules with a value that is known inside a Linux container. */
export const LIBRARY_VALUES: Readonly<Record<string, (js: JavaScript) => Thing>> = {
	"process.argv": commandArguments,
	"process.platform": () => plain("linux"),
	"process.mainModule": (js) => js.main ?? NOTHING,
	// The primary forks workers that run the same file (Node.js, cluster: "How it works").
	"cluster.isMaster": forked,
	"cluster.isPrimary": forked,
	"cluster.isWorker": forked,
	"path.sep": () => plain("/"),
	"os.EOL": () => plain("\n"),
};

function forked(): Thing {
	return { kind: "unknown", reason: t("it differs between processes"), both: true };
}

function commandArguments(js: JavaScript): Thing {
	const { entry, args } = js.run.start;
	const given = args.map((one) => fromValue(one, NOTHING));
	// One beyond those given: whoever starts the container may give it.
	const next: Thing = { kind: "argument", name: `process.argv[${args.length + 2}]`, fallback: NOTHING, from: [] };
	return {
		...list([plain("node"), plain(entry.kind === "path" ? entry.path : entry.name), ...given, next]),
		open: true,
		given: args.length,
	};
}

/** Undefined hands the call back: it is recorded like any other. */
export type Model = (js: JavaScript, call: Call, callee: Library) => Thing | undefined;

const path =
	(change: (js: JavaScript, ...parts: string[]) => string): Model =>
	(js, call) => {
		const parts: string[] = [];
		for (const one of call.positional) {
			if (one.kind !== "plain") return unclear(t("a path that is not known"), call.at);
			parts.push(String(one.value));
		}
		return plain(change(js, ...parts));
	};

const joined = path((_, ...parts) => resolve("/", ...parts.map((part, i) => (i > 0 ? part.replace(/^\/+/, "") : part))));

/** Calls of libraries that make or move values. All others are recorded and return something of the library. */
export const LIBRARY_CALLS: Readonly<Record<string, Model>> = {
	"process.exit": (js) => {
		js.run.aborting = true;
		return NOTHING;
	},
	"process.abort": (js) => {
		js.run.aborting = true;
		return NOTHING;
	},
	"strapi.env": strapiVariable,
	...Object.fromEntries(["int", "float", "bool", "json", "array", "date"].map((type) => [`strapi.env.${type}`, strapiVariable])),
	"@strapi/utils.env": strapiVariable,
	"vite.loadEnv": viteEnvironment,
	"webpack-merge": mergedConfiguration,
	"webpack-merge.merge": mergedConfiguration,
	"webpack-merge.smart": mergedConfiguration,
	"Deno.env.get": (js, call) => {
		const name = call.positional[0];
		return name?.kind === "plain" ? js.run.variable(String(name.value), NOTHING, call.at) : undefined;
	},
	"process.cwd": (js) => plain(js.run.start.cwd),
	"process.on": () => library("process"),
	"process.once": () => library("process"),
	"path.join": joined,
	"path.resolve": path((js, ...parts) => resolve(js.run.start.cwd, ...parts)),
	"path.dirname": path((_, one) => folderOf(one ?? "")),
	"path.basename": path((_, one) => nameOf(one ?? "")),
	"url.fileURLToPath": (_, call) => {
		const url = call.positional[0];
		return url?.kind === "plain" ? plain(String(url.value).replace(/^file:\/\//, "")) : unclear(t("a path that is not known"), call.at);
	},
	"module.createRequire": (js, call) => {
		const from = call.positional[0];
		return requireBeside(js, from?.kind === "plain" ? String(from.value) : js.run.start.cwd);
	},
	...PRESENCE,
	"util.promisify": (_, call) => call.positional[0] ?? NOTHING,
	"dotenv.config": dotenv,
	"dotenv-flow.config": dotenv,
	"dotenv-safe.config": dotenv,
	"process.loadEnvFile": dotenv,
	"dotenv-expand.expand": (_, call) => call.positional[0] ?? NOTHING,
	"fs.readFileSync": fileOf,
	"fs.promises.readFile": fileOf,
	"fs/promises.readFile": fileOf,
	"JSON.parse": (js, call) => {
		const text = call.positional[0];
		const name = text?.kind === "library" && READS.has(text.origin) ? text.fields.get("name") : undefined;
		const read = name?.kind === "plain" ? js.run.shelf.read(String(name.value)) : undefined;
		return read?.kind === "file" ? jsonThing(read.file) : unclear(t("JSON that is not in view"), call.at);
	},
	"express().set": (js, call, callee) => {
		const [name, value] = call.positional;
		if (callee.of && name?.kind === "plain" && value) js.run.journal.set(callee.of.fields, SETTING + name.value, value);
		return callee.of;
	},
	"express().get": (_, call, callee) => {
		const name = call.positional[0];
		if (call.positional.length !== 1 || name?.kind !== "plain" || !callee.of) return undefined;
		return callee.of.fields.get(SETTING + name.value) ?? NOTHING;
	},
};

/** Settings share the application's fields with its attributes, so they are told apart by name. */
const SETTING = "setting ";

const READS: ReadonlySet<string> = new Set(["fs.readFileSync()", "fs.promises.readFile()", "fs/promises.readFile()"]);

/** `dotenv.config({ path, override })` (dotenv, README); Node's own `process.loadEnvFile(path)` reads the same file. */
function dotenv(js: JavaScript, call: Call): Thing {
	const options = call.positional[0];
	const option = (name: string): Thing | undefined => (options?.kind === "structure" ? options.fields.get(name) : undefined);
	const [written, override] = [options?.kind === "plain" ? options : option("path"), option("override")];
	const files = written?.kind === "list" ? written.items : [written ?? plain(".env")];
	for (const file of files)
		if (file.kind === "plain")
			loadDotenv(js.run, resolve(js.run.start.cwd, String(file.value)), override?.kind === "plain" && override.value === true);
	return NOTHING;
}

function fileOf(js: JavaScript, call: Call, callee: Library): Thing {
	const result = library(`${callee.origin}()`);
	const name = call.positional[0];
	if (name?.kind === "plain") result.fields.set("name", plain(resolve(js.run.start.cwd, String(name.value))));
	result.fields.set(
		"toString",
		builtin(() => result),
	);
	return name && name.kind !== "plain" && name.kind !== "library" ? each(name, () => result) : result;
}
