import type { LibraryCall } from "../../source/program.ts";
import type { Endpoint } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { readOptionsCall } from "./optionsCall.ts";

/** hapi.dev, API "Server options": `port` 0, `address` 0.0.0.0 unless `host` is given; `server.start()` listens. */
const read = readOptionsCall({ at: ["on"], host: ["address", "host"], byDefault: "0", anyAddress: "0.0.0.0", instead: ["listener"] });

const readStart = (call: LibraryCall, environment: Parameters<typeof read>[1]): Endpoint => read(call, environment);

export const hapi: Technology = {
	name: "hapi",
	title: "hapi",
	calls: {
		javascript: {
			...Object.fromEntries(
				["@hapi/hapi.server", "@hapi/hapi.Server", "hapi.server", "@hapi/glue.compose"].map((make) => [`${make}().start`, readStart]),
			),
			// Version 16: `server.connection({ port })`.
			"hapi.Server().connection": readOptionsCall({ at: [0], byDefault: "0", anyAddress: "0.0.0.0" }),
		},
	},
};
