import { withoutSecrets } from "../model/secrets.ts";

/** Text from files and containers, made safe for a terminal: no secrets, no control characters but the line feed, no bidirectional overrides. */
export function printable(text: string): string {
	return withoutSecrets(text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, ""));
}

/** JSON that is safe for a terminal: its own escapes leave the control characters from U+007F on as they are. */
export function printableJson(value: unknown, indent = 2): string {
	const masked = (_: string, one: unknown) => (typeof one === "string" ? withoutSecrets(one) : one);
	return JSON.stringify(value, masked, indent).replace(
		/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
		(char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}
