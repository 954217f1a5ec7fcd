import type { Prediction } from "../../model/port.ts";
import { known } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import type { LibraryCall } from "../../source/program.ts";
import { flagValues } from "../commandLine.ts";
import { commandOf } from "../interpreter.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import { type Endpoint, plainValue, type ReadCall, readPythonCall } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { subcommand, unknownCommand } from "./serverCommand.ts";
import { predictTwistedEndpoint, twistedEndpoint } from "./twistedEndpoint.ts";

/**
 * Twisted: `reactor.listenTCP(port, factory, backlog, interface)`, `listenSSL`, `listenUDP`, endpoints, and `twistd web`,
 * which serves on 8080 unless told (docs.twisted.org, IReactorTCP; "Getting Connected with Endpoints"; "twistd web").
 */
export const twisted: Technology = {
	name: "twisted",
	title: "Twisted",
	calls: {
		python: {
			"twisted.internet.reactor.listenTCP": listen(3),
			"twisted.internet.reactor.listenSSL": listen(4),
			"twisted.internet.reactor.listenUDP": (call) => {
				const endpoint = listen(2)(call, new Map());
				return endpoint === "nothing" ? endpoint : { ...(endpoint as Endpoint & object), protocol: "udp" };
			},
			"twisted.application.internet.TCPServer": (call) => listen(3)(call, new Map()),
			"twisted.internet.endpoints.TCP4ServerEndpoint": endpoint("0.0.0.0"),
			"twisted.internet.endpoints.TCP6ServerEndpoint": endpoint("::"),
			"twisted.internet.endpoints.serverFromString": readString,
		},
	},
	command: predictTwistd,
};

function listen(position: number): ReadCall {
	return readPythonCall({
		port: { keyword: "port", position: 0 },
		address: { keyword: "interface", position, byDefault: "" },
		anyAddress: "0.0.0.0",
	});
}

function endpoint(anyAddress: string): ReadCall {
	return readPythonCall({
		port: { keyword: "port", position: 1 },
		address: { keyword: "interface", position: 3, byDefault: "" },
		anyAddress,
	});
}

function readString(call: LibraryCall): Endpoint {
	const text = call.positional[1] ?? call.keywords.get("description");
	const found = text && twistedEndpoint(plainValue(text));
	return found ? { ...found, anyAddress: "0.0.0.0" } : "nothing";
}

async function predictTwistd(process: Process): Promise<Prediction | undefined> {
	const command = commandOf(process);
	if (!command || !/^twist(d3?)?$/.test(command.name)) return undefined;
	const web = subcommand(command.args, ["web"]);
	if (!web) return unknownCommand(process, command.name);
	const given = [...flagValues(web.options, ["--listen"]), ...flagValues(web.options, ["-p", "--port"])];
	if (given.length > 0) return mergePredictions(given.map((one) => predictTwistedEndpoint(process, one)));
	return predictClaim({ port: known("8080"), address: known(""), byConvention: true, anyAddress: "0.0.0.0", evidence: process.evidence });
}
