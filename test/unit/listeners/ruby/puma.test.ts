import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const config = (text: string) => ({ "config/puma.rb": text });

describe("puma", () => {
	check("defaults", "puma", { listens: ["0.0.0.0:9292 convention"], evidence: ["Dockerfile:10"] });
	check("a port", "puma -p 3001", { listens: ["0.0.0.0:3001 certain"] });
	check("binds", "puma -b tcp://127.0.0.1:9393 -b tcp://0.0.0.0:9394", { listens: ["127.0.0.1:9393 certain", "0.0.0.0:9394 certain"] });
	check("a socket", "puma -b unix:///run/puma.sock", { listens: [] });
	check("by the interpreter", "ruby -S puma -p 80", { listens: ["0.0.0.0:80 certain"] });
	check("port with a default", "puma", {
		files: config('port ENV.fetch("PORT", 3000)'),
		listens: ["0.0.0.0:3000 default PORT"],
		evidence: ["Dockerfile:10", "puma.rb:1"],
	});
	check("port with a block", "puma -C config/puma.rb", {
		files: config('port ENV.fetch("PORT") { 3000 }'),
		environment: { PORT: "8080" },
		listens: ["0.0.0.0:8080 certain"],
	});
	check("port with ||", "puma", { files: config("port(ENV['PORT'] || 3000)"), listens: ["0.0.0.0:3000 default PORT"] });
	check("port without a default", "puma", { files: config('port ENV["PORT"]'), gaps: ["PORT is not set"] });
	check("bind with a text", "puma", {
		files: config('bind "tcp://0.0.0.0:#{ENV.fetch("PORT") { "8000" }}"'),
		listens: ["0.0.0.0:8000 default PORT"],
	});
	check("a port with an address", "puma", { files: config('port 80, "127.0.0.1"'), listens: ["127.0.0.1:80 certain"] });
	check("ssl", "puma", { files: config('ssl_bind "0.0.0.0", 8443, key: "k"'), listens: ["0.0.0.0:8443 certain"] });
	check("a condition on the environment", "puma", {
		files: config('env = ENV.fetch("RACK_ENV", "development")\nif env == "production"\n  port 80\nelse\n  port 3000\nend'),
		environment: { RACK_ENV: "production" },
		listens: ["0.0.0.0:80 certain"],
	});
	check("the file of the environment", "puma -e production", {
		files: { "config/puma/production.rb": "bind 'unix:///x.sock'", ...config("port 1") },
		listens: [],
	});
	check("nothing about ports", "puma", {
		files: config("threads 1, 5\nworkers 2\nplugin :tmp_restart"),
		listens: ["0.0.0.0:9292 convention"],
	});
	check("constants, methods and arithmetic", "puma", {
		files: {
			...config(
				'require_relative "ports"\ndef base\n  return Ports::BASE if true\n  1\nend\nsettings = { offset: 2 }\nport base + settings[:offset]',
			),
			"config/ports.rb": "module Ports\n  BASE = 8000\nend",
		},
		listens: ["0.0.0.0:8002 certain"],
	});
});
