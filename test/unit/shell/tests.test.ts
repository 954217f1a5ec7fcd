import assert from "node:assert/strict";
import { test } from "node:test";
import { started } from "../../support/script.ts";

for (const [script, expected] of [
	["P=80; if [[ $P =~ ^[0-9]+$ ]]; then a; else b; fi", ["a"]],
	["P=x; if [[ $P =~ ^[[:digit:]]+$ ]]; then a; else b; fi", ["b"]],
	["U=http://h:80/x; [[ $U =~ :([0-9]+)/ ]]; a ${BASH_REMATCH[1]}", ["a 80"]],
	['R=^8; if [[ 80 =~ $R ]] && ! [[ 80 =~ "^8" ]]; then a; else b; fi', ["a"]],
	['if [[ "$1" =~ ^-- ]]; then set -- web "$@"; fi; exec "$@"', ["web --x"]],
	["if [[ $(date) =~ x ]]; then a; else b; fi", ["a (maybe)", "b (maybe)", "? a condition in the start command is not decided"]],
] as const)
	test(script, async () => assert.deepEqual(await started(script, {}, ["--x"]), expected));

const files = { "/app/main.py": "", "/etc/x.conf": "" };
for (const [script, expected] of [
	["if [ -f /app/conf.py ]; then a; else b; fi", ["b"]],
	["if [ -f /app/app/conf.py ]; then a; elif [ -f /app/main.py ]; then b; fi", ["b"]],
	["if [ -d /app/app ]; then a; else b; fi", ["b"]],
	["[ -e /etc/y.conf ] && exec a; exec b", ["a (maybe)", "b (maybe)", "? a condition in the start command is not decided"]],
	["[ -e /data/x ] && exec a; exec b", ["a (maybe)", "b (maybe)", "? a condition in the start command is not decided"]],
] as const)
	test(`${script} beside what the build copies`, async () => assert.deepEqual(await started(script, files), expected));
