import { t } from "../../model/message.ts";
import { takeBranch } from "../core/branch.ts";
import { type Call, type Callable, each, library, NOTHING, plain, type Structure, type Thing, unclear } from "../core/thing.ts";
import { child, hasToken, namedChildren, type SyntaxNode } from "../syntax.ts";
import { evaluate } from "./expressions.ts";
import { KERNEL, LIBRARY_CALLS } from "./libraries.ts";
import { callBuiltIn } from "./methods.ts";
import type { Ruby, Scope } from "./ruby.ts";
import { makeCallable } from "./statements.ts";

/** `receiver.method(…)`, `method …`, `receiver[…]`, or a bare word that is no variable. */
export function evaluateCall(rb: Ruby, node: SyntaxNode, scope: Scope): Thing {
	const isElement = node.type === "element_reference";
	const receiver = child(node, isElement ? "object" : "receiver");
	const method = child(node, "method");
	const name = isElement ? "[]" : node.type === "identifier" ? scope.file.textOf(node) : method ? scope.file.textOf(method) : "call";
	const on = receiver && evaluate(rb, receiver, scope);
	const call = readArguments(rb, node, scope);
	if (node.broken) return unclear(t("source with a syntax error"), call.at);
	if (!on) return callBare(rb, name, call, scope);
	if (on.kind === "nothing" && hasToken(node, "&.")) return NOTHING;
	return callMethod(rb, on, name, call);
}

function readArguments(rb: Ruby, node: SyntaxNode, scope: Scope): Call {
	const positional: Thing[] = [];
	const keywords = new Map<string, Thing>();
	const written =
		node.type === "element_reference" ? namedChildren(node).filter((one) => one.field !== "object" && one.field !== "block") : [];
	const list = child(node, "arguments");
	for (const one of [...written, ...(list ? namedChildren(list) : [])]) {
		if (one.type === "pair") {
			const [key, value] = [child(one, "key"), child(one, "value")];
			const name = key && evaluate(rb, key, scope);
			if (name?.kind === "plain")
				keywords.set(String(name.value), value ? evaluate(rb, value, scope) : evaluate(rb, { ...(key ?? one), type: "identifier" }, scope));
			else keywords.set("**", unclear(t("arguments that are not known")));
		} else if (one.type === "splat_argument") positional.push(...splat(rb, one, scope));
		else if (one.type === "hash_splat_argument") spread(rb, one, scope, keywords);
		else if (one.type === "block_argument") {
			const inner = namedChildren(one)[0];
			if (inner) keywords.set("&", evaluate(rb, inner, scope));
		} else positional.push(evaluate(rb, one, scope));
	}
	const block = child(node, "block");
	if (block) keywords.set("&", makeCallable(rb, child(block, "parameters"), child(block, "body"), scope));
	return { positional, keywords, self: undefined, at: scope.file.evidence(block ? { ...node, end: block.start } : node) };
}

/** `*words`: the items of a list that is in view. */
function splat(rb: Ruby, node: SyntaxNode, scope: Scope): readonly Thing[] {
	const inner = namedChildren(node)[0];
	const value = inner && evaluate(rb, inner, scope);
	// The command's own arguments may be more; nobody gives more by default.
	const whole = value?.kind === "list" && !value.doubt && (!value.open || scope.file.textOf(inner ?? node) === "ARGV");
	return whole ? value.items : [unclear(t("arguments that are not known"))];
}

function spread(rb: Ruby, node: SyntaxNode, scope: Scope, keywords: Map<string, Thing>): void {
	const inner = namedChildren(node)[0];
	const value = inner && evaluate(rb, inner, scope);
	if (value?.kind === "structure") for (const [key, one] of value.fields) keywords.set(key, one);
	if (value?.kind !== "structure" || value.open) keywords.set("**", unclear(t("arguments that are not known")));
}

/** A call without a receiver: of the class under way, of the top level, of Ruby itself, else of the library that loads the file. */
function callBare(rb: Ruby, name: string, call: Call, scope: Scope): Thing {
	if (name === "yield" || name === "block_given?") return name === "yield" ? invokeBlock(scope, call) : plain(scope.block !== undefined);
	const own = scope.self.kind === "structure" ? methodOf(scope.self, name) : undefined;
	if (own) return own.invoke({ ...call, self: scope.self });
	const top = rb.top.fields.get(`#${name}`);
	if (top?.kind === "callable") return top.invoke({ ...call, self: scope.self });
	const kernel = Object.hasOwn(KERNEL, name) ? KERNEL[name]?.(rb, call, scope) : undefined;
	if (kernel) return kernel;
	const parent = scope.self.kind === "structure" ? libraryParent(scope.self) : undefined;
	return callLibrary(rb, parent ? `${parent}.${name}` : name, undefined, call);
}

function invokeBlock(scope: Scope, call: Call): Thing {
	return scope.block?.kind === "callable" ? scope.block.invoke(call) : NOTHING;
}

/** Calls a method of anything. */
export function callMethod(rb: Ruby, on: Thing, name: string, call: Call): Thing {
	if (on.kind === "unknown") return handOver(on, call);
	return each(on, (one) => {
		if (one.kind === "callable")
			return name === "call" || name === "()" || name === "[]" ? one.invoke(call) : unclear(t("{0} of a block", name));
		if (one.kind === "library") return callLibrary(rb, `${one.origin}.${name}`, one, call);
		if (one.kind === "structure" && one.shape !== "dictionary") return callOwn(rb, one, name, call);
		return callBuiltIn(rb, one, name, call) ?? handOver(unclear(t("{0} is not followed", name), call.at), call);
	});
}

function callOwn(rb: Ruby, on: Structure, name: string, call: Call): Thing {
	const method = methodOf(on, name);
	if (method) return method.invoke({ ...call, self: on });
	if (on.shape === "class" && name === "new") {
		const parent = libraryParent(on);
		const made: Structure = { kind: "structure", shape: "instance", fields: new Map(), parents: [on], open: false, at: call.at };
		const initialize = methodOf(made, "initialize");
		if (initialize) initialize.invoke({ ...call, self: made });
		else if (parent) return callLibrary(rb, `${parent}.new`, undefined, call);
		return made;
	}
	const attribute = on.fields.get(`@${name}`);
	if (attribute) return attribute;
	const parent = libraryParent(on);
	if (parent) return callLibrary(rb, `${parent}${on.shape === "instance" ? ".new()" : ""}.${name}`, undefined, call);
	return callBuiltIn(rb, on, name, call) ?? handOver(unclear(t("{0} is not set in view", name), call.at), call);
}

/** A method written in this program: of an instance by its class, of a class by itself and what it inherits. */
function methodOf(on: Structure, name: string, depth = 0): Callable | undefined {
	if (depth > 20) return undefined;
	const instance = on.shape === "instance";
	const found = instance ? undefined : (on.fields.get(`.${name}`) ?? on.fields.get(`#${name}`));
	if (found?.kind === "callable") return found;
	for (const parent of on.parents) {
		if (parent.kind !== "structure") continue;
		const inherited = instance ? instanceMethod(parent, name, depth) : methodOf(parent, name, depth + 1);
		if (inherited) return inherited;
	}
	return undefined;
}

function instanceMethod(type: Structure, name: string, depth: number): Callable | undefined {
	const found = type.fields.get(`#${name}`);
	if (found?.kind === "callable" || depth > 20) return found?.kind === "callable" ? found : undefined;
	for (const parent of type.parents) {
		const inherited = parent.kind === "structure" ? instanceMethod(parent, name, depth + 1) : undefined;
		if (inherited) return inherited;
	}
	return undefined;
}

/** The library's class that a class is built on: `Sinatra::Base`. */
function libraryParent(on: Structure, depth = 0): string | undefined {
	for (const parent of depth > 20 ? [] : on.parents) {
		if (parent.kind === "library") return parent.origin;
		const found = parent.kind === "structure" ? libraryParent(parent, depth + 1) : undefined;
		if (found) return found;
	}
	return undefined;
}

function callLibrary(rb: Ruby, callee: string, on: Thing | undefined, call: Call): Thing {
	const model = Object.hasOwn(LIBRARY_CALLS, callee) ? LIBRARY_CALLS[callee] : undefined;
	if (model) return model(rb, call);
	if (callee === "OptionParser.new().on") return option(rb, call);
	rb.run.record(callee, call, on);
	return handOver(library(`${callee}()`), call);
}

/** Runs the block of a call to code out of sight: `configure do … end`, `Thread.new { … }`. */
function handOver(result: Thing, call: Call): Thing {
	const block = call.keywords.get("&");
	if (block?.kind === "callable") block.invoke({ positional: [result], keywords: new Map(), self: undefined, at: call.at });
	return result;
}

/** `opts.on("-p", "--port PORT", Integer) { |port| … }` (Ruby, OptionParser): the block runs when the flag is given. */
function option(rb: Ruby, call: Call): Thing {
	const flags = call.positional.flatMap((one) => (one.kind === "plain" && String(one.value).startsWith("-") ? [String(one.value)] : []));
	const names = flags.map((flag) => flag.split(/[\s=[]/)[0] ?? flag);
	const args = rb.run.start.args.map((one) => (one.kind === "known" ? one.text : ""));
	const block = call.keywords.get("&");
	if (block?.kind !== "callable") return NOTHING;
	const number = call.positional.some(
		(one) => one.kind === "library" && (one.origin === "Integer" || one.origin === "OptionParser::DecimalInteger"),
	);
	const give = (text: string): Thing =>
		block.invoke({ positional: [plain(number ? Number(text) : text, [call.at])], keywords: new Map(), self: undefined, at: call.at });
	for (const [index, arg] of args.entries())
		for (const name of names) {
			if (arg === name) return give(args[index + 1] ?? "");
			if (name.startsWith("--") && arg.startsWith(`${name}=`)) return give(arg.slice(name.length + 1));
			if (!name.startsWith("--") && arg.startsWith(name) && !arg.startsWith("--")) return give(arg.slice(name.length));
		}
	const on = { kind: "argument" as const, name: names.at(-1) ?? t("an option") };
	const given: Thing = { ...on, fallback: unclear(t("{0} is not given", on.name)), from: [] };
	takeBranch(
		rb.run,
		{ kind: "hangs", on, byDefault: false },
		() => {
			block.invoke({ positional: [given], keywords: new Map(), self: undefined, at: call.at });
			return undefined;
		},
		() => undefined,
	);
	return NOTHING;
}
