import { t } from "../../model/message.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { type Environment, known, lookUp, unknown, type Value } from "../../model/value.ts";
import { argumentsAt, type Lexis } from "../plainCode.ts";

/** How a language writes values that are plain to see. */
export interface Dialect extends Lexis {
	/** A variable of the environment: its name, and what counts without it. */
	readonly variable: RegExp;
	/** The operator whose right side counts while the left one is nil. */
	readonly otherwise?: string;
	/** Functions that leave a port's digits as they are. */
	readonly same: RegExp;
	/** What may stand behind a value without changing its digits. */
	readonly suffix?: RegExp;
	/** Addresses by their names. */
	readonly constants?: Readonly<Record<string, string>>;
	/** Assignments to a name; the first group is the value. */
	readonly assignments: (name: string) => RegExp;
}

interface Place {
	readonly file: TextFile;
	/** Of the file, without comments. */
	readonly text: string;
	readonly environment: Environment;
}

/** Expressions inside each other; a name that is made of itself ends here. */
const DEEPEST = 8;

const notUnderstood = () => unknown(t("the port is not understood"));

/** A literal, a name that is assigned once, or the environment with a default; anything else is unknown. */
export function plainValue(expression: string, place: Place, dialect: Dialect, depth = 0): Value {
	const written = expression.trim().replace(dialect.suffix ?? /(?!)/, "");
	if (depth > DEEPEST) return notUnderstood();
	const inside = (one: string): Value => plainValue(one, place, dialect, depth + 1);
	if (/^[0-9][0-9_]*$/.test(written)) return known(written.replaceAll("_", ""));
	const quoted = /^(["'])([^"'\\$#]*)\1$/.exec(written)?.[2];
	if (quoted !== undefined) return known(quoted);
	const constant = Object.hasOwn(dialect.constants ?? {}, written) ? dialect.constants?.[written] : undefined;
	if (constant !== undefined) return known(constant);
	const bracket = /^[\w.!]*\(/.exec(written)?.[0] ?? "";
	const isCall = bracket !== "" && argumentsAt(written, bracket.length, dialect.quotes).end === written.length - 1;
	if (isCall && (bracket === "(" || dialect.same.test(bracket.slice(0, -1)))) return inside(written.slice(bracket.length, -1));
	const at = dialect.otherwise === undefined ? -1 : outside(written, dialect.otherwise, dialect.quotes);
	if (at >= 0) return orElse(inside(written.slice(0, at)), () => inside(written.slice(at + (dialect.otherwise?.length ?? 0))));
	const [whole, name, fallback] = dialect.variable.exec(written) ?? [];
	if (whole === written && name !== undefined)
		return orElse(lookUp(place.environment, name), fallback === undefined ? undefined : () => inside(fallback));
	if (/^[A-Za-z_]\w*$/.test(written)) return assignedOnce(written, place, dialect, depth);
	return notUnderstood();
}

function orElse(value: Value, otherwise: (() => Value) | undefined): Value {
	return otherwise && value.kind === "variable" && !value.fallback ? { ...value, fallback: otherwise() } : value;
}

/** Where an operator stands that is in no bracket and no text; -1 when it does not. */
function outside(written: string, operator: string, quotes: string): number {
	let depth = 0;
	let quote = "";
	for (let i = 0; i < written.length; i++) {
		const char = written[i] ?? "";
		if (quote !== "") quote = char === quote ? "" : quote;
		else if (quotes.includes(char)) quote = char;
		else if (/[([{]/.test(char)) depth++;
		else if (/[)\]}]/.test(char)) depth--;
		else if (depth === 0 && written.startsWith(operator, i)) return i;
	}
	return -1;
}

function assignedOnce(name: string, place: Place, dialect: Dialect, depth: number): Value {
	const [only, ...others] = place.text.matchAll(dialect.assignments(name));
	if (only?.[1] === undefined || others.length > 0) return notUnderstood();
	const at = evidenceIn(place.file, rangeBetween(place.file.text, only.index, only.index + only[0].length), only[0].trim());
	const value = plainValue(only[1], place, dialect, depth + 1);
	return value.kind === "known" ? known(value.text, at, ...value.from) : value;
}
