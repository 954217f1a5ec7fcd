import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_VIEW, parseViewSettings, type ViewSettings } from "../../../../client/src/containers/viewSettings.ts";

const parse = (sent: Partial<Record<keyof ViewSettings, unknown>>) => parseViewSettings((name) => sent[name]);

test("nothing and nonsense are the defaults", () => {
	assert.deepEqual(parse({}), DEFAULT_VIEW);
	assert.deepEqual(parse({ label: "colour", description: "image", groupBy: 3, sortBy: null, showStopped: "yes" }), DEFAULT_VIEW);
});

test("what is known is taken, what is not is left out", () => {
	assert.deepEqual(parse({ label: "id", description: ["status", "colour", "ip"], groupBy: "none", sortBy: "image", showStopped: true }), {
		label: "id",
		description: ["status", "ip"],
		groupBy: "none",
		sortBy: "image",
		showStopped: true,
	});
	assert.deepEqual(parse({ description: [] }).description, []);
});
