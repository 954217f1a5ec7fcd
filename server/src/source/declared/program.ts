import type { Budget } from "../../model/budget.ts";
import { t } from "../../model/message.ts";
import type { Gap } from "../../model/port.ts";
import type { TextFile } from "../../model/text.ts";
import { type Environment, unknown, type Value } from "../../model/value.ts";
import { nameOf } from "../core/paths.ts";
import type { SourceFile } from "../core/sourceFile.ts";
import type { Truth } from "../core/truth.ts";
import type { Argument, LibraryCall, Program } from "../program.ts";
import type { SyntaxNode } from "../syntax.ts";
import { collect, type Declarations, type Scope, type Site } from "./declarations.ts";
import { Evaluator, type Surroundings } from "./evaluate.ts";
import type { Expression, Language } from "./expression.ts";
import { joined } from "./found.ts";

/** A program of a language whose files are compiled together. */
export interface DeclaredStart {
	/** Everything that may take part, by absolute path. */
	readonly files: readonly { readonly path: string; readonly file: TextFile }[];
	readonly environment: Environment;
	readonly args: readonly Value[];
	/** A system property or a key of the application's configuration. */
	setting(name: string): Value | undefined;
	/** The calls of interest, as they are named; no others are evaluated. */
	readonly callees: ReadonlySet<string>;
	readonly budget: Budget;
}

/** What calls are named by: Java by class (`java.net.ServerSocket#new`), C# by member alone (`Urls.Add`), with the class in `on`. */
export type Naming = "class" | "member";

/** Objects in objects deeper than this do not decide a port. */
const DEEPEST = 5;

/** The calls of all files, with values for their arguments. */
export function evaluateDeclared(language: Language, naming: Naming, sources: readonly SourceFile[], start: DeclaredStart): Program {
	const spend = () => start.budget.spend("steps");
	const declarations = collect(language, sources, spend);
	const around: Surroundings = { environment: start.environment, args: start.args, setting: start.setting, spend };
	const evaluator = new Evaluator(declarations, around);
	const calls: LibraryCall[] = [];
	for (const site of declarations.sites) {
		if (!spend()) break;
		const callees = calleesOf(evaluator, site, naming).filter((one) => start.callees.has(one));
		if (callees.length === 0) continue;
		const truth = evaluator.conditions(site.scope.conditions);
		if (truth.kind === "known" && !truth.value) continue;
		for (const callee of callees)
			calls.push({
				callee,
				...on(evaluator, site),
				positional: site.expression.given.positional.map((node) => argumentOf(evaluator, node, site.scope, 0)),
				keywords: new Map([...site.expression.given.named].map(([name, node]) => [name, argumentOf(evaluator, node, site.scope, 0)])),
				at: site.scope.file.evidence(site.node),
				decided: truth.kind === "known" || truth.kind === "hangs",
				...(truth.kind === "hangs" ? { hangsOn: { variable: truth.on.name, byDefault: truth.byDefault } } : {}),
			});
	}
	const unread = sources.filter(({ root }) => root?.broken && root.children.length === 0 && root.end > 0);
	const gaps: Gap[] = unread.map(({ path }) => ({ reason: t("{0} has a syntax error", nameOf(path)) }));
	if (start.budget.exhausted) gaps.push({ reason: start.budget.exhausted });
	return { calls, gaps, strangers: [] };
}

function on(evaluator: Evaluator, { expression, scope }: Site): { on?: Argument } {
	if (expression.kind === "create" || !expression.object) return {};
	const type = evaluator.typeOf(expression.object, scope);
	return type === undefined ? {} : { on: { kind: "object", origin: type, fields: new Map() } };
}

function calleesOf(evaluator: Evaluator, { expression, scope }: Site, naming: Naming): string[] {
	if (naming === "member") {
		if (expression.kind === "create") return [`new ${expression.type}`];
		const object = expression.object && evaluator.read(expression.object, scope);
		return object?.kind === "member" ? [expression.name, `${object.name}.${expression.name}`] : [expression.name];
	}
	if (expression.kind === "create") return qualified(evaluator.declarations, expression.type, scope).map((type) => `${type}#new`);
	if (!expression.object) {
		if (evaluator.declarations.methods.has(expression.name)) return [];
		const imports = evaluator.declarations.imports.get(scope.file);
		const path = imports?.names.get(expression.name);
		const owners = path ? [path.slice(0, path.lastIndexOf("."))] : (imports?.statics ?? []);
		return owners.map((owner) => `${owner}#${expression.name}`);
	}
	const type = evaluator.typeOf(expression.object, scope);
	if (type !== undefined) return qualified(evaluator.declarations, type, scope).map((one) => `${one}#${expression.name}`);
	const before = evaluator.read(expression.object, scope);
	return before.kind === "call" ? [`?${before.name}#${expression.name}`] : [];
}

/** A class's full name, as far as the imports tell; several when packages are imported whole. */
function qualified(declarations: Declarations, type: string, scope: Scope): string[] {
	if (/^[a-z]/.test(type)) return [type];
	const imports = declarations.imports.get(scope.file);
	const path = imports?.names.get(type);
	if (path) return [path];
	if (declarations.classes.has(type)) return [];
	return (imports?.packages ?? []).map((one) => `${one}.${type}`);
}

function argumentOf(evaluator: Evaluator, node: SyntaxNode, scope: Scope, depth: number): Argument {
	const expression = evaluator.read(node, scope);
	if (depth > DEEPEST) return unknown(t("the value is not a plain one"));
	switch (expression.kind) {
		case "function":
			return { kind: "function" };
		case "null":
			return { kind: "nothing" };
		case "same":
			return argumentOf(evaluator, expression.inner, scope, depth + 1);
		case "create":
			return { kind: "object", origin: expression.type, fields: inside(expression.given.positional) };
		case "name": {
			const variable = scope.method?.locals.get(expression.name) ?? evaluator.field(scope.owner, expression.name);
			const [only, ...others] = variable?.values ?? [];
			if (only && others.length === 0) {
				const inner = evaluator.read(only.node, only.scope);
				if (inner.kind === "create" || inner.kind === "call" || inner.kind === "function")
					return argumentOf(evaluator, only.node, only.scope, depth + 1);
			}
			break;
		}
		case "call": {
			const own = expression.object && /^[a-z]/.test(scope.file.textOf(expression.object)) ? undefined : resultOf(expression, depth);
			if (own) return own;
			const value = evaluator.value(node, scope);
			if (value === undefined) return { kind: "nothing" };
			if (value.kind !== "unknown") return value;
			const type = expression.object && evaluator.typeOf(expression.object, scope);
			if (type === undefined) return value;
			return { kind: "object", origin: `${type}#${expression.name}`, fields: inside(expression.given.positional) };
		}
		case "member":
			// An enumeration or a constant of a library: IPAddress.Any, IPAddress.Loopback.
			if (/^[A-Z]/.test(scope.file.textOf(expression.object))) {
				const value = evaluator.value(node, scope);
				if (value && value.kind !== "unknown") return value;
				return { kind: "object", origin: scope.file.textOf(node), fields: new Map() };
			}
	}
	return evaluator.value(node, scope) ?? { kind: "nothing" };

	/** The object that a method of the program makes, by the return that is reached. */
	function resultOf({ name, given }: Extract<Expression, { kind: "call" }>, deep: number): Argument | undefined {
		let result: Argument | undefined;
		for (const returned of evaluator.returnsOf(name, given.positional.length)?.values.toReversed() ?? []) {
			const truth = evaluator.conditions(returned.scope.conditions);
			if (truth.kind === "known" && !truth.value) continue;
			const one = argumentOf(evaluator, returned.node, returned.scope, deep + 1);
			result = result === undefined || truth.kind === "known" ? one : either(truth, one, result);
		}
		return result?.kind === "object" ? result : undefined;
	}

	function inside(nodes: readonly SyntaxNode[]): Map<string, Argument> {
		return new Map(nodes.map((one, i) => [String(i), argumentOf(evaluator, one, scope, depth + 1)]));
	}
}

/** The one when the condition holds, or the other; two objects of one kind by what they are made of. */
function either(truth: Truth, yes: Argument, no: Argument): Argument {
	if (yes.kind === "object" && no.kind === "object" && yes.origin === no.origin) {
		const names = new Set([...yes.fields.keys(), ...no.fields.keys()]);
		const missing: Argument = { kind: "nothing" };
		return {
			...no,
			fields: new Map([...names].map((name) => [name, either(truth, yes.fields.get(name) ?? missing, no.fields.get(name) ?? missing)])),
		};
	}
	if (isValue(yes) && isValue(no)) return joined(truth, yes, no) ?? { kind: "nothing" };
	if (truth.kind !== "hangs") return unknown(t("a condition in the source is not decided"));
	const byDefault = truth.byDefault ? yes : no;
	return byDefault.kind === "object"
		? { ...byDefault, fields: new Map([...byDefault.fields].map(([name, one]) => [name, either(truth, one, one)])) }
		: byDefault;
}

function isValue(argument: Argument): argument is Value {
	return !["object", "function", "nothing", "record", "list"].includes(argument.kind);
}
