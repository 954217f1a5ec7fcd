/** Text from files and containers, made safe for a terminal: no control characters but the line feed, no bidirectional overrides. */
export function printable(text: string): string {
	return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}
