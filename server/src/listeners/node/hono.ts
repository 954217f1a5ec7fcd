import type { Technology } from "../technology.ts";
import { readOptionsCall } from "./optionsCall.ts";

/** Hono on Node: `serve({ fetch, port, hostname })` listens on 3000 unless told (hono.dev, "Node.js": "Change port number"). */
export const hono: Technology = {
	name: "hono",
	title: "Hono",
	calls: { javascript: { "@hono/node-server.serve": readOptionsCall({ at: [0], byDefault: "3000" }) } },
};
