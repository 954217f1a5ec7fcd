import assert from "node:assert/strict";
import { test } from "node:test";
import { readFilters, wantsStopped } from "../../../server/src/cli/psFilter.ts";
import { container, port } from "../../support/containerReports.ts";

const web = container({
	name: "shop-web-1",
	labels: { tier: "front", empty: "" },
	networks: [{ name: "shop_default", ip: "172.18.0.3", ip6: null }],
	health: "healthy",
	ports: [
		port({ port: 80, published: [{ hostIp: "0.0.0.0", hostPort: 8080 }], exposed: false }),
		port({ port: 53, protocol: "udp" }),
		port({ port: 9000, exposed: false }),
	],
});
const gone = container({ name: "old", state: "exited", running: false, exitCode: 3 });

function kept(...pairs: string[]): string[] {
	const filter = readFilters(pairs);
	if (typeof filter === "string") assert.fail(filter);
	return [web, gone].filter(filter).map(({ name }) => name);
}

for (const [pairs, names] of [
	[[], ["shop-web-1", "old"]],
	[["name=web"], ["shop-web-1"]],
	[["name=^/shop"], ["shop-web-1"]],
	[["name=^web"], []],
	[
		["name=web", "name=old"],
		["shop-web-1", "old"],
	],
	[["name=web", "status=exited"], []],
	[[`id=${web.id.slice(0, 6)}`], ["shop-web-1", "old"]],
	[["status=exited"], ["old"]],
	[["health=healthy"], ["shop-web-1"]],
	[["health=none"], ["old"]],
	[["exited=3"], ["old"]],
	[["exited=0"], []],
	[["label=tier"], ["shop-web-1"]],
	[["label=tier=front"], ["shop-web-1"]],
	[["label=tier=back"], []],
	[["label=tier", "label=empty="], ["shop-web-1"]],
	[["label=tier", "label=other"], []],
	[["label=toString"], []],
	[["network=shop_default"], ["shop-web-1"]],
	[["network=bridge"], ["old"]],
	[["publish=80"], ["shop-web-1"]],
	[["publish=8080"], []],
	[["publish=53/udp"], []],
	[["expose=53/udp"], ["shop-web-1"]],
	[["expose=70-90/tcp"], ["shop-web-1"]],
	[["expose=9000"], []],
] as const) {
	test(`${pairs.join(" ") || "no filter"}`, () => assert.deepEqual(kept(...pairs), names));
}

for (const [pair, message] of [
	["web", /NAME=VALUE is wanted/],
	["", /NAME=VALUE is wanted/],
	["=x", /NAME=VALUE is wanted/],
	["ancestor=x", /no such filter; there are: name, id/],
	["toString=x", /no such filter/],
	["status=up", /one of created, restarting/],
	["health=fine", /one of starting/],
	["exited=x", /exit code/],
	["name=(", /regular expression/],
	["publish=http", /a port is wanted/],
] as const) {
	test(`a mistake in words: --filter ${pair}`, () => assert.match(String(readFilters([pair])), message));
}

test("filters that ask for stopped containers are told from others", () => {
	assert.ok(wantsStopped(["status=exited"]));
	assert.ok(wantsStopped(["name=x", "exited=0"]));
	assert.ok(!wantsStopped(["status=running", "name=exited=0"]));
});
