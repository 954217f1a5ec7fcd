import type { Prediction } from "../../model/port.ts";
import { known } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import type { LibraryCall } from "../../source/program.ts";
import { flagValue, operands } from "../commandLine.ts";
import { commandOf } from "../interpreter.ts";
import { predictClaim } from "../listener.ts";
import { type Endpoint, isGiven, type ReadCall, readPythonCall } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { endpointOf } from "./binding.ts";
import { byDefault } from "./serverCommand.ts";

/** Classes that bind what they are made with: `Class((host, port), handler)`. */
const TCP_SERVERS = [
	"http.server.HTTPServer",
	"http.server.ThreadingHTTPServer",
	"http.server.HTTPSServer",
	"http.server.ThreadingHTTPSServer",
	"BaseHTTPServer.HTTPServer",
	"socketserver.TCPServer",
	"socketserver.ThreadingTCPServer",
	"socketserver.ForkingTCPServer",
	"SocketServer.TCPServer",
	"SocketServer.ThreadingTCPServer",
	"SocketServer.ForkingTCPServer",
	"xmlrpc.server.SimpleXMLRPCServer",
	"xmlrpc.server.DocXMLRPCServer",
	"SimpleXMLRPCServer.SimpleXMLRPCServer",
	"wsgiref.simple_server.WSGIServer",
	"smtpd.SMTPServer",
];

const UDP_SERVERS = [
	"socketserver.UDPServer",
	"socketserver.ThreadingUDPServer",
	"socketserver.ForkingUDPServer",
	"SocketServer.UDPServer",
	"SocketServer.ThreadingUDPServer",
];

const LOOPS = ["get_event_loop", "get_running_loop", "new_event_loop"].map((name) => `asyncio.${name}()`);

/** asyncio: without a host, every interface (Python, "Event Loop: create_server"). */
const stream = readPythonCall({
	port: { keyword: "port", position: 2 },
	address: { keyword: "host", position: 1, byDefault: "" },
	anyAddress: "0.0.0.0",
	insteadOfPort: ["sock"],
});

const makeServer = readPythonCall({
	port: { keyword: "port", position: 1 },
	address: { keyword: "host", position: 0, byDefault: "" },
	anyAddress: "0.0.0.0",
});

/**
 * The servers of Python's standard library: http.server (`python -m http.server [PORT] [-b ADDRESS]`, 8000 on every
 * interface), socketserver, xmlrpc.server, wsgiref, asyncio's streams and loops, and plain sockets
 * (docs.python.org, "The Python Standard Library", each module's page).
 */
export const standardLibrary: Technology = {
	name: "python-standard-library",
	title: "Python",
	calls: {
		python: {
			...table(TCP_SERVERS, (call) =>
				endpointOf(call.positional[0] ?? call.keywords.get("server_address") ?? call.keywords.get("addr"), call),
			),
			...table(UDP_SERVERS, (call) => endpointOf(call.positional[0] ?? call.keywords.get("server_address"), call, "udp")),
			"wsgiref.simple_server.make_server": makeServer,
			"http.server.test": readPythonCall({
				port: { keyword: "port", byDefault: "8000" },
				address: { keyword: "bind", byDefault: "" },
				anyAddress: "0.0.0.0",
			}),
			"asyncio.start_server": stream,
			...table(
				LOOPS.map((loop) => `${loop}.create_server`),
				stream,
			),
			...table(
				LOOPS.map((loop) => `${loop}.create_datagram_endpoint`),
				readDatagram,
			),
			"socket.socket().listen": (call) => readSocket(call, "tcp"),
			"socket.socket().bind": (call) => (isDatagram(call) ? readSocket(call, "udp") : "nothing"),
			"socket.create_server": (call) => endpointOf(call.positional[0] ?? call.keywords.get("address"), call),
			"multiprocessing.connection.Listener": (call) => endpointOf(call.positional[0] ?? call.keywords.get("address"), call),
		},
	},
	command: predictModule,
};

function table(names: readonly string[], read: ReadCall): Record<string, ReadCall> {
	return Object.fromEntries(names.map((name) => [name, read]));
}

/** `create_datagram_endpoint(protocol, local_addr=(host, port))`; without a local address it only sends. */
function readDatagram(call: LibraryCall): Endpoint {
	const local = call.keywords.get("local_addr") ?? call.positional[1];
	return isGiven(local) ? endpointOf(local, call, "udp") : "nothing";
}

/** The evaluator keeps on a socket what it was bound to. A socket that was never bound gets a port from the system. */
function readSocket(call: LibraryCall, protocol: "tcp" | "udp"): Endpoint {
	if (isLocal(call)) return "nothing";
	const bound = call.on?.kind === "object" ? call.on.fields.get("(bound)") : undefined;
	return bound ? endpointOf(bound, call, protocol) : "nothing";
}

function familyOf(call: LibraryCall, position: 0 | 1): string {
	const fields = call.on?.kind === "object" ? call.on.fields : undefined;
	const given = fields?.get(`(${position})`) ?? fields?.get(position === 0 ? "family" : "type");
	return given?.kind === "object" ? given.origin : "";
}

function isLocal(call: LibraryCall): boolean {
	return /AF_(UNIX|NETLINK|PACKET|CAN)/.test(familyOf(call, 0));
}

function isDatagram(call: LibraryCall): boolean {
	return /SOCK_DGRAM/.test(familyOf(call, 1));
}

async function predictModule(process: Process): Promise<Prediction | undefined> {
	const command = commandOf(process);
	if (!command || !/^(http\.server|SimpleHTTPServer|CGIHTTPServer)$/.test(command.name)) return undefined;
	const withValue = ["-b", "--bind", "-d", "--directory", "-p", "--protocol", "--tls-cert", "--tls-key", "--tls-password-file"];
	const port = operands(command.args, withValue)[0]?.value;
	return predictClaim({
		port: port ?? byDefault(process, command.args, "8000"),
		address: flagValue(command.args, ["-b", "--bind"]) ?? known(""),
		byConvention: port === undefined,
		anyAddress: "0.0.0.0",
		evidence: process.evidence,
	});
}
