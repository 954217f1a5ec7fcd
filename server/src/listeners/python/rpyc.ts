import type { Prediction } from "../../model/port.ts";
import type { Process } from "../../process/process.ts";
import type { LibraryCall } from "../../source/program.ts";
import { commandOf } from "../interpreter.ts";
import { type ReadCall, readPythonCall } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { asksForHelp, isPresent, NOTHING, predictServer } from "./serverCommand.ts";

const SERVERS = ["ThreadedServer", "ThreadPoolServer", "ForkingServer", "GeventServer", "OneShotServer"];

/**
 * RPyC's servers listen on what their constructor is told, on every interface when that names none; port 0 is a free one.
 * `rpyc_classic` listens on 18812, with TLS on 18821 (rpyc.readthedocs.io, "Servers" and "Classic").
 */
export const rpyc: Technology = {
	name: "rpyc",
	title: "RPyC",
	calls: {
		python: Object.fromEntries(
			["rpyc.", "rpyc.utils.server."].flatMap((module) => SERVERS.map((name) => [`${module}${name}`, readServer])),
		),
	},
	command: predictClassic,
};

const onFour = readPythonCall(signature("0.0.0.0"));
const onSix = readPythonCall(signature("::"));

function signature(anyAddress: string): Parameters<typeof readPythonCall>[0] {
	return {
		port: { keyword: "port", position: 3, byDefault: "0" },
		address: { keyword: "hostname", position: 1, byDefault: "" },
		anyAddress,
		insteadOfPort: ["socket_path"],
	};
}

function readServer(call: LibraryCall): ReturnType<ReadCall> {
	const six = call.keywords.get("ipv6") ?? call.positional[2];
	return six?.kind === "known" && six.text === "true" ? onSix(call) : onFour(call);
}

async function predictClassic(process: Process): Promise<Prediction | undefined> {
	const command = commandOf(process);
	if (command === undefined || !/^rpyc_classic(\.py)?$/.test(command.name)) return undefined;
	if (asksForHelp(command.args)) return NOTHING;
	const tls = isPresent(command.args, ["--ssl-keyfile", "--ssl-certfile"]);
	return predictServer(process, command.args, {
		port: { flags: ["-p", "--port"], byDefault: tls ? "18821" : "18812" },
		address: { flags: ["--host"], byDefault: "" },
	});
}
