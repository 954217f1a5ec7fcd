import type { Prediction } from "../../model/port.ts";
import { known, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import type { LibraryCall } from "../../source/program.ts";
import { flagValues } from "../commandLine.ts";
import { commandOf } from "../interpreter.ts";
import { mergePredictions } from "../listener.ts";
import { type Endpoint, isGiven, plainValue, readPythonCall } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { bindingOf, predictBinding } from "./binding.ts";
import { asksForHelp, NOTHING, predictServer } from "./serverCommand.ts";

const DEFAULTS = { port: "8080", address: "0.0.0.0" };

/**
 * Waitress: 0.0.0.0 and 8080; `host`, `port`, or `listen` with several addresses, or a Unix socket, as flags of
 * `waitress-serve` and as keywords of `serve` (docs.pylonsproject.org/projects/waitress, "Arguments to waitress.serve").
 */
export const waitress: Technology = {
	name: "waitress",
	title: "Waitress",
	calls: { python: { "waitress.serve": readServe, "waitress.create_server": readServe, "waitress.server.create_server": readServe } },
	command: predictWaitress,
};

const byPort = readPythonCall({
	port: { keyword: "port", byDefault: DEFAULTS.port },
	address: { keyword: "host", byDefault: DEFAULTS.address },
	anyAddress: "0.0.0.0",
	insteadOfPort: ["unix_socket", "sockets"],
});

function readServe(call: LibraryCall): Endpoint | readonly Endpoint[] {
	const listen = call.keywords.get("listen");
	return listen && isGiven(listen) ? listenEndpoints(plainValue(listen)) : byPort(call);
}

function listenEndpoints(listen: Value): Endpoint[] {
	return separate(listen).map((one): Endpoint => {
		const binding = bindingOf(one, DEFAULTS);
		return binding ? { ...binding, anyAddress: "0.0.0.0" } : "nothing";
	});
}

/** Addresses with blanks between. */
function separate(listen: Value): Value[] {
	if (listen.kind !== "known") return [listen];
	return listen.text
		.split(/\s+/)
		.filter(Boolean)
		.map((text) => known(text, ...listen.from));
}

async function predictWaitress(process: Process): Promise<Prediction | undefined> {
	const command = commandOf(process);
	if (!command || !/^waitress(-serve)?$/.test(command.name)) return undefined;
	if (asksForHelp(command.args)) return NOTHING;
	const listen = flagValues(command.args, ["--listen"]).flatMap(separate);
	if (listen.length > 0) return mergePredictions(listen.map((one) => predictBinding(process, one, DEFAULTS)));
	return predictServer(process, command.args, {
		port: { flags: ["--port"], byDefault: DEFAULTS.port },
		address: { flags: ["--host"], byDefault: DEFAULTS.address },
		quietWith: ["--unix-socket"],
	});
}
