import { t } from "../../model/message.ts";
import { known, unknown, type Value } from "../../model/value.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import { type Endpoint, plainValue } from "../sourceCall.ts";

/** Without an address Node binds the unspecified IPv6 address, which takes IPv4 too (Node.js, net: `server.listen`). */
const ANY = "::";

/**
 * `server.listen` in all its forms (Node.js, net: `server.listen()`): a port with an address or a backlog or neither, an
 * object with `port` and `host`, a path, a handle. Without a port, or with 0, the system chooses one.
 */
export function readNodeListen(call: LibraryCall): Endpoint {
	return readListen(call, {});
}

/** What a framework's `listen` assumes where Node's chooses a port and takes every interface. */
export interface ListenDefaults {
	readonly port?: string;
	readonly address?: string;
}

export function readListen(call: LibraryCall, byDefault: ListenDefaults): Endpoint {
	const [first, ...rest] = call.positional;
	if (first?.kind === "record") return fromOptions(first, call, byDefault);
	if (first?.kind === "object" || first?.kind === "list")
		return endpoint(unknown(t("the port is not a plain value"), call.at), undefined, byDefault);
	if (first === undefined || first.kind === "function" || first.kind === "nothing") return withoutPort(call, byDefault);
	if (first.kind === "known" && /[/\\]/.test(first.text)) return "nothing";
	const port = plainValue(first);
	const fallback = byDefault.port === undefined ? undefined : known(byDefault.port, call.at);
	const settled = (port.kind === "variable" || port.kind === "argument") && !port.fallback && fallback ? { ...port, fallback } : port;
	return endpoint(settled, rest.find(isAddress), byDefault);
}

function fromOptions(options: Extract<Argument, { kind: "record" }>, call: LibraryCall, byDefault: ListenDefaults): Endpoint {
	const { fields } = options;
	const port = fields.get("port");
	const host = fields.get("host") ?? fields.get("hostname");
	if (port === undefined || port.kind === "nothing") {
		if (options.open) return endpoint(unknown(t("the options are not all known"), call.at), undefined, byDefault);
		return fields.has("path") || fields.has("fd") ? "nothing" : { ...withoutPort(call, byDefault), ...addressOf(host, byDefault) };
	}
	return endpoint(plainValue(port), host, byDefault);
}

function withoutPort(call: LibraryCall, byDefault: ListenDefaults): Exclude<Endpoint, "nothing"> {
	const made = endpoint(known(byDefault.port ?? "0", call.at), undefined, byDefault);
	return byDefault.port === undefined ? made : { ...made, byConvention: true };
}

/**
 * Of several possibilities one of which is not known, none is worth naming: `config.port` of a file out of view, or 80 when a
 * condition that nobody can decide holds.
 */
export function whole(value: Value): Value {
	if (value.kind === "variable" || value.kind === "argument") return value.fallback ? { ...value, fallback: whole(value.fallback) } : value;
	return (value.kind === "oneOf" && value.values.map(whole).find((one) => one.kind === "unknown")) || value;
}

function endpoint(port: Value, host: Argument | undefined, byDefault: ListenDefaults): Exclude<Endpoint, "nothing"> {
	return { port: whole(port), ...addressOf(host, byDefault), anyAddress: ANY };
}

function addressOf(host: Argument | undefined, byDefault: ListenDefaults): { readonly address: Value } {
	const otherwise = known(byDefault.address ?? ANY);
	if (host === undefined || host.kind === "nothing") return { address: otherwise };
	const address = plainValue(host);
	const isOpen = (address.kind === "variable" || address.kind === "argument") && !address.fallback;
	return { address: isOpen ? { ...address, fallback: otherwise } : address };
}

/** A number in this place is the backlog, a function the callback. */
function isAddress(argument: Argument): boolean {
	if (argument.kind === "known") return !/^[0-9]*$/.test(argument.text);
	return argument.kind === "variable" || argument.kind === "argument" || argument.kind === "oneOf";
}
