import { type Environment, known, type Value } from "../../model/value.ts";
import type { LibraryCall } from "../../source/program.ts";
import type { Endpoint, ReadCall } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { endpointOf, itemsOf, readAddress } from "./address.ts";

/** Without an address a variable counts, and without that the framework's own port. */
export function readOptionalAddress(variable: string, port: string): ReadCall {
	return (call, environment) => {
		const [address] = itemsOf(call.positional[0]);
		return address ? endpointOf(address, { port }, call) : fromVariable(variable, port, call, environment);
	};
}

function fromVariable(variable: string, port: string, call: LibraryCall, environment: Environment): Endpoint {
	const set = environment.get(variable);
	const value: Value = set ?? { kind: "variable", name: variable, fallback: known(port, call.at), from: [] };
	return { port: value, address: known(""), anyAddress: "::", byConvention: !set };
}

const run = readOptionalAddress("PORT", "8080");

/** Gin (pkg.go.dev/github.com/gin-gonic/gin: Engine.Run): without an address it is PORT, else :8080. */
export const gin: Technology = {
	name: "gin",
	title: "Gin",
	calls: {
		go: Object.fromEntries(
			["Default()", "New()", "Engine{}"].flatMap((engine) => [
				[`github.com/gin-gonic/gin.${engine}.Run`, run],
				[`github.com/gin-gonic/gin.${engine}.RunTLS`, readAddress(0, { port: "443" })],
				[`github.com/gin-gonic/gin.${engine}.RunQUIC`, readAddress(0, { port: "443", protocol: "udp" })],
			]),
		),
	},
};
