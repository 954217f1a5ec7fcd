import { t } from "../../model/message.ts";
import { known } from "../../model/value.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import { type Endpoint, settled } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";

/**
 * CherryPy: 127.0.0.1:8080, or what `server.socket_host` and `server.socket_port` say in `cherrypy.config`, in the
 * `global` section that `quickstart` is given, or on `cherrypy.server` (docs.cherrypy.dev, "Basics: Configuring").
 */
export const cherrypy: Technology = {
	name: "cherrypy",
	title: "CherryPy",
	calls: { python: { "cherrypy.quickstart": readStart, "cherrypy.engine.start": readStart } },
};

function readStart(call: LibraryCall): Endpoint {
	// `cherrypy.engine.start` is called on the engine; what it serves stands on the module.
	const module = fieldsOf(call.on);
	const config = fieldsOf(module.get("config"));
	const server = fieldsOf(module.get("server"));
	const given = call.keywords.get("config") ?? call.positional[2];
	const global = fieldsOf(fieldsOf(given).get("global"));
	if (given && given.kind !== "record" && given.kind !== "nothing")
		return {
			port: { kind: "unknown", reason: t("CherryPy's settings are not in view"), at: call.at },
			address: known(""),
			anyAddress: "0.0.0.0",
		};
	const find = (name: string): Argument | undefined =>
		global.get(`server.${name}`) ?? fieldsOf(given).get(`server.${name}`) ?? config.get(`server.${name}`) ?? server.get(name);
	const port = find("socket_port");
	return {
		port: settled(port, "8080", call),
		address: settled(find("socket_host"), "127.0.0.1", call),
		byConvention: port === undefined,
		anyAddress: "0.0.0.0",
	};
}

function fieldsOf(argument: Argument | undefined): ReadonlyMap<string, Argument> {
	return argument?.kind === "object" || argument?.kind === "record" ? argument.fields : new Map();
}
