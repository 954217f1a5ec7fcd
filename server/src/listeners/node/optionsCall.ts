import { t } from "../../model/message.ts";
import { type Environment, known, mapText, unknown, type Value } from "../../model/value.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import { type Endpoint, plainValue } from "../sourceCall.ts";
import { whole } from "./nodeListen.ts";

/** How a call takes its port and address in an object of options. */
export interface OptionsSignature {
	/** Places where the options may stand; the first that holds an object counts. `on`: what the method's object was made with. */
	readonly at: readonly (number | "on")[];
	/** Names on the way to the object with port and host: `["listen"]` of `{ listen: { port } }`. */
	readonly within?: readonly string[];
	readonly port?: readonly string[];
	readonly host?: readonly string[];
	/** Without a port: the technology's own, the system's choice (`"0"`), or, when absent, nothing is opened. */
	readonly byDefault?: string;
	/** Variables that the library itself looks at before its default, the first that is set. */
	readonly variables?: readonly string[];
	/** Without a host. */
	readonly address?: string;
	readonly hostVariables?: readonly string[];
	readonly anyAddress?: string;
	/** Options with which no port is opened: `server`, `unix`. */
	readonly instead?: readonly string[];
	readonly protocol?: "udp";
}

/** Reads calls that take `{ port, host }`. */
export function readOptionsCall(signature: OptionsSignature): (call: LibraryCall, environment: Environment) => Endpoint {
	const { at, within = [], port = ["port"], host = ["host", "hostname"], anyAddress = "::", address = anyAddress } = signature;
	return (call, environment) => {
		const places = at.flatMap((place) => (place === "on" ? madeWith(call.on) : (call.positional[place] ?? [])));
		const outer = places.find((one) => one.kind === "record") ?? places.find((one) => one.kind === "object");
		const doubtful = places.find((one) => one.kind === "unknown");
		const options = within.reduce<Argument | undefined>((one, name) => fieldOf(one, name), outer);
		if ((signature.instead ?? []).some((name) => given(fieldOf(options, name)))) return "nothing";
		const written = port.map((name) => fieldOf(options, name)).find(given);
		const open = [outer, options].some((one) => one?.kind === "record" && one.open) || (outer === undefined && doubtful !== undefined);
		if (!written && open) return { port: unknown(t("the options are not all known"), call.at), address: known(address), anyAddress };
		const missing = variableOr(signature.variables ?? [], signature.byDefault, environment, call);
		if (!written && !missing) return "nothing";
		const hostGiven = host.map((name) => fieldOf(options, name)).find(given);
		const set = (signature.hostVariables ?? []).map((name) => environment.get(name)).find((one) => one !== undefined);
		const otherwise = set ?? known(address);
		return {
			port: written ? whole(withFallback(plainValue(written), missing)) : (missing ?? unknown(t("no port is given"), call.at)),
			address: hostGiven ? withFallback(plainValue(hostGiven), otherwise) : otherwise,
			byConvention: !written && missing?.kind === "known" && missing.from.at(-1) === call.at,
			anyAddress,
			...(signature.protocol ? { protocol: signature.protocol } : {}),
		};
	};
}

/** A variable that is not set passes undefined, so the default is its fallback. */
export function withFallback(value: Value, missing: Value | undefined): Value {
	if ((value.kind === "variable" || value.kind === "argument") && missing)
		return { ...value, fallback: value.fallback ? withFallback(value.fallback, missing) : missing };
	return value;
}

/** The first of the variables that is set, else the default, which the first variable may override. */
export function variableOr(
	variables: readonly string[],
	byDefault: string | undefined,
	environment: Environment,
	call: Pick<LibraryCall, "at">,
): Value | undefined {
	const set = variables.map((name) => environment.get(name)).find((one) => one !== undefined);
	if (set) return set;
	if (byDefault === undefined) return undefined;
	const [name] = variables;
	const fallback = known(byDefault, call.at);
	return name === undefined ? fallback : { kind: "variable", name, fallback, from: [] };
}

export function fieldOf(of: Argument | undefined, name: string): Argument | undefined {
	return of?.kind === "record" || of?.kind === "object" ? of.fields.get(name) : undefined;
}

export function given(argument: Argument | undefined): argument is Argument {
	return argument !== undefined && argument.kind !== "nothing";
}

/** What the object was made with, and the object itself, on which a program may have set something. */
function madeWith(on: Argument | undefined): readonly Argument[] {
	const made = fieldOf(on, " arguments");
	return [...(made?.kind === "list" ? made.items : []), ...(on ? [on] : [])];
}

/** `host:port`, `:port` or `port` in one text, as an endpoint. */
export function readAddressText(value: Value, anyAddress: string): Endpoint {
	return {
		port: mapText(value, (text, from) => known(/:([0-9]+)$/.exec(text)?.[1] ?? text, ...from)),
		address: mapText(value, (text, from) => known(/^(?:\w+:\/\/)?(.*):[0-9]+$/.exec(text)?.[1] ?? "", ...from)),
		anyAddress,
	};
}
