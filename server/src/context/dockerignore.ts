import { normalize } from "node:path/posix";

/** Patterns with more stars are slow to match, and nobody means them. */
const MAX_STARS = 12;

interface Pattern {
	readonly order: number;
	readonly exclusion: boolean;
	matches(path: string): boolean;
}

/**
 * What a `.dockerignore` leaves out: the last pattern that matches a path, or one of the folders above it, decides
 * (github.com/moby/patternmatcher, `ignorefile.ReadAll` and `MatchesOrParentMatches`).
 */
export function readDockerignore(text: string): (path: string) => boolean {
	/** Patterns by the first part of their paths, where that is written out; under "" those that may begin with anything. */
	const byFirst = new Map<string, Pattern[]>();
	for (const [order, line] of text
		.replace(/^\uFEFF/, "")
		.split("\n")
		.entries()) {
		const read = readLine(line);
		if (!read) continue;
		const first = /[*?[\\]/.test(read.pattern.split("/")[0] ?? "") ? "" : (read.pattern.split("/")[0] ?? "");
		const pattern = { order, exclusion: read.exclusion, matches: matcher(read.pattern) };
		const kept = byFirst.get(first);
		if (kept) kept.push(pattern);
		else byFirst.set(first, [pattern]);
	}
	return (path) => {
		const parts = path.split("/");
		const candidates = [...(byFirst.get("") ?? []), ...(byFirst.get(parts[0] ?? "") ?? [])];
		const prefixes = parts.map((_, i) => parts.slice(0, i + 1).join("/")).reverse();
		candidates.sort((a, b) => b.order - a.order);
		return candidates.find((pattern) => prefixes.some((prefix) => pattern.matches(prefix)))?.exclusion === false;
	};
}

/** One line as the builder cleans it; undefined for comments and blanks. */
function readLine(line: string): { exclusion: boolean; pattern: string } | undefined {
	if (line.startsWith("#")) return undefined;
	const trimmed = line.trim();
	const exclusion = trimmed.startsWith("!");
	const written = (exclusion ? trimmed.slice(1) : trimmed).trim();
	if (written === "") return undefined;
	const clean = normalize(written).replace(/(.)\/+$/, "$1");
	const pattern = clean.length > 1 && clean.startsWith("/") ? clean.slice(1) : clean;
	return pattern === "." ? undefined : { exclusion, pattern };
}

function matcher(pattern: string): (path: string) => boolean {
	if (!/[*?[\\]/.test(pattern)) return (path) => path === pattern;
	// Compiled when a path may meet it: lists of thousands of folders are mostly never asked about.
	let regex: RegExp | false | undefined;
	return (path) => {
		// A pattern that is malformed stops the build.
		regex ??= toRegex(pattern) ?? false;
		return regex !== false && regex.test(path);
	};
}

function toRegex(pattern: string): RegExp | undefined {
	const plain = pattern.replace(/(?:\*\*\/)+/g, "**/");
	if (plain.split("*").length > MAX_STARS) return undefined;
	let source = "";
	for (let i = 0; i < plain.length; i++) {
		const char = plain.charAt(i);
		if (char === "*" && plain.charAt(i + 1) === "*") {
			i++;
			if (plain.charAt(i + 1) === "/") i++;
			source += i + 1 >= plain.length ? ".*" : "(?:.*/)?";
		} else if (char === "*") source += "[^/]*";
		else if (char === "?") source += "[^/]";
		else if (char === "[" || char === "]") source += char;
		else if (char === "\\" && i + 1 < plain.length) source += literal(plain.charAt(++i));
		else source += /[\^-]/.test(char) && source.includes("[") ? char : literal(char);
	}
	try {
		return new RegExp(`^${source}$`);
	} catch {
		return undefined;
	}
}

function literal(char: string): string {
	return char.replace(/[.*+?^${}()|[\]\\/]/, "\\$&");
}
