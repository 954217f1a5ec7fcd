import type { Command, Operand, Pipeline, Template } from "./goTemplate.ts";
import { TemplateMistake } from "./goTemplate.ts";

/** What a field or a function answers. */
export type TemplateValue = string | number | boolean | null | readonly TemplateValue[] | { readonly [key: string]: TemplateValue };

/** What the template is about. */
export interface TemplateSubject {
	/** Throws a `TemplateMistake` when there is no such field. `name` is empty for the dot: the whole. */
	field(name: string, args: readonly TemplateValue[]): TemplateValue;
}

/** The text for one subject. Throws a `TemplateMistake`, for a template is checked only as far as it is run. */
export function runTemplate(template: Template, subject: TemplateSubject): string {
	return run(template.nodes, subject, FUNCTIONS);
}

/** The titles of a table: fields answer their titles, and functions leave them as they are, as docker does. */
export function runForTitles(template: Template, titles: TemplateSubject): string {
	const same = (value: TemplateValue = "") => value;
	const unchanged = Object.fromEntries(["json", "split", "join", "title", "lower", "upper", "pad", "truncate"].map((name) => [name, same]));
	return run(template.nodes, titles, { ...FUNCTIONS, ...unchanged });
}

type TemplateFunction = (...args: TemplateValue[]) => TemplateValue;
type Functions = Readonly<Record<string, TemplateFunction>>;

function run(nodes: Template["nodes"], subject: TemplateSubject, functions: Functions): string {
	return nodes
		.map((node) => {
			if ("text" in node) return node.text;
			if ("pipeline" in node) return textOf(evaluate(node.pipeline, subject, functions));
			return run(isTrue(evaluate(node.condition, subject, functions)) ? node.body : node.otherwise, subject, functions);
		})
		.join("");
}

function evaluate(pipeline: Pipeline, subject: TemplateSubject, functions: Functions): TemplateValue {
	let before: readonly TemplateValue[] = [];
	for (const command of pipeline) before = [call(command, before, subject, functions)];
	return before[0] ?? null;
}

function call(command: Command, piped: readonly TemplateValue[], subject: TemplateSubject, functions: Functions): TemplateValue {
	const [first, ...rest] = command;
	if (first === undefined) throw new TemplateMistake("a value is missing");
	const args = () => [...rest.map((operand) => operandValue(operand, subject, functions)), ...piped];
	if ("field" in first) return subject.field(first.field, args());
	if ("call" in first) return apply(first.call, args(), functions);
	if (rest.length > 0 || piped.length > 0) throw new TemplateMistake("a value is not a function");
	return operandValue(first, subject, functions);
}

function operandValue(operand: Operand, subject: TemplateSubject, functions: Functions): TemplateValue {
	if ("value" in operand) return operand.value;
	if ("group" in operand) return evaluate(operand.group, subject, functions);
	return "field" in operand ? subject.field(operand.field, []) : apply(operand.call, [], functions);
}

function apply(name: string, args: readonly TemplateValue[], functions: Functions): TemplateValue {
	if (!Object.hasOwn(functions, name))
		throw new TemplateMistake(`there is no function ${name}; there are: ${Object.keys(FUNCTIONS).sort().join(", ")}`);
	return functions[name]?.(...args) ?? null;
}

/** Docker's own functions (https://docs.docker.com/engine/cli/formatting/), then those of Go that make sense here. */
const FUNCTIONS: Functions = {
	json: (value = null) => JSON.stringify(value),
	split: (text, separator) => wantText("split", text).split(wantText("split", separator)),
	join: (list, separator) => {
		if (!Array.isArray(list)) throw new TemplateMistake('join: the first argument must be a list, such as (split .Names ",")');
		return list.map(textOf).join(wantText("join", separator));
	},
	title: (text) => wantText("title", text).replace(/(^|\s)(\p{L})/gu, (_, blank, letter) => blank + letter.toUpperCase()),
	lower: (text) => wantText("lower", text).toLowerCase(),
	upper: (text) => wantText("upper", text).toUpperCase(),
	pad: (text, before, after) => " ".repeat(wantCount("pad", before)) + wantText("pad", text) + " ".repeat(wantCount("pad", after)),
	truncate: (text, length) => [...wantText("truncate", text)].slice(0, wantCount("truncate", length)).join(""),
	print: (...args) => args.map(textOf).join(""),
	println: (...args) => `${args.map(textOf).join(" ")}\n`,
	printf: (format, ...args) => printf(wantText("printf", format), args),
	len: (value = null) => (typeof value === "string" || Array.isArray(value) ? value.length : wantText("len", value).length),
	eq: (first, ...others) => others.some((other) => other === first),
	ne: (a, b) => a !== b,
	not: (value = null) => !isTrue(value),
	and: (...args) => args.find((arg) => !isTrue(arg)) ?? args.at(-1) ?? null,
	or: (...args) => args.find(isTrue) ?? args.at(-1) ?? null,
};

function wantText(name: string, value: TemplateValue | undefined): string {
	if (typeof value === "string") return value;
	throw new TemplateMistake(`${name}: ${value === undefined ? "an argument is missing" : `${JSON.stringify(value)} is not text`}`);
}

/** A number of characters; whoever asks for millions gets a mistake, not a full memory. */
function wantCount(name: string, value: TemplateValue | undefined): number {
	if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 10_000) return value;
	throw new TemplateMistake(
		`${name}: ${value === undefined ? "an argument is missing" : `${JSON.stringify(value)} is not a count of characters`}`,
	);
}

/** The verbs that texts and numbers are printed with; a width may be given. */
function printf(format: string, args: readonly TemplateValue[]): string {
	const left = [...args];
	return format.replace(/%(-?)(\d{0,3})([%a-zA-Z])/g, (_, minus: string, width: string, verb: string) => {
		if (verb === "%") return "%";
		if (left.length === 0) throw new TemplateMistake(`printf: no value for %${verb}`);
		if (!"svqd".includes(verb)) throw new TemplateMistake(`printf: %${verb} is not supported`);
		const value = left.shift() ?? null;
		const text = verb === "q" ? JSON.stringify(textOf(value)) : textOf(value);
		return minus ? text.padEnd(Number(width)) : text.padStart(Number(width));
	});
}

function textOf(value: TemplateValue): string {
	if (typeof value === "string") return value;
	if (value === null) return "<nil>";
	if (Array.isArray(value)) return `[${value.map(textOf).join(" ")}]`;
	return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Go's truth: empty texts, lists and zero are false. */
function isTrue(value: TemplateValue): boolean {
	if (Array.isArray(value)) return value.length > 0;
	return Boolean(value) && (typeof value !== "object" || Object.keys(value ?? {}).length > 0);
}
