import type { Technology } from "../technology.ts";
import { serverCommands } from "./serverCommand.ts";

/**
 * The FastAPI command line: `fastapi run` serves on every interface, `fastapi dev` on 127.0.0.1, both on 8000 or what
 * `--port`, and in newer versions PORT, says (fastapi.tiangolo.com, "FastAPI CLI").
 */
export const fastapi: Technology = {
	name: "fastapi",
	title: "FastAPI CLI",
	command: serverCommands(
		[
			{
				names: ["fastapi", "fastapi_cli"],
				verbs: ["run"],
				port: { flags: ["--port"], variables: ["PORT"], byDefault: "8000" },
				address: { flags: ["--host"], byDefault: "0.0.0.0" },
			},
			{
				names: ["fastapi", "fastapi_cli"],
				verbs: ["dev"],
				port: { flags: ["--port"], variables: ["PORT"], byDefault: "8000" },
				address: { flags: ["--host"], byDefault: "127.0.0.1" },
			},
		],
		["deploy", "login", "logout"],
	),
};
