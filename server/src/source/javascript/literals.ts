/** One escape sequence of a string or template literal (ECMAScript, "String Literals"). */
export function unescapeJavaScript(sequence: string): string {
	const body = sequence.slice(1);
	const simple = SIMPLE[body];
	if (simple !== undefined) return simple;
	const code = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]+)\})$/.exec(body);
	const digits = code?.[1] ?? code?.[2] ?? code?.[3];
	if (digits === undefined) return /^[\r\n\u2028\u2029]/.test(body) ? "" : body;
	const point = Number.parseInt(digits, 16);
	return point <= 0x10ffff ? String.fromCodePoint(point) : "";
}

const SIMPLE: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", "0": "\0" };

/** The number that a literal stands for: `3_000`, `0xBB8`, `0o17`, legacy `017`, `3000n`. */
export function javaScriptNumber(text: string): number | undefined {
	const digits = text.replaceAll("_", "").replace(/n$/, "");
	const number = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
	return Number.isNaN(number) ? undefined : number;
}
