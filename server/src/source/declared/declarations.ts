import type { SourceFile } from "../core/sourceFile.ts";
import type { SyntaxNode } from "../syntax.ts";
import type { Expression, Language, Parameter } from "./expression.ts";

/** The classes, variables, methods and calls of a program's files. */
export interface Declarations {
	readonly language: Language;
	readonly classes: ReadonlyMap<string, Class>;
	readonly methods: ReadonlyMap<string, readonly Method[]>;
	/** Every call and every object that is made, in the order of the files. */
	readonly sites: readonly Site[];
	readonly imports: ReadonlyMap<SourceFile, Imports>;
}

export interface Imports {
	readonly names: Map<string, string>;
	/** Packages whose classes are all in sight. */
	readonly packages: string[];
	/** Classes whose static members are all in sight. */
	readonly statics: string[];
}

export interface Class {
	readonly name: string;
	readonly parents: readonly string[];
	readonly outer: Class | undefined;
	readonly fields: Map<string, Variable>;
}

export interface Method {
	readonly name: string;
	readonly parameters: readonly Parameter[];
	readonly returns: string | undefined;
	readonly owner: Class | undefined;
	readonly locals: Map<string, Variable>;
}

export interface Variable {
	readonly type: string | undefined;
	/** What is assigned to it, in the order of the source. */
	readonly values: Assigned[];
}

export interface Assigned {
	readonly node: SyntaxNode;
	readonly scope: Scope;
}

/** Where an expression stands. */
export interface Scope {
	readonly file: SourceFile;
	readonly owner: Class | undefined;
	readonly method: Method | undefined;
	readonly conditions: readonly Condition[];
}

export interface Condition {
	/** Undefined when nobody can tell: a loop, a handler of exceptions. */
	readonly node: SyntaxNode | undefined;
	readonly negated: boolean;
	readonly scope: Scope;
}

export interface Site {
	readonly node: SyntaxNode;
	readonly expression: Extract<Expression, { kind: "call" | "create" }>;
	readonly scope: Scope;
}

/** Deeper trees are generated. */
const DEEPEST = 400;

/** Collects what files declare. `spend` pays for a syntax node and answers whether it could. */
export function collect(language: Language, files: readonly SourceFile[], spend: () => boolean): Declarations {
	const classes = new Map<string, Class>();
	const methods = new Map<string, Method[]>();
	const sites: Site[] = [];
	const imports = new Map<SourceFile, Imports>();
	const assignments: { left: SyntaxNode; right: SyntaxNode; scope: Scope }[] = [];

	function visit(node: SyntaxNode, scope: Scope, depth: number): void {
		if (depth > DEEPEST || !spend()) return;
		let inside = scope;
		const declared = node.named ? language.declare(node, scope.file) : undefined;
		switch (declared?.kind) {
			case "class": {
				const owner: Class = { name: declared.name, parents: declared.parents, outer: scope.owner, fields: new Map() };
				if (!classes.has(owner.name)) classes.set(owner.name, owner);
				inside = { ...scope, owner: classes.get(owner.name), method: undefined };
				break;
			}
			case "method": {
				const method: Method = { ...declared, owner: scope.owner, locals: new Map() };
				methods.set(method.name, [...(methods.get(method.name) ?? []), method]);
				inside = { ...scope, method, conditions: [] };
				break;
			}
			case "field":
			case "local": {
				const holder = declared.kind === "local" ? scope.method?.locals : scope.owner?.fields;
				if (holder) {
					const variable = holder.get(declared.name) ?? { type: declared.type, values: [] };
					if (declared.value) variable.values.push({ node: declared.value, scope });
					holder.set(declared.name, variable);
				}
				break;
			}
			case "import":
				imports.get(scope.file)?.names.set(declared.name, declared.path);
				return;
			case "importAll":
				imports.get(scope.file)?.[declared.members ? "statics" : "packages"].push(declared.path);
				return;
		}
		if (node.named) {
			const expression = language.read(node, scope.file);
			if (expression.kind === "call" || expression.kind === "create") sites.push({ node, expression, scope });
			else if (expression.kind === "assign") assignments.push({ ...expression, scope });
		}
		const guards = language.guards(node);
		for (const child of node.children) {
			const guard = guards.find((one) => one.node === child);
			const condition = guard && { node: guard.condition, negated: guard.negated, scope };
			visit(child, condition ? { ...inside, conditions: [...inside.conditions, condition] } : inside, depth + 1);
		}
	}

	for (const file of files) {
		imports.set(file, { names: new Map(), packages: [], statics: [] });
		// The statements of a file without a class are the body of the method that starts the program.
		const main: Method = {
			name: "Main",
			parameters: [{ name: "args", type: "String[]" }],
			returns: undefined,
			owner: undefined,
			locals: new Map(),
		};
		if (file.root) visit(file.root, { file, owner: undefined, method: main, conditions: [] }, 0);
	}
	for (const { left, right, scope } of assignments) variableOf(language, left, scope)?.values.push({ node: right, scope });
	return { language, classes, methods, sites, imports };
}

/** The variable that the left side of an assignment names, when it is the program's own. */
function variableOf(language: Language, left: SyntaxNode, scope: Scope): Variable | undefined {
	const expression = language.read(left, scope.file);
	if (expression.kind === "name") return scope.method?.locals.get(expression.name) ?? fieldOf(scope.owner, expression.name);
	if (expression.kind === "member" && language.read(expression.object, scope.file).kind === "this")
		return fieldOf(scope.owner, expression.name);
	return undefined;
}

/** A field of a class or of one around it. */
export function fieldOf(owner: Class | undefined, name: string): Variable | undefined {
	for (let one = owner; one; one = one.outer) {
		const field = one.fields.get(name);
		if (field) return field;
	}
	return undefined;
}
