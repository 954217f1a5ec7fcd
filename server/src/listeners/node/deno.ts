import type { Environment } from "../../model/value.ts";
import type { LibraryCall } from "../../source/program.ts";
import type { Endpoint } from "../sourceCall.ts";
import { plainValue } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { fieldOf, readAddressText, readOptionsCall } from "./optionsCall.ts";

const serve = readOptionsCall({ at: [0, 1], byDefault: "8000", anyAddress: "0.0.0.0", instead: ["path"] });
const listen = readOptionsCall({ at: [0], byDefault: "0", anyAddress: "0.0.0.0", instead: ["path"] });

/**
 * Deno: `Deno.serve` listens on 8000 of all interfaces unless told, `Deno.listen` on a port that it must be told (Deno, API:
 * `Deno.serve`, `Deno.listen`, `Deno.listenDatagram`); the standard library's `serve` has the same defaults.
 */
export const deno: Technology = {
	name: "deno",
	title: "Deno",
	calls: {
		javascript: {
			"Deno.serve": serve,
			"Deno.export": readOptionsCall({ at: [1], byDefault: "8000", anyAddress: "0.0.0.0" }),
			"Deno.listen": listen,
			"Deno.listenTls": listen,
			"Deno.listenDatagram": readOptionsCall({ at: [0], byDefault: "0", anyAddress: "0.0.0.0", protocol: "udp" }),
			"@std/http/server.serve": serve,
			"@std/http.serve": serve,
			"@std/http/server.serveTls": readOptionsCall({ at: [1], byDefault: "8443", anyAddress: "0.0.0.0" }),
			"@std/http/server.listenAndServe": readListenAndServe,
			// fresh.deno.dev, "Server configuration".
			"$fresh/server.ts.start": readOptionsCall({ at: [1], byDefault: "8000", anyAddress: "0.0.0.0" }),
		},
	},
};

function readListenAndServe(call: LibraryCall, environment: Environment): Endpoint {
	const [first] = call.positional;
	return first && first.kind !== "record" ? readAddressText(plainValue(first), "0.0.0.0") : serve(call, environment);
}

/** oak: `app.listen({ port: 8000 })`, `app.listen(":8000")` (oakserver.github.io, "Application: Methods"). */
export const oak: Technology = {
	name: "oak",
	title: "oak",
	calls: { javascript: { "oak.Application().listen": readOak, "@oak/oak.Application().listen": readOak } },
};

const readOakOptions = readOptionsCall({ at: [0], byDefault: "0", anyAddress: "0.0.0.0" });

function readOak(call: LibraryCall, environment: Environment): Endpoint {
	const [first] = call.positional;
	const isText = first && first.kind !== "record" && first.kind !== "nothing" && !fieldOf(first, "port");
	return isText ? readAddressText(plainValue(first), "0.0.0.0") : readOakOptions(call, environment);
}
