import { t } from "../../model/message.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { concat, type Environment, known, lookUp, unknown, type Value } from "../../model/value.ts";
import { argumentsAt, type Lexis } from "../plainCode.ts";

export const PHP_LEXIS: Lexis = { line: ["//", "#"], block: true, quotes: "'\"" };

/** Where an expression stands. */
interface Place {
	readonly file: TextFile;
	/** Of the file, without comments. */
	readonly text: string;
	readonly environment: Environment;
}

/** Expressions inside each other; a variable that is made of itself ends here. */
const DEEPEST = 8;

const notUnderstood = () => unknown(t("the port is not understood"));

/**
 * A PHP expression that is plainly written: literals, texts put together, variables that are assigned once, and the environment
 * with a default (`getenv('PORT') ?: 80`, `$_ENV['PORT'] ?? 80`, `env('PORT', 80)`).
 */
export function plainPhp(expression: string, place: Place, depth = 0): Value {
	const written = expression.trim();
	if (depth > DEEPEST) return notUnderstood();
	const inside = (one: string): Value => plainPhp(one, place, depth + 1);
	if (/^[0-9][0-9_]*$/.test(written)) return known(written.replaceAll("_", ""));
	const quoted = /^'([^'\\]*)'$/.exec(written)?.[1] ?? /^"([^"\\$]*)"$/.exec(written)?.[1];
	if (quoted !== undefined) return known(quoted);
	const filled = /^"((?:[^"\\$]|\$\w+|\{\$\w+\})*)"$/.exec(written)?.[1];
	if (filled !== undefined)
		return concat(
			filled
				.split(/(\{?\$\w+\}?)/)
				.filter(Boolean)
				.map((part) => (part.includes("$") ? inside(part.replace(/[{}]/g, "")) : known(part))),
		);
	const cast = /^\((?:int|integer|string)\)\s*([\s\S]+)$/.exec(written)?.[1];
	if (cast !== undefined) return inside(cast);
	if (written.startsWith("(") && argumentsAt(written, 1, PHP_LEXIS.quotes).end === written.length - 1) return inside(written.slice(1, -1));
	const [left = "", right] = splitTop(written, /^(?:\?\?|\?:)/);
	if (right !== undefined) {
		const value = inside(left);
		return value.kind === "variable" && !value.fallback ? { ...value, fallback: inside(right) } : value;
	}
	const [head = "", tail] = splitTop(written, /^\./);
	if (tail !== undefined) return concat([inside(head), inside(tail)]);
	const variable =
		/^\\?getenv\(\s*['"](\w+)['"]\s*(?:,\s*true\s*)?\)$/.exec(written)?.[1] ?? /^\$_(?:ENV|SERVER)\[['"](\w+)['"]\]$/.exec(written)?.[1];
	if (variable !== undefined) return lookUp(place.environment, variable);
	const call = /^\\?(intval|env|(?:[\w\\]*\\)?env)\(/.exec(written);
	if (call) {
		const { args, end } = argumentsAt(written, call[0].length, PHP_LEXIS.quotes);
		const [first = "", second] = args;
		if (end !== written.length - 1) return notUnderstood();
		if (call[1] === "intval") return inside(first);
		const name = /^['"](\w+)['"]$/.exec(first)?.[1];
		const value = name === undefined ? notUnderstood() : lookUp(place.environment, name);
		return value.kind === "variable" && !value.fallback && second !== undefined ? { ...value, fallback: inside(second) } : value;
	}
	if (/^\$\w+$/.test(written)) return assignedOnce(written, place, depth);
	return notUnderstood();
}

/** The two sides of the first operator that stands in no bracket and no text. */
function splitTop(written: string, operator: RegExp): readonly string[] {
	let depth = 0;
	for (let i = 0; i < written.length; i++) {
		const char = written[i] ?? "";
		if (PHP_LEXIS.quotes.includes(char)) {
			for (i++; i < written.length && written[i] !== char; i++) if (written[i] === "\\") i++;
		} else if (/[([{]/.test(char)) depth++;
		else if (/[)\]}]/.test(char)) depth--;
		else if (depth === 0) {
			const found = operator.exec(written.slice(i, i + 2))?.[0];
			if (found !== undefined) return [written.slice(0, i), written.slice(i + found.length)];
		}
	}
	return [written];
}

function assignedOnce(name: string, place: Place, depth: number): Value {
	const found = [...place.text.matchAll(new RegExp(`\\${name}\\s*(?:[-+.*?|&]{0,2})=\\s*([^;=>\\s][^;]*);`, "g"))];
	const [only] = found;
	if (!only?.[1] || found.length > 1 || !new RegExp(`^\\${name}\\s*=`).test(only[0])) return notUnderstood();
	const at = evidenceIn(place.file, rangeBetween(place.file.text, only.index, only.index + only[0].length), only[0]);
	const value = plainPhp(only[1], place, depth + 1);
	return value.kind === "known" ? known(value.text, at, ...value.from) : value;
}
