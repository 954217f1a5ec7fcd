import assert from "node:assert/strict";
import { test } from "node:test";
import { matches } from "../../../../client/src/containers/filter.ts";
import { container, port } from "../../../support/containerReports.ts";

const web = container({
	name: "shop-Web-1",
	image: "nginx:1.27",
	project: "shop",
	networks: [{ name: "shop_default", ip: "172.18.0.3", ip6: "fd00::3" }],
	ports: [port({ port: 80, published: [{ hostIp: "0.0.0.0", hostPort: 8080 }] }), port({ port: 53, protocol: "udp" })],
});

for (const [filter, found] of [
	["", true],
	["  ", true],
	["web", true],
	["WEB nginx", true],
	["web redis", false],
	["shop", true],
	["172.18", true],
	["fd00::3", true],
	["80", true],
	["8080", true],
	[":8080", true],
	["53/udp", true],
	["53/tcp", false],
	["8", true],
	["443", false],
	["f9dc192442", true],
	["f9", false],
	["[", false],
] as const) {
	test(`${JSON.stringify(filter)} ${found ? "matches" : "does not match"}`, () => assert.equal(matches(web, filter), found));
}

test("a number is a whole port, not a part of one", () => {
	const other = container({ name: "x", image: "y", networks: [], ports: [port({ port: 8080 })] });
	assert.equal(matches(other, "80"), false);
	assert.equal(matches(other, "8080"), true);
});
