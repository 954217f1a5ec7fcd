import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { check, predict } from "../../../support/predict.ts";

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

describe("ports that functions of the configuration make", () => {
	const server = (lines: string, port: string) => ({
		"config/runtime.exs": `import Config\n${lines}\nconfig :app, AppWeb.Endpoint, server: true, http: [port: ${port}]\n`,
	});
	const builds = ["mix release"];
	function port(name: string, lines: string, written: string, listens: string[], gaps: string[] = [], environment = {}): void {
		check(name, "bin/app start", { files: server(lines, written), builds, listens, gaps, environment });
	}
	const helper = "defmodule Env do\n  def get(name, default \\\\ nil) do\n    System.get_env(name, default)\n  end\nend";
	port("with a default of the call", helper, 'Env.get("PORT", "4100") |> String.to_integer()', ["0.0.0.0:4100 default PORT"]);
	port("with a variable of the image", helper, 'Env.get("PORT", "4100")', ["0.0.0.0:9000 certain"], [], { PORT: "9000" });
	port("without a default", helper, 'String.to_integer(Env.get("PORT"))', [], ["PORT is not set"]);
	port("of one line", 'defmodule E do\n  def port(d), do: String.to_integer(System.get_env("PORT") || d)\nend', 'E.port("4101")', [
		"0.0.0.0:4101 default PORT",
	]);
	port(
		"by environment",
		"defmodule E do\n  def env(n, all \\\\ []) do\n    System.get_env(n, all[config_env()])\n  end\nend",
		'E.env("PORT", prod: "4102", dev: "1")',
		["0.0.0.0:4102 default PORT"],
	);
	port("anonymous", "get = fn name, default -> System.get_env(name) || default end", 'get.("PORT", "4103")', ["0.0.0.0:4103 default PORT"]);
	port(
		"with a clause for nil",
		"defmodule E do\n  def int(nil), do: nil\n  def int(text), do: String.to_integer(text)\nend",
		'E.int(System.get_env("PORT")) || 4104',
		["0.0.0.0:4104 default PORT"],
	);
	port(
		"with a case",
		'defmodule E do\n  def port do\n    case System.get_env("PORT") do\n      nil -> 4105\n      text -> String.to_integer(text)\n    end\n  end\nend',
		"E.port()",
		["0.0.0.0:4105 default PORT"],
	);
	port(
		"that are not clear",
		"defmodule E do\n  def port(1), do: 1\n  def port(2), do: 2\nend",
		"E.port(1)",
		[],
		["the port is not understood"],
	);
	check("a list of options", "bin/app start", {
		files: {
			"config/runtime.exs":
				'defmodule E do\n  def http do\n    port = System.get_env("PORT", "4106")\n    case System.get_env("SOCKET") do\n      nil -> [port: port]\n      path -> [ip: {:local, path}, port: 0]\n    end\n  end\nend\nconfig :app, AppWeb.Endpoint, server: true, http: E.http()\n',
		},
		builds,
		listens: ["0.0.0.0:4106 default PORT"],
	});
	check("a list under a name", "bin/app start", {
		files: {
			"config/runtime.exs":
				"options = [\n  ip: {127, 0, 0, 1},\n  port: 4107\n]\nconfig :app, AppWeb.Endpoint, server: true, http: options\n",
		},
		builds,
		listens: ["127.0.0.1:4107 certain"],
	});
	check("a setting of the application", "mix run --no-halt", {
		files: {
			"lib/app.ex": "{Bandit, plug: App, port: Application.fetch_env!(:app, :port)}",
			"config/config.exs": "import Config\nconfig :app, name: 1,\n  port: 4108\n",
		},
		listens: ["0.0.0.0:4108 certain"],
	});
	check("a setting with a default", "mix run --no-halt", {
		files: { "lib/app.ex": "{Plug.Cowboy, plug: App, options: [port: Application.get_env(:app, :port, 4109)]}" },
		listens: ["0.0.0.0:4109 certain"],
	});
});

describe("configuration in several places", () => {
	const builds = ["MIX_ENV=prod mix release"];
	check("import_config", "bin/app start", {
		files: {
			"config/config.exs": 'import Config\nimport_config "#{config_env()}.exs"\n',
			"config/prod.exs": 'import Config\nimport_config "prod.secret.exs"\n',
			"config/prod.secret.exs": "import Config\nconfig :app, AppWeb.Endpoint, server: true, http: [port: 4005]\n",
		},
		builds,
		listens: ["0.0.0.0:4005 certain"],
	});
	const prod = { "config/prod.exs": "config :app, AppWeb.Endpoint, server: true, http: [ip: {127, 0, 0, 1}, port: 4006]\n" };
	check("code of the application may configure anything", "bin/app start", {
		files: { ...prod, "config/runtime.exs": "import Config\nApp.Setup.configure()\n" },
		builds,
		gaps: ["App.Setup.configure is not followed"],
	});
	check("values and modules of the file do not", "bin/app start", {
		files: {
			...prod,
			"config/runtime.exs":
				'defmodule Setup do\n  def go(), do: nil\nend\nLogger.info("x")\nSetup.go()\nconfig :app, :key,\n  App.Value.make()\nconfig :app, a:\n    App.Value.make(), b: 1\n',
		},
		builds,
		listens: ["127.0.0.1:4006 certain"],
	});
	check("only when a variable is set", "bin/app start", {
		files: {
			"config/prod.exs": "config :app, AppWeb.Endpoint, server: true, http: [port: 4007]\n",
			"config/runtime.exs":
				'to_int = fn\n  text when text not in [nil, ""] -> String.to_integer(text)\n  _ -> nil\nend\nport = System.get_env("PORT") |> to_int.()\nif not is_nil(port) do\n  config(:app, AppWeb.Endpoint, http: [port: port])\nend\n',
		},
		builds,
		listens: ["0.0.0.0:4007 default PORT"],
	});
	check("TLS behind a condition", "bin/app start", {
		files: {
			"config/runtime.exs":
				'tls = (System.get_env("CERT") && System.get_env("KEY")) != nil\nconfig :app, AppWeb.Endpoint, server: true, http: [port: 4001]\nif tls do\n  config :app, AppWeb.Endpoint,\n    https: [port: 443, certfile: System.get_env("CERT")]\nend\n',
		},
		builds,
		listens: ["0.0.0.0:4001 certain"],
	});
	check("what a variable switches on", "bin/app start", {
		files: {
			"config/runtime.exs":
				'config :app, AppWeb.Endpoint, server: true, http: [port: 4001]\nif System.get_env("ADMIN") == "1" do\n  config :app, AppWeb.Admin, http: [port: 4002]\nend\n',
		},
		builds,
		listens: ["0.0.0.0:4001 certain"],
	});
	check("behind a condition that is not decided", "bin/app start", {
		files: {
			"config/runtime.exs":
				"if config_env() == :prod and hosted? do\n  config :app, AppWeb.Endpoint, server: true, http: [port: 4001]\nend\n",
		},
		builds,
		listens: ["0.0.0.0:4001 default"],
	});
	check("that variable", "bin/app start", {
		files: {
			"config/prod.exs": "config :app, AppWeb.Endpoint, server: true, http: [port: 4007]\n",
			"config/runtime.exs":
				'if port = System.get_env("PORT") do\n  config :app, AppWeb.Endpoint, http: [port: String.to_integer(port)]\nend\n',
		},
		builds,
		environment: { PORT: "81" },
		listens: ["0.0.0.0:81 certain"],
	});
});

describe("where a port stands", () => {
	test("in a list of options, and in a call", async () => {
		const cases = [
			["lib/app/application.ex", "{Plug.Cowboy, scheme: :http, plug: App.Router, options: [port: 4041]}", ["mix", "run"], "4041"],
			[
				"config/dev.exs",
				'import Config\nconfig :app, AppWeb.Endpoint, http: [port: String.to_integer("4103")]\n',
				["mix", "phx.server"],
				'String.to_integer("4103")',
			],
		] as const;
		for (const [name, text, command, expected] of cases) {
			const { listeners } = await predict(command, { files: { [name]: text } });
			const { range } = listeners[0]?.evidence.at(-1) ?? assert.fail("no listener");
			assert.equal(text.split("\n")[range.start.line]?.slice(range.start.character, range.end.character), expected);
		}
	});
});
