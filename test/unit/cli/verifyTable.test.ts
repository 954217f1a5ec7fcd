import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { comparePorts, verifyTable } from "../../../server/src/cli/verifyTable.ts";
import type { Listener } from "../../../server/src/model/port.ts";
import type { PortReport } from "../../../server/src/protocol.ts";

const predicted = (port: number, address = "0.0.0.0"): Listener => ({ port, protocol: "tcp", address, certainty: "certain", evidence: [] });
const live = (port: number, ...addresses: string[]): PortReport =>
	({
		port,
		protocol: "tcp",
		live: true,
		addresses: addresses.length > 0 ? addresses : ["0.0.0.0"],
		published: [],
		exposed: false,
		process: null,
		verdict: "ok",
	}) as PortReport;
const documented = (port: number) => ({ ...live(port), live: false, addresses: [] });

suite("prediction against truth", () => {
	const cases: { name: string; listeners: Listener[]; open?: boolean; seen: PortReport[]; expected: string[] }[] = [
		{ name: "as predicted", listeners: [predicted(80)], seen: [live(80, "::")], expected: ["80 ok"] },
		{ name: "nothing, as predicted", listeners: [], seen: [documented(80)], expected: [] },
		{ name: "missing", listeners: [predicted(80)], seen: [documented(80)], expected: ["80 missing"] },
		{ name: "unexpected", listeners: [predicted(80)], seen: [live(80), live(81)], expected: ["80 ok", "81 unexpected"] },
		{
			name: "more, where more was possible",
			listeners: [predicted(80)],
			open: true,
			seen: [live(80), live(81)],
			expected: ["80 ok", "81 new"],
		},
		{ name: "on loopback instead", listeners: [predicted(80)], seen: [live(80, "127.0.0.1")], expected: ["80 loopback"] },
		{
			name: "on loopback, as predicted",
			listeners: [predicted(80, "127.0.0.1")],
			seen: [live(80, "127.0.0.1", "::1")],
			expected: ["80 ok"],
		},
	];
	for (const { name, listeners, open = false, seen, expected } of cases) {
		test(name, () =>
			assert.deepEqual(
				comparePorts(listeners, open, seen).map(({ port, verdict }) => `${port} ${verdict}`),
				expected,
			),
		);
	}

	test("for people", () => {
		const ports = comparePorts([predicted(80), predicted(443)], false, [live(80), live(9000, "127.0.0.1")]);
		assert.equal(
			verifyTable(ports, [], undefined),
			`PORT      PREDICTED  LIVE
80/tcp    0.0.0.0    0.0.0.0    as predicted
443/tcp   0.0.0.0               predicted, but nothing listens
9000/tcp             127.0.0.1  not predicted
The prediction does not hold.
`,
		);
		assert.equal(verifyTable([], [], undefined), "Nothing listens, as predicted.\n");
		const [open] = [comparePorts([], true, [live(80)])];
		assert.match(
			verifyTable(open, [{ reason: "nothing is known about x" }], 80),
			/What was unknown: nothing is known about x\nThe prediction holds\.\n$/,
		);
	});
});
