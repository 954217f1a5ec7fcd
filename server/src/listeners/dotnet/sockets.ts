import { known, type Value } from "../../model/value.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import type { Claim } from "../listener.ts";
import { type Endpoint, plainValue } from "../sourceCall.ts";
import { ipAddress } from "./kestrel.ts";
import { bindingsOf } from "./urls.ts";

/**
 * Servers of .NET beside Kestrel, by the constructor or method that binds them: TcpListener, UdpClient, HttpListener,
 * Socket (.NET API, System.Net and System.Net.Sockets), Grpc.Core's Server (Grpc.Core API, `ServerPort`) and the metric
 * servers of prometheus-net ("Kestrel stand-alone server").
 */
export const SOCKETS: Readonly<Record<string, (call: LibraryCall) => readonly Endpoint[]>> = {
	"new TcpListener": ({ positional: [first, second] }) => (second ? [endpoint(second, ipAddress(first))] : ofEndPoint(first)),
	"TcpListener.Create": ({ positional: [port] }) => (port ? [endpoint(port, known("::"))] : []),
	"new UdpClient": ({ positional: [first, second] }) => {
		// With a host name and a port it is a client that connects.
		if (second !== undefined && !/Family/.test(second.kind === "object" ? second.origin : "")) return [];
		if (first?.kind === "object" && first.origin === "IPEndPoint") return ofEndPoint(first, "udp");
		return first && first.kind !== "object" ? [endpoint(first, known("0.0.0.0"), "udp")] : [];
	},
	"Prefixes.Add": ({ positional: [prefix] }) =>
		prefix ? bindingsOf(plainValue(prefix)).map(({ port, address }) => ({ port, address, anyAddress: "0.0.0.0" })) : [],
	Bind: ({ positional: [first], on }) => (on?.kind === "object" && on.origin === "Socket" ? ofEndPoint(first) : []),
	"new ServerPort": ({ positional: [host, port] }) => (port ? [endpoint(port, host ? plainValue(host) : known("0.0.0.0"))] : []),
	"new MetricServer": metrics,
	"new KestrelMetricServer": metrics,
};

function ofEndPoint(argument: Argument | undefined, protocol?: Claim["protocol"]): Endpoint[] {
	if (argument?.kind !== "object" || argument.origin !== "IPEndPoint") return [];
	const port = argument.fields.get("1");
	return port ? [endpoint(port, ipAddress(argument.fields.get("0")), protocol)] : [];
}

function metrics({ positional, keywords }: LibraryCall): Endpoint[] {
	const port = keywords.get("port") ?? positional.find((one) => one.kind === "known" && /^\d+$/.test(one.text)) ?? positional[0];
	return port ? [endpoint(port, known("::"))] : [];
}

function endpoint(port: Argument, address: Value, protocol?: Claim["protocol"]): Endpoint {
	return { port: plainValue(port), address, anyAddress: "0.0.0.0", ...(protocol ? { protocol } : {}) };
}
