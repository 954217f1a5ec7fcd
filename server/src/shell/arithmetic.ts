import type { ArithmeticExpression } from "unbash";
import { known, mapText, unknown, type Value } from "../model/value.ts";
import { lookUpParameter } from "./parameters.ts";
import type { ShellState } from "./state.ts";

/** The value of `$((…))`: whole numbers, variables, `+ - * / %` and brackets. */
export function arithmetic(node: ArithmeticExpression, state: ShellState): Value {
	switch (node.type) {
		case "ArithmeticGroup":
			return arithmetic(node.expression, state);
		case "ArithmeticWord": {
			if (/^\d+$/.test(node.value)) return known(node.value);
			const name = /^(?:\$?([A-Za-z_]\w*|\d+)|\$\{([A-Za-z_]\w*)\})$/.exec(node.value);
			return name ? lookUpParameter(name[1] ?? name[2] ?? "", state) : unknown("an expression is computed by the shell");
		}
		case "ArithmeticBinary":
			return mapText(arithmetic(node.left, state), (a) =>
				mapText(arithmetic(node.right, state), (b) => {
					const result = OPERATORS[node.operator]?.(Number(a), Number(b));
					return Number.isSafeInteger(result) ? known(String(result)) : unknown("an expression is computed by the shell");
				}),
			);
		default:
			return unknown("an expression is computed by the shell");
	}
}

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
	"+": (a, b) => a + b,
	"-": (a, b) => a - b,
	"*": (a, b) => a * b,
	"/": (a, b) => Math.trunc(a / b),
	"%": (a, b) => a % b,
};
