import type { Evidence } from "../../model/text.ts";
import { jsonThing } from "../core/data.ts";
import { resolve } from "../core/paths.ts";
import { type Call, dictionary, each, type Library, NOTHING, type Structure, type Thing } from "../core/thing.ts";
import { ARGUMENTS } from "./calls.ts";
import { chainOf } from "./chains.ts";
import { yamlThing } from "./dataFiles.ts";
import { argumentNamed } from "./givenArguments.ts";
import type { JavaScript } from "./javascript.ts";
import type { Model } from "./libraries.ts";
import { configuredCall } from "./nodeConfig.ts";

/** Libraries that put settings together from files, variables and arguments. */
export const SETTINGS: Readonly<Record<string, Model>> = {
	config: configuredCall,
	convict: convictCall,
	nconf: nconfCall,
	// getenv, README: `getenv.int("PORT", 3000)`.
	getenv: (js, call) => variableOr(js, call.positional[0], call.positional[1] ?? NOTHING, call.at),
	// env-var, README: `env.get("PORT").default(3000).asPortNumber()`.
	"env-var": (js, call, callee) => {
		if (!/\.as[A-Z]\w*$/.test(callee.origin)) return undefined;
		return variableOr(js, chainOf(callee, "get")?.[0], chainOf(callee, "default")?.[0] ?? NOTHING, call.at);
	},
	"js-yaml": parsedYaml,
	yaml: parsedYaml,
	yamljs: parsedYaml,
};

function variableOr(js: JavaScript, name: Thing | undefined, missing: Thing, at: Evidence): Thing | undefined {
	if (name?.kind !== "plain") return undefined;
	return each(js.run.variable(String(name.value), NOTHING, at), (one) => (one.kind === "nothing" ? missing : one));
}

/** `yaml.load(fs.readFileSync("config.yml", "utf8"))`. */
function parsedYaml(js: JavaScript, call: Call, callee: Library): Thing | undefined {
	if (!/\.(load|safeLoad|parse)$/.test(callee.origin)) return undefined;
	const text = call.positional[0];
	const name = text?.kind === "library" ? text.fields.get("name") : undefined;
	const read = name?.kind === "plain" ? js.run.shelf.read(String(name.value)) : undefined;
	return read?.kind === "file" ? yamlThing(read.file) : undefined;
}

/** convict, README: the schema's `default`, then loaded files, `env`, `arg`. */
function convictCall(js: JavaScript, call: Call, callee: Library): Thing | undefined {
	const schema = made(callee);
	if (schema?.kind !== "structure") return undefined;
	const method = /\.(\w+)$/.exec(callee.origin)?.[1];
	if (method === "loadFile" || method === "load" || method === "validate") {
		const loaded = method === "load" ? call.positional[0] : method === "loadFile" ? readJson(js, call.positional[0]) : undefined;
		if (loaded?.kind === "structure" && callee.of) LOADED.set(callee.of.fields, loaded);
		return callee.of;
	}
	const loaded = callee.of && LOADED.get(callee.of.fields);
	if (method === "getProperties" || method === "get") {
		const path = call.positional[0]?.kind === "plain" ? String(call.positional[0].value).split(".") : [];
		let [at, over]: [Thing | undefined, Thing | undefined] = [schema, loaded];
		for (const key of path) {
			at = at?.kind === "structure" ? at.fields.get(key) : undefined;
			over = over?.kind === "structure" ? over.fields.get(key) : undefined;
		}
		return at?.kind === "structure" ? convicted(js, at, over, call.at, 0) : undefined;
	}
	return undefined;
}

const LOADED = new WeakMap<Library["fields"], Structure>();

function convicted(js: JavaScript, schema: Structure, over: Thing | undefined, at: Evidence, depth: number): Thing {
	const byDefault = schema.fields.get("default");
	if (schema.fields.has("default") && byDefault) {
		const [variable, argument] = [schema.fields.get("env"), schema.fields.get("arg")];
		const base = over ?? byDefault;
		const set = variable?.kind === "plain" ? js.run.variable(String(variable.value), base, at) : base;
		return argument?.kind === "plain" ? argumentNamed(js, { names: [String(argument.value)], missing: set }) : set;
	}
	if (depth > 8) return NOTHING;
	const inner = (key: string): Thing | undefined => (over?.kind === "structure" ? over.fields.get(key) : undefined);
	return dictionary(
		new Map(
			[...schema.fields].flatMap(([key, one]) => (one.kind === "structure" ? [[key, convicted(js, one, inner(key), at, depth + 1)]] : [])),
		),
		at,
	);
}

function made(callee: Library): Thing | undefined {
	const given = callee.of?.fields.get(ARGUMENTS);
	return given?.kind === "list" ? given.items[0] : undefined;
}

function readJson(js: JavaScript, name: Thing | undefined): Thing | undefined {
	const read = name?.kind === "plain" ? js.run.shelf.read(resolve(js.run.start.cwd, String(name.value))) : undefined;
	return read?.kind === "file" ? jsonThing(read.file) : undefined;
}

/** nconf, README: what was added first wins; keys are paths with colons. */
interface Layers {
	variables: boolean;
	args: boolean;
	readonly values: Structure[];
}

const LAYERS = new WeakMap<JavaScript, Layers>();

function nconfCall(js: JavaScript, call: Call, callee: Library): Thing | undefined {
	const layers = LAYERS.get(js) ?? { variables: false, args: false, values: [] };
	LAYERS.set(js, layers);
	const method = /\.(\w+)$/.exec(callee.origin)?.[1];
	const last = call.positional.at(-1);
	switch (method) {
		case "env":
			layers.variables = true;
			return callee.of;
		case "argv":
			layers.args = true;
			return callee.of;
		case "file": {
			const name = last?.kind === "structure" ? last.fields.get("file") : last;
			const read = readJson(js, name);
			if (read?.kind === "structure") layers.values.push(read);
			return callee.of;
		}
		case "defaults":
		case "overrides":
			if (last?.kind === "structure") layers.values.push(last);
			return callee.of;
		case "use":
		case "required":
		case "load":
			return callee.of;
		case "get": {
			const name = call.positional[0];
			if (name?.kind !== "plain") return undefined;
			const path = String(name.value);
			const stored = layers.values.map((one) => at(one, path)).find((one) => one !== undefined) ?? NOTHING;
			const set = layers.variables ? js.run.variable(path.replaceAll(":", "__"), stored, call.at) : stored;
			return layers.args ? argumentNamed(js, { names: [path], missing: set }) : set.kind === "nothing" ? undefined : set;
		}
		default:
			return undefined;
	}
}

function at(from: Structure, path: string): Thing | undefined {
	let one: Thing | undefined = from;
	for (const key of path.split(":")) one = one?.kind === "structure" ? one.fields.get(key) : undefined;
	return one;
}
