import { known, unknown, type Value } from "../model/value.ts";
import type { Argument, LibraryCall } from "../source/program.ts";
import type { Claim } from "./listener.ts";

/** What a call claims, without where it comes from; `nothing` for one that opens no port: a Unix socket, a handle. */
export type Endpoint = Pick<Claim, "port" | "address" | "protocol" | "byConvention" | "anyAddress"> | "nothing";

export type ReadCall = (call: LibraryCall) => Endpoint;

/** Where a function's arguments stand and what counts without them. */
export interface Signature {
	readonly port: Parameter;
	readonly address: Parameter;
	/** What the technology binds for an empty address. */
	readonly anyAddress: string;
}

export interface Parameter {
	readonly position?: number;
	readonly keyword?: string;
	/** When the argument is absent or nothing; without one the port is unknown. */
	readonly byDefault?: string;
}

/** Reads calls of Python functions with this signature. */
export function readPythonCall(signature: Signature): ReadCall {
	return (call) => {
		const address = argumentOf(call, signature.address);
		if (address?.kind === "known" && address.text.startsWith("unix:")) return "nothing";
		const port = argumentOf(call, signature.port);
		const absent = port === undefined || port.kind === "nothing";
		return {
			port: settled(port, signature.port.byDefault, call),
			address: settled(address, signature.address.byDefault, call),
			byConvention: absent,
			anyAddress: signature.anyAddress,
		};
	};
}

function argumentOf(call: LibraryCall, { keyword, position }: Parameter): Argument | undefined {
	return (
		(keyword === undefined ? undefined : call.keywords.get(keyword)) ?? (position === undefined ? undefined : call.positional[position])
	);
}

/** The argument's value; a variable that is not set passes None, so the default is its fallback. */
export function settled(argument: Argument | undefined, byDefault: string | undefined, call: LibraryCall): Value {
	const fallback = byDefault === undefined ? undefined : known(byDefault, call.at);
	if (argument === undefined || argument.kind === "nothing") return fallback ?? unknown("no port is given", call.at);
	const value = plainValue(argument);
	return (value.kind === "variable" || value.kind === "argument") && !value.fallback && fallback ? { ...value, fallback } : value;
}

export function plainValue(argument: Argument): Value {
	switch (argument.kind) {
		case "record":
		case "list":
		case "function":
		case "nothing":
			return unknown("the port is not a plain value");
		case "object":
			return unknown(`the value comes from ${argument.origin}`);
		default:
			return argument;
	}
}
