import assert from "node:assert/strict";
import { test } from "node:test";
import { runShell } from "../../../server/src/process/shell.ts";
import { processOf } from "../../support/processes.ts";

const nested = (open: string, close: string, times: number) => `${open.repeat(times)}a${close.repeat(times)}`;

for (const [name, text] of Object.entries({
	"brackets that never end": "(".repeat(3000),
	"nested subshells": nested("(", ")", 2000),
	"nested conditions": nested("if x; then ", "; fi", 500),
	"nested substitutions": nested("$(echo ", ")", 500),
	"a long list": "a; ".repeat(20_000),
	"many open conditions": "if grep -q x f; then export A=$A$A; else export A=b$A; fi\n".repeat(300),
	"many conditions on variables": 'if [ -n "$X" ]; then A="$A x"; fi\n'.repeat(300),
	"functions that call each other twice": `${Array.from({ length: 30 }, (_, i) => `f${i}() { f${i + 1}; f${i + 1}; }`).join("\n")}\nf0`,
	"a pattern of stars": `case "${"a".repeat(1500)}" in ${"*a".repeat(40)}b) x ;; esac`,
	"a regular expression that takes for ever": `echo ${"a".repeat(60)} > f; sed -i -E 's/(a+)+b/x/' f`,
	"a loop without an end": "while true; do while true; do a; done; done",
	zeros: "\0".repeat(5000),
	quotes: '"'.repeat(4001),
	"a very long text": "a ".repeat(400_000),
})) {
	test(`${name}: an answer, soon`, () => {
		const before = performance.now();
		runShell({ text, args: [], script: "sh" }, processOf(["sh"]));
		assert.ok(performance.now() - before < 5000);
	});
}
