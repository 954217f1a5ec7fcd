import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import { jsonThing } from "../core/data.ts";
import { resolve } from "../core/paths.ts";
import { type Call, each, type Library, NOTHING, plain, type Structure, type Thing, unclear } from "../core/thing.ts";
import { yamlThing } from "./dataFiles.ts";
import type { JavaScript } from "./javascript.ts";
import { member } from "./members.ts";
import { loadPath } from "./modules.ts";

/**
 * node-config merges `config/default`, the file named for NODE_ENV (`development` unless set), `local`, and the variables that
 * `custom-environment-variables` names, the last of which wins (node-config wiki, "Configuration Files", "Environment Variables").
 */
export function configuredCall(js: JavaScript, call: Call, callee: Library): Thing | undefined {
	const name = call.positional[0];
	const method = /^config(?:\.default)?\.(get|has)$/.exec(callee.origin)?.[1];
	if (method === undefined || name?.kind !== "plain") return undefined;
	const found = configured(js, String(name.value).split("."), call.at);
	if (method === "has") return found ? plain(true) : undefined;
	return found ?? (hasFiles(js) ? unclear(t("{0} is not configured", String(name.value)), call.at) : undefined);
}

/** `config.server.port`, read as properties. */
export function configuredProperty(js: JavaScript, object: Library, name: string, at: Evidence): Thing | undefined {
	return object.origin === "config" && name !== "get" && name !== "has" && name !== "util" && name !== "default"
		? configured(js, [name], at)
		: undefined;
}

function configured(js: JavaScript, path: readonly string[], at: Evidence): Thing | undefined {
	if (!hasFiles(js)) return undefined;
	const environment = js.run.variable("NODE_ENV", plain("development"), at);
	return each(environment, (one) => {
		const mode = one.kind === "plain" ? String(one.value) : "development";
		const layers = ["default", mode, "local", `local-${mode}`].map((name) => file(js, name, at));
		const value = layers.map((layer) => layer && valueAt(js, layer, path, at)).reduce((below, over) => merged(below, over), undefined);
		const named = file(js, "custom-environment-variables", at);
		return overridden(js, value, named && valueAt(js, named, path, at), at) ?? NOTHING;
	});
}

function hasFiles(js: JavaScript): boolean {
	return ["json", "yaml", "yml", "js", "ts"].some((extension) => js.run.shelf.look(`${folder(js)}/default.${extension}`).kind === "file");
}

function folder(js: JavaScript): string {
	const set = js.run.start.environment.get("NODE_CONFIG_DIR");
	return resolve(js.run.start.cwd, set?.kind === "known" ? set.text : "config");
}

function file(js: JavaScript, name: string, at: Evidence): Thing | undefined {
	const base = `${folder(js)}/${name}`;
	const found = ["json", "json5", "yaml", "yml", "js", "cjs", "ts"].filter(
		(extension) => js.run.shelf.look(`${base}.${extension}`).kind === "file",
	)[0];
	if (found === undefined) return undefined;
	const path = `${base}.${found}`;
	if (/^[cjt]/.test(found) && !found.startsWith("json")) return loadPath(js, path, at);
	const read = js.run.shelf.read(path);
	if (read.kind !== "file") return undefined;
	return found.startsWith("json") ? jsonThing(read.file) : yamlThing(read.file);
}

function valueAt(js: JavaScript, from: Thing, path: readonly string[], at: Evidence): Thing | undefined {
	let one: Thing = from;
	for (const key of path) {
		if (one.kind !== "structure") return undefined;
		one = member(js, one, key, at);
	}
	return one.kind === "nothing" ? undefined : one;
}

function merged(below: Thing | undefined, over: Thing | undefined): Thing | undefined {
	if (below?.kind !== "structure" || over?.kind !== "structure") return over ?? below;
	const fields = new Map(below.fields);
	for (const [key, value] of over.fields) fields.set(key, merged(fields.get(key), value) ?? value);
	return { ...below, fields } satisfies Structure;
}

/** `{ "port": "PORT" }`, or `{ "port": { "__name": "PORT", "__format": "number" } }`. */
function overridden(js: JavaScript, value: Thing | undefined, names: Thing | undefined, at: Evidence): Thing | undefined {
	const name = names?.kind === "structure" ? (names.fields.get("__name") ?? names) : names;
	if (name?.kind === "plain") return js.run.variable(String(name.value), value ?? NOTHING, at);
	if (name?.kind !== "structure") return value;
	const base: Structure = value?.kind === "structure" ? value : { ...name, fields: new Map() };
	const fields = new Map(base.fields);
	for (const [key, inner] of name.fields) fields.set(key, overridden(js, fields.get(key), inner, at) ?? NOTHING);
	return { ...base, fields };
}
