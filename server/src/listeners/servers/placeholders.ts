import type { Evidence } from "../../model/text.ts";
import { concat, type Environment, known, lookUp, type Value } from "../../model/value.ts";

/**
 * A text of a configuration file in which `$NAME`, `${NAME}` and `${NAME:-default}` stand for environment variables,
 * put in by envsubst, by a template or by the program itself.
 */
export function fillIn(text: string, environment: Environment, at: Evidence): Value {
	const parts: Value[] = [];
	let end = 0;
	for (const match of text.matchAll(/\$(?:\{([A-Za-z_]\w*)(?::?-([^}]*)|:([^}]*))?\}|([A-Z_][A-Z0-9_]*))/g)) {
		parts.push(known(text.slice(end, match.index), at));
		const name = match[1] ?? match[4] ?? "";
		const fallback = match[2] ?? match[3];
		const value = lookUp(environment, name, at);
		parts.push(
			value.kind === "variable" && !value.fallback && fallback !== undefined ? { ...value, fallback: known(fallback, at) } : value,
		);
		end = match.index + match[0].length;
	}
	if (parts.length === 0) return known(text, at);
	if (end < text.length) parts.push(known(text.slice(end), at));
	return concat(parts.filter((part) => !(part.kind === "known" && part.text === "")));
}
