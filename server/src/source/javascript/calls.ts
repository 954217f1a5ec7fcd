import { t } from "../../model/message.ts";
import { own } from "../../model/table.ts";
import type { Evidence } from "../../model/text.ts";
import {
	type Call,
	type Callable,
	each,
	isOpen,
	type Library,
	library,
	list,
	NOTHING,
	type Structure,
	type Thing,
	unclear,
} from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { superCall } from "./classes.ts";
import { evaluate, ifPresent, isOptional } from "./expressions.ts";
import { familyOf } from "./families.ts";
import type { JavaScript } from "./javascript.ts";
import { LIBRARY_CALLS } from "./libraries.ts";
import { under } from "./loads.ts";
import { itemsOf } from "./loops.ts";
import { element, member } from "./members.ts";
import { importDynamically } from "./modules.ts";
import { afterAsking } from "./presence.ts";
import type { Scope } from "./scope.ts";
import { DEFINES, defined } from "./toolConfiguration.ts";

/** A call expression. */
export function evaluateCall(js: JavaScript, node: SyntaxNode, scope: Scope): Thing {
	const target = child(node, "function");
	if (!target) return unclear(t("source that is not understood"));
	if (target.type === "import") return importDynamically(js, readArguments(js, node, scope), scope);
	if (target.type === "super") return callSuper(js, readArguments(js, node, scope), scope);
	const callee = unwrap(target);
	if (callee.type === "member_expression" || callee.type === "subscript_expression") return callMember(js, node, callee, scope);
	const thing = evaluate(js, callee, scope);
	const call = readArguments(js, node, scope);
	// Half a call is not evidence of anything.
	if (node.broken) return unclear(t("source with a syntax error"), call.at);
	return isOptional(node) ? ifPresent(thing, (one) => callThing(js, one, call)) : callThing(js, thing, call);
}

/** `(a.b)()` and `a.b!()` are called on `a` too. */
function unwrap(node: SyntaxNode): SyntaxNode {
	let one = node;
	while (one.type === "parenthesized_expression" || one.type === "non_null_expression") {
		const only = namedChildren(one);
		if (only.length !== 1 || !only[0]) break;
		one = only[0];
	}
	return one;
}

function callMember(js: JavaScript, node: SyntaxNode, callee: SyntaxNode, scope: Scope): Thing {
	const objectNode = child(callee, "object");
	if (!objectNode) return unclear(t("source that is not understood"));
	const isSuper = objectNode.type === "super";
	const object = isSuper ? (scope.owner?.parents[0] ?? NOTHING) : evaluate(js, objectNode, scope);
	const index = callee.type === "subscript_expression" ? child(callee, "index") : undefined;
	const key = index ? evaluate(js, index, scope) : undefined;
	const property = child(callee, "property");
	const name = property ? scope.module.file.textOf(property) : "";
	const call = readArguments(js, node, scope);
	if (node.broken) return unclear(t("source with a syntax error"), call.at);
	if (object.kind === "unknown") return handOver(object, name, call);
	const optional = isOptional(callee) || isOptional(node);
	return eachUnder(js, object, (one) => {
		if (optional && one.kind === "nothing") return NOTHING;
		const from =
			isSuper && one.kind === "structure" ? ({ ...one, shape: "instance", fields: new Map(), parents: [one] } as Structure) : one;
		const method = key ? element(js, from, key, call.at) : member(js, from, name, call.at);
		if (optional && method.kind === "nothing") return NOTHING;
		return callThing(js, method, { ...call, self: isSuper ? scope.self : one });
	});
}

function callSuper(js: JavaScript, call: Call, scope: Scope): Thing {
	if (scope.owner && scope.self?.kind === "structure") superCall(js, scope.owner, scope.self, call);
	return NOTHING;
}

/** `new Name(…)`. */
export function evaluateNew(js: JavaScript, node: SyntaxNode, scope: Scope): Thing {
	const target = child(node, "constructor");
	const type = target ? evaluate(js, target, scope) : unclear(t("source that is not understood"));
	const call = readArguments(js, node, scope);
	if (node.broken) return unclear(t("source with a syntax error"), call.at);
	if (type.kind === "unknown") return handOver(type, "", call);
	return each(type, (one) => {
		if (one.kind === "library") return callLibrary(js, one, call);
		const construct = one.kind === "structure" || one.kind === "callable" ? one.construct : undefined;
		return construct ? construct(call) : handOver(unclear(t("something that cannot be constructed"), call.at), "", call);
	});
}

/** `each`, for calls: what is called on a default happens unless the variable says otherwise. */
function eachUnder(js: JavaScript, thing: Thing, change: (one: Thing) => Thing): Thing {
	const all = (): Thing => each(thing, change);
	return isOpen(thing) ? under(js.run, { kind: "hangs", on: thing, byDefault: true }, all) : all();
}

/** Calls something. Functions that are handed to code out of sight are taken to be called there. */
export function callThing(js: JavaScript, callee: Thing, call: Call): Thing {
	if (callee.kind === "unknown") return handOver(callee, "", call);
	return eachUnder(js, callee, (one) => {
		if (one.kind === "callable") return one.invoke(call);
		if (one.kind === "library") return callLibrary(js, one, call);
		return handOver(unclear(t("something that cannot be called"), call.at), "", call);
	});
}

export function callLibrary(js: JavaScript, callee: Library, call: Call): Thing {
	const model = own(LIBRARY_CALLS, callee.origin) ?? familyOf(rootOf(callee));
	const modelled = model?.(js, call, callee);
	if (modelled) return modelled;
	if (DEFINES.test(callee.origin)) return defined(js, call);
	// A promise is what it resolves to, here too.
	const next = call.positional[0];
	if (callee.of?.origin.endsWith(")") && callee.origin.endsWith(").then") && next?.kind === "callable")
		return afterPromise(js, callee.of, () => callThing(js, next, { ...call, positional: callee.of ? [callee.of] : [], self: undefined }));
	if (callee.of?.origin.endsWith(")") && /\)\.(catch|finally)$/.test(callee.origin)) {
		if (next && callee.origin.endsWith("finally")) callThing(js, next, { ...call, positional: [], self: undefined });
		return callee.of;
	}
	js.run.record(callee.origin, call, callee.of);
	handOver(NOTHING, callee.origin, call);
	// What a chain is called on goes through it: `app.use(…).get(…).listen(80)`.
	if (callee.of?.origin.endsWith(")") && isChained(callee.origin, call)) return callee.of;
	const result = library(`${callee.origin}()`, callee);
	result.fields.set(ARGUMENTS, list(call.positional, call.at));
	// What it was made with may configure it: `new Server({ port: 80 })`.
	const options = call.positional.at(-1);
	if (options?.kind === "structure" && options.shape === "dictionary")
		for (const [name, value] of options.fields) result.fields.set(name, value);
	return result;
}

function afterPromise(js: JavaScript, promise: Library, next: () => Thing): Thing {
	const given = promise.fields.get(ARGUMENTS);
	return afterAsking(js, promise, given?.kind === "list" ? given.items : [], next) ?? next();
}

/** The package or global that something comes from. */
function rootOf(of: Library): string {
	let root = of;
	for (let depth = 0; root.of && depth < 100; depth++) root = root.of;
	return root.origin;
}

/** Under this name an object of a library keeps what it was made with; no program can name it. */
export const ARGUMENTS = " arguments";

const CHAINED =
	/\.(on|once|off|addListener|use|enable|disable|register|addHook|decorate|setErrorHandler|setNotFoundHandler|route|static|engine|plugin|group|guard|derive|state|onError|notFound|disableRequestLogging)$/;

/** Servers' methods for HTTP's verbs; elsewhere `get` reads something. */
const VERBS = /\.(get|post|put|patch|delete|options|head|all|ws)$/;

function isChained(method: string, call: Call): boolean {
	return CHAINED.test(method) || (VERBS.test(method) && call.positional.length > 1 && call.positional[0]?.kind === "plain");
}

/** Methods whose functions run when a request comes in, not when the program starts. */
const ON_REQUEST =
	/(^|\.)(get|post|put|patch|delete|all|use|route|options|head|param|createServer|createSecureServer|Server|catch|addHook|setErrorHandler)$/;

/** Runs the functions among the arguments, as far as they run when all goes well. */
function handOver(result: Thing, method: string, call: Call): Thing {
	const event = call.positional[0];
	if (ON_REQUEST.test(method)) return result;
	// A server's `error` and the process's signals are what happens when it does not go well; requests come later.
	if (
		event?.kind === "plain" &&
		/^(error|SIG[A-Z]+|uncaughtException|unhandledRejection|exit|close|end|disconnect|request|connection|upgrade|data|stream)$/.test(
			String(event.value),
		)
	)
		return result;
	for (const thing of call.positional.flatMap((one) => functionsIn(method, one))) {
		const first = thing.parameters?.[0] ?? "";
		const positional = /^_?(e|err|error)$/i.test(first) ? [NOTHING] : [];
		const rest = (thing.parameters ?? [])
			.slice(positional.length)
			.map((name) => unclear(t("{0} is given by a library", name || t("a value")), call.at));
		thing.invoke({ positional: [...positional, ...rest], keywords: new Map(), self: undefined, at: call.at });
	}
	return result;
}

/** Maps keep what they are given; elsewhere a list of functions is a list of steps, and so is a record for async.js. */
function functionsIn(method: string, thing: Thing, depth = 0): Callable[] {
	if (thing.kind === "callable") return thing.own ? [thing] : [];
	if (depth > 2 || /^(Map|Set|WeakMap)$/.test(method)) return [];
	if (thing.kind === "list") return thing.items.flatMap((one) => functionsIn(method, one, depth + 1));
	if (thing.kind !== "structure" || !/^async[./]/.test(method)) return [];
	return [...thing.fields.values()].flatMap((one) => functionsIn(method, one, depth + 1));
}

function readArguments(js: JavaScript, node: SyntaxNode, scope: Scope): Call {
	const positional: Thing[] = [];
	const written = child(node, "arguments");
	for (const one of written?.type === "arguments" ? namedChildren(written) : []) {
		if (one.type !== "spread_element") positional.push(evaluate(js, one, scope));
		else {
			const only = namedChildren(one)[0];
			const items = only ? itemsOf(evaluate(js, only, scope)) : undefined;
			positional.push(...(items?.items ?? []));
			if (items?.open) positional.push(unclear(t("arguments that are not known")));
		}
	}
	return { positional, keywords: new Map(), self: undefined, at: callEvidence(node, scope) };
}

/** In a chain over several lines, the line that people would point at is the one with the method's name. */
function callEvidence(node: SyntaxNode, scope: Scope): Evidence {
	const file = scope.module.file;
	const target = child(node, "function");
	const name = target?.type === "member_expression" ? child(target, "property") : undefined;
	if (target && name && file.position(target.start).line !== file.position(name.start).line)
		return file.evidenceBetween(name.start, node.end);
	return file.evidence(node);
}
