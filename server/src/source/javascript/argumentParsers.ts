import { type Call, dictionary, NOTHING, type Structure, type Thing } from "../core/thing.ts";
import { type Declared, kebab, parsedArguments } from "./givenArguments.ts";
import type { JavaScript } from "./javascript.ts";
import type { Model } from "./libraries.ts";

/**
 * Parsers that take all options in one call (READMEs of minimist, mri, yargs-parser, getopts, arg, meow, command-line-args, ts-command-line-args, rc;
 * Node.js, util: `util.parseArgs`).
 */
export const ARGUMENT_PARSERS: Readonly<Record<string, Model>> = {
	minimist: fromDefaults,
	mri: fromDefaults,
	"yargs-parser": fromDefaults,
	getopts: fromDefaults,
	"@std/flags": fromDefaults,
	"@std/cli": fromDefaults,
	"@std/cli/parse-args": fromDefaults,
	arg: (js, call, callee) => (callee.origin === "arg" ? parsedArguments(js, "arg()", fromTypes(record(call.positional[0]))) : undefined),
	meow: (js, call, callee) => {
		if (callee.origin !== "meow") return undefined;
		const options = record(call.positional.at(-1));
		const flags = parsedArguments(js, "meow().flags", fromDescriptions(record(options?.fields.get("flags"))));
		return { ...dictionary(new Map([["flags", flags]]), call.at), open: true };
	},
	"command-line-args": (js, call) => {
		const definitions = call.positional[0];
		const declared = (definitions?.kind === "list" ? definitions.items : []).flatMap((one) => {
			const fields = record(one)?.fields;
			const name = textOf(fields?.get("name"));
			return name === undefined ? [] : [{ names: names(name, fields?.get("alias")), missing: fields?.get("defaultValue") ?? NOTHING }];
		});
		return parsedArguments(js, "command-line-args()", declared);
	},
	util: (js, call, callee) => {
		if (callee.origin !== "util.parseArgs") return undefined;
		const options = record(record(call.positional[0])?.fields.get("options"));
		const values = parsedArguments(js, "util.parseArgs().values", fromDescriptions(options));
		return { ...dictionary(new Map([["values", values]]), call.at), open: true };
	},
	"ts-command-line-args": (js, call, callee) =>
		callee.origin.endsWith(".parse") ? parsedArguments(js, "command-line-args()", fromDescriptions(record(call.positional[0]))) : undefined,
	// rc merges files, the environment and the command line over the defaults (rc, README).
	rc: (js, call, callee) => (callee.origin === "rc" ? fromDefaults(js, { ...call, positional: [NOTHING, defaultsOf(call)] }) : undefined),
};

function fromDefaults(js: JavaScript, call: Call): Thing {
	const options = record(call.positional[1]);
	const defaults = record(options?.fields.get("default"));
	const aliases = record(options?.fields.get("alias"));
	const all = new Set([...(defaults?.fields.keys() ?? []), ...(aliases?.fields.keys() ?? [])]);
	const declared = [...all].map((name): Declared => {
		const others = [...(aliases?.fields ?? [])].flatMap(([key, value]) => {
			const group = [key, ...(value.kind === "list" ? value.items : [value]).flatMap((one) => textOf(one) ?? [])];
			return group.includes(name) ? group : [];
		});
		const group = [...new Set([name, kebab(name), ...others])];
		const missing = group.map((one) => defaults?.fields.get(one)).find((one) => one !== undefined);
		return { names: group, missing: missing ?? NOTHING };
	});
	return parsedArguments(js, "arguments()", declared);
}

function defaultsOf(call: Call): Thing {
	return dictionary(new Map([["default", call.positional[1] ?? NOTHING]]), call.at);
}

/** `arg({ "--port": Number, "-p": "--port" })`. */
function fromTypes(options: Structure | undefined): Declared[] {
	const groups = new Map<string, string[]>();
	for (const [flag, type] of options?.fields ?? []) {
		const of = textOf(type) ?? flag;
		groups.set(of, [...(groups.get(of) ?? []), flag.replace(/^-+/, "")]);
	}
	return [...groups].map(([, group]) => ({ names: group, missing: NOTHING }));
}

/** `{ port: { type: "string", short: "p", default: "3000" } }`. */
export function fromDescriptions(options: Structure | undefined): Declared[] {
	return [...(options?.fields ?? [])].map(([name, description]) => {
		const fields = record(description)?.fields;
		const short = fields?.get("short") ?? fields?.get("alias") ?? fields?.get("shortFlag") ?? fields?.get("aliases");
		return { names: names(name, short), missing: fields?.get("default") ?? fields?.get("defaultValue") ?? NOTHING };
	});
}

function names(name: string, alias: Thing | undefined): string[] {
	const aliases = alias?.kind === "list" ? alias.items : alias ? [alias] : [];
	return [...new Set([name, kebab(name), ...aliases.flatMap((one) => textOf(one) ?? [])])];
}

function record(thing: Thing | undefined): Structure | undefined {
	return thing?.kind === "structure" ? thing : undefined;
}

function textOf(thing: Thing | undefined): string | undefined {
	return thing?.kind === "plain" ? String(thing.value) : undefined;
}
