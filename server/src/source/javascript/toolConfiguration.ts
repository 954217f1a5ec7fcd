import { loadDotenv } from "../core/dotenv.ts";
import { resolve } from "../core/paths.ts";
import {
	type Call,
	dictionary,
	each,
	type Fields,
	type Library,
	library,
	NOTHING,
	plain,
	type Structure,
	type Thing,
} from "../core/thing.ts";
import { callThing } from "./calls.ts";
import type { JavaScript } from "./javascript.ts";

/** Functions that only hand a configuration on: `defineConfig`, `defineNuxtConfig`, `withX(config)` of Vite, Nuxt, Astro, tsup and others. */
export const DEFINES = /(?:^|\.)define\w*Config$/;

/** What such a function returns: its argument, or what that returns when it is a function. */
export function defined(js: JavaScript, call: Call): Thing {
	const given = call.positional[0] ?? NOTHING;
	return given.kind === "callable" ? configured(js, given, call) : given;
}

/** Calls a configuration that is a function, as its tool does when it serves. */
export function configured(js: JavaScript, make: Thing, call: Pick<Call, "at">): Thing {
	const options: Structure = {
		...dictionary(
			new Map<string, Thing>([
				["command", plain("serve")],
				["mode", js.run.variable("NODE_ENV", plain("development"), call.at)],
				// Strapi hands the readers of the environment over.
				["env", library("strapi.env")],
			]),
			call.at,
		),
		open: true,
	};
	const second: Structure = { ...dictionary(new Map(), call.at), open: true };
	return callThing(js, make, { positional: [options, second], keywords: new Map(), self: undefined, at: call.at });
}

/** Strapi, "env()": a reader with a default, and the same for one type each: `env.int("PORT", 1337)`. */
export function strapiVariable(js: JavaScript, call: Call): Thing | undefined {
	const [name, byDefault = NOTHING] = call.positional;
	if (name?.kind !== "plain") return undefined;
	return each(js.run.variable(String(name.value), NOTHING, call.at), (one) => (one.kind === "nothing" ? byDefault : one));
}

/** vite.dev, `loadEnv(mode, folder)`: the variables of the process over those of `.env` files. */
export function viteEnvironment(js: JavaScript, call: Call): Thing {
	const [mode, folder] = call.positional;
	const at = folder?.kind === "plain" ? String(folder.value) : js.run.start.cwd;
	const suffixes = [...(mode?.kind === "plain" ? [`.${mode.value}`] : []), ".local", ""];
	for (const suffix of suffixes) loadDotenv(js.run, resolve(js.run.start.cwd, at, `.env${suffix}`), false);
	return library("process.env");
}

/** webpack-merge: later configurations over earlier ones, object by object. */
export function mergedConfiguration(_js: JavaScript, call: Call, callee: Library): Thing | undefined {
	if (!/^webpack-merge(?:\.(?:merge|default|smart))?$/.test(callee.origin)) return undefined;
	const parts = call.positional.flatMap((one) => (one.kind === "list" ? one.items : [one]));
	return parts.reduce((below, over) => mergeTwo(below, over, 0));
}

function mergeTwo(below: Thing, over: Thing, depth: number): Thing {
	if (over.kind === "nothing") return below;
	if (below.kind !== "structure" || over.kind !== "structure" || depth > 10)
		return over.kind === "structure" && below.kind !== "nothing" ? { ...over, open: true } : over;
	const fields: Fields = new Map(below.fields);
	for (const [key, value] of over.fields) fields.set(key, mergeTwo(fields.get(key) ?? NOTHING, value, depth + 1));
	return { ...below, fields, open: below.open || over.open };
}
