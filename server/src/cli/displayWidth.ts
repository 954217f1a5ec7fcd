/**
 * How many cells of a terminal a text takes: East Asian wide and full-width characters and pictures take two, combining
 * marks none (https://www.unicode.org/reports/tr11/). Terminals differ on what is ambiguous there; that counts as one.
 */
export function displayWidth(text: string): number {
	if (/^[\x20-\x7e]*$/.test(text)) return text.length;
	let width = 0;
	for (const grapheme of graphemes(text)) width += graphemeWidth(grapheme);
	return width;
}

/** Filled up with blanks to that many cells. */
export function padDisplay(text: string, width: number): string {
	return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** The longest start of a text that takes no more than that many cells; no character is cut in two. */
export function cutDisplay(text: string, width: number): string {
	let taken = 0;
	let kept = "";
	for (const grapheme of graphemes(text)) {
		taken += graphemeWidth(grapheme);
		if (taken > width) break;
		kept += grapheme;
	}
	return kept;
}

/** In pieces that each take no more than that many cells, but for a character that alone takes more. */
export function chunksOf(text: string, width: number): string[] {
	const chunks: string[] = [];
	let chunk = "";
	for (const grapheme of graphemes(text)) {
		if (chunk !== "" && displayWidth(chunk) + graphemeWidth(grapheme) > width) {
			chunks.push(chunk);
			chunk = "";
		}
		chunk += grapheme;
	}
	return chunk === "" ? chunks : [...chunks, chunk];
}

const segmenter = new Intl.Segmenter();

/** What a reader takes for one character: a letter with its marks, a flag, a family of emoji. */
function graphemes(text: string): Iterable<string> {
	return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function graphemeWidth(grapheme: string): number {
	if (/^[\p{M}\p{Cf}]+$/u.test(grapheme)) return 0;
	if (/\p{Emoji_Presentation}|\ufe0f/u.test(grapheme)) return 2;
	const code = grapheme.codePointAt(0) ?? 0;
	return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** Code points of EastAsianWidth.txt with the property W or F, neighbouring blocks taken together. */
const WIDE: readonly (readonly [number, number])[] = [
	[0x1100, 0x115f],
	[0x2e80, 0x303e],
	[0x3041, 0xa4cf],
	[0xa960, 0xa97c],
	[0xac00, 0xd7a3],
	[0xf900, 0xfaff],
	[0xfe10, 0xfe19],
	[0xfe30, 0xfe6b],
	[0xff01, 0xff60],
	[0xffe0, 0xffe6],
	[0x16fe0, 0x18d08],
	[0x1aff0, 0x1b2fb],
	[0x1f200, 0x1f2ff],
	[0x20000, 0x3fffd],
];
