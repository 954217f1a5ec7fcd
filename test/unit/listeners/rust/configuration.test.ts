import { describe } from "node:test";
import { check, type PredictionCase } from "../../../support/predict.ts";

const manifest = '[package]\nname = "web"\n[dependencies]\naxum = "0.7"\nconfig = "0.14"\n';
const SETTINGS = `#[derive(serde::Deserialize)]
struct Settings { server: Server }
#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Server { host: String, #[serde(default = "usual")] http_port: u16 }
fn usual() -> u16 { 7000 }
impl Server { fn address(&self) -> String { format!("{}:{}", self.host, self.http_port) } }
`;

/** A program that binds `settings().server.address()`, built in /src and started in /app. */
function built(name: string, settings: string, wanted: PredictionCase): void {
	const main = `${SETTINGS}${settings}\nfn main() {\n  let s = load().expect("settings");\n  std::net::TcpListener::bind(s.server.address()).unwrap();\n}\n`;
	check(name, "/src/target/release/web", {
		builds: ["cd /src && cargo build --release"],
		...wanted,
		files: { "/src/Cargo.toml": manifest, "/src/src/main.rs": main, ...wanted.files },
	});
}

describe("the config crate", () => {
	const layered = `fn load() -> Result<Settings, config::ConfigError> {
  let folder = std::env::current_dir()?.join("config");
  config::Config::builder()
    .set_default("server.host", "127.0.0.1")?
    .add_source(config::File::from(folder.join("base.yaml")))
    .add_source(config::File::from(folder.join("local.yaml")).required(false))
    .add_source(config::Environment::with_prefix("APP").separator("__"))
    .build()?
    .try_deserialize()
}`;
	built("a file over defaults; a variable may say otherwise", layered, {
		files: { "config/base.yaml": "server:\n  host: 0.0.0.0\n  http-port: 8000\n" },
		listens: ["0.0.0.0:8000 default APP__SERVER__HTTP-PORT"],
	});
	built("the last file wins", layered, {
		files: { "config/base.yaml": "server:\n  http-port: 8000\n", "config/local.yaml": "server:\n  http-port: 8001\n" },
		listens: ["127.0.0.1:8001 default APP__SERVER__HTTP-PORT"],
	});
	built("serde's default for what nothing says", layered, {
		files: { "config/base.yaml": "server:\n  host: 0.0.0.0\n" },
		listens: ["0.0.0.0:7000 default APP__SERVER__HTTP-PORT"],
	});
	built("a file that must be there and is not", layered, { gaps: ["base.yaml is not in the image"] });
	built(
		"a name without an extension, and a variable of the image",
		`use config::{Config, File, Environment};
fn load() -> Result<Settings, config::ConfigError> {
  let mut c = Config::new();
  c.merge(File::with_name("settings"))?;
  c.merge(Environment::new().separator("_"))?;
  c.try_into()
}`,
		{
			files: { "settings.toml": '[server]\nhost = "0.0.0.0"\nhttp-port = 8000\n' },
			environment: { "SERVER_HTTP-PORT": "9000" },
			listens: ["0.0.0.0:9000 default SERVER_HOST"],
		},
	);
});

describe("figment", () => {
	built(
		"joined files say what others leave out",
		`use figment::{Figment, providers::{Env, Toml, Format}};
fn load() -> figment::Result<Settings> {
  Figment::new().merge(Toml::file("app.toml")).merge(Env::prefixed("WEB_").split("__")).join(Toml::file("defaults.toml")).extract()
}`,
		{
			files: { "app.toml": "[server]\nhttp-port = 8000\n", "defaults.toml": '[server]\nhost = "0.0.0.0"\nhttp-port = 1\n' },
			listens: ["0.0.0.0:8000 default WEB_SERVER__HTTP-PORT"],
		},
	);
});

describe("a file that the program parses itself", () => {
	const own = `fn load() -> anyhow::Result<Settings> {
  let text = std::fs::read_to_string("web.toml")?;
  Ok(toml::from_str(&text)?)
}`;
	built("its values", own, { files: { "web.toml": '[server]\nhost = "0.0.0.0"\nhttp-port = 8000\n' }, listens: ["0.0.0.0:8000 certain"] });
	built("serde's default", own, { files: { "web.toml": '[server]\nhost = "0.0.0.0"\n' }, listens: ["0.0.0.0:7000 certain"] });
});
