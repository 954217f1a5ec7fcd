import assert from "node:assert/strict";
import { test } from "node:test";
import { readContainer, readImage, readListed } from "../../../server/src/engine/inspect.ts";

const ID = "0123456789abcdef".repeat(4);

test("a container with published ports on two networks", () => {
	const container = readContainer({
		Id: ID,
		Name: "/shop-web-1",
		Image: "sha256:feed",
		Path: "httpd",
		Args: ["-f", "-p", "80"],
		Created: "2024-05-01T09:00:00Z",
		State: {
			Status: "running",
			Running: true,
			Paused: false,
			Restarting: false,
			Pid: 4711,
			ExitCode: 0,
			StartedAt: "2024-05-01T10:00:00.5Z",
			FinishedAt: "0001-01-01T00:00:00Z",
			Health: { Status: "unhealthy" },
		},
		Config: { Image: "web:1", ExposedPorts: { "80/tcp": {}, "9999/udp": {} }, Labels: { "com.docker.compose.project": "shop" } },
		HostConfig: { NetworkMode: "shop_default", Runtime: "runc", PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "" }] } },
		NetworkSettings: {
			Ports: {
				"80/tcp": [
					{ HostIp: "0.0.0.0", HostPort: "32768" },
					{ HostIp: "::", HostPort: "32769" },
				],
				"9999/udp": null,
			},
			Networks: { shop_default: { IPAddress: "172.18.0.3", GlobalIPv6Address: "fd00::3" }, back: { IPAddress: "", GlobalIPv6Address: "" } },
		},
	});
	assert.deepEqual(container, {
		id: ID,
		name: "shop-web-1",
		image: "web:1",
		imageId: "sha256:feed",
		argv: ["httpd", "-f", "-p", "80"],
		state: "running",
		running: true,
		pid: 4711,
		createdAt: "2024-05-01T09:00:00Z",
		startedAt: "2024-05-01T10:00:00.5Z",
		finishedAt: null,
		exitCode: 0,
		health: "unhealthy",
		labels: { "com.docker.compose.project": "shop" },
		project: "shop",
		networkMode: "shop_default",
		runtime: "runc",
		networks: [
			{ name: "back", ip: null, ip6: null },
			{ name: "shop_default", ip: "172.18.0.3", ip6: "fd00::3" },
		],
		declared: [
			{ port: 80, protocol: "tcp" },
			{ port: 9999, protocol: "udp" },
		],
		requested: [{ port: 80, protocol: "tcp" }],
		published: [
			{ port: 80, protocol: "tcp", hostIp: "0.0.0.0", hostPort: 32768 },
			{ port: 80, protocol: "tcp", hostIp: "::", hostPort: 32769 },
		],
	});
});

test("an identifier is all that must be there", () => {
	for (const answer of [undefined, null, 5, "x", [], {}, { Id: "short" }, { Id: 5 }]) assert.equal(readContainer(answer), undefined);
	const bare = readContainer({
		Id: ID,
		State: null,
		Config: null,
		HostConfig: null,
		NetworkSettings: { Networks: null, Ports: null },
		Args: null,
	});
	assert.equal(bare?.running, false);
	assert.equal(bare?.networkMode, "bridge");
	assert.deepEqual([bare?.argv, bare?.networks, bare?.declared, bare?.published], [[], [], [], []]);
});

test("a restarting container has no process, whatever number is left over", () => {
	const container = readContainer({ Id: ID, State: { Status: "restarting", Running: true, Restarting: true, Pid: 99 } });
	assert.deepEqual([container?.state, container?.running, container?.pid], ["restarting", true, 0]);
});

test("the pseudo-networks host and none are no addresses", () => {
	for (const name of ["host", "none"]) {
		const container = readContainer({
			Id: ID,
			HostConfig: { NetworkMode: name },
			NetworkSettings: { Networks: { [name]: { IPAddress: "" } } },
		});
		assert.deepEqual([container?.networkMode, container?.networks], [name, []]);
	}
});

test("an image's configuration; port ranges are written out, nonsense is left out", () => {
	const image = readImage({
		Id: "sha256:1",
		Config: {
			ExposedPorts: {
				"8000-8002/tcp": {},
				"53/udp": {},
				"80": {},
				"0/tcp": {},
				"99999/tcp": {},
				"9-8/tcp": {},
				"80/quic": {},
				"80/tcp": {},
			},
			Env: ["A=b"],
			Cmd: ["x"],
			WorkingDir: "/app",
		},
	});
	assert.deepEqual(image?.exposed.map(({ port, protocol }) => `${port}/${protocol}`).sort(), [
		"53/udp",
		"80/tcp",
		"8000/tcp",
		"8001/tcp",
		"8002/tcp",
	]);
	assert.deepEqual([image?.env, image?.entrypoint, image?.cmd, image?.workingDir, image?.user], [["A=b"], [], ["x"], "/app", ""]);
	assert.deepEqual(readImage({ Id: "sha256:2", Config: null })?.exposed, []);
	for (const answer of [null, "page", {}]) assert.equal(readImage(answer), undefined);
});

test("a container belongs to its compose project, its stack, or its service of the swarm", () => {
	const project = (labels: object) => readContainer({ Id: "a".repeat(64), Config: { Labels: labels } })?.project;
	const service = { "com.docker.swarm.service.name": "shop_web", "com.docker.swarm.task.name": "shop_web.1.x" };
	assert.equal(project({ ...service, "com.docker.stack.namespace": "shop" }), "shop");
	assert.equal(project(service), "shop_web");
	assert.equal(project({ "com.docker.compose.project": "local" }), "local");
	assert.equal(project({}), null);
});

test("a port that is neither a number nor a text is none", () => {
	const listed = (port: unknown) => readListed({ Id: "a".repeat(64), State: "running", Ports: [{ PrivatePort: port, Type: "tcp" }] });
	assert.deepEqual(listed(80)?.declared, [{ port: 80, protocol: "tcp" }]);
	for (const port of [{ toString: null }, [80], null, 80.5]) assert.deepEqual(listed(port)?.declared, []);
});
