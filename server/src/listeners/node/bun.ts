import type { Environment } from "../../model/value.ts";
import type { LibraryCall } from "../../source/program.ts";
import type { Endpoint } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { readListen } from "./nodeListen.ts";
import { readOptionsCall, variableOr, withFallback } from "./optionsCall.ts";

/** Bun, "HTTP server: Changing the port and hostname": $BUN_PORT, $PORT, $NODE_PORT, then 3000; `hostname` 0.0.0.0. */
const VARIABLES = ["BUN_PORT", "PORT", "NODE_PORT"];

const serve = readOptionsCall({
	at: [0],
	byDefault: "3000",
	variables: VARIABLES,
	anyAddress: "0.0.0.0",
	instead: ["unix"],
});

/** Bun's servers: `Bun.serve`, an exported `fetch`, and raw sockets (Bun, "TCP", "UDP"). */
export const bun: Technology = {
	name: "bun",
	title: "Bun",
	calls: {
		javascript: {
			"Bun.serve": serve,
			"bun.serve": serve,
			"Bun.export": serve,
			"Bun.listen": readOptionsCall({ at: [0], anyAddress: "0.0.0.0", instead: ["unix"] }),
			"Bun.udpSocket": readOptionsCall({ at: [0], byDefault: "0", anyAddress: "0.0.0.0", protocol: "udp" }),
		},
	},
};

/** Elysia, "listen": a port or the options of `Bun.serve`; on Node through its adapter. */
export const elysia: Technology = {
	name: "elysia",
	title: "Elysia",
	calls: { javascript: { "elysia.Elysia().listen": readElysia, "elysia().listen": readElysia } },
};

function readElysia(call: LibraryCall, environment: Environment): Endpoint {
	const [first] = call.positional;
	if (first === undefined || first.kind === "record" || first.kind === "nothing") return serve(call, environment);
	const read = readListen(call, { address: "0.0.0.0" });
	if (read === "nothing") return read;
	return { ...read, port: withFallback(read.port, variableOr([], "3000", environment, call)), anyAddress: "0.0.0.0" };
}
