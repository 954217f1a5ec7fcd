import { t } from "../model/message.ts";
import { type Environment, known, unknown, type Value } from "../model/value.ts";
import type { Argument, LibraryCall } from "../source/program.ts";
import type { Claim } from "./listener.ts";

/** What a call claims, without where it comes from; `nothing` for one that opens no port: a Unix socket, a handle. */
export type Endpoint = Pick<Claim, "port" | "address" | "protocol" | "byConvention" | "anyAddress"> | "nothing";

/** What a call listens on: one endpoint, or several of a call that takes a list. `environment` is the process's. */
export type ReadCall = (call: LibraryCall, environment: Environment) => Endpoint | readonly Endpoint[] | undefined;

/** Where a function's arguments stand and what counts without them. */
export interface Signature {
	readonly port: Parameter;
	readonly address: Parameter;
	/** What the technology binds for an empty address. */
	readonly anyAddress: string;
	/** Keywords with which the call takes a Unix socket or an open handle instead of a port. */
	readonly insteadOfPort?: readonly string[];
}

export interface Parameter {
	readonly position?: number;
	readonly keyword?: string;
	/** When the argument is absent or nothing; without one the port is unknown. */
	readonly byDefault?: string;
	/** The environment variable that the library itself looks at when the argument is absent. */
	readonly variable?: string;
}

/** Reads calls of Python functions with this signature. */
export function readPythonCall(signature: Signature): (call: LibraryCall, environment?: Environment) => Endpoint {
	return (call, environment) => {
		const address = argumentOf(call, signature.address);
		if (address?.kind === "known" && address.text.startsWith("unix:")) return "nothing";
		if (signature.insteadOfPort?.some((keyword) => isGiven(call.keywords.get(keyword)))) return "nothing";
		const port = argumentOf(call, signature.port);
		const variable = signature.port.variable === undefined ? undefined : environment?.get(signature.port.variable);
		return {
			port: withVariable(port, signature.port, call, environment),
			address: withVariable(address, signature.address, call, environment),
			byConvention: !isGiven(port) && variable === undefined,
			anyAddress: signature.anyAddress,
		};
	};
}

function withVariable(
	argument: Argument | undefined,
	parameter: Parameter,
	call: LibraryCall,
	environment: Environment | undefined,
): Value {
	const set = parameter.variable === undefined || isGiven(argument) ? undefined : environment?.get(parameter.variable);
	return set ?? settled(argument, parameter.byDefault, call);
}

/** Whether an argument is there and is not None. */
export function isGiven(argument: Argument | undefined): boolean {
	return argument !== undefined && argument.kind !== "nothing";
}

/** The argument that a call gives for a parameter, by its name or its place. */
export function argumentOf(call: LibraryCall, { keyword, position }: Parameter): Argument | undefined {
	return (
		(keyword === undefined ? undefined : call.keywords.get(keyword)) ??
		(position === undefined ? undefined : call.positional[position]) ??
		// `run(**options)`: it may be among those.
		(keyword === undefined ? undefined : call.keywords.get("**"))
	);
}

/** The argument's value; a variable that is not set passes None, so the default is its fallback. */
export function settled(argument: Argument | undefined, byDefault: string | undefined, call: LibraryCall): Value {
	const fallback = byDefault === undefined ? undefined : known(byDefault, call.at);
	if (argument === undefined || argument.kind === "nothing") return fallback ?? unknown(t("no port is given"), call.at);
	const value = plainValue(argument);
	return (value.kind === "variable" || value.kind === "argument") && !value.fallback && fallback ? { ...value, fallback } : value;
}

export function plainValue(argument: Argument): Value {
	switch (argument.kind) {
		case "record":
		case "list":
		case "function":
		case "nothing":
			return unknown(t("the port is not a plain value"));
		case "object":
			return unknown(t("the value comes from {0}", argument.origin));
		default:
			return argument;
	}
}
