import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { check, listed, predict } from "../../../support/predict.ts";

describe("Perl", () => {
	check("morbo", "morbo app.pl", { listens: ["0.0.0.0:3000 convention"] });
	check("morbo with an address", "morbo -l http://127.0.0.1:8080 app.pl", { listens: ["127.0.0.1:8080 certain"] });
	check("a variable", "morbo app.pl", { environment: { MOJO_LISTEN: "http://*:8081" }, listens: ["0.0.0.0:8081 certain"] });
	check("daemon", "perl app.pl daemon -l http://*:8080", { listens: ["0.0.0.0:8080 certain"] });
	check("plackup", "plackup --port 8082 app.psgi", { listens: ["0.0.0.0:8082 certain"] });
	check("starman on a socket", "starman --listen /tmp/s.sock", { listens: [] });
	check("a script", "perl job.pl", { gaps: ["nothing is known about perl"] });
});

describe("R", () => {
	test("code on the command line", async () => {
		const { listeners } = await predict(["R", "-e", "shiny::runApp('/app', host = '0.0.0.0', port = 3838)"], {});
		assert.deepEqual(listeners.map(listed), ["0.0.0.0:3838 certain"]);
	});
	check("a script", "Rscript run.R", {
		files: {
			"run.R": 'library(plumber)\nport <- as.integer(Sys.getenv("PORT", "8000"))\npr("api.R") |> pr_run(host = "0.0.0.0", port = port)',
		},
		listens: ["0.0.0.0:8000 default PORT"],
		evidence: ["Dockerfile:10", "run.R:3"],
	});
	check("options", "Rscript run.R", {
		files: { "run.R": "options(shiny.port = 3939, shiny.host = '0.0.0.0')\nshiny::runApp('app')" },
		listens: ["0.0.0.0:3939 certain"],
	});
	check("a port of its own choice", "Rscript run.R", {
		files: { "run.R": "shiny::runApp('app')" },
		gaps: ["the port is chosen at run time"],
	});
	check("a computation", "Rscript run.R", { files: { "run.R": "print(1)" }, gaps: ["no listening call found in this R code"] });
	check("Shiny Server", "/usr/bin/shiny-server", { listens: ["0.0.0.0:3838 convention"] });
});
