import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { known, unknown } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { normalize } from "../../source/core/paths.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import { openQuestion } from "../claims.ts";
import { textOf } from "../commandLine.ts";
import { mergePredictions } from "../listener.ts";
import { predictCalls, withSpawned } from "../program.ts";
import { splitSocketAddress } from "../socketAddress.ts";
import { type Endpoint, plainValue, type ReadCall, settled } from "../sourceCall.ts";
import { spawnedBy } from "../spawned.ts";
import type { Scene, Technology } from "../technology.ts";
import { rubyCommand } from "./rubyCommand.ts";
import { predictSinatra } from "./sinatra.ts";

/**
 * Programs in Ruby, by the servers that their source makes: WEBrick (`HTTPServer.new`), sockets (Ruby, `TCPServer.new`,
 * `UDPSocket#bind`, `Socket.tcp_server_loop`), handlers of Rack (`Rackup::Handler::X.run`), gRPC (`add_http2_port`),
 * EventMachine (`start_server`), DRb (`start_service`) and Sinatra.
 */
export const rubyProgram: Technology = {
	name: "ruby",
	title: "Ruby",
	calls: {
		ruby: {
			"TCPServer.new": hostAndPort,
			"TCPServer.open": hostAndPort,
			"Socket.tcp_server_loop": hostAndPort,
			"Socket.udp_server_loop": (call) => over("udp", hostAndPort(call)),
			"UDPSocket.new().bind": (call) => over("udp", hostAndPort(call)),
			"WEBrick::HTTPServer.new": options("Port", "BindAddress", "80", "0.0.0.0"),
			"WEBrick::HTTPProxyServer.new": options("Port", "BindAddress", "80", "0.0.0.0"),
			"Rack::Server.start": options("Port", "Host", "9292", "127.0.0.1"),
			"Rackup::Server.start": options("Port", "Host", "9292", "127.0.0.1"),
			...Object.fromEntries(
				["Rack", "Rackup"].flatMap((rack) => [
					[`${rack}::Handler::Puma.run`, options("Port", "Host", "9292", "0.0.0.0")],
					[`${rack}::Handler::WEBrick.run`, options("Port", "Host", "8080", "0.0.0.0")],
					[`${rack}::Handler::Thin.run`, options("Port", "Host", "8080", "0.0.0.0")],
					[`${rack}::Handler::Falcon.run`, options("Port", "Host", "9292", "127.0.0.1")],
				]),
			),
			"GRPC::RpcServer.new().add_http2_port": oneText,
			"DRb.start_service": oneText,
			"EventMachine.start_server": hostAndPort,
			"EM.start_server": hostAndPort,
			"EventMachine.open_datagram_socket": (call) => over("udp", hostAndPort(call)),
			"Thin::Server.start": hostAndPort,
			"Thin::Server.new": hostAndPort,
			"Puma::Server.new().add_tcp_listener": hostAndPort,
			"Agoo::Server.init": ({ positional: [port] }) =>
				port ? { port: plainValue(port), address: known("0.0.0.0"), anyAddress: "0.0.0.0" } : "nothing",
			"Iodine.listen": options("port", "address", "3000", "0.0.0.0"),
		},
	},
	command: predictRubyProgram,
};

/** `(host, port)` or `(port)`; a text in front of a number is the host. */
function hostAndPort({ positional, at }: LibraryCall): Endpoint {
	const [first, second] = positional;
	if (first?.kind === "known" && first.text.startsWith("/")) return "nothing";
	const two = second !== undefined && second.kind !== "function";
	const port = two ? second : first;
	if (!port || port.kind === "nothing") return { port: unknown(t("no port is given"), at), address: known(""), anyAddress: "0.0.0.0" };
	const address = two && first && first.kind !== "nothing" ? plainValue(first) : known("");
	return { port: plainValue(port), address, anyAddress: "0.0.0.0" };
}

function options(portName: string, addressName: string, port: string, address: string): ReadCall {
	return (call) => {
		const record = call.positional.find((one) => one.kind === "record");
		const field = (name: string): Argument | undefined =>
			call.keywords.get(name) ?? (record?.kind === "record" ? record.fields.get(name) : undefined);
		const given = field(portName);
		const open = call.keywords.has("**") ? unknown(t("options that are not known"), call.at) : undefined;
		return {
			port: given ? settled(given, port, call) : (open ?? settled(undefined, port, call)),
			address: settled(field(addressName), address, call),
			byConvention: given === undefined,
			anyAddress: "0.0.0.0",
		};
	};
}

function oneText({ positional: [first] }: LibraryCall): Endpoint {
	const socket = first ? splitSocketAddress(plainValue(first)) : "nothing";
	return socket === "nothing" ? "nothing" : { ...socket, anyAddress: "0.0.0.0" };
}

function over(protocol: "udp", endpoint: Endpoint): Endpoint {
	return endpoint === "nothing" ? endpoint : { ...endpoint, protocol };
}

async function predictRubyProgram(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const program = textOf(process.argv[0]);
	const command = rubyCommand(process);
	const script = command?.script ?? (program?.endsWith(".rb") ? program : undefined);
	if (!command || script === undefined) return /(^|\/)j?ruby[0-9.]*$/.test(program ?? "") ? rubyOneLiner(process) : undefined;
	const result = await scene.sources.run("ruby", {
		entry: { kind: "path", path: normalize(script.startsWith("/") ? script : `${process.cwd}/${script}`) },
		main: true,
		args: command.args,
		cwd: process.cwd,
		environment: process.environment,
		files: scene.files,
		budget: scene.budget,
		evidence: process.evidence,
	});
	const sinatra = predictSinatra(process, result, command.args);
	const table = new Map(Object.entries(rubyProgram.calls?.ruby ?? {}));
	const calls = predictCalls(process, sinatra ? { ...result, strangers: [] } : result, table, command.name);
	const own = sinatra ? mergePredictions([sinatra, calls]) : calls;
	return scene.predict ? withSpawned(own, spawnedBy(process, result, "ruby"), scene, scene.predict) : own;
}

/** `ruby -run -e httpd . -p 8080` (Ruby, un.rb); other code on the command line is not read. */
function rubyOneLiner(process: Process): Prediction {
	const words = process.argv.map((one) => textOf(one));
	const reason =
		words.includes("-run") || words.includes("-rune") ? t("ruby -run is not followed") : t("the program is given with ruby -e");
	return openQuestion(process, words.length === 1 ? t("the program comes from standard input") : reason);
}
