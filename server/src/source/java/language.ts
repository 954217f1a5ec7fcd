import type { SourceFile } from "../core/sourceFile.ts";
import { type Declaration, type Expression, type Given, type Guarded, type Language, RETURNED } from "../declared/expression.ts";
import { child, childrenIn, hasToken, namedChildren, type SyntaxNode } from "../syntax.ts";

/** Java as tree-sitter-java writes it. */
export const java: Language = { read, declare, guards };

function read(node: SyntaxNode, file: SourceFile): Expression {
	const text = () => file.textOf(node);
	switch (node.type) {
		case "decimal_integer_literal":
		case "hex_integer_literal":
		case "octal_integer_literal":
		case "binary_integer_literal":
			return { kind: "literal", text: String(Number(text().replace(/_|[lL]$/g, ""))) };
		case "string_literal":
			return { kind: "literal", text: text().slice(1, -1) };
		case "true":
		case "false":
			return { kind: "literal", text: node.type };
		case "null_literal":
			return { kind: "null" };
		case "this":
			return { kind: "this" };
		case "identifier":
		case "type_identifier":
			return { kind: "name", name: text() };
		case "field_access":
			return member(child(node, "object"), child(node, "field"), file);
		case "method_invocation": {
			const name = child(node, "name");
			return { kind: "call", object: child(node, "object"), name: name ? file.textOf(name) : "", given: given(node) };
		}
		case "object_creation_expression": {
			const type = child(node, "type");
			return { kind: "create", type: simpleType(type, file) ?? "", given: given(node) };
		}
		case "array_access":
			return pair(child(node, "array"), child(node, "index"), (object, index) => ({ kind: "index", object, index }));
		case "binary_expression": {
			const operator = child(node, "operator")?.type ?? "";
			return pair(child(node, "left"), child(node, "right"), (left, right) => ({ kind: "binary", operator, left, right }));
		}
		case "unary_expression": {
			const inner = child(node, "operand");
			return inner && hasToken(node, "!") ? { kind: "not", inner } : { kind: "other" };
		}
		case "ternary_expression": {
			const [condition, then, otherwise] = [child(node, "condition"), child(node, "consequence"), child(node, "alternative")];
			return condition && then && otherwise ? { kind: "choice", condition, then, otherwise } : { kind: "other" };
		}
		case "parenthesized_expression": {
			const inner = namedChildren(node)[0];
			return inner ? { kind: "same", inner } : { kind: "other" };
		}
		case "cast_expression": {
			const inner = child(node, "value");
			const type = simpleType(child(node, "type"), file);
			return inner ? { kind: "same", inner, ...(type === undefined ? {} : { type }) } : { kind: "other" };
		}
		case "lambda_expression":
		case "method_reference":
			return { kind: "function" };
		case "assignment_expression":
			return child(node, "operator")?.type === "="
				? pair(child(node, "left"), child(node, "right"), (left, right) => ({ kind: "assign", left, right }))
				: { kind: "other" };
		default:
			return { kind: "other" };
	}
}

function declare(node: SyntaxNode, file: SourceFile): Declaration | undefined {
	const name = () => textOf(child(node, "name"), file) ?? "";
	switch (node.type) {
		case "class_declaration":
		case "enum_declaration":
		case "interface_declaration":
		case "record_declaration": {
			const parents = node.children.filter((one) => one.field === "superclass" || one.field === "interfaces");
			return { kind: "class", name: name(), parents: parents.flatMap((one) => file.textOf(one).match(/[A-Z]\w*/g) ?? []) };
		}
		case "method_declaration":
		case "constructor_declaration": {
			const parameters = (child(node, "parameters")?.children ?? []).filter((one) => one.type === "formal_parameter");
			return {
				kind: "method",
				name: node.type === "constructor_declaration" ? `new ${name()}` : name(),
				parameters: parameters.map((one) => ({ name: textOf(child(one, "name"), file) ?? "", type: simpleType(child(one, "type"), file) })),
				returns: simpleType(child(node, "type"), file),
			};
		}
		case "field_declaration":
		case "local_variable_declaration":
		case "constant_declaration": {
			const declarator = childrenIn(node, "declarator")[0];
			if (!declarator) return undefined;
			const kind = node.type === "local_variable_declaration" ? "local" : "field";
			return {
				kind,
				name: textOf(child(declarator, "name"), file) ?? "",
				type: simpleType(child(node, "type"), file),
				value: child(declarator, "value"),
			};
		}
		case "resource":
			return { kind: "local", name: name(), type: simpleType(child(node, "type"), file), value: child(node, "value") };
		case "return_statement":
			return { kind: "local", name: RETURNED, type: undefined, value: namedChildren(node)[0] };
		case "import_declaration": {
			const path = textOf(namedChildren(node)[0], file) ?? "";
			if (node.children.some((one) => one.type === "asterisk")) return { kind: "importAll", path, members: hasToken(node, "static") };
			return { kind: "import", name: path.slice(path.lastIndexOf(".") + 1), path };
		}
		default:
			return undefined;
	}
}

function guards(node: SyntaxNode): Guarded[] {
	const part = (field: string, condition: SyntaxNode | undefined, negated = false): Guarded[] => {
		const found = child(node, field);
		return found ? [{ node: found, condition, negated }] : [];
	};
	switch (node.type) {
		case "if_statement":
			return [...part("consequence", child(node, "condition")), ...part("alternative", child(node, "condition"), true)];
		case "catch_clause":
		case "enhanced_for_statement":
		case "for_statement":
		case "switch_block_statement_group":
		case "switch_rule":
			return node.children.filter((one) => one.named).map((one) => ({ node: one, condition: undefined, negated: false }));
		case "while_statement":
			return part("body", child(node, "condition"));
		default:
			return [];
	}
}

function given(node: SyntaxNode): Given {
	return { positional: namedChildren(child(node, "arguments") ?? { ...node, children: [] }), named: new Map() };
}

function member(object: SyntaxNode | undefined, name: SyntaxNode | undefined, file: SourceFile): Expression {
	return object && name ? { kind: "member", object, name: file.textOf(name) } : { kind: "other" };
}

function pair(a: SyntaxNode | undefined, b: SyntaxNode | undefined, make: (a: SyntaxNode, b: SyntaxNode) => Expression): Expression {
	return a && b ? make(a, b) : { kind: "other" };
}

function textOf(node: SyntaxNode | undefined, file: SourceFile): string | undefined {
	return node && file.textOf(node);
}

/** `Map` of `Map<String, Integer>`, `java.util.Map` when it is written in full; undefined for `var`. */
function simpleType(node: SyntaxNode | undefined, file: SourceFile): string | undefined {
	const text = textOf(node, file)
		?.replace(/<[\s\S]*$/, "")
		.replace(/^(?=[A-Z]).*\./, "")
		.trim();
	return text === "var" ? undefined : text;
}
