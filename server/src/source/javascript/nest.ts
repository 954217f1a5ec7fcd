import { t } from "../../model/message.ts";
import { loadDotenv } from "../core/dotenv.ts";
import { resolve } from "../core/paths.ts";
import { type Call, dictionary, each, type Library, library, NOTHING, plain, type Structure, type Thing, unclear } from "../core/thing.ts";
import { callThing } from "./calls.ts";
import { chainOf } from "./chains.ts";
import type { JavaScript } from "./javascript.ts";
import type { Model } from "./libraries.ts";

const SERVICE = "@nestjs/config.ConfigService";

/** Configuration of NestJS (docs.nestjs.com, "Configuration"). */
export const NEST: Readonly<Record<string, Model>> = {
	"@nestjs/config": (js, call, callee) => {
		if (callee.origin.endsWith("ConfigModule.forRoot")) return forRoot(js, call);
		if (callee.origin.endsWith(".registerAs")) return registered(call);
		if (/ConfigService(\(\))?\.(get|getOrThrow)$/.test(callee.origin)) return setting(js, call);
		return undefined;
	},
	"@nestjs/core": (_, call, callee) => {
		const wanted = call.positional[0];
		if (!/\.(get|resolve|select)$/.test(callee.origin) || !/\(\)\.\w+$/.test(callee.origin)) return undefined;
		if (wanted?.kind === "library" && wanted.origin === SERVICE) return service(wanted);
		// An injected service of the program's own: made with the settings service, which is what such a service is given.
		if (wanted?.kind === "structure" && wanted.shape === "class" && wanted.construct)
			return wanted.construct({ positional: [service(library(SERVICE))], keywords: new Map(), self: undefined, at: call.at });
		return undefined;
	},
};

function service(type: Library): Library {
	return library(`${SERVICE}()`, type.origin === SERVICE ? typeOf(type) : type);
}

/** Families are found by the package that a chain starts from. */
function typeOf(type: Library): Library {
	return type.of ? type : library(type.origin, library("@nestjs/config"));
}

interface Configuration {
	/** What the factories of `load` return, those of later ones over earlier ones. */
	readonly loaded: Map<string, Thing>;
	readonly defaults: Map<string, Thing>;
}

const CONFIGURATIONS = new WeakMap<JavaScript, Configuration>();

function forRoot(js: JavaScript, call: Call): Thing {
	const given = call.positional[0];
	const options = given?.kind === "structure" ? given.fields : new Map<string, Thing>();
	const ignores = options.get("ignoreEnvFile");
	const written = options.get("envFilePath") ?? plain(".env");
	const files = written.kind === "list" ? written.items : [written];
	if (!(ignores?.kind === "plain" && ignores.value === true))
		for (const file of files) if (file.kind === "plain") loadDotenv(js.run, resolve(js.run.start.cwd, String(file.value)), false);
	const configuration: Configuration = { loaded: new Map(), defaults: new Map() };
	const load = options.get("load");
	for (const factory of load?.kind === "list" ? load.items : []) {
		const name = factory.kind === "callable" ? NAMES.get(factory.fields) : undefined;
		const made = callThing(js, factory, { positional: [], keywords: new Map(), self: undefined, at: call.at });
		if (name !== undefined) configuration.loaded.set(name, made);
		else if (made.kind === "structure") for (const [key, value] of made.fields) configuration.loaded.set(key, value);
	}
	const schema = options.get("validationSchema");
	const shape = schema?.kind === "library" ? (chainOf(schema, "object")?.[0] ?? chainOf(schema, "keys")?.[0]) : undefined;
	if (shape?.kind === "structure")
		for (const [name, one] of shape.fields) {
			const byDefault = one.kind === "library" ? chainOf(one, "default")?.[0] : undefined;
			if (byDefault) configuration.defaults.set(name, byDefault);
		}
	CONFIGURATIONS.set(js, configuration);
	return library("@nestjs/config.ConfigModule.forRoot()");
}

const NAMES = new WeakMap<Structure["fields"], string>();

/** `registerAs("http", () => ({ port: 3000 }))` is a factory with a name. */
function registered(call: Call): Thing | undefined {
	const [name, factory] = call.positional;
	if (name?.kind !== "plain" || factory?.kind !== "callable") return undefined;
	const named = { ...factory, fields: new Map(factory.fields) };
	named.fields.set("KEY", plain(`CONFIGURATION(${name.value})`));
	NAMES.set(named.fields, String(name.value));
	return named;
}

/** Loaded configuration, then the environment, then the second argument. */
function setting(js: JavaScript, call: Call): Thing | undefined {
	const [name, second] = call.positional;
	if (name?.kind !== "plain") return undefined;
	const path = String(name.value);
	const configuration = CONFIGURATIONS.get(js);
	const options = second?.kind === "structure" ? NOTHING : (second ?? NOTHING);
	const found = configuration && at(configuration.loaded, path.split("."));
	const value = found ?? js.run.variable(path, configuration?.defaults.get(path) ?? NOTHING, call.at);
	const missing = options.kind === "nothing" && path.includes(".") && !found ? unclear(t("{0} is not configured", path), call.at) : options;
	return withMissing(value, missing);
}

function withMissing(value: Thing, missing: Thing): Thing {
	return each(value, (one) => (one.kind === "nothing" ? missing : one));
}

function at(loaded: ReadonlyMap<string, Thing>, path: readonly string[]): Thing | undefined {
	let one: Thing | undefined = dictionary(new Map(loaded));
	for (const key of path) one = one?.kind === "structure" ? one.fields.get(key) : undefined;
	return one;
}
