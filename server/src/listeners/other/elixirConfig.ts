import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { type Environment, known, lookUp, mapText, unknown, type Value } from "../../model/value.ts";

/** What a Phoenix endpoint listens on for one scheme, as far as configuration says. */
export interface EndpointConfig {
	port?: Value;
	address?: Value;
}

/** Configuration of all endpoints; keys are the endpoint's module and `http` or `https`. */
export interface ElixirConfig {
	readonly endpoints: Map<string, EndpointConfig>;
	/** `server: true`: always, only when a variable is set, or never said. */
	server: "always" | "never" | { readonly variable: string };
}

/**
 * Reads one of Elixir's configuration files in the order in which Mix loads them; a later one adds to what an earlier one says
 * (Elixir, `Config`; Phoenix, `Phoenix.Endpoint`). Only what is plainly written is read: keyword lists after `http:`, variables,
 * `System.get_env` with its defaults, and blocks for an environment.
 */
export function readElixirConfig(file: TextFile, mixEnvironment: string, environment: Environment, into: ElixirConfig): void {
	const text = withoutOtherEnvironments(withoutComments(file.text), mixEnvironment);
	const statements = [...text.matchAll(/^[ \t]*config[ \t(]+:(\w+),\s*([\w.]+)/gm)];
	for (const [index, statement] of statements.entries()) {
		const end = statements[index + 1]?.index ?? text.length;
		const segment = text.slice(statement.index, end);
		const server = /\bserver:\s*(true|false|!!System\.get_env\("(\w+)"\)|System\.get_env\("(\w+)"\))/.exec(segment);
		if (server) into.server = serverOf(text, statement.index, server, environment, into.server);
		for (const scheme of segment.matchAll(/\b(https?):\s*\[/g)) {
			const start = statement.index + scheme.index + scheme[0].length;
			const list = text.slice(start, closing(text, start));
			const key = `${statement[2]} ${scheme[1]}`;
			const config = into.endpoints.get(key) ?? {};
			const port = keyword(list, "port");
			const ip = keyword(list, "ip");
			if (port) config.port = elixirValue(port.text, { file, text, environment, at: start + port.index });
			if (ip) config.address = addressOf(ip.text);
			into.endpoints.set(key, config);
		}
	}
}

function serverOf(
	text: string,
	at: number,
	found: RegExpExecArray,
	environment: Environment,
	before: ElixirConfig["server"],
): ElixirConfig["server"] {
	const [, value, ...variables] = found;
	if (value === "false") return before;
	const inside = /(?:^|\n)([ \t]*)if System\.get_env\("(\w+)"\)[^\n]*do[ \t]*\n(?:(?!\n\1end)[\s\S])*$/.exec(text.slice(0, at));
	const variable = variables.find(Boolean) ?? inside?.[2];
	if (variable === undefined || environment.has(variable)) return "always";
	return before === "always" ? before : { variable };
}

/** Comments become blanks; a `#` inside a text is none. */
export function withoutComments(text: string): string {
	return text.replace(/"(?:\\.|[^"\\])*"|#[^\n]*/g, (found) => (found.startsWith("#") ? " ".repeat(found.length) : found));
}

/** `if config_env() == :prod do … end` counts in that environment only. */
function withoutOtherEnvironments(text: string, environment: string): string {
	return text.replace(
		/^([ \t]*)if (?:config_env\(\)|Mix\.env(?:\(\))?) (==|!=|in) (:\w+|\[[^\]]*\])[^\n]*do[ \t]*\n([\s\S]*?)^\1end\b/gm,
		(whole: string, _: string, operator: string, names: string) => {
			const named = names.match(/\w+/g)?.includes(environment) === true;
			return named === (operator !== "!=") ? whole : whole.replace(/[^\n]/g, " ");
		},
	);
}

/** Where the bracket ends that was opened just before `start`. */
function closing(text: string, start: number): number {
	let depth = 1;
	for (let i = start; i < text.length; i++) {
		if (text[i] === "[" || text[i] === "{" || text[i] === "(") depth++;
		else if (text[i] === "]" || text[i] === "}" || text[i] === ")") depth--;
		if (depth === 0) return i;
	}
	return text.length;
}

/** The value of a key at the top of a keyword list. */
export function keyword(list: string, name: string): { readonly text: string; readonly index: number } | undefined {
	let depth = 0;
	for (let i = 0; i < list.length; i++) {
		if (/[[{(]/.test(list[i] ?? "")) depth++;
		else if (/[\]})]/.test(list[i] ?? "")) depth--;
		if (depth !== 0 || !list.startsWith(`${name}:`, i) || /\w/.test(list[i - 1] ?? "")) continue;
		const start = i + name.length + 1;
		let end = start;
		for (let inner = 0; end < list.length; end++) {
			const char = list[end] ?? "";
			if (/[[{(]/.test(char)) inner++;
			else if (/[\]})]/.test(char)) inner--;
			if (inner < 0 || (inner === 0 && char === ",")) break;
		}
		return { text: list.slice(start, end).trim(), index: start };
	}
	return undefined;
}

function addressOf(text: string): Value {
	const numbers = /^\{([\s\S]*)\}$/
		.exec(text)?.[1]
		?.split(",")
		.map((one) => one.trim());
	if (numbers?.length === 4) return known(numbers.join("."));
	if (numbers?.length === 8) return known(numbers.at(-1) === "1" ? "::1" : "::");
	if (text === ":loopback") return known("127.0.0.1");
	return text === ":any" ? known("0.0.0.0") : unknown("the address is not understood");
}

interface Place {
	readonly file: TextFile;
	/** Of the whole file, without comments. */
	readonly text: string;
	readonly environment: Environment;
	readonly at: number;
}

/** A port as Elixir's configuration writes it; what is not understood is unknown. */
export function elixirValue(written: string, place: Place, depth = 0): Value {
	const text = written.trim();
	const evidence = () => evidenceIn(place.file, rangeBetween(place.text, place.at, place.at + written.length), text);
	if (depth > 6) return unknown("the port is not understood");
	if (/^[0-9][0-9_]*$/.test(text)) return known(text.replaceAll("_", ""), evidence());
	const quoted = /^"([^"#]*)"$/.exec(text)?.[1];
	if (quoted !== undefined) return known(quoted, evidence());
	const inner =
		/^(?:String\.to_integer|Integer\.parse|to_string)\(([\s\S]*)\)$/.exec(text)?.[1] ??
		/^([\s\S]*?)\s*\|>\s*String\.to_integer(?:\(\))?$/.exec(text)?.[1];
	if (inner !== undefined) return elixirValue(inner, place, depth + 1);
	const either = /^System\.get_env\("(\w+)"\)\s*\|\|\s*([\s\S]+)$/.exec(text) ?? /^System\.get_env\("(\w+)",\s*([\s\S]+)\)$/.exec(text);
	if (either?.[1] !== undefined && either[2] !== undefined) {
		const value = lookUp(place.environment, either[1], evidence());
		return value.kind === "variable" && !value.fallback ? { ...value, fallback: elixirValue(either[2], place, depth + 1) } : value;
	}
	const variable = /^System\.(?:get_env|fetch_env!)\("(\w+)"\)$/.exec(text)?.[1] ?? /^\{:system,\s*"(\w+)"\}$/.exec(text)?.[1];
	if (variable !== undefined) return mapText(lookUp(place.environment, variable, evidence()), (value, from) => known(value, ...from));
	if (/^[a-z_]\w*$/.test(text)) {
		const assigned = [
			...place.text.slice(0, place.at).matchAll(new RegExp(`^[ \\t]*${text}[ \\t]*=[ \\t]*([^\\n]*(?:\\n[ \\t]*\\|[|>][^\\n]*)*)`, "gm")),
		].at(-1);
		if (assigned?.[1] !== undefined)
			return elixirValue(assigned[1], { ...place, at: assigned.index + assigned[0].length - assigned[1].length }, depth + 1);
	}
	return unknown("the port is not understood");
}
