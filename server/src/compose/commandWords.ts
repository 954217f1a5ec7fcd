import { type ConfigNode, evidenceAt } from "../config/node.ts";
import { known, type Value } from "../model/value.ts";
import { closing, interpolate, type Variables } from "./interpolate.ts";

/**
 * The words of `command` or `entrypoint`: a list as it stands, a text split at blanks outside quotes as a shell would, but
 * without a shell (compose-go uses go-shellwords). Undefined for null and for what is neither: the image's own holds then.
 * An empty list takes the image's away.
 */
export function commandWords(node: ConfigNode | undefined, variables: Variables): readonly Value[] | undefined {
	if (node?.kind === "list") {
		return node.items.map((item) =>
			item.kind === "scalar" ? interpolate(item.text, variables, item.place) : known("", evidenceAt(node.place)),
		);
	}
	if (node?.kind !== "scalar" || node.isNull) return undefined;
	return splitWords(node.text).map((word) => interpolate(word, variables, node.place));
}

/** Splits before variables are put in, so that a `${NAME:-a b}` stays in one word; quotes and escapes are taken off. */
function splitWords(text: string): string[] {
	const words: string[] = [];
	let word: string | undefined;
	let quote = "";
	for (let i = 0; i < text.length; i++) {
		const char = text.charAt(i);
		const end = char === "$" && text[i + 1] === "{" && quote !== "'" ? closing(text, i + 1) : undefined;
		if (end !== undefined) {
			word = (word ?? "") + text.slice(i, end + 1);
			i = end;
		} else if (quote) {
			if (char === quote) quote = "";
			else if (char === "\\" && quote === '"' && i + 1 < text.length) word = (word ?? "") + text.charAt(++i);
			else word = (word ?? "") + char;
		} else if (char === "'" || char === '"') {
			quote = char;
			word ??= "";
		} else if (char === "\\" && i + 1 < text.length) word = (word ?? "") + text.charAt(++i);
		else if (/\s/.test(char)) {
			if (word !== undefined) words.push(word);
			word = undefined;
		} else word = (word ?? "") + char;
	}
	if (word !== undefined) words.push(word);
	return words;
}
