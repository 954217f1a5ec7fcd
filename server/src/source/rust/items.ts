import { t } from "../../model/message.ts";
import { runBody } from "../core/branch.ts";
import { type Call, type Callable, list, localNames, type Structure, type Thing, unclear } from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { executeBlock } from "./blocks.ts";
import { coerce } from "./coerce.ts";
import { evaluate } from "./expressions.ts";
import { resolveType } from "./modules.ts";
import { bindPattern } from "./patterns.ts";
import { type FieldInfo, inner, isOtherBuild, type Module, parts, type Rust, type Scope } from "./rust.ts";

/** `fn`, also `async fn`: a future is evaluated where it is made, whoever awaits it. */
export function makeFunction(rs: Rust, node: SyntaxNode, scope: Scope): Callable {
	const [parameters, body, type] = [child(node, "parameters"), child(node, "body"), child(node, "return_type")];
	const invoke = (call: Call): Thing =>
		rs.run.deeper(
			() => {
				const inside: Scope = { ...scope, names: localNames(), outer: undefined };
				bindParameters(rs, parameters, call, inside);
				if (!body) return unclear(t("a function without a body"));
				const result = runBody(rs.run, () => executeBlock(rs, body, inside, true));
				return type ? coerce(rs, result, type, inside) : result;
			},
			unclear(t("calls that nest too deeply"), call.at),
		);
	const method = parameters?.children.some((one) => one.type === "self_parameter") === true;
	return { kind: "callable", fields: new Map(), invoke, binds: method, own: true };
}

/** `|a, b| …`. */
export function makeClosure(rs: Rust, node: SyntaxNode, scope: Scope): Callable {
	const [parameters, body] = [child(node, "parameters"), child(node, "body")];
	const invoke = (call: Call): Thing =>
		rs.run.deeper(
			() => {
				const inside = inner(scope);
				bindParameters(rs, parameters, call, inside);
				if (!body) return unclear(t("a function without a body"));
				return body.type === "block" ? runBody(rs.run, () => executeBlock(rs, body, inside, true)) : evaluate(rs, body, inside);
			},
			unclear(t("calls that nest too deeply"), call.at),
		);
	return { kind: "callable", fields: new Map(), invoke, binds: false, own: true };
}

function bindParameters(rs: Rust, parameters: SyntaxNode | undefined, call: Call, inside: Scope): void {
	const given = [...call.positional];
	for (const one of parameters?.children ?? []) {
		if (one.type === "self_parameter") {
			inside.names.set("self", call.self ?? given.shift() ?? unclear("self"));
			continue;
		}
		const isWild = !one.named && one.type === "_";
		if (!one.named && !isWild) continue;
		const pattern = one.type === "parameter" ? child(one, "pattern") : one;
		const value = given.shift() ?? unclear(t("an argument that a caller out of view gives"), call.at);
		if (pattern && !isWild) bindPattern(rs, pattern, value, inside);
	}
}

/** A struct; its functions are added by its implementations. */
export function makeStruct(rs: Rust, node: SyntaxNode, attributes: readonly SyntaxNode[], module: Module): Structure {
	const name = child(node, "name");
	const result = makeType(module.file.evidence(name ?? node));
	rs.types.set(result, {
		name: name ? module.file.textOf(name) : "",
		module,
		fields: readFields(child(node, "body"), module),
		attributes,
		variants: [],
	});
	return result;
}

export function makeEnum(rs: Rust, node: SyntaxNode, attributes: readonly SyntaxNode[], module: Module): Structure {
	const name = child(node, "name");
	const result = makeType(module.file.evidence(name ?? node));
	const body = child(node, "body");
	const variants: { name: string; type: Structure }[] = [];
	let before: SyntaxNode[] = [];
	for (const one of body ? namedChildren(body) : []) {
		if (one.type === "attribute_item") before.push(one);
		if (one.type !== "enum_variant") continue;
		const written = child(one, "name");
		const type = makeType(module.file.evidence(written ?? one));
		const text = written ? module.file.textOf(written) : "";
		rs.types.set(type, { name: text, module, fields: readFields(child(one, "body"), module), attributes: before, variants: [] });
		before = [];
		variants.push({ name: text, type });
		result.fields.set(text, type);
	}
	rs.types.set(result, { name: name ? module.file.textOf(name) : "", module, fields: [], attributes, variants });
	return result;
}

/** A type can be called like a function when it is a tuple: `Port(80)`, `Commands::Serve(args)`. */
function makeType(at: Structure["at"]): Structure {
	const result: Structure = {
		kind: "structure",
		shape: "class",
		fields: new Map(),
		parents: [],
		open: false,
		at,
		construct: (call) => ({
			...makeInstance(result, call.at),
			fields: new Map(call.positional.map((one, index): [string, Thing] => [String(index), one])),
		}),
	};
	return result;
}

export function makeInstance(type: Structure, at: Structure["at"]): Structure {
	return { kind: "structure", shape: "instance", fields: new Map(), parents: [type], open: false, at };
}

function readFields(body: SyntaxNode | undefined, module: Module): FieldInfo[] {
	const fields: FieldInfo[] = [];
	let attributes: SyntaxNode[] = [];
	for (const one of body?.children ?? []) {
		if (one.type === "attribute_item") attributes.push(one);
		else if (one.type === "field_declaration") {
			const [name, type] = [child(one, "name"), child(one, "type")];
			if (name && !attributes.some((attribute) => isOtherBuild(module.file.textOf(attribute))))
				fields.push({ name: module.file.textOf(name), type, attributes, node: one });
			attributes = [];
		} else if (one.field === "type") {
			fields.push({ name: String(fields.length), type: one, attributes, node: one });
			attributes = [];
		}
	}
	return fields;
}

/**
 * `impl Type { … }` and `impl Trait for Type { … }`. A type's functions are looked up when it is used, so the implementation is
 * registered as something to be read then.
 */
export function readImplementation(rs: Rust, node: SyntaxNode, scope: Scope): void {
	const [type, body] = [child(node, "type"), child(node, "body")];
	if (!type || !body) return;
	const key = scope.module.file.textOf(type).replace(/<.*/s, "").split("::").at(-1) ?? "";
	const before = scope.module.items.get(key);
	const trait = child(node, "trait");
	const add = (made: Thing): Thing => {
		if (made.kind !== "structure" || made.shape !== "class") return made;
		const owned: Scope = { ...scope, owner: made };
		let attributes: SyntaxNode[] = [];
		for (const one of namedChildren(body)) {
			if (one.type === "attribute_item") {
				attributes.push(one);
				continue;
			}
			const skipped = attributes.some((attribute) => isOtherBuild(scope.module.file.textOf(attribute)));
			attributes = [];
			const written = child(one, "name");
			const name = written ? scope.module.file.textOf(written) : "";
			// `impl From<X> for T` may stand there several times; the functions of the type itself win.
			if (skipped || (trait && made.fields.has(name))) continue;
			if (one.type === "function_item") made.fields.set(name, makeFunction(rs, one, owned));
			else if (one.type === "const_item") {
				const value = child(one, "value");
				if (value) made.fields.set(name, evaluate(rs, value, owned));
			}
		}
		return made;
	};
	let done = false;
	const get = (): Thing => {
		const made = before ? before() : resolveType(rs, type, scope);
		if (!done) {
			done = true;
			add(made);
		}
		return made;
	};
	if (before) scope.module.items.set(key, get);
	else scope.module.items.set(`impl ${key} ${node.start}`, get);
}

/** Items of an array or a tuple. */
export function makeList(rs: Rust, node: SyntaxNode, scope: Scope): Thing {
	const length = child(node, "length");
	const items = parts(node)
		.filter((one) => one !== length)
		.map((one) => evaluate(rs, one, scope));
	const count = length ? evaluate(rs, length, scope) : undefined;
	const [first] = items;
	const repeated =
		count?.kind === "plain" && first ? Array.from({ length: Math.min(64, Math.max(0, Number(count.value) || 0)) }, () => first) : items;
	return list(repeated, scope.module.file.evidence(node));
}
