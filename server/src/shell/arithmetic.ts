import type { ArithmeticExpression } from "unbash";
import { t } from "../model/message.ts";
import { known, mapText, unknown, type Value } from "../model/value.ts";
import type { Asking } from "./asking.ts";
import { type Expander, lookUpParameter } from "./parameters.ts";
import type { ShellState } from "./state.ts";
import { decide, OPEN, type Truth } from "./truth.ts";

const notFollowed = () => unknown(t("an expression is computed by the shell"));

/** The value of `$((…))` and `((…))`: whole numbers and what it sets (bash, "Shell Arithmetic"). */
export function* arithmetic(node: ArithmeticExpression, state: ShellState, words: Expander): Asking<Value> {
	switch (node.type) {
		case "ArithmeticGroup":
			return yield* arithmetic(node.expression, state, words);
		case "ArithmeticWord": {
			if (/^\d+$/.test(node.value)) return number(known(node.value));
			const name = nameOf(node);
			if (name !== undefined) return number(lookUpParameter(name, state));
			const [only, ...others] = node.parts ?? [];
			return only && others.length === 0 ? number(yield* words.part(only, state)) : notFollowed();
		}
		case "ArithmeticUnary":
			return yield* unary(node, state, words);
		case "ArithmeticTernary": {
			const { value } = isNotZero(yield* arithmetic(node.test, state, words));
			if (value === undefined) return notFollowed();
			return yield* arithmetic(value ? node.consequent : node.alternate, state, words);
		}
		case "ArithmeticBinary":
			return yield* binary(node, state, words);
		default:
			return notFollowed();
	}
}

/** Whether `((…))` succeeds: its value is not 0. */
export function* arithmeticTest(node: ArithmeticExpression | undefined, state: ShellState, words: Expander): Asking<Truth> {
	return node ? isNotZero(yield* arithmetic(node, state, words)) : OPEN;
}

function isNotZero(value: Value): Truth {
	return decide([value], (text) => (/^-?\d+$/.test(text) ? Number(text) !== 0 : undefined));
}

function* unary(node: Extract<ArithmeticExpression, { type: "ArithmeticUnary" }>, state: ShellState, words: Expander): Asking<Value> {
	const before = yield* arithmetic(node.operand, state, words);
	const { operator } = node;
	if (operator === "++" || operator === "--") {
		const after = compute(operator === "++" ? "+" : "-", before, known("1"));
		assign(node.operand, after, state);
		return node.prefix ? after : before;
	}
	if (operator === "+") return before;
	if (operator === "-") return compute("-", known("0"), before);
	return operator === "!" ? compute("==", before, known("0")) : notFollowed();
}

function* binary(node: Extract<ArithmeticExpression, { type: "ArithmeticBinary" }>, state: ShellState, words: Expander): Asking<Value> {
	const { operator } = node;
	const assigns = /^([-+*/%]|<<|>>|[&|^])?=$/.exec(operator);
	if (assigns) {
		const right = yield* arithmetic(node.right, state, words);
		const value = assigns[1] === undefined ? right : compute(assigns[1], yield* arithmetic(node.left, state, words), right);
		assign(node.left, value, state);
		return value;
	}
	const left = yield* arithmetic(node.left, state, words);
	if (operator === "," || operator === "&&" || operator === "||") {
		const { value } = isNotZero(left);
		if (operator !== "," && value === undefined) return notFollowed();
		if (operator !== "," && value === (operator === "||")) return known(value ? "1" : "0");
		const right = yield* arithmetic(node.right, state, words);
		return operator === "," ? right : compute("!=", right, known("0"));
	}
	return compute(operator, left, yield* arithmetic(node.right, state, words));
}

function assign(target: ArithmeticExpression, value: Value, state: ShellState): void {
	const name = target.type === "ArithmeticWord" ? nameOf(target) : undefined;
	if (name !== undefined && !/^\d/.test(name)) state.environment.set(name, value);
}

function nameOf({ value }: Extract<ArithmeticExpression, { type: "ArithmeticWord" }>): string | undefined {
	const name = /^(?:\$?([A-Za-z_]\w*|\d+|#)|\$\{([A-Za-z_]\w*)\})$/.exec(value);
	return name?.[1] ?? name?.[2];
}

/** A variable that nobody sets counts as 0, and so does an empty one. */
function number(value: Value): Value {
	if (value.kind === "variable" && !value.fallback) return { ...value, fallback: known("0") };
	return mapText(value, (text, from) => {
		const plain = text.trim();
		return /^(-?[1-9]\d*|0|)$/.test(plain) ? known(plain === "" ? "0" : plain, ...from) : notFollowed();
	});
}

function compute(operator: string, left: Value, right: Value): Value {
	return mapText(left, (a) =>
		mapText(right, (b) => {
			const result = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator]?.(Number(a), Number(b)) : undefined;
			const whole = typeof result === "boolean" ? Number(result) : result;
			return Number.isSafeInteger(whole) ? known(String(whole === 0 ? 0 : whole)) : notFollowed();
		}),
	);
}

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number | boolean>> = {
	"+": (a, b) => a + b,
	"-": (a, b) => a - b,
	"*": (a, b) => a * b,
	"/": (a, b) => Math.trunc(a / b),
	"%": (a, b) => a % b,
	"**": (a, b) => a ** b,
	"==": (a, b) => a === b,
	"!=": (a, b) => a !== b,
	"<": (a, b) => a < b,
	"<=": (a, b) => a <= b,
	">": (a, b) => a > b,
	">=": (a, b) => a >= b,
};
