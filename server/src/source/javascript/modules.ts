import { t } from "../../model/message.ts";
import { runBody } from "../core/branch.ts";
import { jsonThing } from "../core/data.ts";
import { loadDotenv } from "../core/dotenv.ts";
import { folderOf, nameOf, resolve } from "../core/paths.ts";
import { SourceFile } from "../core/sourceFile.ts";
import { builtin, type Call, type Fields, library, NOTHING, plain, type Structure, type Thing, unclear } from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { assign } from "./assign.ts";
import { evaluateDecorators } from "./classes.ts";
import { evaluate, textParts } from "./expressions.ts";
import type { JavaScript } from "./javascript.ts";
import { loadNamed } from "./loads.ts";
import { member } from "./members.ts";
import { canonicalName } from "./names.ts";
import { ownModule } from "./packages.ts";
import { LISTENING_MODULES, QUIET_LIBRARIES, QUIET_MODULES } from "./quiet.ts";
import { readSource, resolvePath } from "./resolve.ts";
import type { Module, Scope } from "./scope.ts";
import { execute, executeBlock } from "./statements.ts";

/** What `require(name)` or `import * as` from it answers: a module of the program, else a library. */
export function load(js: JavaScript, name: string, from: SourceFile, at: Call["at"]): Thing {
	if (!/^(\.\.?(\/|$)|\/)/.test(name)) {
		const own = isBuiltIn(name) ? undefined : ownModule(js, name, from);
		return own === undefined ? libraryNamed(js, name) : loadFile(js, own, at);
	}
	const wanted = resolve(folderOf(from.path), name);
	const path = resolvePath(js, wanted);
	if (!path) {
		const entry = js.run.shelf.look(wanted);
		const reason = entry.kind === "unknown" ? entry.reason : t("{0} is not in the image", nameOf(wanted));
		if (entry.kind !== "pending") js.run.gap(reason, at);
		return unclear(reason, at);
	}
	return loadFile(js, path, at);
}

/** The module at an absolute path; undefined while it is not known, or not there. */
export function loadPath(js: JavaScript, path: string, at: Call["at"]): Thing | undefined {
	const resolved = resolvePath(js, path);
	const loaded = resolved === undefined ? undefined : loadFile(js, resolved, at);
	return loaded?.kind === "structure" && loaded.shape === "module" ? (loaded.fields.get("default") ?? loaded) : loaded;
}

function loadFile(js: JavaScript, path: string, at: Call["at"]): Thing {
	const loaded = js.modules.get(path);
	if (loaded) return exportsOf(loaded);
	const read = readSource(js, path);
	if (read.kind === "file") return read.file.root ? exportsOf(runModule(js, read.file, false)) : jsonThing(read.file);
	if (read.kind === "unknown") js.run.gap(read.reason, at);
	return unclear(read.kind === "unknown" ? read.reason : t("{0} is not in the image", nameOf(path)), at);
}

function exportsOf(module: Module): Thing {
	if (module.namespace.fields.size > 0) return module.namespace;
	return module.module.fields.get("exports") ?? NOTHING;
}

/** Node's own modules, and libraries that everybody knows by name, are not looked for in the repository. */
function isBuiltIn(name: string): boolean {
	const plainName = name.replace(/^node:/, "");
	return QUIET_MODULES.has(plainName) || LISTENING_MODULES.has(plainName) || QUIET_LIBRARIES.has(plainName);
}

function libraryNamed(js: JavaScript, written: string): Thing {
	const name = canonicalName(written);
	if (name === "dotenv/config") loadDotenv(js.run, resolve(js.run.start.cwd, ".env"), false);
	let found = js.libraries.get(name);
	if (!found) {
		found = library(name);
		js.libraries.set(name, found);
	}
	return found;
}

/** Evaluates a file. `isMain` makes it the program's entry: `require.main` is its module. */
export function runModule(js: JavaScript, file: SourceFile, isMain: boolean): Module {
	const exports: Thing = structure(new Map());
	const moduleFields: Fields = new Map<string, Thing>([
		["exports", exports],
		["filename", plain(file.path)],
		["id", plain(isMain ? "." : file.path)],
		["require", requireOf(js, file)],
		["parent", isMain ? NOTHING : structure(new Map())],
	]);
	const module: Module = { file, module: structure(moduleFields), namespace: structure(new Map(), "module"), exported: [] };
	js.modules.set(file.path, module);
	if (isMain) js.main = module.module;
	const names: Fields = new Map<string, Thing>([
		["module", module.module],
		["exports", exports],
		["__filename", plain(file.path)],
		["__dirname", plain(folderOf(file.path))],
		["require", requireOf(js, file)],
	]);
	const scope: Scope = { module, names, outer: undefined, isBlock: false, self: exports, owner: undefined };
	js.run.deeper(() => {
		if (file.root) {
			importFirst(js, file.root, scope);
			const root = file.root;
			runBody(js.run, () => executeBlock(js, root, scope));
		}
	}, undefined);
	for (const { local, name } of module.exported)
		module.namespace.fields.set(name, names.get(local) ?? unclear(t("{0} is not set in view", local)));
	return module;
}

/** Imports come before anything else runs, wherever they stand. */
function importFirst(js: JavaScript, root: SyntaxNode, scope: Scope): void {
	for (const statement of namedChildren(root)) if (statement.type === "import_statement") bindImport(js, statement, scope);
}

function structure(fields: Fields, shape: Structure["shape"] = "dictionary"): Structure {
	return { kind: "structure", shape, fields, parents: [], open: false, at: undefined };
}

/** `require` for the files beside a path or a `file:` URL (Node.js, `module.createRequire`). */
export function requireBeside(js: JavaScript, from: string): Thing {
	const path = from.replace(/^file:\/\//, "");
	return requireOf(js, new SourceFile(path, { uri: "", text: "", origin: { line: 0, character: 0 } }, undefined));
}

function requireOf(js: JavaScript, file: SourceFile): Thing {
	const require = builtin((call) => loadNamed(js, call.positional[0], call.at, (name) => load(js, name, file, call.at)));
	if (js.main) require.fields.set("main", js.main);
	return require;
}

/** `import("…")`. */
export function importDynamically(js: JavaScript, call: Call, scope: Scope): Thing {
	return loadNamed(js, call.positional[0], call.at, (name) => load(js, name, scope.module.file, call.at));
}

/** Bound before the body runs. */
export function executeImport(_js: JavaScript, _node: SyntaxNode, _scope: Scope): void {}

function bindImport(js: JavaScript, node: SyntaxNode, scope: Scope): void {
	const clause = node.children.find((one) => one.type === "import_clause" || one.type === "import_require_clause");
	const source = child(node, "source") ?? (clause ? child(clause, "source") : undefined);
	// `import type` is gone when the program runs.
	if (!source || node.children.some((one) => one.type === "type" || one.type === "typeof")) return;
	const at = scope.module.file.evidence(node);
	const thing = load(js, textParts(source, scope), scope.module.file, at);
	for (const one of clause ? namedChildren(clause) : []) {
		if (one.type === "identifier") assign(js, one, clause?.type === "import_clause" ? defaultOf(js, thing, at) : thing, scope, "block");
		else if (one.type === "namespace_import") {
			const name = namedChildren(one)[0];
			if (name) assign(js, name, thing, scope, "block");
		} else if (one.type === "named_imports")
			for (const specifier of namedChildren(one)) {
				const name = child(specifier, "name");
				const local = child(specifier, "alias") ?? name;
				const imported = name ? scope.module.file.textOf(name) : "";
				if (local) assign(js, local, imported === "default" ? defaultOf(js, thing, at) : member(js, thing, imported, at), scope, "block");
			}
	}
}

/** What `import x` binds: the default export, and for CommonJS the whole of `module.exports`. */
function defaultOf(js: JavaScript, thing: Thing, at: Call["at"]): Thing {
	if (thing.kind === "structure" && (thing.shape === "module" || thing.fields.has("default"))) return member(js, thing, "default", at);
	return thing;
}

/** `export` in all its forms. */
export function executeExport(js: JavaScript, node: SyntaxNode, scope: Scope): void {
	const fields = scope.module.namespace.fields;
	const source = child(node, "source");
	const from = source ? load(js, textParts(source, scope), scope.module.file, scope.module.file.evidence(node)) : undefined;
	const clause = node.children.find((one) => one.type === "export_clause");
	if (clause) exportNames(js, clause, from, scope);
	else if (from) exportAll(js, node, from, scope);
	const isDefault = node.children.some((one) => one.type === "default");
	const [declaration, value] = [child(node, "declaration"), child(node, "value")];
	if (value) js.run.journal.set(fields, isDefault ? "default" : "=", evaluate(js, value, scope));
	if (value && !isDefault) js.run.journal.set(scope.module.module.fields, "exports", fields.get("=") ?? NOTHING);
	if (value && !isDefault) fields.delete("=");
	if (!declaration) return;
	evaluateDecorators(js, node, scope);
	execute(js, declaration, scope);
	for (const name of declaredNames(declaration, scope)) scope.module.exported.push({ local: name, name: isDefault ? "default" : name });
	// Circular imports see what is there so far.
	for (const { local, name } of scope.module.exported) fields.set(name, scope.names.get(local) ?? NOTHING);
}

function exportNames(js: JavaScript, clause: SyntaxNode, from: Thing | undefined, scope: Scope): void {
	for (const one of namedChildren(clause)) {
		const [name, alias] = [child(one, "name"), child(one, "alias")];
		if (!name) continue;
		const local = scope.module.file.textOf(name);
		const exported = alias ? scope.module.file.textOf(alias) : local;
		if (!from) scope.module.exported.push({ local, name: exported });
		else
			scope.module.namespace.fields.set(
				exported,
				local === "default"
					? defaultOf(js, from, scope.module.file.evidence(one))
					: member(js, from, local, scope.module.file.evidence(one)),
			);
	}
}

function exportAll(js: JavaScript, node: SyntaxNode, from: Thing, scope: Scope): void {
	const fields = scope.module.namespace.fields;
	const alias = node.children.find((one) => one.type === "namespace_export");
	const name = alias ? namedChildren(alias)[0] : undefined;
	if (name) js.run.journal.set(fields, scope.module.file.textOf(name), from);
	else if (from.kind === "structure") for (const [key, value] of from.fields) if (key !== "default") js.run.journal.set(fields, key, value);
}

function declaredNames(declaration: SyntaxNode, scope: Scope): string[] {
	const name = child(declaration, "name");
	if (name) return [scope.module.file.textOf(name)];
	return namedChildren(declaration).flatMap((one) => {
		const target = one.type === "variable_declarator" ? child(one, "name") : undefined;
		return target ? boundNames(target, scope) : [];
	});
}

function boundNames(target: SyntaxNode, scope: Scope): string[] {
	if (target.type === "identifier" || target.type === "shorthand_property_identifier_pattern") return [scope.module.file.textOf(target)];
	return namedChildren(target).flatMap((one) => (one.field === "right" || one.field === "key" ? [] : boundNames(one, scope)));
}
