import { t } from "../../model/message.ts";
import { known, unknown, type Value } from "../../model/value.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import type { Claim } from "../listener.ts";
import { type Endpoint, plainValue, type ReadCall } from "../sourceCall.ts";
import { ANY } from "./framework.ts";

/**
 * Calls of Java libraries that bind a port, by class and member (`#new` makes an object; a builder's calls count as those of
 * the class that made it), each as its API documentation says.
 */
export const JAVA_CALLS: Readonly<Record<string, ReadCall>> = {
	// java.net, java.nio.channels, javax.net.ssl, com.sun.net.httpserver (Java SE API)
	"java.net.ServerSocket#new": (call) => (call.positional.length === 0 ? "nothing" : portFirst(call, 2)),
	"java.net.ServerSocket#bind": socketAddress,
	"java.nio.channels.ServerSocketChannel#bind": socketAddress,
	"java.nio.channels.AsynchronousServerSocketChannel#bind": socketAddress,
	"javax.net.ssl.SSLServerSocketFactory#createServerSocket": (call) => portFirst(call, 2),
	"java.net.DatagramSocket#new": (call) => datagram(call),
	"java.net.MulticastSocket#new": (call) => datagram(call),
	"com.sun.net.httpserver.HttpServer#create": socketAddress,
	"com.sun.net.httpserver.HttpServer#bind": socketAddress,
	"com.sun.net.httpserver.HttpsServer#create": socketAddress,
	// gRPC Java: ServerBuilder.forPort, Grpc.newServerBuilderForPort
	"io.grpc.ServerBuilder#forPort": (call) => portFirst(call),
	"io.grpc.Grpc#newServerBuilderForPort": (call) => portFirst(call),
	"io.grpc.netty.NettyServerBuilder#forPort": (call) => portFirst(call),
	"io.grpc.netty.NettyServerBuilder#forAddress": socketAddress,
	"io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder#forPort": (call) => portFirst(call),
	"io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder#forAddress": socketAddress,
	"io.grpc.okhttp.OkHttpServerBuilder#forPort": (call) => portFirst(call),
	// Netty: AbstractBootstrap.bind
	"io.netty.bootstrap.ServerBootstrap#bind": bind,
	"io.netty.bootstrap.Bootstrap#bind": (call) => {
		const endpoint = bind(call);
		return endpoint === "nothing" ? endpoint : { ...endpoint, protocol: "udp" };
	},
	// Javalin: start(), start(port), start(host, port); 8080
	"io.javalin.Javalin#start": (call) => (call.positional.length === 0 ? byDefault("8080", call) : hostAndPort(call)),
	// Spark: port(number); its default is in plainJava.ts
	"spark.Spark#port": (call) => portFirst(call),
	"spark.Service#port": (call) => portFirst(call),
	// Vert.x: HttpServer.listen, HttpServerOptions.setPort, NetServer.listen
	"io.vertx.core.http.HttpServer#listen": vertx,
	"io.vertx.core.Vertx#listen": vertx,
	"io.vertx.core.net.NetServer#listen": vertx,
	"?createHttpServer#listen": vertx,
	"?createNetServer#listen": vertx,
	"io.vertx.core.http.HttpServerOptions#setPort": (call) => portFirst(call),
	"io.vertx.core.net.NetServerOptions#setPort": (call) => portFirst(call),
	// Jetty: Server(port), ServerConnector.setPort
	"org.eclipse.jetty.server.Server#new": (call) =>
		isNumber(call.positional[0]) || isSocketAddress(call.positional[0]) ? bind(call) : "nothing",
	"org.eclipse.jetty.server.ServerConnector#setPort": (call) => portFirst(call),
	// Undertow: addHttpListener(port, host)
	"io.undertow.Undertow#addHttpListener": (call) => portFirst(call, 1),
	"io.undertow.Undertow#addHttpsListener": (call) => portFirst(call, 1),
	// Armeria: ServerBuilder.http, https, port
	"com.linecorp.armeria.server.Server#http": (call) => portFirst(call),
	"com.linecorp.armeria.server.Server#https": (call) => portFirst(call),
	"com.linecorp.armeria.server.Server#port": (call) => portFirst(call),
	"com.linecorp.armeria.server.ServerBuilder#http": (call) => portFirst(call),
	"com.linecorp.armeria.server.ServerBuilder#port": (call) => portFirst(call),
	// Helidon SE: WebServer.builder().port
	"io.helidon.webserver.WebServer#port": (call) => portFirst(call),
	// Embedded Tomcat: setPort
	"org.apache.catalina.startup.Tomcat#setPort": (call) => portFirst(call),
	// Reactor Netty: HttpServer.create().port, TcpServer
	"reactor.netty.http.server.HttpServer#port": (call) => portFirst(call),
	"reactor.netty.tcp.TcpServer#port": (call) => portFirst(call),
	"io.rsocket.transport.netty.server.TcpServerTransport#create": hostAndPort,
	// Thrift: TServerSocket, TNonblockingServerSocket
	"org.apache.thrift.transport.TServerSocket#new": (call) => portFirst(call),
	"org.apache.thrift.transport.TNonblockingServerSocket#new": (call) => portFirst(call),
	// Prometheus client: HTTPServer
	"io.prometheus.client.exporter.HTTPServer#new": hostAndPort,
	"io.prometheus.metrics.exporter.httpserver.HTTPServer#port": (call) => portFirst(call),
};

/** (port) or (port, …, address) */
function portFirst(call: LibraryCall, addressAt?: number): Endpoint {
	const [port] = call.positional;
	if (port === undefined || port.kind === "nothing") return { ...open(unknown(t("no port is given"), call.at)) };
	const host = addressAt === undefined ? undefined : call.positional[addressAt];
	return open(plainValue(port), host && host.kind !== "function" ? address(host) : undefined);
}

/** (port) or (host, port) */
function hostAndPort(call: LibraryCall): Endpoint {
	const [first, second] = call.positional;
	if (first && isSocketAddress(first)) return socketAddress(call);
	return second && second.kind !== "function" && !isNumber(first) ? open(plainValue(second), first && address(first)) : portFirst(call);
}

/** (port), (host, port) or (socket address) */
function bind(call: LibraryCall): Endpoint {
	return call.positional.length === 0 ? "nothing" : hostAndPort(call);
}

/** `new InetSocketAddress(port)`, `new InetSocketAddress(host, port)` as the first argument. */
function socketAddress(call: LibraryCall): Endpoint {
	const [first] = call.positional;
	if (first === undefined || first.kind === "nothing") return "nothing";
	if (first.kind !== "object" || !isSocketAddress(first)) return open(unknown(t("the address is not followed"), call.at));
	const [one, other] = [first.fields.get("0"), first.fields.get("1")];
	if (first.origin.endsWith("#inetSocketAddress"))
		return open(one ? plainValue(one) : unknown(t("no port is given")), other && address(other));
	if (one && other) return open(plainValue(other), address(one));
	return open(one ? plainValue(one) : unknown(t("no port is given"), call.at));
}

function datagram(call: LibraryCall): Endpoint {
	const [first, second] = call.positional;
	// Without a port the socket sends from one of the system's choice.
	if (first === undefined || first.kind === "nothing" || (first.kind === "known" && first.text === "0")) return "nothing";
	const endpoint = isSocketAddress(first) ? socketAddress(call) : open(plainValue(first), second && address(second));
	return endpoint === "nothing" ? endpoint : { ...endpoint, protocol: "udp" };
}

/** listen(), listen(port), listen(port, host), listen(address), each with a handler behind. */
function vertx(call: LibraryCall): Endpoint {
	const given = call.positional.filter((one) => one.kind !== "function");
	const [first, second] = given;
	// The port is in the options.
	if (first === undefined) return "nothing";
	if (isSocketAddress(first)) return socketAddress(call);
	return open(plainValue(first), second && second.kind === "known" ? address(second) : undefined);
}

function byDefault(port: string, call: LibraryCall): Endpoint {
	return { ...open(known(port, call.at)), byConvention: true };
}

function open(port: Value, at: Value = known(ANY)): Exclude<Endpoint, "nothing"> & Pick<Claim, "port"> {
	return { port, address: at, anyAddress: ANY };
}

/** A text, or InetAddress.getByName("…"), getLoopbackAddress(). */
function address(argument: Argument): Value {
	if (argument.kind === "nothing") return known(ANY);
	if (argument.kind !== "object") return plainValue(argument);
	if (argument.origin.endsWith("#getLoopbackAddress") || argument.origin.endsWith("#getLocalHost")) return known("127.0.0.1");
	const name = argument.origin.endsWith("#getByName") ? argument.fields.get("0") : undefined;
	return name ? plainValue(name) : unknown(t("the address is not known"));
}

function isSocketAddress(argument: Argument | undefined): boolean {
	return argument?.kind === "object" && /^InetSocketAddress$|SocketAddress#inetSocketAddress$/.test(argument.origin);
}

function isNumber(argument: Argument | undefined): boolean {
	return (
		argument !== undefined &&
		argument.kind !== "object" &&
		argument.kind !== "function" &&
		argument.kind !== "nothing" &&
		!(argument.kind === "known" && !/^\d+$/.test(argument.text)) &&
		!(argument.kind === "unknown")
	);
}
