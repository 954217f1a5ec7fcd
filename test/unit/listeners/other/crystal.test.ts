import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const builds = ["shards install && crystal build --release src/app.cr -o bin/app"];
const app = (text: string) => ({ "src/app.cr": text });

describe("Kemal", () => {
	check("as it comes", "bin/app", {
		files: app('require "kemal"\nget "/" { "x" }\nKemal.run'),
		builds,
		listens: ["0.0.0.0:3000 convention"],
		evidence: ["Dockerfile:10", "app.cr:3"],
	});
	check("flags", "bin/app --port 3001 -b 127.0.0.1", {
		files: app('require "kemal"\nKemal.run'),
		builds,
		listens: ["127.0.0.1:3001 certain"],
	});
	check("an argument", "bin/app", { files: app('require "kemal"\nKemal.run(3002)'), builds, listens: ["0.0.0.0:3002 certain"] });
	check("its configuration, with the environment", "bin/app", {
		files: app(
			'require "kemal"\nport = ENV["PORT"]? || "3003"\nKemal.config.port = port.to_i\nKemal.config.host_binding = "127.0.0.1"\nKemal.run',
		),
		builds,
		listens: ["127.0.0.1:3003 default PORT"],
	});
	check("ENV.fetch", "bin/app", {
		files: app('require "kemal"\nKemal.run ENV.fetch("PORT", "3004").to_i'),
		builds,
		environment: { PORT: "81" },
		listens: ["0.0.0.0:81 certain"],
	});
	check("a target of shards", "/app/bin/web", {
		files: { "shard.yml": "name: x\ntargets:\n  web:\n    main: src/web.cr\n", "src/web.cr": 'require "kemal"\nKemal.run 3005' },
		builds: ["shards build --production --release"],
		listens: ["0.0.0.0:3005 certain"],
	});
	check("configured in another file", "bin/app", {
		files: { ...app('require "kemal"\nrequire "./config"\nKemal.run'), "src/config.cr": "Kemal.config.port = 1" },
		builds,
		gaps: ["another file configures Kemal"],
	});
});

describe("HTTP::Server of Crystal", () => {
	const server = (call: string) =>
		app(`require "http/server"\nserver = HTTP::Server.new { |context| context.response.print "x" }\n${call}\nserver.listen\n`);
	check("bind_tcp", "bin/app", { files: server('server.bind_tcp "0.0.0.0", 8080'), builds, listens: ["0.0.0.0:8080 certain"] });
	check("without a host", "bin/app", { files: server("server.bind_tcp(8081) # bind_tcp 1"), builds, listens: ["127.0.0.1:8081 certain"] });
	check("a socket of something else", "bin/app", {
		files: app('require "x"\nthing.listen 1'),
		builds,
		gaps: ["no listening call found in app.cr"],
	});
	check("another program", "bin/other", { files: server("server.bind_tcp 1"), builds, gaps: ["nothing is known about other"] });
});
