import { evidenceAt, type Place } from "../config/node.ts";
import { t } from "../model/message.ts";
import { concat, known, mapText, unknown, type Value } from "../model/value.ts";

/**
 * What the variables of the machine that runs `docker compose` are, as far as the project says, for the compose file at a
 * URI: an included project has a `.env` file of its own.
 */
export type Variables = (uri: string) => ReadonlyMap<string, Value>;

/**
 * A text of a compose file with its variables put in: `$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME-word}`, `${NAME:?text}`,
 * `${NAME:+word}`, nested ones too; `$$` is a dollar (docs.docker.com/reference/compose-file/interpolation/). The
 * shell's own variables win over `.env`, so whatever comes from a variable may be overridden.
 */
export function interpolate(text: string, variables: Variables, place: Place): Value {
	const from = [evidenceAt(place)];
	return expand(text, 0);

	function expand(written: string, depth: number): Value {
		const parts: Value[] = [];
		let literal = "";
		for (let i = 0; i < written.length; i++) {
			if (written[i] !== "$") {
				literal += written[i];
				continue;
			}
			if (written[i + 1] === "$") {
				literal += "$";
				i++;
				continue;
			}
			const use = readUse(written, i);
			if (!use) {
				literal += "$";
				continue;
			}
			if (literal) parts.push(known(literal, ...from));
			literal = "";
			parts.push(resolve(use, depth));
			i = use.end - 1;
		}
		if (literal || parts.length === 0) parts.push(known(literal, ...from));
		return parts.length === 1 && parts[0] ? parts[0] : concat(parts);
	}

	function resolve({ name, operator, operand }: Use, depth: number): Value {
		if (depth > 10) return unknown(t("variables are nested too deeply"));
		const value = variables(place.file.uri).get(name);
		const word = () => expand(operand, depth + 1);
		const isEmpty = value?.kind === "known" && value.text === "";
		const overridable = (fallback: Value): Value => ({ kind: "variable", name, fallback, from });
		switch (operator) {
			case ":-":
				return overridable(value && !isEmpty ? value : word());
			case "-":
				return overridable(value ?? word());
			case ":+":
				return overridable(value && !isEmpty ? word() : known("", ...from));
			case "+":
				return overridable(value ? word() : known("", ...from));
			default:
				return value ? overridable(mapText(value, (found, at) => known(found, ...from, ...at))) : { kind: "variable", name, from };
		}
	}
}

interface Use {
	readonly name: string;
	readonly operator: string;
	readonly operand: string;
	/** Offset behind it. */
	readonly end: number;
}

function readUse(text: string, start: number): Use | undefined {
	const plain = /^\$([A-Za-z_]\w*)/.exec(text.slice(start, start + 200));
	if (plain) return { name: plain[1] ?? "", operator: "", operand: "", end: start + plain[0].length };
	if (text[start + 1] !== "{") return undefined;
	const end = closing(text, start + 1);
	if (end === undefined) return undefined;
	const [, name, operator = "", operand = ""] = /^([A-Za-z_]\w*)(?:(:?[-+?])([\s\S]*))?$/.exec(text.slice(start + 2, end)) ?? [];
	return name === undefined ? undefined : { name, operator, operand, end: end + 1 };
}

/** The offset of the brace that closes the one at `open`. */
export function closing(text: string, open: number): number | undefined {
	let depth = 0;
	for (let i = open; i < text.length; i++) {
		if (text[i] === "{") depth++;
		else if (text[i] === "}" && --depth === 0) return i;
	}
	return undefined;
}
