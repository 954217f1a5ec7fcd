/** What stands between `open` and the next `close`, each time, in order. Work is linear in the text, whatever it holds. */
export function between(text: string, open: string, close: string): string[] {
	return cut(text, open, close).inside;
}

/** The text without everything from `open` to the next `close`, both included. */
export function without(text: string, open: string, close: string): string {
	return cut(text, open, close).outside.join(" ");
}

/** A build file without its comments: of XML, Groovy and Kotlin. */
export function withoutComments(text: string): string {
	return without(without(text, "<!--", "-->"), "/*", "*/").replace(/(^|\s)\/\/[^\n]*/g, "$1");
}

/** Text of source with blanks for comments, so that offsets stay. */
export function blankComments(text: string): string {
	let result = "";
	for (let at = 0; at < text.length; ) {
		const start = text.indexOf("/*", at);
		const end = start < 0 ? -1 : text.indexOf("*/", start + 2);
		if (end < 0) {
			result += text.slice(at);
			break;
		}
		result += text.slice(at, start) + text.slice(start, end + 2).replace(/[^\n]/g, " ");
		at = end + 2;
	}
	return result.replace(/(^|[\s;{}),])\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, " "));
}

function cut(text: string, open: string, close: string): { inside: string[]; outside: string[] } {
	const inside: string[] = [];
	const outside: string[] = [];
	let at = 0;
	for (;;) {
		const start = text.indexOf(open, at);
		const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
		if (end < 0) break;
		outside.push(text.slice(at, start));
		inside.push(text.slice(start + open.length, end));
		at = end + close.length;
	}
	outside.push(text.slice(at));
	return { inside, outside };
}
