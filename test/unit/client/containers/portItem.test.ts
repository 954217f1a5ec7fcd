import assert from "node:assert/strict";
import { test } from "node:test";
import { portItem as itemOf, portItems } from "../../../../client/src/containers/portItem.ts";
import type { PortReport } from "../../../../server/src/protocol.ts";
import { port } from "../../../support/containerReports.ts";

const about = { engine: "default", container: "c" };
const portItem = (id: string, facts: PortReport) => itemOf(id, facts, about);
const published = [{ hostIp: "0.0.0.0", hostPort: 8080 }];
const loopback = { addresses: ["127.0.0.1"], verdict: "loopback-only" } as const;
const silent = { live: false, addresses: [], verdict: "nothing-listens" } as const;
const unknown = { live: null, addresses: [], verdict: "unknown" } as const;

const rows: [Partial<PortReport>, string][] = [
	[{}, "exposed · live"],
	[{ exposed: false, verdict: "not-exposed" }, "live · not exposed"],
	[{ process: "python" }, "exposed · live\u2003python"],
	[{ addresses: ["::"] }, "exposed · live"],
	[{ addresses: ["172.17.0.3", "127.0.0.1"] }, "exposed · live on 172.17.0.3, 127.0.0.1"],
	[silent, "exposed · nothing listens"],
	[{ ...silent, exposed: false, published }, "published 0.0.0.0:8080 · nothing listens"],
	[{ published }, "exposed · published 0.0.0.0:8080 · live"],
	[{ exposed: false, published, verdict: "not-exposed" }, "published 0.0.0.0:8080 · live · not exposed"],
	[{ ...loopback, exposed: false, published }, "published 0.0.0.0:8080 · listens on 127.0.0.1 only"],
	[{ ...loopback }, "exposed · listens on 127.0.0.1 only"],
	[unknown, "exposed"],
	[{ ...unknown, exposed: false, published }, "published 0.0.0.0:8080"],
	[{ ...unknown, published: [{ hostIp: "0.0.0.0", hostPort: 8080, answers: true }] }, "exposed · published 0.0.0.0:8080 (answers)"],
	[
		{ ...unknown, published: [{ hostIp: "0.0.0.0", hostPort: 8080, answers: false }] },
		"exposed · published 0.0.0.0:8080 (probably nothing behind it)",
	],
	[{ published: [...published, { hostIp: "::", hostPort: 8080 }] }, "exposed · published 0.0.0.0:8080 · live"],
	[{ published: [{ hostIp: "::1", hostPort: 8080 }] }, "exposed · published [::1]:8080 · live"],
];

for (const [changes, description] of rows)
	test(`a port's row reads: ${description}`, () => {
		assert.equal(portItem("c", port(changes)).description, description);
	});

test("the label is number and protocol", () => {
	assert.equal(portItem("c", port({ port: 53, protocol: "udp" })).label, "53/udp");
});

test("only broken promises carry the warning sign", () => {
	const sign = (changes: Partial<PortReport>) => portItem("c", port(changes)).icon.name;
	assert.equal(sign(silent), "warning");
	assert.equal(sign(loopback), "warning");
	assert.notEqual(sign({ exposed: false, verdict: "not-exposed" }), "warning");
	assert.notEqual(sign(unknown), "warning");
});

test("the tooltip keeps the three facts apart", () => {
	const { tooltip } = portItem("c", port({ exposed: false, published, process: "python", verdict: "not-exposed" }));
	assert.deepEqual(tooltip.split("\n"), [
		"80/tcp",
		"Not exposed: the image does not document it.",
		"Published: 0.0.0.0:8080 on the host leads here.",
		"Live: a process listens on 0.0.0.0.",
		"Process: python",
	]);
	assert.match(portItem("c", port(unknown)).tooltip, /Live: unknown\./);
	assert.match(portItem("c", port(loopback)).tooltip, /only on 127\.0\.0\.1: nothing outside the container can reach it/);
});

test("a screen reader hears the facts, not the marks", () => {
	assert.equal(
		portItem("c", port({ exposed: false, process: "python", verdict: "not-exposed" })).spoken,
		"Port 80/tcp, live, not exposed, process python",
	);
});

test("a row knows its port, and what menus ask for", () => {
	assert.deepEqual(portItem("c", port({ published })).subject, { ...about, port: { port: 80, protocol: "tcp" } });
	assert.deepEqual(portItem("c", port({ published })).traits, ["published"]);
	assert.deepEqual(portItem("c", port({ published, protocol: "udp" })).traits, []);
	assert.deepEqual(portItem("c", port({ exposed: false, verdict: "not-exposed" })).traits, ["undocumented"]);
});

const series = (first: number, count: number, changes: Partial<PortReport> = {}) =>
	Array.from({ length: count }, (_, index) => port({ port: first + index, ...changes }));

test("a few ports are shown one by one", () => {
	assert.deepEqual(
		portItems("c", series(8000, 16), about).map(({ label }) => label),
		series(8000, 16).map(({ port: number }) => `${number}/tcp`),
	);
});

test("of many ports, neighbours that are alike share a row that holds them", () => {
	const many = [port({ port: 80 }), ...series(8000, 300), port({ port: 9000, live: false, addresses: [], verdict: "nothing-listens" })];
	const rows = portItems("c", many, about);
	assert.deepEqual(
		rows.map(({ label, description }) => `${label} ${description}`),
		["80/tcp exposed · live", "8000–8299/tcp exposed · live · 300 ports", "9000/tcp exposed · nothing listens"],
	);
	assert.equal(rows[1]?.children.length, 300);
	assert.equal(rows[1]?.folded, true);
	assert.equal(new Set(rows.flatMap((row) => [row.id, ...row.children.map(({ id }) => id)])).size, 303);
});

test("what is not alike is not one range: another fact, another protocol, another distance to the host's port", () => {
	const mixed = [
		...series(8000, 6),
		...series(8006, 6, { exposed: false, verdict: "not-exposed" }),
		...series(8000, 6, { protocol: "udp" }),
		...Array.from({ length: 6 }, (_, index) => port({ port: 8100 + index, published: [{ hostIp: "0.0.0.0", hostPort: 9100 + index }] })),
		...Array.from({ length: 3 }, (_, index) => port({ port: 8106 + index, published: [{ hostIp: "0.0.0.0", hostPort: 7000 + index }] })),
	].sort((a, b) => a.port - b.port);
	assert.deepEqual(
		portItems("c", mixed, about).map(({ label, description }) => `${label} ${description}`),
		[
			"8000–8005/tcp exposed · live · 6 ports",
			"8000–8005/udp exposed · live · 6 ports",
			"8006–8011/tcp live · not exposed · 6 ports",
			"8100–8105/tcp exposed · published 0.0.0.0:9100–9105 · live · 6 ports",
			"8106/tcp exposed · published 0.0.0.0:7000 · live",
			"8107/tcp exposed · published 0.0.0.0:7001 · live",
			"8108/tcp exposed · published 0.0.0.0:7002 · live",
		],
	);
});
