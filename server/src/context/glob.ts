import type { BuildContext } from "./buildContext.ts";

/** More matches than any Dockerfile means; a pattern on a huge folder stops here. */
const MAX_MATCHES = 1000;

/**
 * The paths of the context that a COPY source names: itself when it exists, or the matches of its `*`, `?` and `[…]`, as
 * Go's filepath.Match has them: a `*` does not cross a slash.
 */
export function expandGlob(context: BuildContext, source: string): Promise<readonly string[]> {
	const known = expanded.get(context) ?? new Map<string, Promise<readonly string[]>>();
	expanded.set(context, known);
	const paths = known.get(source) ?? expand(context, source);
	known.set(source, paths);
	return paths;
}

/** Asked of each path that may lie in a copy. While a context is open, its files stand still. */
const expanded = new WeakMap<BuildContext, Map<string, Promise<readonly string[]>>>();

async function expand(context: BuildContext, source: string): Promise<readonly string[]> {
	if (!/[*?[]/.test(source)) return (await exists(context, source)) ? [source] : [];
	let paths = [""];
	for (const part of source.split("/")) {
		const next: string[] = [];
		for (const path of paths) {
			// Which names match is not known: the pattern itself stands for them.
			if ((await context.look(path)) === "unreadable") return [source];
			const names = /[*?[]/.test(part) ? (await context.names(path)).filter((name) => matches(name, part)) : [part];
			for (const name of names) next.push(path === "" ? name : `${path}/${name}`);
			if (next.length > MAX_MATCHES) return next.slice(0, MAX_MATCHES);
		}
		paths = next;
	}
	const found: string[] = [];
	for (const path of paths) if (await exists(context, path)) found.push(path);
	return found;
}

async function exists(context: BuildContext, path: string): Promise<boolean> {
	const entry = await context.look(path);
	return entry === "file" || entry === "folder" || entry === "unreadable";
}

/** One that takes two code units is one. */
const ANY_CHARACTER = "(?:[\\ud800-\\udbff][\\udc00-\\udfff]|[^/])";

/** filepath.Match for one path segment. */
export function matches(name: string, pattern: string): boolean {
	let regex = "";
	for (let i = 0; i < pattern.length; i++) {
		const char = pattern.charAt(i);
		if (char === "*") regex += "[^/]*";
		else if (char === "?") regex += ANY_CHARACTER;
		else if (char === "[") {
			const close = pattern.indexOf("]", i + 2);
			if (close < 0) return name === pattern;
			regex += `[${pattern
				.slice(i + 1, close)
				.replace(/\\/g, "\\\\")
				.replace(/\[/g, "\\[")}]`;
			i = close;
		} else if (char === "\\" && i + 1 < pattern.length) regex += escapeRegex(pattern.charAt(++i));
		else regex += escapeRegex(char);
	}
	try {
		// Without the flag `u`: names and patterns are anybody's, and only so is the time limited (see linearRegex.ts).
		return new RegExp(`^${regex}$`).test(name);
	} catch {
		// A class such as [z-a] matches nothing for Go either.
		return false;
	}
}

function escapeRegex(char: string): string {
	return char.replace(/[.*+?^${}()|[\]\\/]/, "\\$&");
}
