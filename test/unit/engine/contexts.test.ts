import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { locateEngine } from "../../../server/src/engine/contexts.ts";

const digest = (name: string) => createHash("sha256").update(name).digest("hex");
const meta = (name: string, endpoint: object) => ({
	[`/home/ann/.docker/contexts/meta/${digest(name)}/meta.json`]: JSON.stringify({ Name: name, Endpoints: { docker: endpoint } }),
});

function locate(env: Record<string, string>, files: Record<string, string> = {}, platform = "linux") {
	return locateEngine({ env, home: "/home/ann", platform, read: async (path) => files[path] });
}

const CONFIG = "/home/ann/.docker/config.json";
const colima = meta("colima", { Host: "unix:///home/ann/.colima/docker.sock" });

test("DOCKER_HOST overrides every context, whose name is then default", async () => {
	const found = await locate({ DOCKER_HOST: "unix:///run/other.sock", DOCKER_CONTEXT: "colima" }, colima);
	assert.deepEqual(found, { name: "default", endpoints: ["unix:///run/other.sock"], problem: null });
});

test("DOCKER_CONTEXT overrides the configuration's current context", async () => {
	const files = { ...colima, ...meta("work", { Host: "unix:///run/job.sock" }), [CONFIG]: '{"currentContext":"work"}' };
	assert.deepEqual(await locate({ DOCKER_CONTEXT: "colima" }, files), {
		name: "colima",
		endpoints: ["unix:///home/ann/.colima/docker.sock"],
		problem: null,
	});
	assert.deepEqual((await locate({}, files)).endpoints, ["unix:///run/job.sock"]);
	assert.equal((await locate({ DOCKER_CONTEXT: "default" }, files)).name, "default");
});

test("DOCKER_CONFIG names the configuration's folder", async () => {
	const folder = {
		"/etc/d/config.json": '{"currentContext":"a"}',
		[`/etc/d/contexts/meta/${digest("a")}/meta.json`]: '{"Endpoints":{"docker":{"Host":"unix:///a"}}}',
	};
	assert.deepEqual((await locate({ DOCKER_CONFIG: "/etc/d" }, folder)).endpoints, ["unix:///a"]);
});

test("when nothing chooses, known sockets are tried, Docker's own first", async () => {
	for (const config of [
		undefined,
		"{}",
		'{"currentContext":""}',
		'{"currentContext":"default"}',
		"no json",
		"null",
		"[]",
		'{"currentContext":5}',
	]) {
		const found = await locate({ XDG_RUNTIME_DIR: "/run/user/1000" }, config === undefined ? {} : { [CONFIG]: config });
		assert.equal(found.name, "default", config);
		assert.equal(found.endpoints[0], "unix:///var/run/docker.sock", config);
		assert.ok(found.endpoints.includes("unix:///run/user/1000/podman/podman.sock"), config);
		assert.ok(found.endpoints.includes("unix:///home/ann/.docker/desktop/docker.sock"), config);
	}
	assert.equal((await locate({}, {}, "win32")).endpoints[0], "npipe:////./pipe/docker_engine");
	assert.ok(!(await locate({})).endpoints.some((endpoint) => endpoint.includes("undefined")));
});

for (const [host, endpoint] of [
	["tcp://127.0.0.1:2375", "tcp://127.0.0.1:2375"],
	["tcp://engine.example", "tcp://engine.example:2375"],
	["http://127.0.0.1:80", "tcp://127.0.0.1:80"],
	["127.0.0.1:4000", "tcp://127.0.0.1:4000"],
	["tcp://[::1]:2375", "tcp://[::1]:2375"],
	["npipe:////./pipe/docker_engine", "npipe:////./pipe/docker_engine"],
] as const) {
	test(`DOCKER_HOST=${host}`, async () => {
		assert.deepEqual(await locate({ DOCKER_HOST: host }), { name: "default", endpoints: [endpoint], problem: null });
	});
}

for (const [title, env, files, words] of [
	["SSH", { DOCKER_HOST: "ssh://ann@host" }, {}, /over SSH are not supported yet/],
	["TLS by variable", { DOCKER_HOST: "tcp://host:2376", DOCKER_TLS_VERIFY: "1" }, {}, /behind TLS are not supported yet/],
	["https", { DOCKER_HOST: "https://host:2376" }, {}, /behind TLS are not supported yet/],
	[
		"TLS of a context",
		{ DOCKER_CONTEXT: "far" },
		{ ...meta("far", { Host: "tcp://far:2376" }), [`/home/ann/.docker/contexts/tls/${digest("far")}/docker/ca.pem`]: "x" },
		/context far says tcp:\/\/far:2376, and engines behind TLS/,
	],
	["a context that is not there", { DOCKER_CONTEXT: "gone" }, {}, /context gone does not exist/],
	["a context without a host", { DOCKER_CONTEXT: "k8s" }, meta("k8s", {}), /context k8s does not exist or names no engine/],
	["an unknown scheme", { DOCKER_HOST: "fd://" }, {}, /not an address/],
	["an empty path", { DOCKER_HOST: "unix://" }, {}, /not an address/],
	["no host", { DOCKER_HOST: "tcp://" }, {}, /not an address/],
] as const) {
	test(`${title}: said in one sentence, nothing is tried`, async () => {
		const found = await locate(env, files);
		assert.deepEqual(found.endpoints, []);
		assert.match(found.problem ?? "", words);
	});
}
