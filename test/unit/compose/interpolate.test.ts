import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { interpolate } from "../../../server/src/compose/interpolate.ts";
import { known, outcomes } from "../../../server/src/model/value.ts";

const text = "written";
const place = { file: { uri: "file:///ws/compose.yaml", text, origin: { line: 0, character: 0 } }, start: 0, end: text.length };
const variables = new Map([
	["SET", known("8080")],
	["EMPTY", known("")],
]);

/** The text and what may override it, or why it stays open. */
function read(written: string): string {
	const { known: found, open } = outcomes(interpolate(written, () => variables, place));
	return [...found.map((one) => one.text + (one.overriddenBy ? ` (${one.overriddenBy})` : "")), ...open.map((one) => `? ${one}`)].join(
		", ",
	);
}

suite("variables in compose files", () => {
	const cases: Record<string, string> = {
		plain: "plain",
		"": "",
		$SET: "8080 (SET)",
		"${SET}": "8080 (SET)",
		"0.0.0.0:${SET}:80": "0.0.0.0:8080:80 (SET)",
		"${UNSET:-9}": "9 (UNSET)",
		"${UNSET-9}": "9 (UNSET)",
		"${EMPTY:-9}": "9 (EMPTY)",
		"${EMPTY-9}": " (EMPTY)",
		"${SET:+7}": "7 (SET)",
		"${UNSET:+7}": " (UNSET)",
		"${EMPTY+7}": "7 (EMPTY)",
		"${UNSET:-${SET}}": "8080 (UNSET)",
		"${UNSET:-a ${OTHER:-b}}": "a b (UNSET)",
		"${UNSET:?must be set}": "? UNSET is not set",
		$UNSET: "? UNSET is not set",
		$$SET: "$SET",
		"100$": "100$",
		"${": "${",
		"${not a name}": "${not a name}",
	};
	for (const [written, expected] of Object.entries(cases)) test(JSON.stringify(written), () => assert.equal(read(written), expected));

	test("a default within itself ends", () => {
		assert.match(read(`${"${A:-".repeat(50)}x${"}".repeat(50)}`), /nested too deeply/);
	});
});
