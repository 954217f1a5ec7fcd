import { t } from "../../model/message.ts";
import { dictionary, type Fields, library, list, NOTHING, plain, type Structure, type Thing, unclear } from "../core/thing.ts";
import { child, childrenIn, hasToken, namedChildren, type SyntaxNode } from "../syntax.ts";
import { makeFunction } from "./functions.ts";
import type { Field, Go, Scope, TypeInfo } from "./go.ts";
import { lookUpName, packageOrLibrary } from "./names.ts";

const TEXTS = new Set(["string"]);
const NUMBERS = new Set(
	"int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr byte rune float32 float64 complex64 complex128".split(" "),
);

/** Types that Go declares itself, and calls of which convert. */
export function isBasicType(name: string): boolean {
	return TEXTS.has(name) || NUMBERS.has(name) || name === "bool" || name === "any" || name === "error";
}

/** The structure that stands for a declared type: its methods are its fields. */
export function declareType(go: Go, spec: SyntaxNode, scope: Scope): Thing {
	const [name, node] = [child(spec, "name"), child(spec, "type")];
	if (!name || !node) return unclear(t("source that is not understood"));
	const text = scope.file.source.textOf(name);
	// An alias, and a type made of another own type, has that one's fields.
	if (spec.type === "type_alias") return resolveType(go, node, scope) ?? unclear(t("a type that is not understood"));
	const methods: Fields = new Map();
	const type: Structure = {
		kind: "structure",
		shape: "class",
		fields: methods,
		parents: [],
		open: false,
		at: scope.file.source.evidence(name),
	};
	for (const method of scope.outer ? [] : (scope.pkg.methods.get(text) ?? [])) {
		const methodName = child(method.node, "name");
		const inside: Scope = { pkg: scope.pkg, file: method.file, names: new Map(), outer: undefined };
		if (methodName) methods.set(method.file.source.textOf(methodName), makeFunction(go, method.node, inside));
	}
	const underlying = node.type === "type_identifier" || node.type === "qualified_type" ? resolveType(go, node, scope) : undefined;
	const base = underlying?.kind === "structure" ? go.types.get(underlying) : undefined;
	go.types.set(type, base ? { ...base, name: text } : { name: text, node, scope, fields: fieldsOf(node, scope) });
	return type;
}

export function fieldsOf(node: SyntaxNode, scope: Scope): Field[] {
	const declarations = node.type === "struct_type" ? namedChildren(node)[0] : undefined;
	return (declarations ? namedChildren(declarations) : []).flatMap((one): Field[] => {
		const type = child(one, "type");
		if (one.type !== "field_declaration" || !type) return [];
		const names = childrenIn(one, "name").filter((name) => name.named);
		const written = child(one, "tag");
		const tag = written ? scope.file.source.textOf(written).slice(1, -1) : "";
		if (names.length > 0) return names.map((name) => ({ name: scope.file.source.textOf(name), type, tag, embedded: false }));
		// `Server`, `*Server`, `http.Server`, `Server[T]` is embedded by its last name.
		const name = /(\w+)(?:\[.*\])?$/s.exec(scope.file.source.textOf(type))?.[1];
		return name === undefined ? [] : [{ name, type, tag, embedded: true }];
	});
}

/** What a type's name means: the structure of an own type, a library's type as `path.Name`; undefined for all others. */
export function resolveType(go: Go, node: SyntaxNode, scope: Scope): Thing | undefined {
	switch (node.type) {
		case "type_identifier":
		case "identifier": {
			const name = scope.file.source.textOf(node);
			const found = lookUpName(go, name, scope);
			return found?.kind === "structure" && found.shape === "class" ? found : found?.kind === "library" ? found : undefined;
		}
		case "qualified_type":
		case "selector_expression": {
			const [pkg, name] = [child(node, "package") ?? child(node, "operand"), child(node, "name") ?? child(node, "field")];
			return pkg && name
				? packageOrLibrary(go, scope.file.source.textOf(pkg), scope.file.source.textOf(name), scope, scope.file.source.evidence(node))
				: undefined;
		}
		case "generic_type":
		case "pointer_type":
		case "parenthesized_type": {
			const inner = child(node, "type") ?? namedChildren(node)[0];
			return inner && resolveType(go, inner, scope);
		}
		default:
			return undefined;
	}
}

/** What a variable of this type holds before anything is assigned. */
export function zeroValue(go: Go, node: SyntaxNode, scope: Scope, depth = 0): Thing {
	switch (node.type) {
		case "type_identifier": {
			const name = scope.file.source.textOf(node);
			const type = resolveType(go, node, scope);
			if (type) return zeroOf(go, type, depth);
			return basicZero(name);
		}
		case "qualified_type":
		case "generic_type":
		case "parenthesized_type": {
			const type = resolveType(go, node, scope);
			return type ? zeroOf(go, type, depth) : unclear(t("a type that is not in view"));
		}
		case "struct_type":
			return instance(go, { name: "", node, scope, fields: fieldsOf(node, scope) }, undefined, depth);
		case "map_type":
			return dictionary(new Map(), scope.file.source.evidence(node));
		case "slice_type":
		case "array_type":
			return list([], scope.file.source.evidence(node));
		case "pointer_type": {
			const [pointed] = namedChildren(node);
			const none: Thing = { kind: "nothing" };
			if (pointed) go.unset.set(none, () => zeroValue(go, pointed, scope));
			return none;
		}
		default:
			return NOTHING;
	}
}

function basicZero(name: string): Thing {
	if (TEXTS.has(name)) return plain("");
	if (NUMBERS.has(name)) return plain(0);
	return name === "bool" ? plain(false) : name === "any" || name === "error" ? NOTHING : unclear(t("{0} is not declared in view", name));
}

/** A value of a type that has been resolved. */
export function zeroOf(go: Go, type: Thing, depth = 0): Thing {
	if (type.kind === "library") {
		if (type.origin === "time.Duration") return plain(0);
		return library(type.origin.endsWith("{}") ? type.origin : `${type.origin}{}`);
	}
	const info = type.kind === "structure" ? go.types.get(type) : undefined;
	if (!info || type.kind !== "structure") return unclear(t("a type that is not in view"));
	if (info.node.type === "struct_type") return instance(go, info, type, depth);
	return zeroValue(go, info.node, info.scope, depth + 1);
}

function instance(go: Go, info: TypeInfo, type: Structure | undefined, depth: number): Structure {
	const fields: Fields = new Map();
	// A struct that holds itself by value does not compile; broken source may say so all the same.
	if (depth < 8) for (const field of info.fields) fields.set(field.name, zeroValue(go, field.type, info.scope, depth + 1));
	const made: Structure = {
		kind: "structure",
		shape: "instance",
		fields,
		parents: type ? [type] : [],
		open: false,
		at: info.scope.file.source.evidence(info.node),
	};
	if (!type) go.types.set(made, info);
	return made;
}

/** The declaration behind an instance of an own struct. */
export function infoOf(go: Go, value: Structure): TypeInfo | undefined {
	const parent = value.parents[0];
	return parent?.kind === "structure" ? go.types.get(parent) : go.types.get(value);
}

/** A type with its package written out, as far as that is known: what two functions mean by the same type. */
export function typeName(node: SyntaxNode, scope: Scope): string {
	const text = scope.file.source.textOf(node).replace(/\s+/g, " ");
	return text.replace(/(?<![\w.])(?:(\w+)\.)?([A-Za-z_]\w*)/g, (whole, pkg: string | undefined, name: string) => {
		if (pkg !== undefined) return `${scope.file.imports.get(pkg) ?? pkg}.${name}`;
		return isBasicType(name) || ["func", "map", "chan", "interface", "struct"].includes(name) ? whole : `${scope.pkg.folder}.${name}`;
	});
}

export function isVariadic(parameter: SyntaxNode): boolean {
	return parameter.type === "variadic_parameter_declaration" || hasToken(parameter, "...");
}
