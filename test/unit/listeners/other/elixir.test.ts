import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const runtime =
	'import Config\nif System.get_env("PHX_SERVER") do\n  config :app, AppWeb.Endpoint, server: true\nend\nif config_env() == :prod do\n  # port: 1\n  port = String.to_integer(System.get_env("PORT") || "4000")\n  config :app, AppWeb.Endpoint,\n    url: [host: "x", port: 443],\n    http: [\n      ip: {0, 0, 0, 0, 0, 0, 0, 0},\n      port: port\n    ]\nend\n';
const files = {
	"config/runtime.exs": runtime,
	"config/dev.exs": "import Config\nconfig :app, AppWeb.Endpoint,\n  http: [ip: {127, 0, 0, 1}, port: 4001]\n",
};

describe("mix phx.server", () => {
	check("in development", "mix phx.server", { files, listens: ["127.0.0.1:4001 certain"] });
	check("in production", "mix phx.server", { files, environment: { MIX_ENV: "prod" }, listens: ["[::]:4000 default PORT"] });
	check("other tasks", "mix ecto.migrate", { files, listens: [] });
	check("nothing to read", "mix phx.server", { gaps: ["no port found in config/"] });
});

describe("releases", () => {
	const builds = ["mix deps.get && MIX_ENV=prod mix release"];
	check("bin/server", "/app/bin/server", { files, builds, listens: ["[::]:4000 default PORT"] });
	check("a variable of the image", "bin/app start", {
		files,
		builds,
		environment: { PHX_SERVER: "true", PORT: "80" },
		listens: ["[::]:80 certain"],
	});
	check("without its server", "bin/app start", { files, builds, gaps: ["PHX_SERVER is not set"] });
	check("server: true", "bin/app start", {
		files: { "config/prod.exs": 'config :app, AppWeb.Endpoint, server: true, http: [port: {:system, "PORT"}]' },
		builds,
		environment: { PORT: "8080" },
		listens: ["0.0.0.0:8080 certain"],
	});
	check("a task of the release", "bin/app eval App.migrate", { files, builds, gaps: ["nothing is known about app"] });
	check("a helper out of view", "bin/server", {
		files: { "config/runtime.exs": "config :app, AppWeb.Endpoint, http: [port: Helper.port()]" },
		builds,
		gaps: ["the port is not understood"],
	});
	check("Bandit without Phoenix", "bin/app start", {
		files: { "lib/app/application.ex": "children = [\n  {Bandit, plug: App.Router, port: 4040}\n]" },
		builds,
		listens: ["0.0.0.0:4040 certain"],
	});
	check("Plug.Cowboy without Phoenix", "mix run --no-halt", {
		files: { "lib/app/application.ex": "{Plug.Cowboy, scheme: :http, plug: App.Router, options: [port: 4041]}" },
		listens: ["0.0.0.0:4041 certain"],
	});
	check("no release", "/srv/bin/app start", { files, gaps: ["nothing is known about app"] });
});
