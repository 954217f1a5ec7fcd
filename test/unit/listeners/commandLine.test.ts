import assert from "node:assert/strict";
import { test } from "node:test";
import { flagValue } from "../../../server/src/listeners/commandLine.ts";
import { known, outcomes, unknown, type Value } from "../../../server/src/model/value.ts";

const PORT: Value = { kind: "variable", name: "PORT", fallback: known("8080"), from: [] };

function value(args: readonly (string | Value)[]): string | undefined {
	const found = flagValue(
		args.map((arg) => (typeof arg === "string" ? known(arg) : arg)),
		["-p", "--port"],
	);
	if (!found) return undefined;
	const { known: all, open } = outcomes(found);
	return [...all.map((one) => [one.text, one.overriddenBy].filter(Boolean).join(" ")), ...open.map((reason) => `? ${reason}`)].join(", ");
}

for (const [name, args, expected] of [
	["apart", ["--port", "80"], "80"],
	["with an equals sign", ["--port=80"], "80"],
	["short, apart", ["-p", "80"], "80"],
	["short, attached", ["-p80"], "80"],
	["short, with an equals sign", ["-p=80"], "80"],
	["the last one counts", ["-p", "80", "--port=81"], "81"],
	["absent", ["--portal=80", "--host", "x"], undefined],
	["behind --", ["--", "--port=80"], undefined],
	["at the very end", ["--port"], "? --port has no value"],
	["a variable apart", ["--port", PORT], "8080 PORT"],
	["a variable attached", [{ ...PORT, fallback: known("--port=8080") }], "8080 PORT"],
	["a variable that is not set, attached", [{ ...PORT, fallback: known("--port=") }], " PORT".trim()],
	["a word of which nothing is known", [unknown("computed"), "-p", "80"], "80"],
] as const) {
	test(name, () => assert.equal(value(args), expected));
}
