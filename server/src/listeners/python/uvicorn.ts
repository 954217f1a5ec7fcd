import { readPythonCall } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { serverCommands } from "./serverCommand.ts";

const PORT = "8000";
const ADDRESS = "127.0.0.1";

const serve = readPythonCall({
	port: { keyword: "port", position: 2, byDefault: PORT },
	address: { keyword: "host", position: 1, byDefault: ADDRESS },
	anyAddress: "0.0.0.0",
	insteadOfPort: ["uds", "fd"],
});

/**
 * Uvicorn: 127.0.0.1 and 8000; `--host`, `--port`, `--uds`, `--fd`, each option also as a variable UVICORN_…
 * (www.uvicorn.org, "Settings"). `uvicorn.run` and `uvicorn.Config` take the same by name; a Config is made to be served.
 */
export const uvicorn: Technology = {
	name: "uvicorn",
	title: "Uvicorn",
	calls: {
		python: { "uvicorn.run": serve, "uvicorn.main.run": serve, "uvicorn.Config": serve, "uvicorn.config.Config": serve },
	},
	command: serverCommands([
		{
			names: ["uvicorn"],
			port: { flags: ["--port"], variables: ["UVICORN_PORT"], byDefault: PORT },
			address: { flags: ["--host"], variables: ["UVICORN_HOST"], byDefault: ADDRESS },
			quietWith: ["--uds", "--fd"],
		},
	]),
};
