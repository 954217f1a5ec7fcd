import { type Call, fromValue, type Library, library, NOTHING, plain, type Thing } from "../../core/thing.ts";
import { pointee, setPointee } from "../assign.ts";
import { callThing } from "../calls.ts";
import type { Go } from "../go.ts";
import { type Flag, flagsOn, flagThing } from "./flags.ts";
import { converted, type Model, textOf } from "./model.ts";

const PACKAGE = "github.com/urfave/cli.";

/** urfave/cli, all three major versions: applications and commands with flags, and what asks for their values. */
export const runUrfave: Model = (go, call, callee) => {
	if (!callee.origin.startsWith(PACKAGE)) return undefined;
	const name = callee.origin.slice(callee.origin.lastIndexOf(".") + 1);
	const on = callee.of;
	if (/altsrc/.test(callee.origin) && /^New\w+Flag$/.test(name)) return call.positional[0];
	if (name === "EnvVars" && on?.origin === PACKAGE.slice(0, -1))
		return { kind: "list", items: [...call.positional], open: false, at: call.at };
	if (/^(Run|RunContext|RunAndExitOnError)$/.test(name) && on && /\.(App\{\}|NewApp\(\)|Command\{\})$/.test(on.origin))
		return start(go, on, call);
	const isContext = on !== undefined && /\.(Context|Command)\{\}$/.test(on.origin);
	if (isContext && /^(Global)?(String|Int|Int64|Uint|Uint64|Bool|Duration|Float64|StringSlice|Path|Generic)$/.test(name)) {
		const flag = textOf(call.positional[0]);
		return flag === undefined ? undefined : flagsOn(on).get(flag);
	}
	return undefined;
};

function start(go: Go, app: Library, call: Call): Thing {
	const context = library(`${PACKAGE}Context{}`);
	const chain = [app];
	let current = app;
	for (const arg of go.run.start.args) {
		const text = textOf(fromValue(arg, plain(""))) ?? "";
		const next = itemsOf(current, "Commands", "Subcommands").find((one) => namesOf(one).includes(text));
		if (!next) continue;
		chain.push(next);
		current = next;
	}
	for (const one of chain) for (const flag of itemsOf(one, "Flags")) declare(go, flag, context, current, call);
	// Version 3 hands a context and the command; the others only their own context.
	const given = (callee: Thing): Thing[] =>
		(go.signatures.get(callee)?.parameters.length ?? 1) > 1 ? [library("context.Background()"), current] : [context];
	for (const one of chain) invoke(go, one.fields.get("Before"), given, call);
	const action = current.fields.get("Action");
	if (!action && itemsOf(current, "Commands", "Subcommands").length > 0) go.run.showsUsage = true;
	return invoke(go, action, given, call);
}

function invoke(go: Go, thing: Thing | undefined, given: (callee: Thing) => Thing[], call: Call): Thing {
	const target = thing && pointee(go, thing);
	if (!target || target.kind === "nothing") return NOTHING;
	return callThing(go, target, { positional: given(target), keywords: new Map(), self: undefined, at: call.at });
}

function itemsOf(command: Library, ...fields: readonly string[]): Library[] {
	return fields.flatMap((field) => {
		const kept = command.fields.get(field);
		return kept?.kind === "list" ? kept.items.flatMap((one) => (one.kind === "library" ? [one] : [])) : [];
	});
}

function declare(go: Go, flag: Library, context: Library, command: Library, call: Call): void {
	const type = /\.(\w+)Flag\{\}$/.exec(flag.origin)?.[1];
	const names = namesOf(flag);
	const [name] = names;
	if (type === undefined || name === undefined) return;
	const declared: Flag = {
		spellings: names.flatMap((one) => [one.length > 1 ? `--${one}` : `-${one}`, one.length > 1 ? `-${one}` : `--${one}`]),
		type,
		byDefault: flag.fields.get("Value") ?? zeroOf(type),
		at: call.at,
	};
	let value = flagThing(go, declared);
	if (value.kind === "argument")
		for (const variable of variablesOf(flag).toReversed()) value = converted(type, go.run.variable(variable, value, call.at));
	const target = flag.fields.get("Destination");
	if (target) setPointee(go, target, value);
	for (const one of names) {
		flagsOn(context).set(one, value);
		flagsOn(command).set(one, value);
	}
}

function zeroOf(type: string): Thing {
	if (/^(U?[Ii]nt|Float|Duration)/.test(type)) return plain(0);
	return type === "Bool" ? plain(false) : plain("");
}

function variablesOf(flag: Library): string[] {
	const written = flag.fields.get("EnvVars") ?? flag.fields.get("EnvVar") ?? flag.fields.get("Sources");
	if (written?.kind === "list") return written.items.flatMap((one) => textOf(one) ?? []);
	return (textOf(written) ?? "").split(/[,\s]+/).filter(Boolean);
}

function namesOf(one: Library): string[] {
	const aliases = one.fields.get("Aliases");
	const others = aliases?.kind === "list" ? aliases.items.flatMap((alias) => textOf(alias) ?? []) : [];
	// Version 1: `Name: "port, p"`.
	const names = (textOf(one.fields.get("Name")) ?? "").split(/,\s*/).filter(Boolean);
	const short = textOf(one.fields.get("ShortName"));
	return [...names, ...others, ...(short ? [short] : [])];
}
