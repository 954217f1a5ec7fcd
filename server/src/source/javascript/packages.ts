import { parse } from "jsonc-parser";
import { dataThing } from "../core/data.ts";
import { resolve } from "../core/paths.ts";
import type { SourceFile } from "../core/sourceFile.ts";
import type { Structure, Thing } from "../core/thing.ts";
import type { JavaScript } from "./javascript.ts";
import { resolvePath } from "./resolve.ts";

/**
 * The file that a name means inside the program's own repository: by `paths` and `baseUrl` of a tsconfig, by `imports` of its
 * package.json, or as a package of its workspace. Undefined when it is a library.
 */
export function ownModule(js: JavaScript, name: string, from: SourceFile): string | undefined {
	if (/^[a-z]+:/.test(name)) return undefined;
	const folders = foldersOf(from.path);
	return (
		byTypeScript(js, name, folders) ?? byImports(js, name, folders) ?? byWorkspace(js, name, folders) ?? byImportMap(js, name, folders)
	);
}

function foldersOf(path: string): string[] {
	const parts = path.split("/").slice(1, -1);
	return [...parts.map((_, i) => `/${parts.slice(0, parts.length - i).join("/")}`), "/"].slice(0, 12);
}

function byTypeScript(js: JavaScript, name: string, folders: readonly string[]): string | undefined {
	for (const folder of folders) {
		const config = ["tsconfig.json", "jsconfig.json", "tsconfig.base.json"]
			.map((file) => readData(js, resolve(folder, file)))
			.find((one) => one);
		if (!config) continue;
		const found = inTsconfig(js, name, folder, config, 0);
		if (found) return found;
	}
	return undefined;
}

function inTsconfig(js: JavaScript, name: string, folder: string, config: Structure, depth: number): string | undefined {
	const options = recordAt(config, "compilerOptions");
	const base = textAt(options, "baseUrl");
	const paths = recordAt(options, "paths");
	for (const [pattern, targets] of paths?.fields ?? [])
		for (const target of targets.kind === "list" ? targets.items : []) {
			const rest = matched(pattern, name);
			if (rest === undefined || target.kind !== "plain") continue;
			const found = resolvePath(js, resolve(folder, base ?? ".", String(target.value).replace("*", rest)));
			if (found) return found;
		}
	// A folder name of the project's own is looked for first; libraries have other names.
	if (base !== undefined && /^[A-Za-z@~][\w@~-]*\//.test(name)) {
		const found = resolvePath(js, resolve(folder, base, name));
		if (found) return found;
	}
	const parent = textAt(config, "extends");
	if (parent === undefined || !parent.startsWith(".") || depth > 4) return undefined;
	const path = resolve(folder, parent.endsWith(".json") ? parent : `${parent}.json`);
	const above = readData(js, path);
	return above && inTsconfig(js, name, path.slice(0, path.lastIndexOf("/")) || "/", above, depth + 1);
}

/** What `*` stands for; "" for an exact name. */
function matched(pattern: string, name: string): string | undefined {
	const [before = "", after] = pattern.split("*");
	if (after === undefined) return pattern === name ? "" : undefined;
	return name.startsWith(before) && name.endsWith(after) && name.length >= before.length + after.length
		? name.slice(before.length, name.length - after.length)
		: undefined;
}

/** Node.js, "Subpath imports": names that begin with `#`. */
function byImports(js: JavaScript, name: string, folders: readonly string[]): string | undefined {
	if (!name.startsWith("#")) return undefined;
	for (const folder of folders) {
		const imports = recordAt(readData(js, resolve(folder, "package.json")), "imports");
		for (const [pattern, target] of imports?.fields ?? []) {
			const rest = matched(pattern, name);
			const path = rest === undefined ? undefined : conditional(target);
			const found = path === undefined ? undefined : sourceAt(js, resolve(folder, path.replace("*", rest ?? "")));
			if (found) return found;
		}
	}
	return undefined;
}

/** Deno, "Import maps": `imports` of deno.json; what they map to a registry is a library. */
function byImportMap(js: JavaScript, name: string, folders: readonly string[]): string | undefined {
	for (const folder of folders) {
		const config = readData(js, resolve(folder, "deno.json")) ?? readData(js, resolve(folder, "deno.jsonc"));
		for (const [key, target] of recordAt(config, "imports")?.fields ?? []) {
			if (target.kind !== "plain" || !String(target.value).startsWith(".")) continue;
			const isFolder = key.endsWith("/");
			if (isFolder ? !name.startsWith(key) : name !== key) continue;
			const found = resolvePath(js, resolve(folder, String(target.value), isFolder ? name.slice(key.length) : "."));
			if (found) return found;
		}
	}
	return undefined;
}

/** Packages of a workspace are tried where people put them: `packages/<name>`, `libs/<name>` and what the root names. */
function byWorkspace(js: JavaScript, name: string, folders: readonly string[]): string | undefined {
	const parts = name.split("/");
	const [packageName, rest] = name.startsWith("@") ? [parts.slice(0, 2).join("/"), parts.slice(2)] : [parts[0] ?? "", parts.slice(1)];
	const short = packageName.replace(/^.*\//, "");
	if (!/^[\w.-]+$/.test(short)) return undefined;
	for (const folder of folders) {
		const manifest = readData(js, resolve(folder, "package.json"));
		const isPnpm = js.run.shelf.look(resolve(folder, "pnpm-workspace.yaml")).kind === "file";
		const workspaces = manifest?.fields.get("workspaces");
		if (!isPnpm && !workspaces) continue;
		for (const place of [...patternsOf(workspaces), "packages/*", "libs/*", "apps/*", "shared/*", "*"]) {
			const at = resolve(folder, place.replace(/\*\*?/, short));
			const own = readData(js, `${at}/package.json`);
			if (textAt(own, "name") === packageName) return entryOf(js, at, own, rest);
		}
		return undefined;
	}
	return undefined;
}

function patternsOf(workspaces: Thing | undefined): string[] {
	const list = workspaces?.kind === "structure" ? workspaces.fields.get("packages") : workspaces;
	return list?.kind === "list" ? list.items.flatMap((one) => (one.kind === "plain" ? [String(one.value)] : [])).slice(0, 20) : [];
}

function entryOf(js: JavaScript, folder: string, manifest: Structure | undefined, rest: readonly string[]): string | undefined {
	const exports = manifest?.fields.get("exports");
	const key = rest.length === 0 ? "." : `./${rest.join("/")}`;
	const named = exports?.kind === "structure" ? exports.fields.get(key) : undefined;
	const direct = rest.length === 0 ? (named ?? (exports && !isMap(exports) ? exports : undefined)) : named;
	const candidates = [
		direct && conditional(direct),
		...(rest.length === 0 ? [textAt(manifest, "source"), textAt(manifest, "main")] : [rest.join("/")]),
	];
	for (const one of candidates) {
		const found = one === undefined ? undefined : sourceAt(js, resolve(folder, one));
		if (found) return found;
	}
	return resolvePath(js, resolve(folder, "src", ...(rest.length === 0 ? ["index"] : rest))) ?? resolvePath(js, resolve(folder, "index"));
}

function isMap(exports: Thing): boolean {
	return exports.kind === "structure" && [...exports.fields.keys()].some((key) => key.startsWith("."));
}

/** A built file's source when the built one is not there. */
function sourceAt(js: JavaScript, path: string): string | undefined {
	return resolvePath(js, path) ?? resolvePath(js, path.replace(/\/(?:dist|build|lib)\//, "/src/").replace(/\.[cm]?js$/, ""));
}

/** Conditions of `exports` and `imports`, as Node and bundlers take them. */
function conditional(target: Thing): string | undefined {
	if (target.kind === "plain") return String(target.value);
	if (target.kind === "list") return target.items[0] && conditional(target.items[0]);
	if (target.kind !== "structure") return undefined;
	for (const condition of ["node", "import", "require", "module", "default"]) {
		const one = target.fields.get(condition);
		if (one) return conditional(one);
	}
	return undefined;
}

function readData(js: JavaScript, path: string): Structure | undefined {
	const read = js.run.shelf.read(path);
	if (read.kind !== "file") return undefined;
	const kept = PARSED.get(read.file);
	if (kept) return kept;
	const thing = dataThing(read.file, parse(read.file.text));
	if (thing.kind !== "structure") return undefined;
	PARSED.set(read.file, thing);
	return thing;
}

const PARSED = new WeakMap<SourceFile, Structure>();

function recordAt(of: Structure | undefined, name: string): Structure | undefined {
	const found = of?.fields.get(name);
	return found?.kind === "structure" ? found : undefined;
}

function textAt(of: Structure | undefined, name: string): string | undefined {
	const found = of?.fields.get(name);
	return found?.kind === "plain" ? String(found.value) : undefined;
}
