import assert from "node:assert/strict";
import { test } from "node:test";
import { portItem } from "../../../../client/src/containers/portItem.ts";
import type { PortReport } from "../../../../server/src/protocol.ts";
import { port } from "../../../support/containerReports.ts";

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
