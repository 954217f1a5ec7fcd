import { t } from "../../model/message.ts";
import { runBody } from "../core/branch.ts";
import {
	type Call,
	type Callable,
	dictionary,
	type Fields,
	list,
	localNames,
	plain,
	type Structure,
	type Thing,
	unclear,
} from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { assign } from "./assign.ts";
import { evaluate } from "./expressions.ts";
import type { Python } from "./python.ts";
import type { Scope } from "./scope.ts";
import { executeBlock } from "./statements.ts";

/** `def`, `async def`. A coroutine is evaluated where it is called: whoever awaits it, its body runs. */
export function makeFunction(py: Python, node: SyntaxNode, scope: Scope, owner?: Structure): Callable {
	const body = child(node, "body");
	return callableFrom(py, node, scope, owner, (inside) => {
		if (body) return runBody(py.run, () => executeBlock(py, body, inside));
		return unclear(t("a function without a body"));
	});
}

export function makeLambda(py: Python, node: SyntaxNode, scope: Scope): Thing {
	const body = child(node, "body");
	return callableFrom(py, node, scope, undefined, (inside) =>
		body ? evaluate(py, body, inside) : unclear(t("a function without a body")),
	);
}

function callableFrom(py: Python, node: SyntaxNode, scope: Scope, owner: Structure | undefined, body: (inside: Scope) => Thing): Callable {
	const written = child(node, "parameters");
	const parameters = written ? namedChildren(written).map((one) => readParameter(py, one, scope)) : [];
	// A class's names are not seen from its methods.
	const outer = owner ? scope.outer : scope;
	const invoke = (call: Call): Thing =>
		py.run.repeated(
			node,
			call,
			() => py.run.deeper(() => evaluateWith(call), unclear(t("calls that nest too deeply"), call.at)),
			unclear(t("a function that is called too often to follow"), call.at),
		);
	const evaluateWith = (call: Call): Thing => {
		const inside: Scope = {
			module: scope.module,
			names: localNames(),
			outer,
			elsewhere: new Map(),
			...(owner ? { owner, ...(call.self ? { self: call.self } : {}) } : {}),
		};
		bindParameters(py, parameters, call, inside);
		return body(inside);
	};
	const named = parameters.filter((one) => one.kind === "plain" && one.target);
	const defaults = new Map(named.map((one) => [one.name, one.byDefault]));
	const name = child(node, "name");
	const fields: Fields = new Map(name ? [["__name__", plain(scope.module.file.textOf(name))]] : []);
	return { kind: "callable", fields, invoke, binds: owner !== undefined, own: true, defaults };
}

interface Parameter {
	readonly target: SyntaxNode | undefined;
	readonly name: string;
	readonly kind: "plain" | "list" | "dictionary" | "keywords follow" | "positional before";
	/** Evaluated once, where the function is defined. */
	readonly byDefault: Thing | undefined;
}

function readParameter(py: Python, node: SyntaxNode, scope: Scope): Parameter {
	const file = scope.module.file;
	switch (node.type) {
		case "default_parameter":
		case "typed_default_parameter": {
			const [target, value] = [child(node, "name"), child(node, "value")];
			return {
				target,
				name: target ? file.textOf(target) : "",
				kind: "plain",
				byDefault: value ? evaluate(py, value, scope) : undefined,
			};
		}
		case "typed_parameter": {
			const only = namedChildren(node)[0];
			return only ? readParameter(py, only, scope) : { target: undefined, name: "", kind: "plain", byDefault: undefined };
		}
		case "list_splat_pattern":
		case "dictionary_splat_pattern": {
			const only = namedChildren(node)[0];
			const kind = node.type === "list_splat_pattern" ? "list" : "dictionary";
			return { target: only, name: only ? file.textOf(only) : "", kind, byDefault: undefined };
		}
		case "keyword_separator":
			return { target: undefined, name: "*", kind: "keywords follow", byDefault: undefined };
		case "positional_separator":
			return { target: undefined, name: "/", kind: "positional before", byDefault: undefined };
		default:
			return { target: node, name: file.textOf(node), kind: "plain", byDefault: undefined };
	}
}

function bindParameters(py: Python, parameters: readonly Parameter[], call: Call, inside: Scope): void {
	const positional = call.self ? [call.self, ...call.positional] : [...call.positional];
	const keywords = new Map(call.keywords);
	let keywordsOnly = false;
	for (const { target, name, kind, byDefault } of parameters) {
		if (kind === "keywords follow") keywordsOnly = true;
		if (!target) continue;
		if (kind === "list") {
			keywordsOnly = true;
			assign(py, target, list(positional.splice(0), call.at), inside);
		} else if (kind === "dictionary") assign(py, target, dictionary(new Map(keywords), call.at), inside);
		else {
			const given = keywordsOnly || positional.length === 0 ? keywords.get(name) : positional.shift();
			keywords.delete(name);
			assign(py, target, given ?? byDefault ?? unclear(t("{0} is given by a caller out of view", name), call.at), inside);
		}
	}
}
