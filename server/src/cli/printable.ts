/** Text from files and containers, made safe for a terminal: no control characters but the line feed, no bidirectional overrides. */
export function printable(text: string): string {
	return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}

/** JSON that is safe for a terminal: its own escapes leave the control characters from U+007F on as they are. */
export function printableJson(value: unknown, indent = 2): string {
	return JSON.stringify(value, null, indent).replace(
		/[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
		(char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}
