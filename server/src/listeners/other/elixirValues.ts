import { t } from "../../model/message.ts";
import { type Evidence, evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { type Environment, known, lookUp, mapText, unknown, type Value } from "../../model/value.ts";
import { argumentsOf, closing, type ElixirFunction, functionNamed, keyword, substituted } from "./elixirText.ts";

/** Where an expression stands. */
export interface Place {
	readonly file: TextFile;
	/** Of the whole file, without comments; the body of a function when `called` is set. */
	readonly text: string;
	readonly environment: Environment;
	/** `prod`, `dev`: what `config_env()` answers. */
	readonly mixEnvironment: string;
	readonly at: number;
	/** The whole expression that stands there, while a part of it is looked at. */
	readonly whole?: string | undefined;
	/** The call, when the text is a function's body with its arguments in place. */
	readonly called?: Evidence;
	/** `config :app, key: value` of all configuration, in the order in which Mix loads it. */
	readonly settings?: readonly { readonly file: TextFile; readonly text: string }[];
}

/** Expressions inside each other; a function that calls itself ends here. */
const DEEPEST = 12;

const notUnderstood = () => unknown(t("the port is not understood"));
/** What `nil` becomes: the other side of `||` counts. */
const NIL: Value = {
	kind: "unknown",
	get reason() {
		return t("no port is given");
	},
};

/** A port as Elixir's configuration writes it; what is not understood is unknown. */
export function elixirValue(written: string, place: Place, depth = 0): Value {
	const text = written.trim();
	const whole = place.whole ?? written;
	const evidence = () => place.called ?? evidenceIn(place.file, rangeBetween(place.text, place.at, place.at + whole.length), whole);
	if (depth > DEEPEST) return notUnderstood();
	const inside = (one: string): Value => elixirValue(one, { ...place, whole }, depth + 1);
	if (/^[0-9][0-9_]*$/.test(text)) return known(text.replaceAll("_", ""), evidence());
	if (text === "nil" || text === "") return NIL;
	const quoted = /^"([^"#]*)"$/.exec(text)?.[1];
	if (quoted !== undefined) return known(quoted, evidence());
	const either = splitTop(text, "||");
	if (either) return orElse(inside(either[0]), () => inside(either[1]));
	const piped = splitTop(text, "|>", true);
	if (piped)
		return inside(
			piped[1].replace(/^(&?[\w.!?]+)(?:\((.*)\))?$/s, (_, name, args) => `${name}(${args ? `${piped[0]}, ${args}` : piped[0]})`),
		);
	if (/^\(([\s\S]*)\)$/.test(text) && closing(text, 1) === text.length - 1) return inside(text.slice(1, -1));
	const variable = /^\{:system,\s*"(\w+)"(?:,\s*([\s\S]+))?\}$/.exec(text);
	if (variable?.[1] !== undefined)
		return fromEnvironment(variable[1], variable[2] === undefined ? undefined : inside(variable[2]), place, evidence());
	const element = /^([\s\S]+)\[([^[\]]+)\]$/.exec(text);
	if (element?.[1] !== undefined && element[2] !== undefined) return elementOf(element[1], element[2], inside, place);
	const call = /^([A-Za-z_][\w.]*[!?]?)\.?\(/.exec(text);
	if (call?.[1] !== undefined && closing(text, call[0].length) === text.length - 1)
		return callOf(call[1].replace(/\.$/, ""), argumentsOf(text.slice(call[0].length, -1)), inside, place, evidence(), depth);
	const chosen = /^case\s+([\s\S]+?)\s+do\s+(?:nil|"")\s*->\s*([\s\S]+?)\s+([a-z_]\w*)\s*->\s*([\s\S]+?)\s+end$/.exec(text);
	if (chosen && new RegExp(`\\b${chosen[3]}\\b`).test(chosen[4] ?? ""))
		return orElse(inside(chosen[1] ?? ""), () => inside(chosen[2] ?? ""));
	if (/^[a-z_]\w*$/.test(text)) return assigned(text, place, depth) ?? notUnderstood();
	return notUnderstood();
}

/** `a || b`: the other side counts while the first is nil. */
function orElse(value: Value, otherwise: () => Value): Value {
	if (value === NIL) return otherwise();
	return value.kind === "variable" && !value.fallback ? { ...value, fallback: otherwise() } : value;
}

/** The two sides of an operator that stands in no bracket and no text; of the last one when `last`. */
function splitTop(text: string, operator: string, last = false): readonly [string, string] | undefined {
	let depth = 0;
	let quoted = false;
	let at = -1;
	for (let i = 0; i < text.length; i++) {
		const char = text[i] ?? "";
		if (char === '"' && text[i - 1] !== "\\") quoted = !quoted;
		if (quoted) continue;
		if (/[[{(]/.test(char)) depth++;
		else if (/[\]})]/.test(char)) depth--;
		// A block is a bracket as well.
		else if (/^(?:do|fn)\b/.test(text.slice(i, i + 4)) && !/[\w:]/.test(text[i - 1] ?? " ")) depth++;
		else if (/^end\b/.test(text.slice(i, i + 4)) && !/[\w:]/.test(text[i - 1] ?? " ")) depth--;
		else if (depth === 0 && text.startsWith(operator, i) && (at < 0 || last)) at = i;
	}
	return at < 0 ? undefined : [text.slice(0, at).trim(), text.slice(at + operator.length).trim()];
}

function fromEnvironment(name: string, fallback: Value | undefined, place: Place, at: Evidence): Value {
	const value = lookUp(place.environment, name, at);
	if (value.kind === "variable") return fallback === undefined || fallback === NIL || value.fallback ? value : { ...value, fallback };
	return mapText(value, (text, from) => known(text, ...from));
}

/** `[prod: "4000", dev: "4001"][config_env()]` */
function elementOf(list: string, key: string, inside: (one: string) => Value, place: Place): Value {
	const name = /^(?:config_env\(\)|Mix\.env\(\)|env)$/.test(key.trim()) ? place.mixEnvironment : /^:(\w+)$/.exec(key.trim())?.[1];
	if (name === undefined || !/^\s*\[[\s\S]*\]\s*$/.test(list)) return notUnderstood();
	const found = keyword(list.trim().slice(1, -1), name);
	return found ? inside(found.text) : NIL;
}

/** Functions that leave a port's digits as they are. */
const SAME: ReadonlySet<string> = new Set([
	"String.to_integer",
	"String.trim",
	"Integer.parse",
	"to_string",
	"Integer.to_string",
	"elem",
	"trunc",
]);

function callOf(name: string, args: readonly string[], inside: (one: string) => Value, place: Place, at: Evidence, depth: number): Value {
	const [first = "", second] = args;
	const variable = /^"(\w+)"$/.exec(first)?.[1];
	if (/^System\.(?:get_env|fetch_env!)$/.test(name)) {
		if (variable === undefined) return notUnderstood();
		return fromEnvironment(variable, second === undefined ? undefined : inside(second), place, at);
	}
	if (/^Application\.(?:get_env|fetch_env!|compile_env!?)$/.test(name))
		return settingOf(first, second ?? "", place, depth) ?? inside(args[2] ?? "nil");
	if (name === "Keyword.get" && second !== undefined)
		return orElse(elementOf(first, second, inside, place), () => inside(args[2] ?? "nil"));
	const own = functionNamed(place.file, name, args.length);
	if (own) return bodyOf(own, args, place, at, depth);
	if (SAME.has(name)) return inside(first);
	return notUnderstood();
}

/** The last expression of a function of the same file, with these arguments. */
function bodyOf(own: ElixirFunction, args: readonly string[], place: Place, at: Evidence, depth: number): Value {
	const body = substituted(own, args);
	const last = lastExpression(body);
	return elixirValue(last, { ...place, text: body, at: body.length - last.length, called: at }, depth + 1);
}

/** Whatever stands behind the last assignment. */
function lastExpression(body: string): string {
	const lines = body.trimEnd().split("\n");
	let first = 0;
	for (let i = 0; i < lines.length; i++) if (/^\s*[a-z_]\w*\s*=[^=~>]/.test(lines[i] ?? "")) first = i + 1;
	// What an assignment goes on with in the next line belongs to it.
	while (first > 0 && first < lines.length && /^\s*(?:\|>|\|\|)/.test(lines[first] ?? "")) first++;
	return lines.slice(first).join("\n").trim();
}

/** The last assignment to a name before a place. */
export function assignedText(name: string, text: string, before: number): { readonly text: string; readonly at: number } | undefined {
	const found = [...text.slice(0, before).matchAll(new RegExp(`^[ \\t]*(if[ \\t]+)?${name}[ \\t]*=(?![=~>])[ \\t\\n]*([^\\n]*)`, "gm"))].at(
		-1,
	);
	if (found?.[2] === undefined) return undefined;
	// `if port = … do`
	if (found[1] !== undefined) {
		const value = found[2].replace(/[ \t]+do[ \t]*$/, "");
		return { text: value, at: found.index + found[0].length - found[2].length };
	}
	const start = found.index + found[0].length - found[2].length;
	let end = start + found[2].length;
	const opened = /[[{(](?=[^[\]{}()]*$)/.exec(found[2]);
	if (opened) end = Math.max(end, closing(text, start + opened.index + 1) + 1);
	if (/^case\b[^\n]*\bdo$/.test(found[2].trimEnd())) {
		const rest = /^[\s\S]*?\n[ \t]*end\b/.exec(text.slice(start))?.[0];
		end = start + (rest?.length ?? found[2].length);
	}
	const more = /^(?:[^\n]*\n[ \t]*\|[|>][^\n]*)+/.exec(text.slice(end))?.[0];
	return { text: text.slice(start, end + (more?.length ?? 0)), at: start };
}

function assigned(name: string, place: Place, depth: number): Value | undefined {
	const found = assignedText(name, place.text, place.at);
	return found && elixirValue(found.text, { ...place, at: found.at, whole: undefined }, depth + 1);
}

/** `Application.get_env(:app, :port)`: what the configuration says last. */
function settingOf(application: string, key: string, place: Place, depth: number): Value | undefined {
	const [app, name] = [application, key].map((one) => /^:(\w+)$/.exec(one.trim())?.[1]);
	if (app === undefined || name === undefined) return undefined;
	for (const { file, text } of (place.settings ?? []).toReversed()) {
		for (const found of [...text.matchAll(new RegExp(`^[ \\t]*config[ \\t(]+:${app},\\s*`, "gm"))].toReversed()) {
			const start = found.index + found[0].length;
			const rest = text.slice(start, nextStatement(text, start));
			const value = keyword(rest.replace(new RegExp(`^:${name},\\s*`), `${name}: `), name);
			if (value) return elixirValue(value.text, { ...place, file, text, at: start, whole: undefined }, depth + 1);
		}
	}
	return undefined;
}

function nextStatement(text: string, from: number): number {
	const next = /\n\s*(?:config\b|import_config\b|if\b|end\b|case\b|[a-z_]\w*\s*=)/.exec(text.slice(from));
	return next ? from + next.index : text.length;
}
