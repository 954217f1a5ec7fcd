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
	const [first, ...rest] = call.positional;
	if (first?.kind === "record") return fromOptions(first.fields, call);
	if (first?.kind === "object" || first?.kind === "list") return endpoint(unknown("the port is not a plain value", call.at), undefined);
	if (first === undefined || first.kind === "function" || first.kind === "nothing") return endpoint(known("0", call.at), undefined);
	if (first.kind === "known" && /[/\\]/.test(first.text)) return "nothing";
	return endpoint(plainValue(first), rest.find(isAddress));
}

function fromOptions(options: ReadonlyMap<string, Argument>, call: LibraryCall): Endpoint {
	const port = options.get("port");
	if (port === undefined || port.kind === "nothing")
		return options.has("path") || options.has("fd") ? "nothing" : endpoint(known("0", call.at), undefined);
	return endpoint(plainValue(port), options.get("host"));
}

function endpoint(port: Value, host: Argument | undefined): Endpoint {
	const address = host === undefined || host.kind === "nothing" ? known(ANY) : plainValue(host);
	return { port, address, anyAddress: ANY };
}

/** A number in this place is the backlog, a function the callback. */
function isAddress(argument: Argument): boolean {
	if (argument.kind === "known") return !/^[0-9]*$/.test(argument.text);
	return argument.kind === "variable" || argument.kind === "argument" || argument.kind === "oneOf";
}
