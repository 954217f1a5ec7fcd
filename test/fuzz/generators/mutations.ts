import fc from "fast-check";

type LineEdit =
	| { readonly do: "drop line" | "duplicate line" | "indent line" | "join line"; readonly at: number }
	| { readonly do: "swap lines" | "move line"; readonly at: number; readonly to: number };

/** A change of a text. Places are shares of its length, in millionths, so that an edit means something in any text. */
export type Edit =
	| LineEdit
	| { readonly do: "carriage returns" | "cut"; readonly at: number }
	| { readonly do: "drop" | "copy"; readonly at: number; readonly length: number; readonly to: number }
	| { readonly do: "insert" | "replace word" | "replace number"; readonly at: number; readonly text: string }
	| { readonly do: "nest"; readonly at: number; readonly pair: string; readonly times: number };

/** What breaks readers of any language: brackets, quotes, escapes, odd characters, numbers that are no ports. */
const ODD = [
	..."{}[]()<>\"'`\\#$%&*?!;:,.|/=@^~-+ \t\n\r\0",
	"\r\n", "\\\n", "\\\r\n", "${", "$(", "$((", "<<EOF\n", "'''", '"""', "/*", "*/", "//", "#{", "{{", "}}", "<!--", "-->",
	"é", "ß", "𝒳", "😀", "\u2028", "\u2029", "\u0085", "\ufeff", "\u202e", "\ud800", "\u0301", "\u00a0", "İ", "ſ",
	"0", "-1", "65535", "65536", "080", "0x50", "1e9", "99999999999999999999", "NaN", "$PORT", "${PORT:-8080}", "${A:-${B:-${C}}}",
	"null", "true", "~", "__proto__", "constructor", "toString", "hasOwnProperty",
]; // biome-ignore format: a table

const NUMBERS = ["0", "1", "80", "443", "8080", "65535", "65536", "-1", "080", "0x1F90", "1e3", "3.5", "99999999999999999999"];

/** A text after a few edits; `words` are inserted too, and stand for whatever the text's language knows. */
export function mutated(text: string, edits: readonly Edit[]): string {
	return edits.reduce(apply, text);
}

export function editsOf(words: readonly string[], most = 6): fc.Arbitrary<readonly Edit[]> {
	const at = fc.nat(1_000_000);
	const inserted = words.length > 0 ? fc.oneof(fc.constantFrom(...ODD), fc.constantFrom(...words)) : fc.constantFrom(...ODD);
	const edit: fc.Arbitrary<Edit> = fc.oneof(
		{ weight: 15, arbitrary: fc.record({ do: fc.constantFrom("drop line", "duplicate line", "indent line", "join line"), at }) },
		{ weight: 3, arbitrary: fc.record({ do: fc.constantFrom("carriage returns", "cut"), at }) },
		{ weight: 12, arbitrary: fc.record({ do: fc.constantFrom("swap lines", "move line"), at, to: at }) },
		{ weight: 9, arbitrary: fc.record({ do: fc.constantFrom("drop", "copy"), at, length: fc.integer({ min: 1, max: 30 }), to: at }) },
		{ weight: 15, arbitrary: fc.record({ do: fc.constant("insert"), at, text: inserted }) },
		{ weight: 9, arbitrary: fc.record({ do: fc.constant("replace word"), at, text: inserted }) },
		{ weight: 9, arbitrary: fc.record({ do: fc.constant("replace number"), at, text: fc.constantFrom(...NUMBERS) }) },
		{
			weight: 1,
			arbitrary: fc.record({
				do: fc.constant("nest"),
				at,
				pair: fc.constantFrom("()", "[]", "{}", "${}", "<>", '""', "-", "$()", "not ", "!", "if x: "),
				times: fc.constantFrom(3, 50, 1_000),
			}),
		},
	) as fc.Arbitrary<Edit>;
	return fc.array(edit, { maxLength: most });
}

function apply(text: string, edit: Edit): string {
	const place = Math.floor((edit.at / 1_000_001) * (text.length + 1));
	switch (edit.do) {
		case "insert":
			return text.slice(0, place) + edit.text + text.slice(place);
		case "drop":
			return text.slice(0, place) + text.slice(place + edit.length);
		case "copy": {
			const to = Math.floor((edit.to / 1_000_001) * (text.length + 1));
			return text.slice(0, to) + text.slice(place, place + edit.length) + text.slice(to);
		}
		case "cut":
			return text.slice(0, place);
		case "carriage returns":
			return text.replace(/\r?\n/g, "\r\n");
		case "replace word":
			return replaceNext(text, place, /\w+/g, edit.text);
		case "replace number":
			return replaceNext(text, place, /\d+/g, edit.text);
		case "nest": {
			const [open = "", close = ""] = edit.pair.length % 2 === 0 && edit.pair.length < 4 ? halves(edit.pair) : [edit.pair];
			return text.slice(0, place) + open.repeat(edit.times) + close.repeat(edit.times) + text.slice(place);
		}
		default:
			return editLines(text, edit);
	}
}

function halves(pair: string): readonly string[] {
	return [pair.slice(0, -1), pair.slice(-1)];
}

function editLines(text: string, edit: LineEdit): string {
	const lines = text.split("\n");
	const at = Math.floor((edit.at / 1_000_001) * lines.length);
	const line = lines[at] ?? "";
	switch (edit.do) {
		case "drop line":
			lines.splice(at, 1);
			break;
		case "duplicate line":
			lines.splice(at, 0, line);
			break;
		case "indent line":
			lines[at] = `    ${line}`;
			break;
		case "join line":
			lines.splice(at, 2, `${line} ${lines[at + 1] ?? ""}`);
			break;
		case "swap lines":
		case "move line": {
			const to = Math.floor((edit.to / 1_000_001) * lines.length);
			if (edit.do === "move line") lines.splice(to, 0, ...lines.splice(at, 1));
			else {
				lines[at] = lines[to] ?? "";
				lines[to] = line;
			}
		}
	}
	return lines.join("\n");
}

function replaceNext(text: string, place: number, what: RegExp, by: string): string {
	what.lastIndex = place;
	const found = what.exec(text);
	return found ? text.slice(0, found.index) + by + text.slice(found.index + found[0].length) : text;
}
