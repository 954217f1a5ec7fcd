import type { SourceFile } from "../core/sourceFile.ts";
import { type Declaration, type Expression, type Given, type Guarded, type Language, RETURNED } from "../declared/expression.ts";
import { child, hasToken, namedChildren, type SyntaxNode } from "../syntax.ts";

/** C# as tree-sitter-c-sharp writes it. */
export const csharp: Language = { read, declare, guards };

function read(node: SyntaxNode, file: SourceFile): Expression {
	const text = () => file.textOf(node);
	switch (node.type) {
		case "integer_literal":
			return { kind: "literal", text: String(Number(text().replace(/_|[uUlL]+$/g, ""))) };
		case "string_literal":
			return { kind: "literal", text: text().slice(1, -1) };
		case "verbatim_string_literal":
			return { kind: "literal", text: text().slice(2, -1).replaceAll('""', '"') };
		case "boolean_literal":
			return { kind: "literal", text: text() };
		case "null_literal":
			return { kind: "null" };
		case "this":
			return { kind: "this" };
		case "identifier":
		case "predefined_type":
			return { kind: "name", name: text() };
		case "generic_name":
			return { kind: "name", name: text().replace(/<[\s\S]*$/, "") };
		case "member_access_expression":
			return member(child(node, "expression"), child(node, "name"), file);
		case "conditional_access_expression": {
			const [object, binding] = namedChildren(node);
			const name = binding?.type === "member_binding_expression" ? namedChildren(binding)[0] : undefined;
			return member(object, name, file);
		}
		case "invocation_expression":
			return call(node, file);
		case "object_creation_expression":
			return { kind: "create", type: simpleType(child(node, "type"), file) ?? "", given: given(child(node, "arguments"), file) };
		case "element_access_expression": {
			const object = child(node, "expression");
			const index = argumentsOf(child(node, "subscript"))[0];
			return pair(object, index && namedChildren(index).at(-1), (one, other) => ({ kind: "index", object: one, index: other }));
		}
		case "binary_expression": {
			const operator = child(node, "operator")?.type ?? "";
			return pair(child(node, "left"), child(node, "right"), (left, right) => ({ kind: "binary", operator, left, right }));
		}
		case "prefix_unary_expression": {
			const inner = namedChildren(node)[0];
			return inner && hasToken(node, "!") ? { kind: "not", inner } : { kind: "other" };
		}
		case "conditional_expression": {
			const [condition, then, otherwise] = [child(node, "condition"), child(node, "consequence"), child(node, "alternative")];
			return condition && then && otherwise ? { kind: "choice", condition, then, otherwise } : { kind: "other" };
		}
		case "interpolated_string_expression": {
			const pieces = node.children.flatMap((one): (string | SyntaxNode)[] => {
				if (one.type === "string_content") return [file.textOf(one)];
				const inner = one.type === "interpolation" ? namedChildren(one).find((part) => part.type !== "interpolation_brace") : undefined;
				return inner ? [inner] : [];
			});
			return { kind: "pieces", pieces };
		}
		case "parenthesized_expression":
		case "await_expression":
		case "postfix_unary_expression":
		case "checked_expression": {
			const inner = namedChildren(node)[0];
			return inner ? { kind: "same", inner } : { kind: "other" };
		}
		case "cast_expression": {
			const inner = child(node, "value");
			const type = simpleType(child(node, "type"), file);
			return inner ? { kind: "same", inner, ...(type === undefined ? {} : { type }) } : { kind: "other" };
		}
		case "lambda_expression":
		case "anonymous_method_expression":
			return { kind: "function" };
		case "assignment_expression":
			return child(node, "operator")?.type === "="
				? pair(child(node, "left"), child(node, "right"), (left, right) => ({ kind: "assign", left, right }))
				: { kind: "other" };
		default:
			return { kind: "other" };
	}
}

function call(node: SyntaxNode, file: SourceFile): Expression {
	const callee = child(node, "function");
	const target = callee ? read(callee, file) : undefined;
	const inner = given(child(node, "arguments"), file);
	if (target?.kind === "member") return { kind: "call", object: target.object, name: target.name, given: inner };
	if (target?.kind === "name") return { kind: "call", object: undefined, name: target.name, given: inner };
	return { kind: "other" };
}

function declare(node: SyntaxNode, file: SourceFile): Declaration | undefined {
	const name = () => textOf(child(node, "name"), file) ?? "";
	switch (node.type) {
		case "class_declaration":
		case "struct_declaration":
		case "record_declaration":
		case "interface_declaration": {
			const bases = node.children.find((one) => one.type === "base_list");
			return { kind: "class", name: name(), parents: bases ? namedChildren(bases).map((one) => simpleType(one, file) ?? "") : [] };
		}
		case "method_declaration":
		case "local_function_statement":
		case "constructor_declaration": {
			const parameters = (child(node, "parameters")?.children ?? []).filter((one) => one.type === "parameter");
			return {
				kind: "method",
				name: node.type === "constructor_declaration" ? `new ${name()}` : name(),
				parameters: parameters.map((one) => {
					const byDefault = hasToken(one, "=") ? namedChildren(one).at(-1) : undefined;
					return {
						name: textOf(child(one, "name"), file) ?? "",
						type: simpleType(child(one, "type"), file),
						...(byDefault ? { byDefault } : {}),
					};
				}),
				returns: simpleType(child(node, "returns") ?? child(node, "type"), file),
			};
		}
		case "field_declaration":
		case "local_declaration_statement":
		case "using_statement": {
			const variable = node.children.find((one) => one.type === "variable_declaration");
			const declarator = variable?.children.find((one) => one.type === "variable_declarator");
			if (!variable || !declarator) return undefined;
			const value = hasToken(declarator, "=") ? namedChildren(declarator).at(-1) : undefined;
			return {
				kind: node.type === "field_declaration" ? "field" : "local",
				name: textOf(child(declarator, "name"), file) ?? "",
				type: simpleType(child(variable, "type"), file),
				value,
			};
		}
		case "property_declaration": {
			const value = child(node, "value");
			const arrow = value?.type === "arrow_expression_clause" ? namedChildren(value)[0] : value;
			return { kind: "field", name: name(), type: simpleType(child(node, "type"), file), value: arrow };
		}
		case "return_statement":
		case "arrow_expression_clause":
			return { kind: "local", name: RETURNED, type: undefined, value: namedChildren(node)[0] };
		default:
			return outVariable(node, file);
	}
}

/** `int.TryParse(text, out var port)`: the number that the text holds. */
function outVariable(node: SyntaxNode, file: SourceFile): Declaration | undefined {
	if (node.type !== "invocation_expression") return undefined;
	const [text, out] = argumentsOf(child(node, "arguments"));
	const declared = out?.children.find((one) => one.type === "declaration_expression");
	const value = text && namedChildren(text).at(-1);
	if (!declared || !value || !/\.TryParse$/.test(textOf(child(node, "function"), file) ?? "")) return undefined;
	return { kind: "local", name: textOf(child(declared, "name"), file) ?? "", type: "int", value };
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
		case "foreach_statement":
		case "for_statement":
		case "switch_section":
		case "switch_expression_arm":
			return node.children.filter((one) => one.named).map((one) => ({ node: one, condition: undefined, negated: false }));
		case "while_statement":
			return part("body", child(node, "condition"));
		default:
			return [];
	}
}

function argumentsOf(list: SyntaxNode | undefined): SyntaxNode[] {
	return (list?.children ?? []).filter((one) => one.type === "argument");
}

function given(list: SyntaxNode | undefined, file: SourceFile): Given {
	const positional: SyntaxNode[] = [];
	const named = new Map<string, SyntaxNode>();
	for (const argument of argumentsOf(list)) {
		const name = child(argument, "name");
		const value = namedChildren(argument).at(-1);
		if (!value) continue;
		if (name && name !== value) named.set(file.textOf(name), value);
		else positional.push(value);
	}
	return { positional, named };
}

function member(object: SyntaxNode | undefined, name: SyntaxNode | undefined, file: SourceFile): Expression {
	return object && name ? { kind: "member", object, name: file.textOf(name).replace(/<[\s\S]*$/, "") } : { kind: "other" };
}

function pair(a: SyntaxNode | undefined, b: SyntaxNode | undefined, make: (a: SyntaxNode, b: SyntaxNode) => Expression): Expression {
	return a && b ? make(a, b) : { kind: "other" };
}

function textOf(node: SyntaxNode | undefined, file: SourceFile): string | undefined {
	return node && file.textOf(node);
}

/** `List` of `System.Collections.Generic.List<int>?`; undefined for `var`. */
function simpleType(node: SyntaxNode | undefined, file: SourceFile): string | undefined {
	const text = textOf(node, file)
		?.replace(/<[\s\S]*$/, "")
		.replace(/^.*\./, "")
		.replace(/\?$/, "")
		.trim();
	return text === "var" ? undefined : text;
}
