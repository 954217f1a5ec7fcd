import { t } from "../../model/message.ts";
import { folderOf, nameOf, resolve } from "../core/paths.ts";
import type { SourceFile } from "../core/sourceFile.ts";
import { library, type Structure, type Thing, unclear } from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { crateOf } from "./crates.ts";
import { evaluate } from "./expressions.ts";
import { makeEnum, makeFunction, makeStruct, readImplementation } from "./items.ts";
import { readLazyStatics } from "./macros.ts";
import { type Crate, findLocal, isOtherBuild, type Module, parts, type Rust, type Scope } from "./rust.ts";

/** A module from its file. `folder` is where its own `mod name;` are looked for. */
export function openModule(
	rs: Rust,
	file: SourceFile,
	items: SyntaxNode,
	place: { readonly folder: string; readonly crate: Crate | undefined; readonly parent: Structure | undefined },
): Structure {
	const self: Structure = { kind: "structure", shape: "module", fields: new Map(), parents: [], open: false, at: undefined };
	const module: Module = { ...place, file, self, items: new Map(), globs: [] };
	rs.modules.set(self, module);
	if (place.crate && !place.parent) place.crate.root = self;
	declare(rs, module, items);
	return self;
}

/** Notes every item of a module, so that each can be asked for in any order. Implementations are read when all types are known. */
function declare(rs: Rust, module: Module, list: SyntaxNode): void {
	const scope: Scope = { module, names: new Map(), outer: undefined, owner: undefined };
	const implementations: SyntaxNode[] = [];
	let attributes: SyntaxNode[] = [];
	for (const node of namedChildren(list)) {
		if (node.type === "attribute_item") {
			attributes.push(node);
			continue;
		}
		const before = attributes;
		attributes = [];
		if (before.some((one) => isOtherBuild(module.file.textOf(one)))) continue;
		if (node.type === "impl_item") implementations.push(node);
		else declareItem(rs, module, node, before, scope);
	}
	for (const node of implementations) readImplementation(rs, node, scope);
}

function declareItem(rs: Rust, module: Module, node: SyntaxNode, attributes: readonly SyntaxNode[], scope: Scope): void {
	const written = child(node, "name");
	const name = written ? module.file.textOf(written) : "";
	const item = (make: () => Thing): void => {
		const get = once(make);
		if (!module.items.has(name)) module.items.set(name, get);
	};
	switch (node.type) {
		case "function_item":
			item(() => makeFunction(rs, node, scope));
			return;
		case "const_item":
		case "static_item":
			item(() => {
				const value = child(node, "value");
				return value ? evaluate(rs, value, scope) : unclear(t("a constant without a value"));
			});
			return;
		case "struct_item":
			item(() => makeStruct(rs, node, attributes, module));
			return;
		case "enum_item":
			item(() => makeEnum(rs, node, attributes, module));
			return;
		case "type_item": {
			const type = child(node, "type");
			if (type) item(() => resolveType(rs, type, scope));
			return;
		}
		case "mod_item": {
			const body = child(node, "body");
			const folder = resolve(module.folder, name);
			if (body) item(() => openModule(rs, module.file, body, { folder, crate: module.crate, parent: module.self }));
			else item(() => openModuleFile(rs, module, name, attributes));
			return;
		}
		case "use_declaration": {
			const argument = child(node, "argument");
			if (argument) use(rs, module, argument, [], scope);
			return;
		}
		case "macro_invocation":
		case "expression_statement":
			readLazyStatics(rs, node, module, scope);
	}
}

/** Names lead to names, so each is followed once; one that leads back to itself is no answer. */
function once(make: () => Thing): () => Thing {
	let kept: Thing | undefined;
	let busy = false;
	return () => {
		if (kept) return kept;
		if (busy) return unclear(t("a name that refers to itself"));
		busy = true;
		kept = make();
		busy = false;
		return kept;
	};
}

/** `mod name;`: name.rs or name/mod.rs, or what `#[path = "…"]` says (The Rust Reference, "Modules"). */
function openModuleFile(rs: Rust, module: Module, name: string, attributes: readonly SyntaxNode[]): Thing {
	const given = attributes.map((one) => /^#\[path\s*=\s*"([^"]+)"\]/.exec(module.file.textOf(one))?.[1]).find(Boolean);
	const paths = given ? [resolve(folderOf(module.file.path), given)] : [`${module.folder}/${name}.rs`, `${module.folder}/${name}/mod.rs`];
	for (const path of paths) {
		const read = rs.run.shelf.read(path, "rust");
		if (read.kind === "file" && read.file.root)
			return openModule(rs, read.file, read.file.root, { folder: resolve(module.folder, name), crate: module.crate, parent: module.self });
	}
	return unclear(t("{0}.rs is not in view", name));
}

/** `use` inside a function. */
export function useLocally(rs: Rust, node: SyntaxNode, scope: Scope): void {
	const argument = child(node, "argument");
	const local: Module = { ...scope.module, items: new Map(), globs: [] };
	if (argument) use(rs, local, argument, [], scope);
	for (const [name, get] of local.items) scope.names.set(name, get());
	for (const glob of local.globs) {
		const from = glob();
		if (from.kind === "structure") for (const [name, thing] of from.fields) scope.names.set(name, thing);
	}
}

/** One tree of a `use` declaration. */
function use(rs: Rust, module: Module, node: SyntaxNode, before: readonly string[], scope: Scope): void {
	const textOf = (one: SyntaxNode): string => module.file.textOf(one);
	const add = (name: string, path: readonly string[]): void => {
		if (name !== "_" && !module.items.has(name))
			module.items.set(
				name,
				once(() => resolvePath(rs, path, scope, name)),
			);
	};
	switch (node.type) {
		case "use_list":
			for (const one of parts(node)) use(rs, module, one, before, scope);
			return;
		case "scoped_use_list": {
			const [path, list] = [child(node, "path"), child(node, "list")];
			if (list) use(rs, module, list, [...before, ...(path ? segments(textOf(path)) : [])], scope);
			return;
		}
		case "use_as_clause": {
			const [path, alias] = [child(node, "path"), child(node, "alias")];
			if (path && alias) add(textOf(alias), [...before, ...segments(textOf(path))]);
			return;
		}
		case "use_wildcard": {
			const path = [...before, ...parts(node).flatMap((one) => segments(textOf(one)))];
			module.globs.push(once(() => resolvePath(rs, path, scope)));
			return;
		}
		case "self":
			add(before.at(-1) ?? "self", before);
			return;
		default: {
			const path = [...before, ...segments(textOf(node))];
			add(path.at(-1) ?? "", path);
		}
	}
}

export function segments(path: string): string[] {
	return path
		.replace(/<[^:]*>/g, "")
		.split("::")
		.map((one) => one.trim())
		.filter(Boolean);
}

/** What a path names from a place in the source. `skip` is the name that is being defined by it, which is no answer. */
export function resolvePath(rs: Rust, path: readonly string[], scope: Scope, skip?: string): Thing {
	const [first = "", ...rest] = path;
	return rs.run.deeper(
		() => rest.reduce((of, name) => member(rs, of, name), start(rs, first, path, scope, skip)),
		unclear(t("paths that nest too deeply")),
	);
}

function start(rs: Rust, first: string, path: readonly string[], scope: Scope, skip: string | undefined): Thing {
	const { module } = scope;
	if (first === "crate") return rootOf(rs, module);
	if (first === "self") return path.length > 1 ? module.self : (findLocal(scope, "self") ?? module.self);
	if (first === "super") return module.parent ?? module.self;
	if (first === "Self") return scope.owner ?? unclear(t("Self outside of a type"));
	const local = findLocal(scope, first);
	if (local) return local;
	if (first !== skip || path.length === 1) {
		const found = first === skip ? undefined : itemOf(rs, module, first, 0);
		// A function may be called like a crate: `fn rocket() { rocket::build() }`.
		if (found && !(path.length > 1 && found.kind === "callable")) return found;
	}
	return ownCrate(rs, module, first) ?? fromGlobs(rs, module, first) ?? library(first);
}

function rootOf(rs: Rust, module: Module): Structure {
	let at = module;
	for (let i = 0; i < 50 && at.parent; i++) at = rs.modules.get(at.parent) ?? at;
	return at.self;
}

/** An item of a module by name: its own, or one of another module that it takes over whole. */
function itemOf(rs: Rust, module: Module, name: string, depth: number): Thing | undefined {
	const own = module.items.get(name);
	if (own) return own();
	for (const glob of depth > 6 ? [] : module.globs) {
		const from = glob();
		if (from.kind !== "structure" || from === module.self) continue;
		const other = rs.modules.get(from);
		const found = other ? itemOf(rs, other, name, depth + 1) : from.fields.get(name);
		if (found) return found;
	}
	return undefined;
}

/** `use std::net::*;`: the name may be one of the library's. */
function fromGlobs(rs: Rust, module: Module, name: string): Thing | undefined {
	const libraries = module.globs.map((glob) => glob()).filter((one) => one.kind === "library");
	const known =
		libraries.find((one) => KNOWN_IN_GLOBS[one.origin]?.test(name)) ??
		(libraries.length === 1 && /^[A-Z]/.test(name) ? libraries[0] : undefined);
	return known && member(rs, known, name);
}

const KNOWN_IN_GLOBS: Readonly<Record<string, RegExp>> = {
	"std::net": /^(TcpListener|UdpSocket|SocketAddr(V[46])?|Ip(v[46])?Addr)$/,
	"tokio::net": /^(TcpListener|UdpSocket)$/,
	actix_web: /^(HttpServer|App|web)$/,
	"std::env": /^(var|args)$/,
};

/** The program's own crates by name: its library, and those that the manifest finds by a path. */
function ownCrate(rs: Rust, module: Module, name: string): Thing | undefined {
	const { crate } = module;
	if (!crate) return undefined;
	if (name === crate.name) return libraryOf(rs, crate);
	const folder = crate.paths.get(name);
	const other = folder === undefined ? undefined : crateOf(rs, folder);
	return other && libraryOf(rs, other);
}

function libraryOf(rs: Rust, crate: Crate): Thing | undefined {
	for (const module of rs.modules.values()) if (!module.parent && module.file.path === crate.library) return module.self;
	const read = rs.run.shelf.read(crate.library, "rust");
	if (read.kind !== "file" || !read.file.root) return undefined;
	return openModule(rs, read.file, read.file.root, { folder: folderOf(crate.library), crate, parent: undefined });
}

/** The folder that a file's submodules stand in: beside main.rs, lib.rs and mod.rs, else in a folder of its name. */
export function folderOfModules(path: string): string {
	const name = nameOf(path).replace(/\.rs$/, "");
	return /^(main|lib|mod)$/.test(name) || /\/src\/bin\/[^/]+\.rs$/.test(path) ? folderOf(path) : resolve(folderOf(path), name);
}

/** `of::name`. */
export function member(rs: Rust, of: Thing, name: string): Thing {
	if (name === "self") return of;
	if (of.kind === "library") return library(`${of.origin}::${name}`);
	if (of.kind !== "structure") return unclear(t("{0} is not in view", name));
	const module = rs.modules.get(of);
	if (module) {
		if (name === "super") return module.parent ?? of;
		return itemOf(rs, module, name, 0) ?? fromGlobs(rs, module, name) ?? unclear(t("{0} is not in view", name));
	}
	return of.fields.get(name) ?? library(`${rs.types.get(of)?.name ?? "a type"}::${name}`);
}

/** The type that a type's syntax names; `Result<Config>` and other wrappers answer what they wrap. */
export function resolveType(rs: Rust, node: SyntaxNode, scope: Scope): Thing {
	switch (node.type) {
		case "generic_type": {
			const [outer, given] = [child(node, "type"), child(node, "type_arguments")];
			const found = outer ? resolveType(rs, outer, scope) : unclear(t("a type"));
			const first = given && parts(given)[0];
			return found.kind === "structure" || !first ? found : resolveType(rs, first, scope);
		}
		case "reference_type": {
			const type = child(node, "type");
			return type ? resolveType(rs, type, scope) : unclear(t("a type"));
		}
		case "type_identifier":
		case "scoped_type_identifier":
		case "identifier":
		case "scoped_identifier":
			return resolvePath(rs, segments(scope.module.file.textOf(node)), scope);
		default:
			return unclear(t("a type"));
	}
}
