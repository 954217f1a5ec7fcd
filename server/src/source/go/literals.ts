import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import { plain, type Thing, unclear } from "../core/thing.ts";

/** Go's escapes (The Go Programming Language Specification, "Rune literals"). */
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", a: "\x07", b: "\b", f: "\f", v: "\v" };

/** The value of a literal as written. */
export function literal(type: string, written: string, at: Evidence): Thing {
	switch (type) {
		case "interpreted_string_literal":
			return plain(unescaped(written.slice(1, -1)), [at]);
		case "raw_string_literal":
			return plain(written.slice(1, -1).replaceAll("\r", ""), [at]);
		case "rune_literal":
			return plain(unescaped(written.slice(1, -1)).codePointAt(0) ?? 0, [at]);
		case "int_literal": {
			const digits = written.replaceAll("_", "");
			const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
			const number = Number(octal);
			return Number.isFinite(number) ? plain(number, [at]) : unclear(t("a number that is not understood"), at);
		}
		default: {
			const number = Number(written.replaceAll("_", ""));
			return Number.isFinite(number) ? plain(number, [at]) : unclear(t("a number that is not understood"), at);
		}
	}
}

function unescaped(text: string): string {
	return text.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/g, (_, code: string) => {
		if (/^[xuU]./.test(code)) return character(Number.parseInt(code.slice(1), 16));
		if (/^[0-7]{3}$/.test(code)) return character(Number.parseInt(code, 8));
		return ESCAPES[code] ?? code;
	});
}

function character(code: number): string {
	return code <= 0x10ffff ? String.fromCodePoint(code) : "�";
}
