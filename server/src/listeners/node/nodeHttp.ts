import type { Technology } from "../technology.ts";
import { readNodeListen } from "./nodeListen.ts";

/**
 * The servers of Node's own modules. All of them inherit `listen` from net.Server (Node.js, http: class `http.Server`,
 * https, http2, tls, net).
 */
export const nodeHttp: Technology = {
	name: "node-http",
	title: "Node.js",
	calls: {
		javascript: Object.fromEntries(
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
	},
};
