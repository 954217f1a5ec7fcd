import { t } from "../../model/message.ts";
import { type Evidence, evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { type Environment, known, likelyText, unknown, type Value } from "../../model/value.ts";
import { argumentsOf, closing, functionNamed, keyword, substituted, withoutComments } from "./elixirText.ts";
import { assignedText, elixirValue, type Place } from "./elixirValues.ts";

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
	const text = configText(file, mixEnvironment);
	const statements = [...text.matchAll(/^[ \t]*config[ \t(]+:(\w+),\s*([\w.]+)/gm)];
	for (const [index, statement] of statements.entries()) {
		const end = statements[index + 1]?.index ?? text.length;
		const segment = text.slice(statement.index, end);
		const server = /\bserver:\s*(true|false|!!System\.get_env\("(\w+)"\)|System\.get_env\("(\w+)"\))/.exec(segment);
		if (server) into.server = serverOf(text, statement.index, server, environment, into.server);
		for (const scheme of segment.matchAll(/(?<![\w.])(https?):\s*/g)) {
			const start = statement.index + scheme.index + scheme[0].length;
			const place = { file, text, environment, mixEnvironment, at: start };
			const key = `${statement[2]} ${scheme[1]}`;
			const config = into.endpoints.get(key) ?? {};
			const doubt = doubtAt(text, statement.index, environment);
			// What is for TLS waits for certificates that nobody has set.
			if (doubt === "unset" || (doubt === "undecided" && scheme[1] === "https")) continue;
			for (const list of listsAt(place)) {
				const port = keyword(list.text, "port");
				const ip = keyword(list.text, "ip");
				if (port) {
					const value = unlessSet(config.port, elixirValue(port.text, { ...place, at: list.at + port.index }), place);
					config.port =
						doubt === "undecided" && value.kind !== "variable"
							? { kind: "oneOf", values: [...(config.port ? [config.port] : []), value] }
							: value;
				}
				if (ip) config.address = addressOf(ip.text);
				into.endpoints.set(key, config);
			}
			const computed = computedPort(place);
			if (computed) into.endpoints.set(key, { ...config, port: computed });
		}
	}
}

/**
 * Whether the blocks around a statement let it count: `unset` behind a variable that nobody sets, `undecided` behind a condition
 * that nobody here can tell. Conditions on the environment were taken out before; `if port = …` is read with its value.
 */
function doubtAt(text: string, at: number, environment: Environment): "unset" | "undecided" | undefined {
	const lines = text.slice(0, at).split("\n");
	let indented = /^[ \t]*/.exec(text.slice(at))?.[0].length ?? 0;
	let doubt: "undecided" | undefined;
	for (const line of lines.toReversed()) {
		const depth = line.search(/\S/);
		if (depth < 0 || depth >= indented) continue;
		indented = depth;
		const written = line.trim();
		const variable = /^if (?:!!)?System\.get_env\("(\w+)"\)(?: (?:==|in) \S+)? do$/.exec(written)?.[1];
		if (variable !== undefined && !environment.has(variable)) return "unset";
		const isPlain =
			variable !== undefined ||
			/^if \w+ = /.test(written) ||
			/^if (?:config_env\(\)|Mix\.env(?:\(\))?) (?:==|!=|in) (?:\S+|\[[^\]]*\]) do$/.test(written);
		if (!isPlain && /^(?:if|unless|case|cond|else|.*->$)/.test(written)) doubt = "undecided";
	}
	return doubt;
}

/** `if port = System.get_env("PORT") do config … end` leaves what was configured before while nobody sets the variable. */
function unlessSet(before: Value | undefined, value: Value, { text, at }: Place): Value {
	if (!before || value.kind !== "variable" || value.fallback) return value;
	const lines = text.slice(0, at).split("\n");
	const indented = lines.findLast((line) => /^\s*config\b/.test(line))?.search(/\S/) ?? 0;
	const opening = lines.findLast((line) => line.trim() !== "" && line.search(/\S/) < indented);
	return opening !== undefined && /^\s*if\b/.test(opening) ? { ...value, fallback: before } : value;
}

/** A keyword list at a place: written there, or assigned to the name that stands there. */
function listsAt({ text, at }: Place): { readonly text: string; readonly at: number }[] {
	if (text[at] === "[") return [{ text: text.slice(at + 1, closing(text, at + 1)), at: at + 1 }];
	const name = /^[a-z_]\w*(?![\w(.!?:])/.exec(text.slice(at))?.[0];
	const found = name === undefined ? undefined : assignedText(name, text, at);
	if (!found?.text.startsWith("[")) return [];
	return [{ text: found.text.slice(1, closing(found.text, 1)), at: found.at + 1 }];
}

/**
 * The port of a list that a function of the same file makes (`http: Config.http_options()`): what all its lists with a port
 * agree on. A list with `port: 0` is for a Unix socket.
 */
function computedPort(place: Place): Value | undefined {
	const call = /^([A-Za-z_][\w.]*[!?]?)\.?\(/.exec(place.text.slice(place.at));
	if (call?.[1] === undefined) return undefined;
	const start = place.at + call[0].length;
	const args = argumentsOf(place.text.slice(start, closing(place.text, start)));
	const own = functionNamed(place.file, call[1].replace(/\.$/, ""), args.length);
	if (!own) return undefined;
	const body = substituted(own, args);
	const ports = [...body.matchAll(/(?<![\w.])port:\s*/g)].flatMap((found) => {
		const at = found.index + found[0].length;
		const written = keyword(body.slice(found.index, closing(body, at)), "port")?.text ?? "";
		return written === "0" ? [] : [elixirValue(written, { ...place, text: body, at, called: evidenceOf(place, call[0]) })];
	});
	const [first] = ports;
	const same = ports.every((one) => likelyText(one) === likelyText(first));
	return first && (same ? first : unknown(t("one of several ports")));
}

function evidenceOf({ file, text, at }: Place, written: string): Evidence {
	return evidenceIn(file, rangeBetween(text, at, at + written.length), written);
}

function serverOf(
	text: string,
	at: number,
	found: RegExpExecArray,
	environment: Environment,
	known: ElixirConfig["server"],
): ElixirConfig["server"] {
	const [, value, ...variables] = found;
	if (value === "false") return known;
	const before = text.slice(0, at);
	// The outermost block that is still open there.
	const ends = new Map<string, number>();
	const inside = [...before.matchAll(/^([ \t]*)if System\.get_env\("(\w+)"\)[^\n]*do[ \t]*$/gm)].find(({ index, 1: indent = "" }) => {
		const end = ends.get(indent) ?? before.lastIndexOf(`\n${indent}end`);
		ends.set(indent, end);
		return end < index;
	});
	const variable = variables.find(Boolean) ?? inside?.[2];
	if (variable === undefined || environment.has(variable)) return "always";
	return known === "always" ? known : { variable };
}

/** Modules of Elixir and its tools that configure no endpoint. */
const OWN =
	/^(?:Application|Base|Code|Config|DateTime|Dotenv|Dotenvy|Enum|File|IO|Integer|Keyword|List|Logger|Map|Mix|Module|Path|Process|Regex|String|System|URI)\b/;

/** The first call of a configuration file to code of the application, which may configure anything. */
export function foreignCall(file: TextFile, environment: string): string | undefined {
	const text = configText(file, environment);
	for (const call of text.matchAll(/^[ \t]*((?:[A-Z]\w*\.)+[a-z_]\w*[!?]?)\(/gm)) {
		// What goes on from the line before is a value.
		const isStatement = !/(?:[=,:([{|]|->|\|>|<>)$/.test(text.slice(0, call.index).trimEnd());
		const module = call[1]?.replace(/\.[^.]*$/, "") ?? "";
		const isInView = new RegExp(`^[ \\t]*defmodule[ \\t]+${module}\\b`, "m").test(text);
		if (isStatement && !isInView && !OWN.test(module)) return call[1];
	}
	return undefined;
}

/** Other files that a configuration file reads by their plain names: `import_config "prod.secret.exs"`. */
export function importedFiles(file: TextFile, environment: string): string[] {
	const imports = configText(file, environment).matchAll(/^[ \t]*import_config[ \t(]+"([\w./-]+\.exs)"/gm);
	return [...imports].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/** The text of a configuration file as it counts in an environment. */
export function configText(file: TextFile, environment: string): string {
	return withoutOtherEnvironments(withoutComments(file.text), environment);
}

/** `if config_env() == :prod do … end` counts in that environment only. */
function withoutOtherEnvironments(text: string, environment: string): string {
	let rest = text;
	/** Indentations of which no `end` follows any more: they are not searched for again. */
	const unended = new Set<string>();
	const heads = text.matchAll(/^([ \t]*)if (?:config_env\(\)|Mix\.env(?:\(\))?) (==|!=|in) (:\w+|\[[^\]\n]*\])[^\n]*do[ \t]*$/gm);
	for (const { index, 1: indent = "", 2: operator, 3: names = "" } of heads) {
		if (unended.has(indent)) continue;
		const end = text.indexOf(`\n${indent}end`, index);
		if (end < 0) unended.add(indent);
		const named = names.match(/\w+/g)?.includes(environment) === true;
		if (end < 0 || named === (operator !== "!=")) continue;
		rest = rest.slice(0, index) + rest.slice(index, end).replace(/[^\n]/g, " ") + rest.slice(end);
	}
	return rest;
}

function addressOf(text: string): Value {
	const numbers = /^\{([\s\S]*)\}$/
		.exec(text)?.[1]
		?.split(",")
		.map((one) => one.trim());
	if (numbers?.length === 4) return known(numbers.join("."));
	if (numbers?.length === 8) return known(numbers.at(-1) === "1" ? "::1" : "::");
	if (text === ":loopback") return known("127.0.0.1");
	return text === ":any" ? known("0.0.0.0") : unknown(t("the address is not understood"));
}
