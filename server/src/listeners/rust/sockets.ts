import { t } from "../../model/message.ts";
import { concat, known, unknown, type Value } from "../../model/value.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import { splitSocketAddress } from "../socketAddress.ts";
import { type Endpoint, plainValue, type ReadCall } from "../sourceCall.ts";

/** Rust, `std::net::ToSocketAddrs`: a text `host:port`, a `SocketAddr`, or a pair of host and port. */
export function readSocket(argument: Argument | undefined, call: LibraryCall): Endpoint {
	if (argument?.kind === "list" && argument.items.length === 2) {
		const [host, port] = argument.items;
		if (host && port) return { port: plainValue(port), address: hostOf(host), anyAddress: "0.0.0.0" };
	}
	if (argument?.kind === "list" && argument.items.length === 1) return readSocket(argument.items[0], call);
	if (!argument || argument.kind === "nothing")
		return { port: unknown(t("no address is given"), call.at), address: known(""), anyAddress: "0.0.0.0" };
	const socket = splitSocketAddress(plainValue(argument));
	return socket === "nothing" ? "nothing" : { ...socket, anyAddress: "0.0.0.0" };
}

/** A host as a text, or as the numbers of an address. */
function hostOf(host: Argument): Value {
	if (host.kind !== "list") return plainValue(host);
	const numbers = host.items.map(plainValue);
	if (numbers.length === 4) return concat(numbers.flatMap((one, i) => (i === 0 ? [one] : [known("."), one])));
	const texts = numbers.map((one) => (one.kind === "known" ? one.text : "?"));
	const isZero = texts.slice(0, -1).every((one) => one === "0");
	return isZero && texts.at(-1) === "0"
		? known("::")
		: isZero && texts.at(-1) === "1"
			? known("::1")
			: unknown(t("the address is not a plain value"));
}

/** The address is the argument at `position`. */
export function socketAt(position: number, protocol?: "udp"): ReadCall {
	return (call) => {
		const endpoint = readSocket(call.positional[position], call);
		if (endpoint === "nothing" || protocol === undefined) return endpoint;
		// A client binds port 0 to be answered at.
		return endpoint.port.kind === "known" && endpoint.port.text === "0" ? "nothing" : { ...endpoint, protocol };
	};
}
