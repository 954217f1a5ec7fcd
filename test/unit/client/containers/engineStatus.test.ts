import assert from "node:assert/strict";
import { test } from "node:test";
import { engineStatus } from "../../../../client/src/containers/engineStatus.ts";
import { engine } from "../../../support/containerReports.ts";

test("a connected engine is its name", () => {
	assert.deepEqual(engineStatus([engine()]), {
		text: "$(server) Docker: default",
		tooltip: "Container engine default: connected\nunix:///var/run/docker.sock",
		spoken: "Container engine default: connected",
	});
	assert.equal(engineStatus([engine({ kind: "podman" })]).text, "$(server) Podman: default");
});

test("an engine that is not there is said, with what to do and what was tried", () => {
	const tried = ["unix:///var/run/docker.sock", "unix:///run/user/1000/docker.sock"];
	const status = engineStatus([
		engine({ endpoint: null, state: "absent", message: "No engine was found: start Docker.", tried, kind: null }),
	]);
	assert.equal(status.text, "$(debug-disconnect) Docker: default, no container engine");
	assert.equal(
		status.tooltip,
		[
			"Container engine default: no container engine",
			"No engine was found: start Docker.",
			"Tried: unix:///var/run/docker.sock, unix:///run/user/1000/docker.sock",
		].join("\n"),
	);
});

test("a context's name cannot become an icon", () => {
	assert.equal(engineStatus([engine({ name: "$(x)" })]).text, "$(server) Docker: \\$(x)");
});

test("several engines are counted, and those that are away", () => {
	const other = engine({ name: "remote", state: "silent", message: "It does not answer.", kind: null });
	assert.equal(engineStatus([engine(), engine({ name: "b" })]).text, "$(server) 2 engines");
	const { text, tooltip, spoken } = engineStatus([engine(), other]);
	assert.equal(text, "$(debug-disconnect) 2 engines, 1 not connected");
	assert.match(tooltip, /default: connected\n.*\n\nContainer engine remote: no answer/);
	assert.equal(spoken, "Container engines: 2 engines, 1 not connected");
});
