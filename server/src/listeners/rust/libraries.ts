import { known } from "../../model/value.ts";
import { plainValue, type ReadCall } from "../sourceCall.ts";
import { socketAt } from "./sockets.ts";

const tcp = socketAt(0);
const udp = socketAt(0, "udp");

/** An address for each way in which a chain may end. */
const chain = (start: string, ends: readonly string[], read: ReadCall = tcp): [string, ReadCall][] =>
	ends.map((end) => [`${start}.${end}`, read]);

const each = (callees: readonly string[], read: ReadCall = tcp): [string, ReadCall][] => callees.map((callee) => [callee, read]);

/**
 * Calls that listen, by crate. Each takes what Rust takes as an address (docs.rs: `std::net`, tokio, async-std, actix-web, axum
 * and axum-server, hyper, warp, tonic, poem, salvo, tide, gotham, rouille, tiny_http, ntex, jsonrpsee, pingora, quinn,
 * metrics-exporter-prometheus).
 */
export const RUST_CALLS: Readonly<Record<string, ReadCall>> = Object.fromEntries([
	...each([
		"std::net::TcpListener::bind",
		"tokio::net::TcpListener::bind",
		"async_std::net::TcpListener::bind",
		"smol::net::TcpListener::bind",
		"mio::net::TcpListener::bind",
		"async_net::TcpListener::bind",
		"monoio::net::TcpListener::bind",
		"compio::net::TcpListener::bind",
		"smol::Async::bind",
	]),
	...each(
		[
			"std::net::UdpSocket::bind",
			"tokio::net::UdpSocket::bind",
			"async_std::net::UdpSocket::bind",
			"smol::net::UdpSocket::bind",
			"mio::net::UdpSocket::bind",
		],
		udp,
	),
	...[
		"actix_web::HttpServer::new()",
		"actix_web::server::HttpServer::new()",
		"ntex::web::HttpServer::new()",
		"ntex::web::server()",
	].flatMap((start) =>
		chain(start, ["bind", "bind_auto_h2c", "bind_rustls", "bind_rustls_021", "bind_rustls_0_22", "bind_rustls_0_23", "bind_openssl"]),
	),
	// The first argument names the service.
	...chain("actix_server::Server::build()", ["bind"], socketAt(1)),
	...each([
		"axum::Server::bind",
		"hyper::Server::bind",
		"hyper::server::Server::bind",
		"hyper::Server::try_bind",
		"viz::Server::bind",
		"axum_server::bind",
		"axum_server::bind_rustls",
		"axum_server::bind_openssl",
		"axum_server::bind_dual_protocol",
		"axum_server::Server::bind",
	]),
	...chain("warp::serve()", ["run", "bind", "try_bind", "bind_with_graceful_shutdown", "try_bind_with_graceful_shutdown"]),
	...chain("tonic::transport::Server::builder()", ["serve", "serve_with_shutdown"]),
	...chain("tonic::transport::server::Server::builder()", ["serve", "serve_with_shutdown"]),
	...each([
		"poem::listener::TcpListener::bind",
		"salvo::conn::TcpListener::new",
		"salvo::prelude::TcpListener::new",
		"salvo::conn::tcp::TcpListener::new",
		"salvo_core::conn::TcpListener::new",
	]),
	...each(["salvo::conn::QuinnListener::new", "salvo::prelude::QuinnListener::new"], socketAt(1, "udp")),
	...chain("tide::new()", ["listen", "bind"]),
	...chain("tide::with_state()", ["listen", "bind"]),
	...each([
		"gotham::start",
		"gotham::plain::start",
		"rouille::start_server",
		"rouille::start_server_with_pool",
		"rouille::Server::new",
		"tiny_http::Server::http",
		"tiny_http::Server::https",
		"prometheus_exporter::start",
		"simple_server::Server::new",
	]),
	...chain("iron::Iron::new()", ["http", "https"]),
	...chain("nickel::Nickel::new()", ["listen"]),
	...chain("jsonrpsee::server::ServerBuilder::default()", ["build"]),
	...chain("jsonrpsee::server::ServerBuilder::new()", ["build"]),
	...chain("jsonrpsee::server::Server::builder()", ["build"]),
	...chain("pingora::proxy::http_proxy_service()", ["add_tcp", "add_tls"]),
	...chain("pingora_proxy::http_proxy_service()", ["add_tcp", "add_tls"]),
	...chain("pingora::prelude::http_proxy_service()", ["add_tcp", "add_tls"]),
	...chain("metrics_exporter_prometheus::PrometheusBuilder::new()", ["with_http_listener"]),
	["quinn::Endpoint::server", socketAt(1, "udp")],
	[
		"trillium_tokio::config().with_port",
		({ positional: [port] }) => (port ? { port: plainValue(port), address: known("127.0.0.1"), anyAddress: "0.0.0.0" } : "nothing"),
	],
]);
