import assert from "node:assert/strict";
import { test } from "node:test";
import { browserAddresses } from "../../../../client/src/containers/browserAddress.ts";
import type { EngineReport, PortReport } from "../../../../server/src/protocol.ts";
import { container, engine, port } from "../../../support/containerReports.ts";

const everywhere = (hostPort: number) => [
	{ hostIp: "0.0.0.0", hostPort },
	{ hostIp: "::", hostPort },
];
const urls = (ports: PortReport[], where: EngineReport | undefined = engine()) =>
	browserAddresses(container({ ports }), where).map(({ url }) => url);

test("a port that is published everywhere is at localhost, once", () => {
	assert.deepEqual(urls([port({ published: everywhere(8080) })]), ["http://localhost:8080/"]);
});

test("ports that speak TLS by custom are asked by https", () => {
	assert.deepEqual(urls([port({ port: 443, published: everywhere(9000) })]), ["https://localhost:9000/"]);
	assert.deepEqual(urls([port({ port: 9000, published: everywhere(8443) })]), ["https://localhost:8443/"]);
});

test("an address of the host is kept", () => {
	assert.deepEqual(urls([port({ published: [{ hostIp: "::1", hostPort: 80 }] })]), ["http://[::1]:80/"]);
	assert.deepEqual(urls([port({ published: [{ hostIp: "192.168.0.2", hostPort: 80 }] })]), ["http://192.168.0.2:80/"]);
});

test("a remote engine's ports are at its host", () => {
	const ports = [port({ published: everywhere(8080) })];
	assert.deepEqual(urls(ports, engine({ local: false, endpoint: "tcp://build.example:2376" })), ["http://build.example:8080/"]);
	assert.deepEqual(urls(ports, engine({ local: false, endpoint: "ssh://me@build.example" })), ["http://build.example:8080/"]);
});

test("what a browser cannot open is left out: UDP, and what nobody published", () => {
	assert.deepEqual(urls([port(), port({ protocol: "udp", published: everywhere(53) })]), []);
});

test("databases come last", () => {
	assert.deepEqual(urls([port({ port: 5432, published: everywhere(5432) }), port({ port: 8000, published: everywhere(8000) })]), [
		"http://localhost:8000/",
		"http://localhost:5432/",
	]);
});

test("what is no address leads nowhere", () => {
	for (const hostIp of ["evil.example/?", "evil.example", "1.2.3.4@evil.example", "[::1"])
		assert.deepEqual(urls([port({ published: [{ hostIp, hostPort: 80 }] })]), []);
});
