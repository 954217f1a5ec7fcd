import { t } from "../../model/message.ts";
import { own } from "../../model/table.ts";
import type { Evidence } from "../../model/text.ts";
import {
	attributeOf,
	type Call,
	type Doubt,
	dictionary,
	each,
	type Library,
	library,
	NOTHING,
	type Structure,
	type Thing,
	unclear,
} from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { evaluate } from "./expressions.ts";
import { LIBRARY_CALLS } from "./libraries.ts";
import { takeItems } from "./loops.ts";
import type { Python } from "./python.ts";
import type { Scope } from "./scope.ts";
import { withEnvironment } from "./spawns.ts";

/** A call expression. */
export function evaluateCall(py: Python, node: SyntaxNode, scope: Scope): Thing {
	const target = child(node, "function");
	if (!target) return unclear(t("source that is not understood"));
	const written = scope.module.file.textOf(target);
	if (target.type === "identifier" && written === "super") return superOf(scope);
	if (target.type === "identifier" && (written === "locals" || written === "globals")) return { ...dictionary(scope.names), open: true };
	const callee = evaluate(py, target, scope);
	const call = readArguments(py, node, scope);
	// Half a call is not evidence of anything.
	if (node.broken) return unclear(t("source with a syntax error"), call.at);
	// They run source among the names of whoever calls them.
	if (callee.kind === "library" && (callee.origin === "exec" || callee.origin === "execfile") && call.positional.length === 1)
		return callThing(py, callee, { ...call, positional: [...call.positional, dictionary(scope.names)] });
	return callThing(py, callee, call);
}

/** Calls something. Functions that are handed to code out of sight are taken to be called there. */
export function callThing(py: Python, callee: Thing, call: Call): Thing {
	return each(callee.kind === "unknown" ? handOver(callee, call) : callee, (one) => {
		if (one.kind === "callable") return one.invoke(call);
		if (one.kind === "structure") return one.construct ? one.construct(call) : callInstance(one, call);
		if (one.kind === "library") return callLibrary(py, one, call);
		return handOver(unclear(t("something that cannot be called"), call.at), call);
	});
}

function callInstance(instance: Structure, call: Call): Thing {
	for (const parent of instance.parents) {
		const method = parent.kind === "structure" ? parent.fields.get("__call__") : undefined;
		if (method?.kind === "callable") return method.invoke({ ...call, self: instance });
	}
	return handOver(unclear(t("something that cannot be called"), call.at), call);
}

export function callLibrary(py: Python, callee: Library, call: Call): Thing {
	const model = own(LIBRARY_CALLS, callee.origin);
	if (model) return model(py, call, callee);
	py.run.record(callee.origin, withEnvironment(py, callee, call), callee.of);
	handOver(NOTHING, call);
	const result = library(`${callee.origin}()`);
	// What it was made with may configure it: `Config(port=80)` and then `Server(config).run()`.
	for (const [name, value] of call.keywords) result.fields.set(name, value);
	return result;
}

/** Runs the functions among the arguments: `Thread(target=serve, args=(80,))`, `loop.create_task(main())`. */
function handOver(result: Thing, call: Call): Thing {
	const args = call.keywords.get("args");
	for (const thing of [...call.positional, ...call.keywords.values()]) {
		if (thing.kind !== "callable" || !thing.own) continue;
		const positional = args?.kind === "list" ? args.items : [];
		thing.invoke({ positional, keywords: new Map(), self: undefined, at: call.at });
	}
	return result;
}

function readArguments(py: Python, node: SyntaxNode, scope: Scope): Call {
	const positional: Thing[] = [];
	const keywords = new Map<string, Thing>();
	const written = child(node, "arguments");
	const all = written?.type === "generator_expression" ? [written] : written ? namedChildren(written) : [];
	for (const one of all) {
		if (one.type === "keyword_argument") {
			const [name, value] = [child(one, "name"), child(one, "value")];
			if (name && value) keywords.set(scope.module.file.textOf(name), evaluate(py, value, scope));
		} else if (one.type === "dictionary_splat") {
			const spread = evaluateOnly(py, one, scope);
			if (spread.kind === "structure") for (const [key, value] of spread.fields) keywords.set(key, value);
			if (spread.kind !== "structure" || spread.open) keywords.set("**", unclear(t("arguments that are not known")));
		} else if (one.type === "list_splat") {
			const items = takeItems({ kind: "list", items: [], open: false, at: undefined }, evaluateOnly(py, one, scope));
			const { doubt } = items;
			positional.push(...items.items.map((item, i) => (doubt && i >= doubt.from ? inDoubt(item, doubt) : item)));
		} else positional.push(evaluate(py, one, scope));
	}
	return { positional, keywords, self: undefined, at: callEvidence(node, scope) };
}

/** An argument that may be another one, or none. */
function inDoubt(item: Thing, { on }: Doubt): Thing {
	return on ? { ...on, fallback: item, from: [] } : unclear(t("a condition in the source is not decided"));
}

function evaluateOnly(py: Python, node: SyntaxNode, scope: Scope): Thing {
	const only = namedChildren(node)[0];
	return only ? evaluate(py, only, scope) : unclear(t("source that is not understood"));
}

/** In a chain over several lines, the line that people would point at is the one with the method's name. */
function callEvidence(node: SyntaxNode, scope: Scope): Evidence {
	const file = scope.module.file;
	const target = child(node, "function");
	const name = target && target.type === "attribute" ? child(target, "attribute") : undefined;
	if (target && name && file.position(target.start).line !== file.position(name.start).line)
		return file.evidenceBetween(name.start, node.end);
	return file.evidence(node);
}

/** `super()`: the same instance, looked at from its class's parents. */
function superOf(scope: Scope): Thing {
	for (let one: Scope | undefined = scope; one; one = one.outer) {
		if (!one.owner) continue;
		const self = one.self;
		if (self?.kind !== "structure") break;
		return { ...self, fields: parentFields(one.owner, self), parents: one.owner.parents };
	}
	return attributeOf(library("super()"), "object");
}

/** Attributes are still written to the instance, but its class's own methods are out of the way. */
function parentFields(owner: Structure, self: Structure): Structure["fields"] {
	return owner === self ? new Map() : self.fields;
}
