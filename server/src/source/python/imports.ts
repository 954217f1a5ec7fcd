import { t } from "../../model/message.ts";
import { runBody } from "../core/branch.ts";
import { resolve } from "../core/paths.ts";
import type { SourceFile } from "../core/sourceFile.ts";
import { attributeOf, type Fields, library, list, plain, type Structure, type Thing, unclear } from "../core/thing.ts";
import { child, childrenIn, type SyntaxNode } from "../syntax.ts";
import { assign } from "./assign.ts";
import type { Python } from "./python.ts";
import { QUIET_STANDARD, STANDARD_LISTENERS } from "./quiet.ts";
import { moduleScope, type Scope } from "./scope.ts";
import { executeBlock } from "./statements.ts";

/** `import a.b as c, d`. */
export function executeImport(py: Python, node: SyntaxNode, scope: Scope): void {
	for (const one of childrenIn(node, "name")) {
		const aliased = one.type === "aliased_import";
		const dotted = aliased ? child(one, "name") : one;
		const name = dotted ? scope.module.file.textOf(dotted).replace(/\s+/g, "") : "";
		const module = importDotted(py, name);
		const alias = aliased ? child(one, "alias") : undefined;
		if (alias) assign(py, alias, module, scope);
		else {
			const top = name.split(".")[0] ?? name;
			py.run.journal.set(scope.elsewhere.get(top) ?? scope.names, top, importDotted(py, top));
		}
	}
}

/** `from .a import b as c, *`. */
export function executeImportFrom(py: Python, node: SyntaxNode, scope: Scope): void {
	const written = child(node, "module_name");
	if (!written) return;
	const name = absoluteName(written, scope);
	const relative = written.type === "relative_import";
	const module = name === undefined ? undefined : importDotted(py, name);
	if (relative && (!module || module.kind === "library")) missingModule(py, written, name, scope);
	if (node.children.some((one) => one.type === "wildcard_import")) {
		if (module?.kind === "structure")
			for (const [key, value] of module.fields) if (!key.startsWith("_")) py.run.journal.set(scope.names, key, value);
		if (module?.kind === "library") addStar(py, module, scope);
		return;
	}
	for (const one of childrenIn(node, "name")) {
		const imported = one.type === "aliased_import" ? child(one, "name") : one;
		const target = (one.type === "aliased_import" ? child(one, "alias") : undefined) ?? imported;
		if (!imported || !target) continue;
		const key = scope.module.file.textOf(imported);
		const value =
			module && name !== undefined ? memberOf(py, module, name, key) : unclear(t("{0} is imported from a module that is not in view", key));
		const bound = scope.module.file.textOf(target);
		py.run.journal.set(scope.elsewhere.get(bound) ?? scope.names, bound, value);
	}
}

/** The libraries of which a module has imported everything. */
const STAR = "(star)";

function addStar(py: Python, module: Thing, scope: Scope): void {
	const before = scope.module.fields.get(STAR);
	py.run.journal.set(scope.module.fields, STAR, list([...(before?.kind === "list" ? before.items : []), module]));
}

/** A name that is set nowhere comes from the library of which everything was imported, if there is but one. */
export function starName(scope: Scope, name: string): Thing | undefined {
	const star = scope.module.fields.get(STAR);
	const only = star?.kind === "list" && star.items.length === 1 ? star.items[0] : undefined;
	return only?.kind === "library" && !name.startsWith("_") ? attributeOf(only, name) : undefined;
}

function memberOf(py: Python, module: Thing, name: string, key: string): Thing {
	if (module.kind === "library") return attributeOf(module, key);
	if (module.kind !== "structure") return unclear(t("{0} is imported from a module that is not in view", key));
	return module.fields.get(key) ?? py.importModule(`${name}.${key}`) ?? unclear(t("{0} is not set in {1}", key, name));
}

function missingModule(py: Python, written: SyntaxNode, name: string | undefined, scope: Scope): void {
	// Without its own module a package's import says nothing: `from . import views` names a file only if one is there.
	if (name === undefined || name === scope.module.package) return;
	py.run.gap(t("{0}.py is not in the image", name.replaceAll(".", "/")), scope.module.file.evidence(written));
}

function absoluteName(written: SyntaxNode, scope: Scope): string | undefined {
	const text = scope.module.file.textOf(written).replace(/\s+/g, "");
	if (written.type !== "relative_import") return text;
	const dots = /^\.*/.exec(text)?.[0].length ?? 0;
	const packages = scope.module.package === "" ? [] : scope.module.package.split(".");
	if (dots - 1 > packages.length) return undefined;
	const base = packages.slice(0, packages.length - (dots - 1));
	return [...base, ...(text.length > dots ? [text.slice(dots)] : [])].join(".");
}

/** A module of the program, else a library's. */
export function importDotted(py: Python, name: string): Thing {
	const top = name.split(".")[0] ?? name;
	const own = py.importModule(name);
	if (own) return own;
	if (name !== top && py.modules.has(top)) return unclear(t("{0} is not in view", name));
	return name
		.split(".")
		.slice(1)
		.reduce<Thing>((object, part) => (object.kind === "library" ? attributeOf(object, part) : object), libraryModule(py, top));
}

function libraryModule(py: Python, name: string): Thing {
	let module = py.libraries.get(name);
	if (!module) {
		module = library(name);
		py.libraries.set(name, module);
	}
	return module;
}

/**
 * Finds and evaluates a module of the program; packages on the way come first, as in Python. A module of the standard
 * library is not looked for: nobody names a file like that and gets away with it.
 */
export function importModule(py: Python, name: string): Structure | undefined {
	const loaded = py.modules.get(name);
	if (loaded) return loaded;
	const parts = name.split(".");
	const top = parts[0] ?? "";
	if (top === "" || QUIET_STANDARD.has(top) || STANDARD_LISTENERS.has(top)) return undefined;
	const parentName = parts.slice(0, -1).join(".");
	const parent = parentName ? importModule(py, parentName) : undefined;
	if (parentName && !parent) return undefined;
	const folders = parent ? packageFolders(parent) : py.searchPath;
	for (const folder of folders) {
		const found = findModule(py, folder, parts.at(-1) ?? "");
		if (!found) continue;
		const module = evaluateModule(py, name, found);
		if (parent) py.run.journal.set(parent.fields, parts.at(-1) ?? "", module);
		return module;
	}
	return undefined;
}

interface Found {
	readonly file: SourceFile | undefined;
	/** Packages: their folder. */
	readonly folder: string | undefined;
}

function findModule(py: Python, folder: string, name: string): Found | undefined {
	const inside = resolve(folder, name);
	// All are asked for at once, so that one round finds them.
	const [init, plainFile, namespace] = [
		py.run.shelf.read(`${inside}/__init__.py`, "python"),
		py.run.shelf.read(`${inside}.py`, "python"),
		py.run.shelf.look(inside),
	];
	if (init.kind === "file") return { file: init.file, folder: inside };
	if (plainFile.kind === "file") return { file: plainFile.file, folder: undefined };
	return namespace.kind === "folder" ? { file: undefined, folder: inside } : undefined;
}

const FOLDER = "__path__";

function packageFolders(module: Structure): string[] {
	const folder = module.fields.get(FOLDER);
	return folder?.kind === "plain" ? [String(folder.value)] : [];
}

function evaluateModule(py: Python, name: string, found: Found): Structure {
	const fields: Fields = new Map<string, Thing>([["__name__", plain(name)]]);
	if (found.folder) fields.set(FOLDER, plain(found.folder));
	const module: Structure = { kind: "structure", shape: "module", fields, parents: [], open: false, at: undefined };
	py.modules.set(name, module);
	if (found.file) runModule(py, found.file, name, found.folder ? name : name.split(".").slice(0, -1).join("."), fields);
	return module;
}

/** Evaluates a file as a module into `fields`. */
export function runModule(py: Python, file: SourceFile, name: string, packageName: string, fields: Fields): void {
	fields.set("__file__", plain(file.path));
	fields.set("__name__", plain(name));
	runSource(py, file, fields, name, packageName);
}

/** Evaluates a file among names that are there before. */
export function runSource(py: Python, file: SourceFile, fields: Fields, name = "__main__", packageName = ""): void {
	const root = file.root;
	if (!root) return;
	const scope = moduleScope({ name, package: packageName, file, fields });
	py.run.deeper(() => {
		runBody(py.run, () => executeBlock(py, root, scope));
	}, undefined);
}
