import assert from "node:assert/strict";
import { test } from "node:test";
import { items, problems } from "../../../../client/src/containers/item.ts";
import type { Item } from "../../../../client/src/containers/row.ts";
import type { ContainerReport } from "../../../../server/src/protocol.ts";
import { container, port, report } from "../../../support/containerReports.ts";

/** The tree as text, two blanks a level. */
function drawn(rows: readonly Item[], indent = ""): string[] {
	return rows.flatMap(({ label, description, children }) => [
		`${indent}${label}${description === "" ? "" : ` | ${description}`}`,
		...drawn(children, `${indent}  `),
	]);
}

function drawnContainer(changes: Partial<ContainerReport>): string[] {
	return drawn(items(report(container(changes))));
}

test("a container, its address and its ports", () => {
	assert.deepEqual(drawnContainer({ ports: [port({ exposed: false, verdict: "not-exposed" })] }), [
		"flask | webapp:noexpose · 172.17.0.3",
		"  172.17.0.3 | bridge",
		"  80/tcp | live · not exposed",
	]);
});

test("compose projects come first and hold their containers", () => {
	const all = report(container({ name: "alone" }), container({ name: "db", project: "shop" }), container({ name: "web", project: "shop" }));
	assert.deepEqual(
		drawn(items(all)).filter((row) => !row.includes("172.17.0.3 | bridge")),
		[
			"shop | 2 containers",
			"  db | webapp:noexpose · 172.17.0.3",
			"  web | webapp:noexpose · 172.17.0.3",
			"alone | webapp:noexpose · 172.17.0.3",
		],
	);
});

test("each network and each family has its row", () => {
	const networks = [
		{ name: "front", ip: "172.18.0.2", ip6: "fd00::2" },
		{ name: "back", ip: "172.19.0.2", ip6: null },
	];
	assert.deepEqual(drawnContainer({ networkMode: "front", networks }), [
		"flask | webapp:noexpose · 172.18.0.2 +2",
		"  172.18.0.2 | front",
		"  fd00::2 | front",
		"  172.19.0.2 | back",
	]);
});

test("network modes without an address of their own are told in words", () => {
	const networks: ContainerReport["networks"] = [{ name: "host", ip: null, ip6: null }];
	assert.deepEqual(drawnContainer({ networkMode: "host", networks }), [
		"flask | webapp:noexpose · host network",
		"  host network | has the host's own IP addresses",
	]);
	assert.deepEqual(drawnContainer({ networkMode: "none", networks: [] }), [
		"flask | webapp:noexpose · no network",
		"  no network | has no IP address, cannot be reached",
	]);
	assert.deepEqual(drawnContainer({ networkMode: "front", networks: [{ name: "front", ip: null, ip6: null }] }), [
		"flask | webapp:noexpose · no IP address",
		"  no IP address | front",
	]);
});

test("a container in another one's network names it", () => {
	const owner = container({ name: "proxy", id: "a".repeat(64) });
	const guest = container({ name: "guest", networkMode: `container:${owner.id}`, networks: [] });
	assert.deepEqual(drawn(items(report(guest, owner))).slice(0, 2), [
		"guest | webapp:noexpose · network of proxy",
		"  network of proxy | has the IP addresses of container proxy",
	]);
	assert.deepEqual(drawn(items(report(guest)))[1], "  network of aaaaaaaaaaaa | has the IP addresses of container aaaaaaaaaaaa");
});

test("unknown sockets are said and never drawn as silence", () => {
	const sockets = { known: false, via: null, reason: "no permission to look inside the container", remedy: null } as const;
	const ports = [
		port({ port: 80, live: null, addresses: [], verdict: "unknown" }),
		port({
			port: 90,
			exposed: false,
			published: [{ hostIp: "127.0.0.1", hostPort: 9090 }],
			live: null,
			addresses: [],
			verdict: "unknown",
		}),
	];
	const rows = drawnContainer({ sockets, ports });
	assert.deepEqual(rows.slice(2), [
		"  80/tcp | exposed",
		"  90/tcp | published 127.0.0.1:9090",
		"  ports unknown: no permission to look inside the container",
	]);
});

test("problems are counted at the container and in all", () => {
	const broken = container({
		name: "web",
		ports: [
			port({ port: 80, live: false, addresses: [], verdict: "nothing-listens" }),
			port({ port: 81, addresses: ["127.0.0.1"], verdict: "loopback-only" }),
			port({ port: 82, exposed: false, verdict: "not-exposed" }),
		],
	});
	const all = report(broken, container());
	assert.equal(items(all)[0]?.description, "webapp:noexpose · 172.17.0.3 · 2 problems");
	assert.equal(problems(all), 2);
	assert.equal(problems(report(container())), 0);
});

test("identifiers are unique, and the same when a container is made anew", () => {
	const ids = (rows: readonly Item[]): string[] => rows.flatMap(({ id, children }) => [id, ...ids(children)]);
	const ports = [port(), port({ protocol: "udp" }), port({ port: 81 })];
	const first = ids(items(report(container({ ports }), container({ name: "web", ports, project: "shop" }))));
	const again = ids(items(report(container({ ports, id: "b".repeat(64) }), container({ name: "web", ports, project: "shop" }))));
	assert.equal(new Set(first).size, first.length);
	assert.deepEqual(again, first);
});

test("control characters and marks of direction do not reach the screen", () => {
	const nasty = "we\u001b[31mb\u202e\r\n";
	const all = JSON.stringify(
		items(report(container({ name: nasty, image: nasty, ports: [port({ process: nasty })] }))).map(({ id: _, children, ...row }) => [
			row,
			children.map(({ id: _id, ...child }) => child),
		]),
	);
	assert.doesNotMatch(all, /\\u001b|\u202e|\\r/);
	assert.match(all, /we\[31mb/);
});
