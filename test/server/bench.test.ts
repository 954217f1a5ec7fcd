import assert from "node:assert/strict";
import { test } from "node:test";
import { bench } from "../bench/bench.ts";
import { PEER } from "../bench/editor.ts";
import { TINY } from "../bench/scale.ts";

test("the bench measures both servers, the engine's simulation and the bundles", async () => {
	const printed: string[] = [];
	const parts = ["start", "edits", "large", "memory", "simulated"] as const;
	const found = await bench(parts, { scale: TINY }, (line) => printed.push(line));
	const { rows, skipped, versions } = JSON.parse(JSON.stringify(found)) as typeof found;
	assert.deepEqual(
		skipped.map(({ what }) => what),
		process.platform === "linux" ? [] : ["memory"],
	);
	for (const part of parts) assert.ok(rows.some((row) => row.part === part) || skipped.some((row) => row.part === part), part);
	for (const { name, figures, beside } of rows)
		for (const value of Object.values({ ...figures, ...beside?.figures })) assert.ok(value > 0, `${name}: ${value}`);
	const compared = rows.filter(({ beside }) => beside?.name.startsWith(PEER.name)).map(({ part }) => part);
	assert.deepEqual([...new Set(compared)], ["start", "edits", ...(skipped.length === 0 ? ["memory"] : [])]);
	assert.deepEqual(Object.keys(versions), ["node", "portlight", PEER.name]);
	assert.ok(printed.some((line) => line.includes("goal")));
});
