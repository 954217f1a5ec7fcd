import { type Call, NOTHING, plain, type Structure, type Thing } from "../core/thing.ts";
import { fromDescriptions } from "./argumentParsers.ts";
import { callThing } from "./calls.ts";
import { type Declared, kebab, parsedArguments } from "./givenArguments.ts";
import type { JavaScript } from "./javascript.ts";
import type { Model } from "./libraries.ts";

/** yargs, API: options are declared in any order before `argv` or `parse()` is read. */
export const YARGS: Readonly<Record<string, Model>> = {
	"yargs/helpers": (_, call) => call.positional[0] ?? NOTHING,
	yargs: (js, call, callee) => {
		const method = /([A-Za-z]+)$/.exec(callee.origin)?.[1] ?? "";
		const [first, second] = call.positional;
		if (callee.origin === "yargs.hideBin") return first ?? NOTHING;
		if (/^(parse|parseSync|parseAsync)$/.test(method)) return parsed(js);
		const name = first?.kind === "plain" ? String(first.value) : undefined;
		if (/^(option|options)$/.test(method)) {
			const all = first?.kind === "structure" ? first : undefined;
			if (all) declare(js, ...fromDescriptions(all));
			else if (name !== undefined && second?.kind === "structure") declare(js, ...fromDescriptions(only(name, second)));
		} else if (method === "default" && name !== undefined) declare(js, { names: [name, kebab(name)], missing: second ?? NOTHING });
		else if (method === "default" && first?.kind === "structure")
			declare(js, ...[...first.fields].map(([key, missing]) => ({ names: [key, kebab(key)], missing })));
		else if (method === "command") command(js, call);
		return callee.of;
	},
};

/** `yargs.argv`, read as a property. */
export function yargsProperty(js: JavaScript, origin: string, name: string): Thing | undefined {
	return name === "argv" && /^yargs(\(\)|\.default)*$/.test(origin) ? parsed(js) : undefined;
}

/** The declarations of one program; instances of yargs are not told apart. */
const DECLARED = new WeakMap<JavaScript, Declared[]>();

function declare(js: JavaScript, ...more: Declared[]): void {
	// A later `default` completes an earlier option.
	DECLARED.set(js, [...more, ...(DECLARED.get(js) ?? [])]);
}

function parsed(js: JavaScript): Thing {
	return parsedArguments(js, "yargs.argv", DECLARED.get(js) ?? []);
}

function only(name: string, description: Structure): Structure {
	return { ...description, fields: new Map([[name, description]]) };
}

/** `.command("serve [port]", "…", builder, handler)`: runs when the command's first argument names it. */
function command(js: JavaScript, call: Call): void {
	const [first, , builder, handler] = call.positional;
	const module = first?.kind === "structure" ? first : undefined;
	const written = module?.fields.get("command") ?? first;
	const words = (written?.kind === "list" ? written.items : [written]).flatMap((one) =>
		one?.kind === "plain" ? [String(one.value).split(" ")[0] ?? ""] : [],
	);
	const given = js.run.start.args[0];
	const verb = given?.kind === "known" && !given.text.startsWith("-") ? given.text : undefined;
	const runs = verb === undefined ? words.some((word) => word === "$0" || word === "*") : words.includes(verb);
	if (!runs) return;
	const make = module?.fields.get("builder") ?? builder;
	const yargs = js.libraries.get("yargs");
	if (make?.kind === "structure") declare(js, ...fromDescriptions(make));
	else if (make?.kind === "callable" && yargs) callThing(js, make, { ...call, positional: [yargs] });
	const handle = module?.fields.get("handler") ?? handler;
	if (handle?.kind === "callable") callThing(js, handle, { ...call, positional: [parsed(js), plain(verb ?? "")] });
}
