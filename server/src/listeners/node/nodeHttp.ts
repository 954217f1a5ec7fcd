import { type Environment, known } from "../../model/value.ts";
import type { LibraryCall } from "../../source/program.ts";
import { type Endpoint, plainValue } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { readNodeListen } from "./nodeListen.ts";
import { readOptionsCall } from "./optionsCall.ts";

/**
 * The servers of Node's own modules. All of them inherit `listen` from net.Server (Node.js, http: class `http.Server`,
 * https, http2, tls, net); a datagram socket receives from `bind` on (Node.js, dgram: `socket.bind`).
 */
export const nodeHttp: Technology = {
	name: "node-http",
	title: "Node.js",
	calls: {
		javascript: {
			...Object.fromEntries(
				[
					"http.createServer",
					"http.Server",
					"https.createServer",
					"https.Server",
					"http2.createServer",
					"http2.createSecureServer",
					"net.createServer",
					"net.Server",
					"tls.createServer",
					"tls.Server",
				].map((make) => [`${make}().listen`, readNodeListen]),
			),
			"dgram.createSocket().bind": readBind,
			"dgram.Socket().bind": readBind,
		},
	},
};

const fromOptions = readOptionsCall({ at: [0], host: ["address"], byDefault: "0", anyAddress: "0.0.0.0", protocol: "udp" });

function readBind(call: LibraryCall, environment: Environment): Endpoint {
	const [port, address] = call.positional;
	if (port === undefined || port.kind === "record" || port.kind === "function" || port.kind === "nothing")
		return fromOptions(call, environment);
	const host = address && address.kind !== "function" && address.kind !== "nothing" ? plainValue(address) : known("0.0.0.0");
	return { port: plainValue(port), address: host, anyAddress: "0.0.0.0", protocol: "udp" };
}
