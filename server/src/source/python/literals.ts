import type { Plain } from "../core/thing.ts";

/** Python's escapes in a string literal without its quotes (Language Reference 2.4.1.1); `raw` strings have none. */
export function unescapePython(text: string, raw: boolean): string {
	if (raw || !text.includes("\\")) return text;
	return text.replace(/\\(\r\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])/g, (_, sequence: string) => {
		const simple = SIMPLE[sequence];
		if (simple !== undefined) return simple;
		if (/^[0-7]/.test(sequence)) return String.fromCharCode(Number.parseInt(sequence, 8));
		if (/^[xuU]./.test(sequence)) {
			const point = Number.parseInt(sequence.slice(1), 16);
			return point <= 0x10ffff ? String.fromCodePoint(point) : `\\${sequence}`;
		}
		return `\\${sequence}`;
	});
}

const SIMPLE: Readonly<Record<string, string>> = {
	n: "\n",
	t: "\t",
	r: "\r",
	a: "\x07",
	b: "\b",
	f: "\f",
	v: "\v",
	"\\": "\\",
	"'": "'",
	'"': '"',
	"\n": "",
	"\r\n": "",
};

/** The number that a Python literal stands for: `8_080`, `0x1F90`, `0o17`, Python 2's `017` and `80L`, `1e3`. */
export function pythonNumber(text: string): number | undefined {
	const digits = text.replaceAll("_", "").replace(/[lL]$/, "");
	if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
	const number = Number(digits);
	return digits !== "" && Number.isFinite(number) ? number : undefined;
}

/** `int("…")`: blanks around it and underscores between digits are fine. */
export function pythonInt(text: string, base = 10): number | undefined {
	const trimmed = text.trim();
	if (base !== 10) {
		const number = Number.parseInt(trimmed.replace(/^0[xob]/i, ""), base === 0 ? 10 : base);
		return Number.isNaN(number) ? undefined : number;
	}
	return /^[+-]?[0-9]+(_[0-9]+)*$/.test(trimmed) ? Number(trimmed.replaceAll("_", "")) : undefined;
}

/** `str(…)` of a plain value. */
export function pythonText(value: string | number | boolean): string {
	return typeof value === "boolean" ? (value ? "True" : "False") : String(value);
}

/** `str(…)` of a plain thing: `160 / 2` is "80.0". */
export function textOf({ value, float }: Plain): string {
	return float && Number.isInteger(value) ? `${value}.0` : pythonText(value);
}
