import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import type { Value } from "../../model/value.ts";
import { type Call, fromValue, type Library, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import type { Rust } from "./rust.ts";

/** An option of the program's command line. */
interface OptionFacts {
	/** `--port`, `-p`; none for an operand. */
	readonly flags: readonly string[];
	/** As a gap or a tooltip names it. */
	readonly name: string;
	readonly variable: string | undefined;
	/** Undefined when the option must be given. */
	readonly byDefault: Thing | undefined;
	readonly isSwitch: boolean;
	readonly at: Evidence;
}

/** What an option is: as the command gives it, else its variable, else its default. */
export function argumentThing(rs: Rust, option: OptionFacts): Thing {
	const { args } = rs.run.start;
	for (const [index, arg] of args.entries()) {
		const text = arg.kind === "known" ? arg.text : undefined;
		if (text === undefined) continue;
		for (const flag of option.flags) {
			if (text === flag) return option.isSwitch ? plain(true, [option.at]) : given(args[index + 1], option);
			if (flag.startsWith("--") && text.startsWith(`${flag}=`)) return numeric(plain(text.slice(flag.length + 1), [option.at]));
			if (!option.isSwitch && /^-[^-]$/.test(flag) && text.startsWith(flag) && text.length > 2)
				return numeric(plain(text.slice(2).replace(/^=/, ""), [option.at]));
		}
	}
	const missing: Thing = option.byDefault ?? unclear(t("{0} is not given", option.name), option.at);
	if (option.variable !== undefined) return rs.run.variable(option.variable, missing, option.at);
	return { kind: "argument", name: option.name, fallback: missing, from: [option.at] };
}

function given(value: Value | undefined, option: OptionFacts): Thing {
	if (!value) return unclear(t("{0} has no value", option.name), option.at);
	return numeric(fromValue(value, NOTHING, [option.at]));
}

function numeric(thing: Thing): Thing {
	return thing.kind === "plain" && /^[0-9]+$/.test(String(thing.value)) ? plain(Number(thing.value), thing.from) : thing;
}

/** A setting of clap's builder: the first argument of `.long("port")`. */
function setting(of: Library, name: string): string | undefined {
	const value = of.fields.get(name);
	return value?.kind === "plain" ? String(value.value) : undefined;
}

/** Notes `.arg(Arg::new("port").long("port").default_value("80"))`. */
export function registerArguments(rs: Rust, call: Call): void {
	for (const one of call.positional.flatMap((thing) => (thing.kind === "list" ? thing.items : [thing]))) {
		if (one.kind !== "library" || !/(^|::)Arg::(new|with_name)\(\)$/.test(one.origin)) continue;
		const id = setting(one, "new") ?? setting(one, "with_name");
		if (id !== undefined) rs.builtArguments.set(id, one);
	}
}

/** `matches.get_one::<u16>("port")`, `matches.value_of("port")` (clap, `ArgMatches`); undefined for an id that nobody declared. */
export function builtArgument(rs: Rust, id: string, at: Evidence): Thing | undefined {
	const found = rs.builtArguments.get(id);
	if (!found) return undefined;
	const [long, short, variable] = [setting(found, "long"), setting(found, "short"), setting(found, "env")];
	const action = found.fields.get("action");
	const byDefault = found.fields.get("default_value");
	return argumentThing(rs, {
		flags: [...(long === undefined ? [] : [`--${long}`]), ...(short === undefined ? [] : [`-${short}`])],
		name: long === undefined ? id : `--${long}`,
		variable,
		byDefault: byDefault ? numeric(byDefault) : NOTHING,
		isSwitch: action?.kind === "library" && action.origin.endsWith("SetTrue"),
		at,
	});
}
