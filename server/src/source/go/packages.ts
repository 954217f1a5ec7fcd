import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import { nameOf } from "../core/paths.ts";
import type { SourceFile } from "../core/sourceFile.ts";
import { library, NOTHING, type Thing, unclear } from "../core/thing.ts";
import { child, childrenIn, namedChildren, type SyntaxNode } from "../syntax.ts";
import { isBuiltByConstraint, isBuiltByName } from "./constraints.ts";
import { evaluate } from "./expressions.ts";
import { makeFunction } from "./functions.ts";
import type { Declaration, Go, GoFile, Module, Package, Scope } from "./go.ts";
import { folderOfImport } from "./modules.ts";
import { declareType, zeroValue } from "./types.ts";

/** The package in a folder, or in one file of it, initialized; undefined while its files are on the way or when it has none. */
export function loadPackage(go: Go, place: string, module: Module | undefined, at: Evidence | undefined): Package | undefined {
	const loaded = go.packages.get(place);
	if (loaded) return loaded;
	const files = place.endsWith(".go") ? [place] : sourcesIn(go, place);
	if (!files) return undefined;
	const reads = files.map((path) => ({ path, read: go.run.shelf.read(path, "go") }));
	if (reads.some(({ read }) => read.kind === "pending")) return undefined;
	const sources: SourceFile[] = [];
	const tags = new Set(go.run.start.buildTags);
	for (const { read } of reads) {
		if (read.kind === "unknown") go.run.gap(read.reason, at);
		else if (read.kind === "file" && read.file.root && isBuiltByConstraint(read.file.text, tags)) sources.push(read.file);
	}
	if (sources.length === 0) return undefined;
	const pkg = declare(place, module, sources);
	go.packages.set(place, pkg);
	initialize(go, pkg, at);
	return pkg;
}

/**
 * Asks for a package and all that it imports, as far as they are the program's own, so that a few rounds find them before
 * anything is evaluated. Of a large program only this many files; the others are read when something needs them.
 */
export function gather(go: Go, place: string, module: Module | undefined): void {
	const left = [place];
	const seen = new Set(left);
	for (let one = left.shift(); one !== undefined; one = left.shift()) {
		for (const path of one.endsWith(".go") ? [one] : (sourcesIn(go, one) ?? [])) {
			const read = go.run.shelf.read(path, "go");
			if (read.kind !== "file") continue;
			for (const { path: imported } of importSpecs(read.file)) {
				const folder = folderOfImport(go, module, imported);
				if (folder === undefined || seen.has(folder)) continue;
				seen.add(folder);
				if (go.run.shelf.sources.length < MOST_GATHERED) left.push(folder);
			}
		}
	}
}

const MOST_GATHERED = 200;

/** Generated from a protocol's description: large, and it opens nothing by itself. */
const GENERATED = /(\.pb(\.gw|\.validate)?|_grpc\.pb|\.connect|_string|_easyjson|_gen)\.go$|^(bindata|zz_generated.*)\.go$/;

function sourcesIn(go: Go, folder: string): string[] | undefined {
	const names = go.run.shelf.list(folder);
	if ("kind" in names) return undefined;
	return names.filter((name) => isBuiltByName(name) && !GENERATED.test(name)).map((name) => `${folder === "/" ? "" : folder}/${name}`);
}

function declare(place: string, module: Module | undefined, sources: readonly SourceFile[]): Package {
	const declarations = new Map<string, Declaration>();
	const methods = new Map<string, { node: SyntaxNode; file: GoFile }[]>();
	const initial: Declaration[] = [];
	const add = (name: string, declaration: Declaration): void => {
		if (name === "_" || name === "init") initial.push(declaration);
		else if (!declarations.has(name)) declarations.set(name, declaration);
	};
	for (const source of sources) {
		const file: GoFile = { source, imports: importsOf(source) };
		for (const node of source.root ? namedChildren(source.root) : []) {
			if (node.type === "function_declaration") {
				const name = child(node, "name");
				if (name) add(source.textOf(name), { kind: "function", node, file });
			} else if (node.type === "method_declaration") {
				const type = receiverType(node, source);
				if (type !== undefined) methods.set(type, [...(methods.get(type) ?? []), { node, file }]);
			} else declareSpecs(node, file, add);
		}
	}
	initial.forEach((declaration, index) => {
		declarations.set(`${INITIAL}${index}`, declaration);
	});
	return {
		folder: place,
		names: new Map(),
		declarations,
		methods,
		underWay: new Set(),
		module,
	};
}

/** Before the number of an `init` function or of a variable that has no name: no name of a program starts like this. */
const INITIAL = "\u0000";

/** `const`, `var` and `type`, at the top of a file or inside a function. */
export function declareSpecs(node: SyntaxNode, file: GoFile, add: (name: string, declaration: Declaration) => void): void {
	const text = (one: SyntaxNode): string => file.source.textOf(one);
	if (node.type === "const_declaration") {
		let values: readonly SyntaxNode[] = [];
		namedChildren(node).forEach((spec, iota) => {
			const own = child(spec, "value");
			if (own) values = namedChildren(own);
			childrenIn(spec, "name")
				.filter((one) => one.named)
				.forEach((name, index) => {
					add(text(name), { kind: "constant", node: spec, file, values, index, iota });
				});
		});
	} else if (node.type === "var_declaration") {
		const specs = namedChildren(node).flatMap((one) => (one.type === "var_spec_list" ? namedChildren(one) : [one]));
		for (const spec of specs)
			childrenIn(spec, "name")
				.filter((one) => one.named)
				.forEach((name, index) => {
					add(text(name), { kind: "variable", node: spec, file, index });
				});
	} else if (node.type === "type_declaration") {
		for (const spec of namedChildren(node)) {
			const name = child(spec, "name");
			if (name) add(text(name), { kind: "type", node: spec, file });
		}
	}
}

function receiverType(node: SyntaxNode, source: SourceFile): string | undefined {
	const receiver = child(node, "receiver");
	const parameter = receiver ? namedChildren(receiver)[0] : undefined;
	const type = parameter ? child(parameter, "type") : undefined;
	return type && /^[*(\s]*(\w+)/.exec(source.textOf(type))?.[1];
}

function importsOf(source: SourceFile): Map<string, string> {
	const imports = new Map<string, string>();
	for (const path of importSpecs(source)) imports.set(path.name, path.path);
	return imports;
}

/** What a file imports, and by which name; `_` and `.` with their path behind them, so that each is kept. */
export function importSpecs(source: SourceFile): { readonly name: string; readonly path: string }[] {
	const found: { name: string; path: string }[] = [];
	for (const declaration of source.root ? namedChildren(source.root) : []) {
		if (declaration.type !== "import_declaration") continue;
		const specs = namedChildren(declaration).flatMap((one) => (one.type === "import_spec_list" ? namedChildren(one) : [one]));
		for (const spec of specs) {
			const written = child(spec, "path");
			const path = written ? source.textOf(written).slice(1, -1) : "";
			const name = child(spec, "name");
			const given = name ? source.textOf(name) : undefined;
			if (path !== "") found.push({ name: given === undefined ? packageName(path) : /^[_.]$/.test(given) ? given + path : given, path });
		}
	}
	return found;
}

/** The name that a package most likely has: its folder's, without a version (`…/v2`, `yaml.v3`, `go-redis`). */
function packageName(path: string): string {
	const last = nameOf(withoutVersion(path));
	return last
		.replace(/^go-/, "")
		.replace(/[-.]go$/, "")
		.replaceAll("-", "_");
}

/** `github.com/labstack/echo` for `github.com/labstack/echo/v4`, `gopkg.in/yaml` for `gopkg.in/yaml.v3`. */
export function withoutVersion(path: string): string {
	return path
		.replace(/\/v\d+$/, "")
		.replace(/\/v\d+\//, "/")
		.replace(/^(gopkg\.in\/.*)\.v\d+/, "$1");
}

/** Variables without a name and `init` functions run when the package is loaded, in the order of its files. */
function initialize(go: Go, pkg: Package, at: Evidence | undefined): void {
	for (const file of new Set([...pkg.declarations.values()].map((one) => one.file)))
		for (const [name, path] of file.imports) {
			const folder = name.startsWith("_") ? folderOfImport(go, pkg.module, path) : undefined;
			if (folder !== undefined) loadPackage(go, folder, pkg.module, at);
		}
	for (const [name, declaration] of pkg.declarations) {
		if (!name.startsWith(INITIAL)) continue;
		detached(go, () => {
			const made = evaluateDeclaration(go, pkg, declaration);
			if (declaration.kind === "function" && made.kind === "callable")
				made.invoke({ positional: [], keywords: new Map(), self: undefined, at: declaration.file.source.evidence(declaration.node) });
		});
	}
}

/** Runs what happens once, before `main`, whichever branch first needs it. */
function detached<T>(go: Go, body: () => T): T {
	const conditions = go.run.conditions.splice(0);
	const result = go.run.journal.outside(body);
	go.run.conditions.splice(0, go.run.conditions.length, ...conditions);
	// An exit in an initializer is taken to be its failure, which does not happen.
	go.run.aborting = false;
	return result;
}

/** What a package declares by this name; undefined when it does not. */
export function packageMember(go: Go, pkg: Package, name: string): Thing | undefined {
	const known = pkg.names.get(name);
	if (known) return known;
	const declaration = pkg.declarations.get(name);
	if (!declaration) return undefined;
	if (pkg.underWay.has(name)) return unclear(t("{0} needs itself", name));
	pkg.underWay.add(name);
	const value = detached(go, () => evaluateDeclaration(go, pkg, declaration));
	pkg.underWay.delete(name);
	pkg.names.set(name, value);
	return value;
}

function evaluateDeclaration(go: Go, pkg: Package, declaration: Declaration): Thing {
	const scope: Scope = { pkg, file: declaration.file, names: new Map(), outer: undefined };
	return declared(go, declaration, scope);
}

/** The value that a declaration gives its name. */
export function declared(go: Go, declaration: Declaration, scope: Scope): Thing {
	const { node, index = 0 } = declaration;
	switch (declaration.kind) {
		case "function":
			return makeFunction(go, node, scope);
		case "type":
			return declareType(go, node, scope);
		case "constant": {
			const value = declaration.values?.[index];
			return value ? evaluate(go, value, { ...scope, iota: declaration.iota ?? 0 }) : unclear(t("a constant without a value"));
		}
		case "variable": {
			const [written, type] = [child(node, "value"), child(node, "type")];
			const values = written ? namedChildren(written) : [];
			const only = values.length === 1 ? values[0] : undefined;
			const names = childrenIn(node, "name").filter((one) => one.named);
			if (only && names.length > 1) return part(evaluate(go, only, scope), index, declaration.file.source.textOf(names[index] ?? only));
			const value = values[index];
			if (value) return evaluate(go, value, scope);
			return type ? zeroValue(go, type, scope) : NOTHING;
		}
	}
}

/** One of several results; what a library says of its own failure is that there was none. */
export function part(value: Thing, index: number, name: string): Thing {
	switch (value.kind) {
		case "list":
			return value.items[index] ?? NOTHING;
		case "variable":
		case "argument":
			return { ...value, fallback: part(value.fallback, index, name) };
		case "oneOf":
			return { kind: "oneOf", values: value.values.map((one) => part(one, index, name)) };
		default:
			if (index === 0) return value;
			if (isErrorName(name) || name === "e") return NOTHING;
			return value.kind === "library" ? library(`${value.origin}[${index}]`) : value;
	}
}

/** Names that Go programs give to errors. */
export function isErrorName(name: string): boolean {
	return /^(err|error|.*[a-z]Err|err[A-Z0-9].*|.*Error)$/.test(name);
}
