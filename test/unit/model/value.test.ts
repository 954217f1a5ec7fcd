import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, known, likelyText, mapText, outcomes, partialOf, unknown, type Value } from "../../../server/src/model/value.ts";

const port: Value = { kind: "variable", name: "PORT", fallback: known("3000"), from: [] };

test("a literal is certain", () => {
	assert.deepEqual(outcomes(known("80")), { known: [{ text: "80", certainty: "certain", evidence: [] }], open: [] });
});

test("the fallback of a variable is a default that names the variable", () => {
	assert.deepEqual(outcomes(port), { known: [{ text: "3000", certainty: "default", overriddenBy: "PORT", evidence: [] }], open: [] });
});

test("a variable without a fallback stays open, with its name", () => {
	assert.deepEqual(outcomes({ kind: "variable", name: "PORT", from: [] }), { known: [], open: ["PORT is not set"] });
});

test("every branch of an undecided value is an outcome, and none is certain", () => {
	const { known: all, open } = outcomes({ kind: "oneOf", values: [known("80"), known("443"), unknown("computed")] });
	assert.deepEqual(
		all.map((one) => `${one.text} ${one.certainty}`),
		["80 default", "443 default"],
	);
	assert.deepEqual(open, ["computed"]);
});

test("concatenation keeps what was assumed", () => {
	assert.deepEqual(outcomes(concat([known("0.0.0.0:"), port])).known[0], {
		text: "0.0.0.0:3000",
		certainty: "default",
		overriddenBy: "PORT",
		evidence: [],
	});
});

test("a step is applied to the text behind a variable", () => {
	const doubled = mapText(port, (text) => known(String(Number(text) * 2)));
	assert.equal(likelyText(doubled), "6000");
	assert.equal(likelyText(mapText(unknown("computed"), (text) => known(text))), undefined);
});

test("of a text with parts that are not known, the rest is kept", () => {
	const text = concat([known("listen "), known("80; name "), unknown("why")]);
	assert.equal(likelyText(text), undefined);
	assert.equal(partialOf(text), "listen 80; name …");
	assert.equal(partialOf(mapText(text, (one) => known(one.toUpperCase()))), "LISTEN 80; NAME …");
	assert.equal(partialOf(mapText(text, () => known("80"))), undefined);
	assert.equal(partialOf(unknown("why")), undefined);
	assert.equal(partialOf(concat([unknown("why")])), undefined);
	const hangs: Value = { kind: "variable", name: "X", fallback: unknown("why"), from: [] };
	assert.equal(partialOf(concat([known("-k "), hangs])), "-k …");
});
