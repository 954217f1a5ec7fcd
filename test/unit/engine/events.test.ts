import assert from "node:assert/strict";
import { test } from "node:test";
import type { EngineEvent } from "../../../server/src/engine/engine.ts";
import { eventReader } from "../../../server/src/engine/events.ts";

const start = JSON.stringify({ Type: "container", Action: "start", Actor: { ID: "c1", Attributes: { name: "zähler" } } });
const connect = JSON.stringify({ Type: "network", Action: "connect", Actor: { ID: "n1", Attributes: { container: "c2" } } });

function read(chunks: readonly (string | Buffer)[]): EngineEvent[] {
	const events: EngineEvent[] = [];
	const reader = eventReader((event) => events.push(event));
	for (const chunk of chunks) reader(chunk);
	return events;
}

test("lines may be cut anywhere, within a character too", () => {
	const bytes = Buffer.from(`${start}\n${connect}\r\n`);
	const expected = [
		{ action: "start", containerId: "c1" },
		{ action: "connect", containerId: "c2" },
	];
	for (let at = 0; at <= bytes.length; at++) assert.deepEqual(read([bytes.subarray(0, at), bytes.subarray(at)]), expected, `cut at ${at}`);
});

test("what is no event of a container is passed over", () => {
	const others = [
		"",
		"garbage",
		"null",
		"5",
		"[]",
		"{}",
		'{"Action":"start"}',
		'{"Type":"network","Action":"destroy","Actor":{"ID":"n1"}}',
	];
	assert.deepEqual(read([...others, start].map((line) => `${line}\n`)), [{ action: "start", containerId: "c1" }]);
});
