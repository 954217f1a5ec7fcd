import assert from "node:assert/strict";
import { test } from "node:test";
import { started } from "../../support/script.ts";

for (const [script, expected] of [
	["for ((i = 0; i < 2; i++)); do a $((80 + i)) & done; wait", ["a 80", "a 81"]],
	["for p in {80..81}; do a $p & done; wait", ["a 80", "a 81"]],
	["for ((;;)); do a; break; done; b", ["a (ends)", "b"]],
	["for ((i = 0; i < N; i++)); do :; done; a", ["a"]],
	["select x in a b; do break; done; c", ["c"]],
	["for f in /d/*.sh; do . $f; done", ["one (ends)", "two"]],
] as const)
	test(script, async () => assert.deepEqual(await started(script, { "/d/1.sh": "one\n", "/d/2.sh": "two\n" }), expected));
