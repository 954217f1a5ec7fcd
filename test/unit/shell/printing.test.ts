import assert from "node:assert/strict";
import { test } from "node:test";
import { started } from "../../support/script.ts";

const files = { "/app/.env": "# x\nPORT=80\nHOST=h\n", "/app/port": "80\n" };

for (const [script, expected] of [
	["a $(echo 80)", "a 80"],
	["a `echo 80`", "a 80"],
	["a $(printf '%s:%d' h 80)", "a h:80"],
	["a $(cat /app/port)", "a 80"],
	["a $(< /app/port)", "a 80"],
	["a $(cd /srv && pwd)", "a /srv"],
	["a $(basename /x/y.sh) $(dirname /x/y.sh)", "a y.sh /x"],
	["port() { local p=80; echo $p; }; a $(port)", "a 80"],
	['pick() { if [ "$1" = x ]; then echo 80; else echo 81; fi; }; a $(pick y)', "a 81"],
	["a $(echo h:80 | cut -d: -f2)", "a 80"],
	["a $(grep ^PORT= /app/.env | cut -d= -f2-)", "a 80"],
	["a $(sed -n 's/^PORT=//p' /app/.env)", "a 80"],
	["a $(awk -F= '{print $2}' <<< X=80)", "a 80"],
	["a $(echo A | tr '[:upper:]' '[:lower:]')", "a a"],
	["a $(expr 79 + 1)", "a 80"],
	["for p in $(seq 80 81); do a $p & done", "a 80"],
	["export $(grep -v '^#' /app/.env | xargs); a $PORT $HOST", "a 80 h"],
	['declare "PORT=80"; a $PORT', "a 80"],
	["printf -v P '%d' 80; a $P", "a 80"],
	["A=x; A+=y; a $A", "a xy"],
	["a $(echo x; node y)", "a x …"],
	['A="-p 80 -k $(date) -u"; a $A', "a -p 80 -k … -u"],
	['A="-p $(date)"; a "$A"', "a …"],
] as const)
	test(script, async () => assert.equal((await started(script, files))[0], expected));

for (const script of ["a $(date)", "a $(nproc)", "a $(echo 1 | mangle)", "a $(cat /app/missing)", "a $(printf %q x)"])
	test(`${script} is left open`, async () => assert.equal((await started(script, files))[0], "a …"));

test("what goes to standard error or a file is not in the answer", async () => {
	assert.deepEqual(await started("f() { echo log >&2; echo log > /dev/null; echo 80; }; a $(f)"), ["a 80"]);
});
test("an answer that hangs on a variable says so", async () => {
	assert.deepEqual(await started('f() { if [ -n "$DEBUG" ]; then echo 81; else echo 80; fi; }; a --port $(f)'), ["a --port 80"]);
});
