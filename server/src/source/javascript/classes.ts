import { type Call, type Callable, dictionary, type Fields, NOTHING, plain, type Structure, type Thing } from "../core/thing.ts";
import { child, hasToken, namedChildren, type SyntaxNode } from "../syntax.ts";
import { callLibrary } from "./calls.ts";
import { evaluate, propertyName } from "./expressions.ts";
import { makeFunction } from "./functions.ts";
import type { JavaScript } from "./javascript.ts";
import type { Scope } from "./scope.ts";
import { executeBlock } from "./statements.ts";

/** What a class does to a new instance, its own part only: the fields, then the constructor. */
interface Making {
	readonly fields: (instance: Structure) => void;
	readonly initializer: Callable | undefined;
}

/** By class: closures that its instances need, kept out of what a program can see. */
const MAKINGS = new WeakMap<Fields, Making>();

/** A class declaration or expression. */
export function makeClass(js: JavaScript, node: SyntaxNode, scope: Scope): Structure {
	evaluateDecorators(js, node, scope);
	const heritage = node.children.find((one) => one.type === "class_heritage");
	const parents = heritage ? heritageOf(heritage).map((one) => evaluate(js, one, scope)) : [];
	const prototype: Fields = new Map();
	const statics: Fields = new Map<string, Thing>([["prototype", dictionary(prototype)]]);
	const name = child(node, "name");
	if (name) statics.set("name", plain(scope.module.file.textOf(name)));
	const type: Structure = {
		kind: "structure",
		shape: "class",
		fields: statics,
		parents,
		open: false,
		at: scope.module.file.evidence(name ?? node),
		construct: (call) => {
			const instance: Structure = { kind: "structure", shape: "instance", fields: new Map(), parents: [type], open: false, at: call.at };
			initialize(js, type, instance, call);
			return instance;
		},
	};
	fillClass(js, child(node, "body"), type, prototype, scope);
	return type;
}

/** Decorators configure what frameworks make of a class: `@Module({ imports: [ConfigModule.forRoot()] })`. */
export function evaluateDecorators(js: JavaScript, node: SyntaxNode, scope: Scope): void {
	for (const one of node.children) {
		const call = one.type === "decorator" ? namedChildren(one)[0] : undefined;
		if (call) evaluate(js, call, scope);
	}
}

function heritageOf(heritage: SyntaxNode): SyntaxNode[] {
	const clause = heritage.children.find((one) => one.type === "extends_clause");
	const value = clause ? child(clause, "value") : namedChildren(heritage).find((one) => one.type !== "implements_clause");
	return value ? [value] : [];
}

function fillClass(js: JavaScript, body: SyntaxNode | undefined, type: Structure, prototype: Fields, scope: Scope): void {
	const inside: Scope = { ...scope, names: new Map(), outer: scope, isBlock: true, self: type, owner: type };
	const fields: SyntaxNode[] = [];
	let initializer: Callable | undefined;
	MAKINGS.set(type.fields, {
		fields: (instance) => {
			for (const field of fields) initializeField(js, field, instance, { ...inside, self: instance });
		},
		get initializer() {
			return initializer;
		},
	});
	for (const one of body ? namedChildren(body) : []) {
		const isStatic = hasToken(one, "static");
		if (one.type === "method_definition") {
			const name = propertyName(js, child(one, "name"), scope);
			const method = makeFunction(js, one, inside, type);
			if (name === undefined) continue;
			if (name === "constructor" && !isStatic) initializer = method;
			else (isStatic ? type.fields : prototype).set(name, hasToken(one, "get") ? { ...method, property: true } : method);
		} else if (one.type === "public_field_definition" || one.type === "field_definition") {
			if (isStatic) initializeField(js, one, type, inside);
			else fields.push(one);
		} else if (one.type === "class_static_block") {
			const block = child(one, "body");
			if (block) executeBlock(js, block, inside);
		}
	}
}

function initializeField(js: JavaScript, field: SyntaxNode, target: Structure, scope: Scope): void {
	const name = propertyName(js, child(field, "name") ?? child(field, "property"), scope);
	const value = child(field, "value");
	if (name !== undefined) js.run.journal.set(target.fields, name, value ? evaluate(js, value, scope) : NOTHING);
}

function initialize(js: JavaScript, type: Structure, instance: Structure, call: Call): void {
	const making = MAKINGS.get(type.fields);
	const parent = type.parents[0];
	// Without a constructor of its own a class hands the arguments on; with one, `super(…)` does.
	if (!making?.initializer && parent) superCall(js, type, instance, call);
	if (!parent) making?.fields(instance);
	making?.initializer?.invoke({ ...call, self: instance });
}

/** `super(…)` in a constructor of `type`. */
export function superCall(js: JavaScript, type: Structure, instance: Structure, call: Call): void {
	const parent = type.parents[0];
	if (parent?.kind === "structure" && parent.shape === "class") initialize(js, parent, instance, call);
	else if (parent?.kind === "library") callLibrary(js, parent, call);
	else if (parent?.kind === "callable") parent.invoke({ ...call, self: instance });
	MAKINGS.get(type.fields)?.fields(instance);
}
