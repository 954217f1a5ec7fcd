import { t } from "../../model/message.ts";
import { runBody } from "../core/branch.ts";
import { type Call, type Callable, list, localNames, type Thing, unclear } from "../core/thing.ts";
import { child, childrenIn, namedChildren, type SyntaxNode } from "../syntax.ts";
import type { Go, Scope, Signature } from "./go.ts";
import { ofType } from "./members.ts";
import { executeBlock } from "./statements.ts";
import { isVariadic, typeName, zeroValue } from "./types.ts";

interface Parameter {
	readonly name: string;
	readonly type: SyntaxNode | undefined;
	readonly isVariadic: boolean;
}

/** A function, a method or a function literal. */
export function makeFunction(go: Go, node: SyntaxNode, scope: Scope): Callable {
	const body = child(node, "body");
	const parameters = parametersOf(child(node, "parameters"), scope);
	const receiver = node.type === "method_declaration" ? parametersOf(child(node, "receiver"), scope)[0] : undefined;
	const result = child(node, "result");
	const results = result?.type === "parameter_list" ? parametersOf(result, scope) : [];
	const named = results.filter((one) => one.name !== "");
	const invoke = (call: Call): Thing =>
		go.run.deeper(
			() => {
				const inside: Scope = {
					pkg: scope.pkg,
					file: scope.file,
					names: localNames(),
					outer: scope,
					...(named.length > 0 ? { results: named.map((one) => one.name) } : {}),
				};
				if (receiver && call.self) inside.names.set(receiver.name, call.self);
				for (const one of named) if (one.type) inside.names.set(one.name, zeroValue(go, one.type, scope));
				bind(parameters, call, inside);
				return body ? runFunction(go, body, inside) : unclear(t("a function without a body"), call.at);
			},
			unclear(t("calls that nest too deeply"), call.at),
		);
	const made: Callable = { kind: "callable", fields: new Map(), invoke, binds: receiver !== undefined, own: true };
	go.signatures.set(made, signatureOf(parameters, result, scope));
	return made;
}

function runFunction(go: Go, body: SyntaxNode, inside: Scope): Thing {
	let exits = false;
	const value = runBody(go.run, () => {
		const done = executeBlock(go, body, inside);
		exits = done?.kind === "abort" && go.run.frames.at(-1)?.early.length === 0;
		return done;
	});
	// What calls a function that ends the process ends with it.
	if (exits) go.run.aborting = true;
	return value;
}

function signatureOf(parameters: readonly Parameter[], result: SyntaxNode | undefined, scope: Scope): Signature {
	const name = (type: SyntaxNode | undefined): string => (type ? typeName(type, scope) : "");
	const results = result?.type === "parameter_list" ? parametersOf(result, scope).map((one) => one.type) : [result];
	return { parameters: parameters.map((one) => name(one.type)), results: results.filter((one) => one !== undefined).map(name) };
}

function parametersOf(written: SyntaxNode | undefined, scope: Scope): Parameter[] {
	return (written ? namedChildren(written) : []).flatMap((one): Parameter[] => {
		const names = childrenIn(one, "name").filter((name) => name.named);
		const parameter = { type: child(one, "type"), isVariadic: isVariadic(one) };
		return names.length > 0 ? names.map((name) => ({ ...parameter, name: scope.file.source.textOf(name) })) : [{ ...parameter, name: "" }];
	});
}

function bind(parameters: readonly Parameter[], call: Call, inside: Scope): void {
	// `f(g())` hands over all results of `g`.
	const [only] = call.positional;
	const spread = call.positional.length === 1 && parameters.length > 1 && only?.kind === "list" && !only.at;
	const given = spread ? only.items : call.positional;
	parameters.forEach(({ name, type, isVariadic: takesRest }, index) => {
		if (name === "" || name === "_") return;
		const value = takesRest ? rest(given.slice(index), call) : (given[index] ?? unclear(t("{0} is not given", name), call.at));
		inside.names.set(name, value.kind === "unknown" && type && !takesRest ? typed(value, type, inside) : value);
	});
}

function rest(given: readonly Thing[], call: Call): Thing {
	const [only] = given;
	// `f(list...)`
	return call.keywords.has("...") && given.length === 1 && only?.kind === "list" ? only : list(given, call.at);
}

/** A value that is not known is at least of its declared type, when a library declares that. */
function typed(value: Thing, type: SyntaxNode, inside: Scope): Thing {
	const name = typeName(type, inside);
	const isLibrary = /^\*?[\w.-]+(\/[^/]+)*\.\w+$/.test(name) && !name.startsWith("/") && !name.startsWith("*/");
	return isLibrary ? ofType(name) : value;
}
