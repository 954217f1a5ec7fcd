import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { type ContextWorld, type EngineLocation, listEngines, locateEngine, locateNamed } from "../../../server/src/engine/contexts.ts";

type Files = Readonly<Record<string, string>>;

/** The file holds this: it is there, and cannot be read. */
const UNREADABLE = "EACCES";

function world(env: Record<string, string>, files: Files = {}, platform = "linux"): ContextWorld {
	return {
		env,
		home: "/home/ann",
		platform,
		uid: 1000,
		async read(path) {
			if (files[path] === UNREADABLE) throw new Error(UNREADABLE);
			return files[path];
		},
		async list(folder) {
			const names = Object.keys(files).flatMap((file) =>
				file.startsWith(`${folder}/`) ? [file.slice(folder.length + 1).split("/")[0]] : [],
			);
			return [...new Set(names)].filter((name) => name !== undefined);
		},
	};
}

function locate(env: Record<string, string>, files: Files = {}, platform = "linux"): Promise<EngineLocation> {
	return locateEngine(world(env, files, platform));
}

const digest = (name: string) => createHash("sha256").update(name).digest("hex");
const meta = (name: string, endpoint: object, description?: string) => ({
	[`/home/ann/.docker/contexts/meta/${digest(name)}/meta.json`]: JSON.stringify({
		Name: name,
		Metadata: { Description: description },
		Endpoints: { docker: endpoint },
	}),
});
const pem = (name: string, part: string, text = part) => ({
	[`/home/ann/.docker/contexts/tls/${digest(name)}/docker/${part}.pem`]: text,
});
const urls = ({ endpoints }: EngineLocation) => endpoints.map(({ url }) => url);

const CONFIG = "/home/ann/.docker/config.json";
const colima = meta("colima", { Host: "unix:///home/ann/.colima/docker.sock" });

test("DOCKER_HOST overrides every context, whose name is then default", async () => {
	const found = await locate({ DOCKER_HOST: "unix:///run/other.sock", DOCKER_CONTEXT: "colima" }, { ...colima, [CONFIG]: "no json" });
	assert.deepEqual(found, {
		name: "default",
		endpoints: [{ url: "unix:///run/other.sock", tls: null }],
		problem: null,
		warning: null,
		isContext: false,
	});
});

test("DOCKER_CONTEXT overrides the configuration's current context", async () => {
	const files = { ...colima, ...meta("work", { Host: "unix:///run/job.sock" }), [CONFIG]: '{"currentContext":"work"}' };
	assert.deepEqual(await locate({ DOCKER_CONTEXT: "colima" }, files), {
		name: "colima",
		endpoints: [{ url: "unix:///home/ann/.colima/docker.sock", tls: null }],
		problem: null,
		warning: null,
		isContext: true,
	});
	assert.deepEqual(urls(await locate({}, files)), ["unix:///run/job.sock"]);
	assert.equal((await locate({ DOCKER_CONTEXT: "default" }, files)).name, "default");
});

test("DOCKER_CONFIG names the configuration's folder", async () => {
	const folder = {
		"/etc/d/config.json": '{"currentContext":"a"}',
		[`/etc/d/contexts/meta/${digest("a")}/meta.json`]: '{"Endpoints":{"docker":{"Host":"unix:///a"}}}',
	};
	assert.deepEqual(urls(await locate({ DOCKER_CONFIG: "/etc/d" }, folder)), ["unix:///a"]);
});

test("when nothing chooses, known sockets are tried, Docker's own first", async () => {
	for (const config of [undefined, "{}", '{"currentContext":""}', '{"currentContext":"default"}', '{"currentContext":5}', "[]"]) {
		const found = await locate({ XDG_RUNTIME_DIR: "/run/user/1000" }, config === undefined ? {} : { [CONFIG]: config });
		assert.equal(found.name, "default", config);
		assert.equal(urls(found)[0], "unix:///var/run/docker.sock", config);
		assert.equal(found.warning, null, config);
	}
});

for (const [config, words] of [
	["no json", /\/home\/ann\/\.docker\/config\.json is not JSON, so the Docker context that it chooses is not used/],
	["null", /is not what docker writes/],
	[UNREADABLE, /cannot be read/],
] as const) {
	test(`a config.json that is no use (${config}) is told; docker goes on without it, and so does the search`, async () => {
		const found = await locate({}, { [CONFIG]: config });
		assert.match(found.warning ?? "", words);
		assert.ok(found.endpoints.length > 0);
	});
}

for (const [host, endpoint] of [
	["tcp://127.0.0.1:2375", "tcp://127.0.0.1:2375"],
	["tcp://engine.example", "tcp://engine.example:2375"],
	["http://127.0.0.1:80", "tcp://127.0.0.1:80"],
	["127.0.0.1:4000", "tcp://127.0.0.1:4000"],
	["tcp://[::1]:2375", "tcp://[::1]:2375"],
	["npipe:////./pipe/docker_engine", "npipe:////./pipe/docker_engine"],
	["ssh://ann@host:2222", "ssh://ann@host:2222"],
	["ssh://host/run/user/1000/docker.sock", "ssh://host/run/user/1000/docker.sock"],
] as const) {
	test(`DOCKER_HOST=${host}`, async () => {
		assert.deepEqual((await locate({ DOCKER_HOST: host })).endpoints, [{ url: endpoint, tls: null }]);
	});
}

test("TLS by DOCKER_TLS_VERIFY, with the certificates of DOCKER_CERT_PATH or of Docker's folder", async () => {
	const files = { "/certs/ca.pem": "CA", "/certs/cert.pem": "CERT", "/certs/key.pem": "KEY", "/home/ann/.docker/ca.pem": "OWN" };
	const env = { DOCKER_HOST: "tcp://host", DOCKER_TLS_VERIFY: "1" };
	assert.deepEqual((await locate({ ...env, DOCKER_CERT_PATH: "/certs" }, files)).endpoints, [
		{
			url: "tcp://host:2376",
			tls: {
				ca: "CA",
				cert: "CERT",
				key: "KEY",
				verify: true,
				files: { ca: "/certs/ca.pem", cert: "/certs/cert.pem", key: "/certs/key.pem" },
			},
		},
	]);
	const [own] = (await locate(env, files)).endpoints;
	assert.deepEqual([own?.tls?.ca, own?.tls?.cert, own?.tls?.verify], ["OWN", null, true]);
	const [blind] = (await locate({ DOCKER_HOST: "tcp://host:99", DOCKER_TLS: "1" }, files)).endpoints;
	assert.deepEqual([blind?.url, blind?.tls?.verify], ["tcp://host:99", false]);
	assert.equal((await locate({ ...env, DOCKER_HOST: "unix:///x" }, files)).endpoints[0]?.tls, null);
	assert.equal((await locate({ DOCKER_HOST: "https://host" })).endpoints[0]?.tls?.verify, true);
});

test("TLS of a context: its own files; SkipTLSVerify believes any certificate; without either it is in the clear", async () => {
	const far = { ...meta("far", { Host: "tcp://far:2376" }), ...pem("far", "ca"), ...pem("far", "cert"), ...pem("far", "key") };
	const [endpoint] = (await locate({ DOCKER_CONTEXT: "far" }, far)).endpoints;
	assert.deepEqual([endpoint?.tls?.ca, endpoint?.tls?.cert, endpoint?.tls?.key, endpoint?.tls?.verify], ["ca", "cert", "key", true]);
	const skipped = await locate({ DOCKER_CONTEXT: "lax" }, meta("lax", { Host: "tcp://far", SkipTLSVerify: true }));
	assert.deepEqual(urls(skipped), ["tcp://far:2376"]);
	assert.equal(skipped.endpoints[0]?.tls?.verify, false);
	// The variables are for DOCKER_HOST and `--host`, not for contexts.
	const clear = await locate({ DOCKER_CONTEXT: "bare", DOCKER_TLS_VERIFY: "1" }, meta("bare", { Host: "tcp://far:2375" }));
	assert.equal(clear.endpoints[0]?.tls, null);
});

for (const [title, env, files, words] of [
	["an unknown scheme", { DOCKER_HOST: "fd://" }, {}, /DOCKER_HOST says fd:\/\/, which is not an address/],
	["an empty path", { DOCKER_HOST: "unix://" }, {}, /not an address/],
	["no host", { DOCKER_HOST: "tcp://" }, {}, /not an address/],
	["an ssh host that is an option", { DOCKER_HOST: "ssh://-oProxyCommand=x" }, {}, /not an address that ssh takes/],
	["a context that is not there", { DOCKER_CONTEXT: "gone" }, {}, /context gone does not exist/],
	["a context without a host", { DOCKER_CONTEXT: "k8s" }, meta("k8s", {}), /context k8s does not exist or names no engine/],
	[
		"a key that cannot be read",
		{ DOCKER_CONTEXT: "far" },
		{ ...meta("far", { Host: "tcp://far" }), ...pem("far", "key", UNREADABLE) },
		/key\.pem cannot be read/,
	],
	[
		"a context's description that is cut",
		{ DOCKER_CONTEXT: "cut" },
		{ [`/home/ann/.docker/contexts/meta/${digest("cut")}/meta.json`]: '{"Name":"cut' },
		/description of the Docker context cut is not JSON/,
	],
] as const) {
	test(`${title}: said in one sentence, nothing is tried`, async () => {
		const found = await locate(env, files as Files);
		assert.deepEqual(found.endpoints, []);
		assert.match(found.problem ?? "", words);
	});
}

test("an engine may be named by its address", async () => {
	const found = await locateNamed(world({ DOCKER_CONTEXT: "colima" }), "unix:///run/podman/podman.sock");
	assert.deepEqual(
		[found.name, urls(found), found.isContext],
		["unix:///run/podman/podman.sock", ["unix:///run/podman/podman.sock"], false],
	);
	assert.match((await locateNamed(world({}), "ftp://x")).problem ?? "", /^ftp:\/\/x, which is not an address/);
	assert.equal(
		(await locateNamed(world({ DOCKER_HOST: "unix:///x" }, colima), "colima")).endpoints[0]?.url,
		"unix:///home/ann/.colima/docker.sock",
	);
});

test("everything that can be chosen: default, contexts by name, and sockets that no context has", async () => {
	const files = {
		...meta("work", { Host: "ssh://job" }, "the job's"),
		...meta("desktop-linux", { Host: "unix:///home/ann/.docker/desktop/docker.sock" }, "Docker Desktop"),
		"/home/ann/.docker/contexts/meta/stray/meta.json": "no json",
		[CONFIG]: '{"currentContext":"work"}',
	};
	const all = await listEngines(world({}, files));
	const named = all
		.filter(({ onlyIfThere }) => !onlyIfThere)
		.map(({ location, description, current }) => [location.name, description, current]);
	assert.deepEqual(named, [
		["default", "The first known socket that answers", false],
		["desktop-linux", "Docker Desktop", false],
		["work", "the job's", true],
	]);
	const sockets = all.filter(({ onlyIfThere }) => onlyIfThere).map(({ location, description }) => `${location.name} ${description}`);
	assert.ok(sockets.includes("unix:///var/run/docker.sock Docker"));
	assert.ok(!sockets.some((socket) => socket.includes("desktop/docker.sock")));
	const [first] = await listEngines(world({ DOCKER_HOST: "tcp://h:1", DOCKER_CONTEXT: "work" }, files));
	assert.deepEqual([first?.location.endpoints[0]?.url, first?.description, first?.current], ["tcp://h:1", "DOCKER_HOST", true]);
});
