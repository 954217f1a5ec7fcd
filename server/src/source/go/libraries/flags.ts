import { t } from "../../../model/message.ts";
import type { Evidence } from "../../../model/text.ts";
import { each, fromValue, type Library, list, NOTHING, plain, type Thing, unclear } from "../../core/thing.ts";
import { pointee, setPointee } from "../assign.ts";
import type { Go } from "../go.ts";
import { ownMethod } from "../members.ts";
import { converted, type Model, textOf } from "./model.ts";

/** A flag that a program declares. */
export interface Flag {
	/** With its dashes: `--port`, `-p`. The first one names it. */
	readonly spellings: readonly string[];
	/** `Int`, `String`, `Bool`: what the value is made into. */
	readonly type: string;
	readonly byDefault: Thing;
	readonly at: Evidence;
}

/** A flag's value: the start command's, else its default, which whoever starts the container may change. */
export function flagThing(go: Go, flag: Flag): Thing {
	const given = givenFlag(go, flag.spellings, /^Bool/.test(flag.type));
	if (given) return converted(flag.type, given);
	return { kind: "argument", name: flag.spellings[0] ?? "", fallback: flag.byDefault, from: [flag.at] };
}

/** What the start command gives for a flag; undefined when it gives none. */
export function givenFlag(go: Go, spellings: readonly string[], isSwitch: boolean): Thing | undefined {
	const missing = unclear(t("an argument that is not known"));
	let found: Thing | undefined;
	for (const [index, arg] of go.run.start.args.entries()) {
		const thing = fromValue(arg, plain(""));
		const text = textOf(thing.kind === "plain" ? thing : "fallback" in thing ? thing.fallback : undefined);
		if (text === "--") break;
		for (const flag of spellings) {
			if (text === flag) {
				const next = go.run.start.args[index + 1];
				found = isSwitch ? plain(true) : next ? fromValue(next, missing) : missing;
			} else if (text?.startsWith(`${flag}=`))
				found = each(thing, (one) => (one.kind === "plain" ? plain(String(one.value).slice(flag.length + 1), one.from) : one));
		}
	}
	return found;
}

/** Flags by the command or the set that they are declared on, then by name. */
const DECLARED = new WeakMap<Library, Map<string, Thing>>();

export function flagsOn(owner: Library): Map<string, Thing> {
	const kept = DECLARED.get(owner) ?? new Map<string, Thing>();
	DECLARED.set(owner, kept);
	return kept;
}

/** What declares flags: the packages flag and pflag, their sets, and cobra's commands. */
const OWNERS =
	/^(flag|github\.com\/(?:spf13|ogier)\/pflag)(\.NewFlagSet\(\)|\.CommandLine|\.FlagSet\{\})?\.|\.(?:Persistent|Local|Inherited)?Flags\(\)\.|FlagSet\{\}\.|\.FlagSet\(""\)\./;

const KIND =
	/^(Bool|Int|Int8|Int16|Int32|Int64|Uint|Uint8|Uint16|Uint32|Uint64|String|Float32|Float64|Duration|StringSlice|StringArray|IntSlice|IP|Count|StringToString)(Var)?(P)?$/;

/** Declarations of flags in all their forms, and what asks for their values. */
export const declareFlag: Model = (go, call, callee) => {
	const owner = OWNERS.exec(callee.origin);
	if (!owner) return undefined;
	const name = callee.origin.slice(callee.origin.lastIndexOf(".") + 1);
	const set = ownerOf(callee);
	const kind = KIND.exec(name);
	if (kind) {
		const [, type = "", isVariable, hasShorthand] = kind;
		const given = call.positional.map((one, index) => (isVariable && index === 0 ? one : pointee(go, one)));
		const [target, ...rest] = isVariable ? given : [undefined, ...given];
		const [long, shorthand] = [textOf(rest[0]), hasShorthand ? textOf(rest[1]) : undefined];
		const byDefault = rest[hasShorthand ? 2 : 1] ?? NOTHING;
		if (long === undefined) return unclear(t("a flag that is not known"), call.at);
		const isStandard = callee.origin.startsWith("flag.");
		const value = flagThing(go, {
			spellings: [...(isStandard ? [`-${long}`] : []), `--${long}`, ...(shorthand ? [`-${shorthand}`] : [])],
			type,
			byDefault,
			at: call.at,
		});
		if (set) flagsOn(set).set(long, value);
		if (target) setPointee(go, target, value);
		return isVariable ? NOTHING : value;
	}
	if (/^Var(P|PF)?$/.test(name)) {
		const [target, long] = call.positional;
		const spelling = textOf(long);
		const given = spelling === undefined ? undefined : givenFlag(go, [`-${spelling}`, `--${spelling}`], false);
		const setter = target && given ? ownMethod(go, target, "Set") : undefined;
		if (setter && given) setter.invoke({ ...call, positional: [given] });
		return NOTHING;
	}
	const get = /^Get(Bool|Int\d*|Uint\d*|String|Float\d*|Duration|StringSlice|StringArray|IP)$/.exec(name);
	if (get) {
		const long = textOf(call.positional[0]);
		const found = long === undefined || !set ? undefined : lookUpFlag(set, long);
		return list([found ?? unclear(t("--{0} is not declared in view", long ?? t("a flag")), call.at), NOTHING]);
	}
	if (name === "Parse" || name === "SetNormalizeFunc" || name === "AddGoFlagSet" || name === "AddFlagSet") return NOTHING;
	if (name === "NArg")
		return operands(go).length > 0
			? plain(operands(go).length)
			: { kind: "argument", name: t("an argument"), fallback: plain(0), from: [] };
	if (name === "Args") return list(operands(go), call.at);
	if (name === "Arg") {
		const index = call.positional[0];
		const found = index?.kind === "plain" ? operands(go)[Number(index.value)] : undefined;
		return found ?? { kind: "argument", name: t("an argument"), fallback: plain(""), from: [] };
	}
	return undefined;
};

/** The words of the command behind all flags, when no flag stands before them. */
function operands(go: Go): Thing[] {
	const all = go.run.start.args.map((one) => fromValue(one, plain("")));
	return all.some((one) => textOf(one)?.startsWith("-")) ? [] : all;
}

/** `cmd.Flags().String` is declared on `cmd`, `fs.String` on `fs`, `flag.String` on the package. */
function ownerOf(callee: Library): Library | undefined {
	const of = callee.of;
	return of && /Flags\(\)$/.test(of.origin) ? (of.of ?? of) : of;
}

/** A flag of a command or of one above it. */
export function lookUpFlag(owner: Library, name: string): Thing | undefined {
	let one: Library | undefined = owner;
	for (let depth = 0; one && depth < 20; depth++) {
		const found = flagsOn(one).get(name);
		if (found) return found;
		const parent: Thing | undefined = one.fields.get("#parent");
		one = parent?.kind === "library" ? parent : undefined;
	}
	return undefined;
}
