import assert from "node:assert/strict";
import { test } from "node:test";
import { started } from "../../support/script.ts";

for (const [script, expected] of [
	["P=$((8000 + 2 * 40)); a $P", "a 8080"],
	["B=8000; a $((B+80)) $(( $B - 1 )) $((${B} % 7))", "a 8080 7999 6"],
	["P=8079; ((P++)); a $P", "a 8080"],
	["P=8079; a $((++P)) $P", "a 8080 8080"],
	["P=8079; a $((P++)) $P", "a 8079 8080"],
	["((P = 8000 + 80)); a $P", "a 8080"],
	["P=8000; ((P += 80)); a $P", "a 8080"],
	["let P=8000+80; a $P", "a 8080"],
	["a $(( 2 > 1 ? 80 : 81 ))", "a 80"],
	["a $(( 1 == 2 || 3 != 3 )) $((!0)) $((2 ** 3)) $((-3))", "a 0 1 8 -3"],
	["args=(x y); a $(( ${#args[@]} + 1 ))", "a 3"],
	["P=80; if ((P > 1024)); then a; else b; fi", "b"],
	["if (( UNSET )); then a; else b; fi", "b (by UNSET)"],
] as const)
	test(script, async () => assert.equal((await started(script))[0], expected));

for (const script of ["a $((010 + 1))", "a $((0x10))", "a $((1 / 0))", "a $((RANDOM % 10))", "P=$(nproc); a $((P * 2))"])
	test(`${script} is left open`, async () => assert.equal((await started(script))[0], "a …"));
