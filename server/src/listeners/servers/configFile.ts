import { parse as parseToml } from "smol-toml";
import { isMap, isPair, isScalar, isSeq, parseAllDocuments } from "yaml";
import { type Evidence, evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { readHcl } from "./hcl.ts";

/** Where a server's configuration lies and how it is written. */
export interface ConfigFile {
	readonly format: ConfigFormat;
	/** Flags that name it. */
	readonly flags?: readonly string[];
	/** The first word that is no flag names it. */
	readonly operand?: boolean;
	/** The variable that names it. */
	readonly variable?: string;
	/** A file of a folder that a flag or a variable names; a folder that is filled at run time tells nothing. */
	readonly inFolder?: { readonly name: string; readonly flags: readonly string[]; readonly variable: string };
	/** Read when nothing names another; the first that exists. May hold `*`. */
	readonly paths?: readonly string[];
	/** Start scripts of its images fill in addresses there, no ports: what they write does not matter. */
	readonly filledInByImages?: boolean;
	/** Flags that name a folder of files. */
	readonly folderFlags?: readonly string[];
	/** Files that are read in addition and win, as patterns: `/etc/mysql/conf.d/*.cnf`. */
	readonly more?: readonly string[];
	/** What a configuration file that names `more` holds; one without it stands alone. */
	readonly moreBy?: string;
}

/**
 * `yaml` (JSON too) and `toml`: keys joined with dots, elements of a list under the list's key. `ini`: `[section]` and
 * `key = value`, as `section.key` and as `key`. `words`: a key and the rest of the line, in lower case. `hcl`: blocks, labels and
 * keys joined with dots. `xml`: elements joined with dots, without the outermost.
 */
export type ConfigFormat = "yaml" | "toml" | "ini" | "words" | "hcl" | "xml";

export interface ConfigEntry {
	readonly key: string;
	readonly text: string;
	readonly at: Evidence;
}

/** More entries than any configuration of ports needs. */
const MAX_ENTRIES = 5000;

/** Every plain value of a configuration file, in the order of the text; none of what is not well-formed. */
export function readConfig(file: TextFile, format: ConfigFormat): ConfigEntry[] {
	try {
		if (format === "yaml") return readYaml(file);
		if (format === "toml") return readToml(file);
		if (format === "hcl") return readHcl(file);
		if (format === "xml") return readXml(file);
		return readLines(file, format);
	} catch {
		return [];
	}
}

function readYaml(file: TextFile): ConfigEntry[] {
	const found: ConfigEntry[] = [];
	const visit = (node: unknown, key: string, depth: number): void => {
		if (depth > 40 || found.length > MAX_ENTRIES) return;
		// `ping: {}` switches something on.
		if (isMap(node) && node.items.length === 0) {
			const start = node.range?.[0] ?? 0;
			found.push({ key, text: "", at: evidenceIn(file, rangeBetween(file.text, start, start), lineAt(file.text, start)) });
		}
		if (isMap(node)) for (const pair of node.items) visit(pair, key, depth + 1);
		else if (isSeq(node)) for (const item of node.items) visit(item, key, depth + 1);
		else if (isPair(node)) visit(node.value, joined(key, String(isScalar(node.key) ? node.key.value : node.key)), depth + 1);
		else if (isScalar(node)) {
			const [start = 0, end = start] = node.range ?? [];
			const text = node.value === null ? "" : String(node.source ?? node.value);
			found.push({ key, text, at: evidenceIn(file, rangeBetween(file.text, start, end), lineAt(file.text, start)) });
		} else if (node === null) found.push({ key, text: "", at: evidenceIn(file, rangeBetween(file.text, 0, 0), key) });
	};
	for (const document of parseAllDocuments(file.text, { logLevel: "silent" }))
		visit("contents" in document ? document.contents : null, "", 0);
	return found;
}

function readToml(file: TextFile): ConfigEntry[] {
	const found: ConfigEntry[] = [];
	const visit = (value: unknown, key: string, depth: number): void => {
		if (depth > 40 || found.length > MAX_ENTRIES) return;
		if (Array.isArray(value)) for (const item of value) visit(item, key, depth + 1);
		else if (value !== null && typeof value === "object" && !(value instanceof Date))
			for (const [name, inner] of Object.entries(value)) visit(inner, joined(key, name), depth + 1);
		else found.push({ key, text: String(value), at: placeOf(file, key, String(value)) });
	};
	visit(parseToml(file.text), "", 0);
	return found;
}

/** TOML's reader gives no places: the line with the key's last part and the value. */
function placeOf(file: TextFile, key: string, value: string): Evidence {
	const name = key.slice(key.lastIndexOf(".") + 1);
	let offset = 0;
	for (const line of file.text.split("\n")) {
		if (line.includes(name) && line.includes(value)) return evidenceIn(file, rangeBetween(file.text, offset, offset + line.length), line);
		offset += line.length + 1;
	}
	return evidenceIn(file, rangeBetween(file.text, 0, 0), key);
}

/** Elements with text in them; attributes and comments decide nothing. */
function readXml(file: TextFile): ConfigEntry[] {
	const found: ConfigEntry[] = [];
	const path: string[] = [];
	const text = file.text.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, " "));
	for (const match of text.matchAll(/<(\/?)([\w.:-]+)([^<>]*?)(\/?)>([^<]*)/g)) {
		const [, closes, name = "", , empty, inside = ""] = match;
		if (closes) path.splice(path.lastIndexOf(name) < 0 ? path.length : path.lastIndexOf(name));
		else if (!empty) {
			path.push(name);
			const start = match.index;
			if (inside.trim() !== "" && found.length < MAX_ENTRIES)
				found.push({
					key: path.slice(1).join("."),
					text: inside.trim(),
					at: evidenceIn(file, rangeBetween(file.text, start, start + match[0].trimEnd().length), lineAt(file.text, start)),
				});
		}
	}
	return found;
}

function readLines(file: TextFile, format: "ini" | "words"): ConfigEntry[] {
	const found: ConfigEntry[] = [];
	let section = "";
	let offset = 0;
	for (const line of file.text.split("\n").slice(0, MAX_ENTRIES)) {
		const start = offset;
		offset += line.length + 1;
		const heading = format === "ini" ? /^\s*\[([^\]]*)\]/.exec(line)?.[1] : undefined;
		if (heading !== undefined) section = heading.trim();
		const entry =
			format === "ini"
				? /^\s*([^#;=:\s][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line)
				: /^\s*([A-Za-z][\w.-]*)\s*(?:[\s=:]\s*(.*?))?\s*;?\s*$/.exec(line);
		// lighttpd: `$SERVER["socket"] == ":81" { … }`
		const socket = format === "words" ? /^\s*\$SERVER\["socket"\]\s*==\s*"([^"]+)"/.exec(line)?.[1] : undefined;
		if (socket !== undefined)
			found.push({ key: "server.socket", text: socket, at: evidenceIn(file, rangeBetween(file.text, start, start + line.length), line) });
		// my.cnf has keys without a value.
		const bare = format === "ini" && !entry ? /^\s*([A-Za-z][\w-]*)\s*$/.exec(line) : undefined;
		const key = (entry ?? bare)?.[1];
		if (key === undefined || heading !== undefined) continue;
		const text = unquoted((entry?.[2] ?? "").replace(/\s[#;].*$/, "").trim());
		const at = evidenceIn(file, rangeBetween(file.text, start, start + line.length), line);
		found.push({ key: format === "words" ? key.toLowerCase() : key, text, at });
		if (section !== "") found.push({ key: `${section}.${key}`, text, at });
	}
	return found;
}

function unquoted(text: string): string {
	return text.replace(/^(["'])(.*)\1$/, "$2");
}

function joined(key: string, name: string): string {
	return key === "" ? name : `${key}.${name}`;
}

function lineAt(text: string, offset: number): string {
	const start = text.lastIndexOf("\n", offset - 1) + 1;
	const end = text.indexOf("\n", offset);
	return text.slice(start, end < 0 ? text.length : end);
}
