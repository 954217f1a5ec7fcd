import { describe } from "node:test";
import { check, type PredictionCase } from "../../../support/predict.ts";

const manifest = '[package]\nname = "web"\n[dependencies]\naxum = "0.7"\n';
const crate = (main: string, more: Readonly<Record<string, string>> = {}) => ({
	"/src/Cargo.toml": manifest,
	"/src/src/main.rs": main,
	...Object.fromEntries(Object.entries(more).map(([name, text]) => [`/src/src/${name}`, text])),
});

/** A program that was built in /src and is started as /src/target/release/web. */
function built(
	name: string,
	main: string,
	wanted: PredictionCase & { readonly args?: string; readonly more?: Readonly<Record<string, string>> },
): void {
	const { args, more, ...rest } = wanted;
	check(name, `/src/target/release/web${args ? ` ${args}` : ""}`, {
		builds: ["cd /src && cargo build --release"],
		...rest,
		files: { ...crate(main, more), ...rest.files },
	});
}

describe("sockets", () => {
	built(
		"axum",
		'use tokio::net::TcpListener;\n#[tokio::main]\nasync fn main() {\n  let listener = TcpListener::bind("0.0.0.0:3000").await.unwrap();\n  axum::serve(listener, app()).await.unwrap();\n}',
		{
			listens: ["0.0.0.0:3000 certain"],
			evidence: ["Dockerfile:10", "main.rs:4"],
		},
	);
	built(
		"axum::Server with an address",
		"use std::net::SocketAddr;\n#[tokio::main]\nasync fn main() {\n  let addr = SocketAddr::from(([127, 0, 0, 1], 3000));\n  axum::Server::bind(&addr).serve(app.into_make_service()).await.unwrap();\n}",
		{
			listens: ["127.0.0.1:3000 certain"],
		},
	);
	built(
		"a variable with a default",
		'use std::{env, net::TcpListener};\nfn main() {\n  let port = env::var("PORT").unwrap_or_else(|_| "8080".to_string());\n  let l = TcpListener::bind(format!("0.0.0.0:{}", port)).unwrap();\n}',
		{
			listens: ["0.0.0.0:8080 default PORT"],
			evidence: ["Dockerfile:10", "main.rs:4", "main.rs:3", "main.rs:3"],
		},
	);
	built(
		"a variable of the image",
		'fn main() {\n  let port: u16 = std::env::var("PORT").ok().and_then(|p| p.parse().ok()).unwrap_or(8080);\n  std::net::TcpListener::bind(("0.0.0.0", port)).unwrap();\n}',
		{
			environment: { PORT: "9000" },
			listens: ["0.0.0.0:9000 certain"],
		},
	);
	built(
		"if let",
		'fn main() {\n  let port = if let Ok(p) = std::env::var("PORT") { p.parse::<u16>().unwrap() } else { 7000 };\n  let addr = format!("0.0.0.0:{port}");\n  std::net::TcpListener::bind(&addr).unwrap();\n}',
		{
			listens: ["0.0.0.0:7000 default PORT"],
		},
	);
	built(
		"match",
		'fn main() {\n  let port = match std::env::var("PORT") {\n    Ok(p) => p,\n    Err(_) => String::from("7001"),\n  };\n  std::net::TcpListener::bind(format!("[::]:{}", port)).unwrap();\n}',
		{
			listens: ["[::]:7001 default PORT"],
		},
	);
	built(
		"a variable that must be set",
		'fn main() {\n  let port = std::env::var("PORT").expect("PORT");\n  std::net::TcpListener::bind(format!("0.0.0.0:{}", port)).unwrap();\n}',
		{
			gaps: ["PORT is not set"],
		},
	);
	built("UDP", 'fn main() {\n  let s = std::net::UdpSocket::bind("0.0.0.0:5353").unwrap();\n}', { listens: ["0.0.0.0:5353/udp certain"] });
	built("a UDP client", 'fn main() {\n  let s = std::net::UdpSocket::bind("0.0.0.0:0").unwrap();\n}', { listens: [] });
	built(
		"constants and modules",
		"mod config;\nuse config::{Config, PORT};\nfn main() {\n  let config = Config::load();\n  std::net::TcpListener::bind((config.host.as_str(), config.port + PORT - 1)).unwrap();\n}",
		{
			more: {
				"config.rs":
					'pub const PORT: u16 = 1;\npub struct Config { pub host: String, pub port: u16 }\nimpl Config {\n  pub fn load() -> Self {\n    Self { port: 6000, ..Default::default() }\n  }\n}\nimpl Default for Config {\n  fn default() -> Self { Config { host: "127.0.0.1".into(), port: 1 } }\n}',
			},
			listens: ["127.0.0.1:6000 certain"],
		},
	);
	built("the crate's library", "fn main() {\n  web::server::run();\n}", {
		more: { "lib.rs": "pub mod server;", "server/mod.rs": 'pub fn run() { std::net::TcpListener::bind("0.0.0.0:81").unwrap(); }' },
		listens: ["0.0.0.0:81 certain"],
	});
	built("tasks", 'fn main() {\n  tokio::spawn(async move { tokio::net::TcpListener::bind("0.0.0.0:82").await.unwrap(); });\n}', {
		listens: ["0.0.0.0:82 certain"],
	});
	built(
		"two servers at once",
		'async fn a() { tokio::net::TcpListener::bind("0.0.0.0:83").await.unwrap(); }\n#[tokio::main]\nasync fn main() {\n  tokio::join!(a(), axum_server::bind("0.0.0.0:84".parse().unwrap()).serve(app()));\n}',
		{
			listens: ["0.0.0.0:83 certain", "0.0.0.0:84 certain"],
		},
	);
	built("code for tests", '#[cfg(test)]\nmod tests { fn x() { std::net::TcpListener::bind("0.0.0.0:1"); } }\nfn main() {}', {
		gaps: ["no listening call found in web"],
	});
});

describe("frameworks", () => {
	built(
		"actix-web",
		'use actix_web::{App, HttpServer};\n#[actix_web::main]\nasync fn main() -> std::io::Result<()> {\n  HttpServer::new(|| App::new())\n    .workers(2)\n    .bind(("0.0.0.0", 8080))?\n    .run()\n    .await\n}',
		{
			listens: ["0.0.0.0:8080 certain"],
			evidence: ["Dockerfile:10", "main.rs:6"],
		},
	);
	built("warp", "#[tokio::main]\nasync fn main() {\n  warp::serve(routes).run(([0, 0, 0, 0], 3030)).await;\n}", {
		listens: ["0.0.0.0:3030 certain"],
	});
	built(
		"tonic",
		'use tonic::transport::Server;\n#[tokio::main]\nasync fn main() {\n  let addr = "[::1]:50051".parse().unwrap();\n  Server::builder().add_service(X::new(g)).serve(addr).await.unwrap();\n}',
		{
			listens: ["[::1]:50051 certain"],
		},
	);
	built(
		"poem",
		'use poem::{listener::TcpListener, Server};\n#[tokio::main]\nasync fn main() {\n  Server::new(TcpListener::bind("0.0.0.0:3000")).run(app).await;\n}',
		{ listens: ["0.0.0.0:3000 certain"] },
	);
	built(
		"tide",
		'fn main() {\n  let mut app = tide::new();\n  app.at("/").get(|_| async { Ok("x") });\n  app.listen("127.0.0.1:8080");\n}',
		{ listens: ["127.0.0.1:8080 certain"] },
	);
});

describe("Rocket", () => {
	const rocket = '#[macro_use] extern crate rocket;\n#[launch]\nfn rocket() -> _ {\n  rocket::build().mount("/", routes![index])\n}';
	built("defaults", rocket, { listens: ["127.0.0.1:8000 default ROCKET_PORT"] });
	built("variables", rocket, { environment: { ROCKET_ADDRESS: "0.0.0.0", ROCKET_PORT: "80" }, listens: ["0.0.0.0:80 certain"] });
	built("Rocket.toml", rocket, {
		files: { "Rocket.toml": '[default]\naddress = "0.0.0.0"\n[release]\nport = 9001\n' },
		listens: ["0.0.0.0:9001 certain"],
		evidence: ["Dockerfile:10", "main.rs:4", "Rocket.toml:4"],
	});
	built(
		"in the source",
		'#[rocket::main]\nasync fn main() {\n  let figment = rocket::Config::figment().merge(("port", 9002));\n  rocket::custom(figment).launch().await;\n}',
		{
			listens: ["127.0.0.1:9002 certain"],
		},
	);
});

describe("command lines and settings", () => {
	const args =
		'use clap::Parser;\n#[derive(Parser)]\nstruct Args {\n  /// Port\n  #[arg(short, long, default_value_t = 8080, env = "APP_PORT")]\n  port: u16,\n  #[arg(long, default_value = "0.0.0.0")]\n  host: String,\n}\nfn main() {\n  let args = Args::parse();\n  std::net::TcpListener::bind(format!("{}:{}", args.host, args.port)).unwrap();\n}';
	built("clap's default", args, { listens: ["0.0.0.0:8080 default APP_PORT"] });
	built("clap's flags", args, { args: "--port 81 --host=127.0.0.1", listens: ["127.0.0.1:81 certain"] });
	built("clap's variable", args, { environment: { APP_PORT: "82" }, listens: ["0.0.0.0:82 default --host"] });
	const commands =
		'use clap::{Parser, Subcommand};\n#[derive(Parser)]\nstruct Cli {\n  #[command(subcommand)]\n  command: Commands,\n}\n#[derive(Subcommand)]\nenum Commands {\n  Serve { #[arg(long, default_value_t = 90)] port: u16 },\n  Migrate,\n}\nfn main() {\n  match Cli::parse().command {\n    Commands::Serve { port } => { std::net::TcpListener::bind(("0.0.0.0", port)).unwrap(); }\n    Commands::Migrate => {}\n  }\n}';
	built("a subcommand that serves", commands, { args: "serve --port 91", listens: ["0.0.0.0:91 certain"] });
	built("a subcommand that does not", commands, { args: "migrate", gaps: ["no listening call found in web"] });
	built("no subcommand: its usage", commands, {});
	built(
		"clap's builder",
		'use clap::{Arg, Command};\nfn main() {\n  let m = Command::new("x")\n    .arg(Arg::new("port").short(\'p\').long("port").default_value("8089"))\n    .get_matches();\n  let port = m.get_one::<String>("port").unwrap();\n  std::net::TcpListener::bind(["0.0.0.0", ":", port].concat()).unwrap();\n}',
		{
			listens: ["0.0.0.0:8089 default --port"],
		},
	);
	built(
		"envy",
		'#[derive(Deserialize)]\nstruct Config {\n  #[serde(default = "port")]\n  port: u16,\n}\nfn port() -> u16 { 8001 }\nfn load() -> Result<Config, envy::Error> { envy::from_env() }\nfn main() {\n  let c = load().unwrap();\n  std::net::TcpListener::bind(("0.0.0.0", c.port)).unwrap();\n}',
		{
			listens: ["0.0.0.0:8001 default PORT"],
		},
	);
	built(
		"a lazy static",
		'lazy_static! { static ref PORT: u16 = port(); }\nfn port() -> u16 { 5 }\nfn main() { std::net::TcpListener::bind(("0.0.0.0", *PORT)).unwrap(); }',
		{ listens: ["0.0.0.0:5 certain"] },
	);
	built(
		"a configuration file",
		'fn main() {\n  let c: Config = toml::from_str(&text).unwrap();\n  std::net::TcpListener::bind(("0.0.0.0", c.port)).unwrap();\n}',
		{
			gaps: ["the value comes from toml::from_str().port"],
		},
	);
});

describe("cargo", () => {
	const main = 'fn main() { std::net::TcpListener::bind("0.0.0.0:80").unwrap(); }';
	check("cargo run", "cargo run --release", { files: { "Cargo.toml": manifest, "src/main.rs": main }, listens: ["0.0.0.0:80 certain"] });
	check("cargo install", "web", { files: crate(main), builds: ["cargo install --path /src"], listens: ["0.0.0.0:80 certain"] });
	check("a member of a workspace", "/src/target/release/api", {
		files: {
			"/src/Cargo.toml": '[workspace]\nmembers = ["crates/*"]',
			"/src/crates/api/Cargo.toml": '[package]\nname = "api"\n[dependencies]\ncommon = { path = "../common" }',
			"/src/crates/api/src/main.rs": "fn main() { std::net::TcpListener::bind(common::ADDRESS).unwrap(); }",
			"/src/crates/common/Cargo.toml": '[package]\nname = "common"',
			"/src/crates/common/src/lib.rs": 'pub const ADDRESS: &str = "0.0.0.0:4000";',
		},
		builds: ["cd /src && cargo build --release -p api"],
		listens: ["0.0.0.0:4000 certain"],
	});
	check("one of several programs", "/src/target/release/worker", {
		files: { ...crate(main), "/src/src/bin/worker.rs": 'fn main() { println!("x"); }' },
		builds: ["cd /src && cargo build --release"],
		gaps: ["no listening call found in worker"],
	});
	check("a tool that only reads and prints", "/src/target/release/tool", {
		files: {
			"/src/Cargo.toml": '[package]\nname = "tool"\n[dependencies]\nserde = "1"',
			"/src/src/main.rs": 'fn main() { println!("{}", 1 + 1); }',
		},
		builds: ["cd /src && cargo build --release"],
		listens: [],
	});
	check("no manifest", "/src/target/release/web", { builds: ["cd /src && cargo build"], gaps: ["the crate's Cargo.toml is not in view"] });
	check("not built here", "/opt/web", { files: crate(main), gaps: ["nothing is known about web"] });
});
