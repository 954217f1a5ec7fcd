import { t } from "../../model/message.ts";
import { concat, type Environment, known, knownText, mapText, unknown, type Value } from "../../model/value.ts";
import type { Truth } from "../core/truth.ts";
import type { SyntaxNode } from "../syntax.ts";
import {
	type Class,
	type Condition,
	type Declarations,
	fieldOf,
	type Method,
	type Scope,
	type Site,
	type Variable,
} from "./declarations.ts";
import { type Expression, RETURNED } from "./expression.ts";
import { type Found, holds, isEmpty, joined, opposite, orElse, together } from "./found.ts";
import { idiom } from "./idioms.ts";

/** What a program is started with. */
export interface Surroundings {
	readonly environment: Environment;
	/** The command's arguments to the program. */
	readonly args: readonly Value[];
	/** A system property (`-Dname=value`) or a key of the application's configuration, by name. */
	setting(name: string): Value | undefined;
	/** Pays for a step; false when there is nothing left. */
	spend(): boolean;
}

/** Values that hang on more names than this are not worth following. */
const DEEPEST = 30;

/**
 * Answers what an expression is worth by going back from it: to the assignments of a name, to the calls that give a
 * parameter its value. Nothing is run in order, so what a program changes on the way is possible, not certain.
 */
export class Evaluator {
	readonly declarations: Declarations;
	readonly around: Surroundings;
	readonly #callers: ReadonlyMap<string, readonly Site[]>;
	#depth = 0;

	constructor(declarations: Declarations, around: Surroundings) {
		this.declarations = declarations;
		this.around = around;
		const callers = new Map<string, Site[]>();
		for (const site of declarations.sites) {
			const name = site.expression.kind === "create" ? `new ${site.expression.type}` : site.expression.name;
			const same = callers.get(name);
			if (same) same.push(site);
			else callers.set(name, [site]);
		}
		this.#callers = callers;
	}

	read(node: SyntaxNode, scope: Scope): Expression {
		return this.declarations.language.read(node, scope.file);
	}

	value(node: SyntaxNode, scope: Scope): Found {
		if (this.#depth >= DEEPEST || !this.around.spend()) return unknown(t("source that is too intricate to follow"));
		this.#depth++;
		const value = this.#evaluate(this.read(node, scope), node, scope);
		this.#depth--;
		return value;
	}

	/** As `value`, with null as an unknown value. */
	plain(node: SyntaxNode, scope: Scope): Value {
		return this.value(node, scope) ?? unknown(t("the value is missing"));
	}

	#evaluate(expression: Expression, node: SyntaxNode, scope: Scope): Found {
		const at = scope.file.evidence(node);
		switch (expression.kind) {
			case "literal":
				return known(expression.text, at);
			case "null":
				return undefined;
			case "same":
				return this.value(expression.inner, scope);
			case "name":
				return this.#name(expression.name, scope);
			case "member":
				return idiom(this, expression, node, scope)?.value ?? this.#member(expression, scope);
			case "call":
			case "index": {
				const understood = idiom(this, expression, node, scope);
				if (understood) return understood.value;
				if (expression.kind === "call")
					return this.#own(expression.name, expression.given.positional.length, scope) ?? this.#strange(expression.name);
				return unknown(t("the value is not a plain one"), at);
			}
			case "pieces":
				return concat(expression.pieces.map((piece) => (typeof piece === "string" ? known(piece, at) : this.plain(piece, scope))));
			case "binary":
				return this.#binary(expression, scope);
			case "choice": {
				const truth = this.truth(expression.condition, scope);
				const [yes, no] = [this.value(expression.then, scope), this.value(expression.otherwise, scope)];
				return joined(truth, yes, no);
			}
			case "assign":
				return this.value(expression.right, scope);
			default:
				return unknown(t("the value is not a plain one"), at);
		}
	}

	#strange(name: string): Value {
		return unknown(t("{0}() is not followed", name));
	}

	#name(name: string, scope: Scope): Found {
		const local = scope.method?.locals.get(name);
		if (local) return this.variable(local);
		const at = scope.method?.parameters.findIndex((one) => one.name === name) ?? -1;
		if (scope.method && at >= 0) return this.#parameter(scope.method, at);
		const field = this.field(scope.owner, name);
		if (field) return this.variable(field);
		// `import static com.acme.Config.PORT`
		const path = this.declarations.imports.get(scope.file)?.names.get(name)?.split(".");
		const imported = path && this.declarations.classes.get(path.at(-2) ?? "")?.fields.get(name);
		if (imported) return this.variable(imported);
		return unknown(t("{0} is not followed", name));
	}

	#member(expression: Extract<Expression, { kind: "member" }>, scope: Scope): Found {
		const object = this.read(expression.object, scope);
		const owner = object.kind === "this" ? scope.owner : this.declarations.classes.get(this.typeOf(expression.object, scope) ?? "");
		const field = this.field(owner, expression.name);
		return field ? this.variable(field) : unknown(t("{0} is not followed", expression.name));
	}

	/** A field of a class, of one around it or of its parents. */
	field(owner: Class | undefined, name: string, depth = 0): Variable | undefined {
		if (!owner || depth > 8) return undefined;
		const own = fieldOf(owner, name);
		if (own) return own;
		for (const parent of owner.parents) {
			const inherited = this.field(this.declarations.classes.get(parent), name, depth + 1);
			if (inherited) return inherited;
		}
		return undefined;
	}

	/** What a variable holds after all of its assignments, in their order. */
	variable(variable: Variable): Found {
		let result: Found;
		let first = true;
		for (const { node, scope } of variable.values) {
			const truth = this.conditions(scope.conditions);
			if (truth.kind === "known" && !truth.value) continue;
			const value = this.value(node, scope);
			result = first || truth.kind === "known" ? value : joined(truth, value, result);
			first = false;
		}
		return first ? unknown(t("a value that is set elsewhere")) : result;
	}

	/** A parameter is what the program's own calls give, when they agree. */
	#parameter(method: Method, position: number): Found {
		const name = method.parameters[position]?.name;
		const byDefault = method.parameters[position]?.byDefault;
		const calls = (this.#callers.get(method.name) ?? []).filter((site) => {
			const count = site.expression.given.positional.length + site.expression.given.named.size;
			return count === method.parameters.length || (byDefault !== undefined && count < method.parameters.length);
		});
		let all: Found;
		for (const [i, { expression, scope }] of calls.entries()) {
			const argument =
				(name === undefined ? undefined : expression.given.named.get(name)) ?? expression.given.positional[position] ?? byDefault;
			const value = argument ? this.value(argument, scope) : unknown(t("{0} is not followed", name ?? t("an argument")));
			all = i === 0 ? value : joined({ kind: "undecided" }, all, value);
		}
		return calls.length === 0 ? unknown(t("{0} is not followed", name ?? t("an argument"))) : all;
	}

	/** The possible results of a call to the program's own only method of this name, in the order of the source. */
	returnsOf(name: string, count: number): Variable | undefined {
		const methods = (this.declarations.methods.get(name) ?? []).filter((one) => one.parameters.length === count);
		return methods.length === 1 ? methods[0]?.locals.get(RETURNED) : undefined;
	}

	/** The first return that is reached. */
	#returned(variable: Variable): Found {
		let result: Found;
		let last = true;
		for (const { node, scope } of variable.values.toReversed()) {
			const truth = this.conditions(scope.conditions);
			if (truth.kind === "known" && !truth.value) continue;
			const value = this.value(node, scope);
			result = last || truth.kind === "known" ? value : joined(truth, value, result);
			last = false;
		}
		return last ? unknown(t("a value that is set elsewhere")) : result;
	}

	/** What a method of the program returns. */
	#own(name: string, count: number, scope: Scope): Value | undefined {
		const methods = (this.declarations.methods.get(name) ?? []).filter((one) => one.parameters.length === count);
		const [method] = methods;
		const returned = this.returnsOf(name, count);
		if (!returned) {
			// A getter: `getPort()` of a class with a field `port`.
			const field = /^get([A-Z]\w*)$/.exec(name)?.[1];
			const owner = method?.owner ?? scope.owner;
			const read = field && methods.length === 1 ? this.field(owner, field.charAt(0).toLowerCase() + field.slice(1)) : undefined;
			return read ? this.variable(read) : undefined;
		}
		return this.#returned(returned) ?? unknown(t("the value is missing"));
	}

	#binary({ operator, left, right }: Extract<Expression, { kind: "binary" }>, scope: Scope): Found {
		if (operator === "??") return orElse(this.value(left, scope), () => this.value(right, scope));
		if (!["+", "-", "*"].includes(operator)) return unknown(t("the value is computed"));
		const [a, b] = [this.plain(left, scope), this.plain(right, scope)];
		const texts = this.isText(left, scope) || this.isText(right, scope);
		if (operator === "+" && texts) return concat([a, b]);
		return mapText(a, (one, from) =>
			mapText(b, (other, more) => {
				const [x, y] = [Number(one), Number(other)];
				if (Number.isNaN(x) || Number.isNaN(y))
					return operator === "+" ? known(one + other, ...from, ...more) : unknown(t("the value is computed"));
				return known(String(operator === "+" ? x + y : operator === "-" ? x - y : x * y), ...from, ...more);
			}),
		);
	}

	isText(node: SyntaxNode, scope: Scope): boolean {
		const expression = this.read(node, scope);
		if (expression.kind === "binary") return this.isText(expression.left, scope) || this.isText(expression.right, scope);
		return /string/i.test(node.type) || /^string$/i.test(this.typeOf(node, scope) ?? "");
	}

	/** Whether everything that a statement hangs on holds. */
	conditions(conditions: readonly Condition[]): Truth {
		let result: Truth = { kind: "known", value: true };
		for (const { node, negated, scope } of conditions) {
			const truth: Truth = node ? this.truth(node, scope) : { kind: "undecided" };
			const one = negated ? opposite(truth) : truth;
			if (one.kind === "known" && !one.value) return one;
			if (one.kind !== "known" && (result.kind === "known" || (one.kind === "hangs" && !one.byDefault))) result = one;
		}
		return result;
	}

	truth(node: SyntaxNode, scope: Scope): Truth {
		if (this.#depth >= DEEPEST || !this.around.spend()) return { kind: "undecided" };
		this.#depth++;
		const truth = this.#truth(this.read(node, scope), node, scope);
		this.#depth--;
		return truth;
	}

	#truth(expression: Expression, node: SyntaxNode, scope: Scope): Truth {
		if (expression.kind === "same") return this.truth(expression.inner, scope);
		if (expression.kind === "not") return opposite(this.truth(expression.inner, scope));
		if (expression.kind === "binary") {
			const { operator, left, right } = expression;
			if (operator === "&&" || operator === "||") return together(operator === "&&", this.truth(left, scope), this.truth(right, scope));
			if (operator === "==" || operator === "!=") {
				const equal = this.#equal(this.value(left, scope), this.value(right, scope));
				return operator === "==" ? equal : opposite(equal);
			}
			if (operator === ">" || operator === ">=") return this.#argumentsGiven(left, scope);
			return { kind: "undecided" };
		}
		if (expression.kind === "call") {
			const tested = expression.object && this.#test(expression, expression.object, scope);
			if (tested) return tested;
		}
		return holds(this.value(node, scope));
	}

	/** `args.length > 0` */
	#argumentsGiven(node: SyntaxNode, scope: Scope): Truth {
		const text = scope.file.textOf(node);
		if (!/^args\.(length|Length|Count\(\))$/.test(text)) return { kind: "undecided" };
		return this.around.args.length > 0
			? { kind: "undecided" }
			: { kind: "hangs", on: { kind: "argument", name: t("an argument") }, byDefault: false };
	}

	#test({ name, given }: Extract<Expression, { kind: "call" }>, object: SyntaxNode, scope: Scope): Truth | undefined {
		const first = given.positional[0];
		if ((name === "IsNullOrEmpty" || name === "IsNullOrWhiteSpace" || name === "isNullOrEmpty" || name === "isNull") && first)
			return isEmpty(this.value(first, scope));
		if (name === "isEmpty" || name === "isBlank") return isEmpty(this.value(object, scope));
		if ((name === "isPresent" || name === "HasValue") && !first) return opposite(isEmpty(this.value(object, scope)));
		if (name === "TryParse" && first) return opposite(isEmpty(this.value(first, scope)));
		if (/^(equals|Equals|equalsIgnoreCase)$/.test(name) && first) return this.#equal(this.value(object, scope), this.value(first, scope));
		return undefined;
	}

	#equal(a: Found, b: Found): Truth {
		if (a === undefined) return isEmpty(b);
		if (b === undefined) return isEmpty(a);
		const [x, y] = [knownText(a), knownText(b)];
		if (x !== undefined && y !== undefined) return { kind: "known", value: x === y };
		const [open, other] = a.kind === "variable" || a.kind === "argument" ? [a, y] : [b, x];
		if ((open.kind !== "variable" && open.kind !== "argument") || other === undefined) return { kind: "undecided" };
		return { kind: "hangs", on: open, byDefault: knownText(open.fallback) === other };
	}

	/** The simple name of an expression's class; a call to a library counts as an object of what it is called on. */
	typeOf(node: SyntaxNode, scope: Scope, depth = 0): string | undefined {
		if (depth > 40) return undefined;
		const expression = this.read(node, scope);
		switch (expression.kind) {
			case "create":
				return expression.type;
			case "same":
				return expression.type ?? this.typeOf(expression.inner, scope, depth + 1);
			case "name": {
				const { name } = expression;
				const parameter = scope.method?.parameters.find((one) => one.name === name);
				const variable = scope.method?.locals.get(name) ?? (parameter ? undefined : this.field(scope.owner, name));
				if (variable) return variable.type ?? this.#typeOfFirst(variable, depth);
				return parameter ? parameter.type : /^[A-Z]/.test(name) ? name : undefined;
			}
			case "member": {
				const { object, name } = expression;
				const owner =
					this.read(object, scope).kind === "this"
						? scope.owner
						: this.declarations.classes.get(this.typeOf(object, scope, depth + 1) ?? "");
				const field = this.field(owner, name);
				if (field) return field.type ?? this.#typeOfFirst(field, depth);
				const outer = this.typeOf(object, scope, depth + 1);
				if (outer !== undefined || !/^[A-Z]/.test(name)) return outer;
				const full = scope.file.textOf(node);
				return /^[a-z][\w.]*$/.test(full) ? full : name;
			}
			case "call": {
				const own = this.declarations.methods.get(expression.name);
				if (
					own?.length === 1 &&
					(!expression.object || this.declarations.classes.has(this.typeOf(expression.object, scope, depth + 1) ?? ""))
				)
					return own[0]?.returns;
				return expression.object && this.typeOf(expression.object, scope, depth + 1);
			}
			default:
				return undefined;
		}
	}

	#typeOfFirst(variable: Variable, depth: number): string | undefined {
		const first = variable.values[0];
		return first && this.typeOf(first.node, first.scope, depth + 1);
	}
}
