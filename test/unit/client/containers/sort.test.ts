import assert from "node:assert/strict";
import { test } from "node:test";
import { sorted } from "../../../../client/src/containers/sort.ts";
import type { SortBy } from "../../../../client/src/containers/viewSettings.ts";
import { container, port } from "../../../support/containerReports.ts";

const broken = [port({ live: false, addresses: [], verdict: "nothing-listens" })];
const all = [
	container({ name: "web-10", image: "b", createdAt: "2024-05-01T10:00:00Z", state: "exited", running: false }),
	container({ name: "web-2", image: "c", createdAt: "2024-05-03T10:00:00Z", health: "unhealthy" }),
	container({ name: "api", image: "a", createdAt: "2024-05-02T10:00:00Z", state: "paused" }),
	container({ name: "db", image: "a", createdAt: "not a date", ports: broken }),
];

for (const [by, names] of [
	["name", ["api", "db", "web-2", "web-10"]],
	["status", ["web-2", "db", "api", "web-10"]],
	["created", ["web-2", "api", "web-10", "db"]],
	["image", ["api", "db", "web-10", "web-2"]],
	["problems", ["db", "api", "web-2", "web-10"]],
] as const satisfies readonly (readonly [SortBy, readonly string[]])[]) {
	test(`by ${by}`, () =>
		assert.deepEqual(
			sorted(all, by).map(({ name }) => name),
			names,
		));
}
