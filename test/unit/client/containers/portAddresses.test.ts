import assert from "node:assert/strict";
import { test } from "node:test";
import { portAddresses } from "../../../../client/src/containers/portAddresses.ts";
import { container, port } from "../../../support/containerReports.ts";

const web = port({ port: 80, published: [{ hostIp: "127.0.0.1", hostPort: 8080 }] });
const both = container({
	networks: [{ name: "bridge", ip: "172.17.0.3", ip6: "fd00::3" }],
	ports: [web, port({ port: 53, protocol: "udp" })],
});

test("every port in every network, IPv6 in brackets, and the host's end", () => {
	assert.deepEqual(portAddresses(both), [
		{ text: "172.17.0.3:80", words: "80/tcp in network bridge" },
		{ text: "[fd00::3]:80", words: "80/tcp in network bridge" },
		{ text: "127.0.0.1:8080", words: "80/tcp published on the host" },
		{ text: "172.17.0.3:53", words: "53/udp in network bridge" },
		{ text: "[fd00::3]:53", words: "53/udp in network bridge" },
	]);
});

test("of one port only", () => {
	assert.deepEqual(
		portAddresses(both, web).map(({ text }) => text),
		["172.17.0.3:80", "[fd00::3]:80", "127.0.0.1:8080"],
	);
});

test("none where there is no address and nothing is published", () => {
	assert.deepEqual(portAddresses(container({ networkMode: "none", networks: [], ports: [port()] })), []);
});
