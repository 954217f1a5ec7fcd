import assert from "node:assert/strict";
import { test } from "node:test";
import { runProgram } from "../../../support/program.ts";

const run = (files: Readonly<Record<string, string>>) => runProgram("go", { entry: "/app", files: { "go.mod": "module m\n", ...files } });

test("packages that import each other, and themselves", async () => {
	const program = await run({
		"main.go": 'package main\nimport ("m/a"; "net/http")\nvar _ = a.A\nfunc main() { http.ListenAndServe(a.A, nil) }\n',
		"a/a.go": 'package a\nimport ("m/b"; "m/a")\nvar A = b.B + a.A\n',
		"b/b.go": 'package b\nimport "m/a"\nvar B = a.A\nfunc init() { a.F() }\n',
	});
	assert.equal(program.calls.length, 1);
});

test("source that nests deeper than any stack", async () => {
	const deep = `${"(".repeat(20_000)}1${")".repeat(20_000)}`;
	await run({ "main.go": `package main\nfunc main() { x := ${deep}; _ = x }\n` });
	await run({ "main.go": `package main\nfunc main() { ${"if a {".repeat(5_000)}${"}".repeat(5_000)} }\n` });
	await run({
		"main.go": `package main\ntype T struct { T }\nfunc f(g func()) { f(func() { f(g) }) }\nfunc main() { var t T; t.x(); f(nil) }\n`,
	});
});

test("branches that multiply end", async () => {
	const branches = Array.from({ length: 60 }, (_, i) => `if os.Getenv("A${i}") == "" { s = s + s + os.Getenv("B${i}") }`).join("\n");
	await run({ "main.go": `package main\nimport ("os"; "net/http")\nfunc main() { s := "x"\n${branches}\nhttp.ListenAndServe(s, nil) }\n` });
});

test("half a file is a gap", async () => {
	const program = await run({ "main.go": 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe(":80", \n' });
	assert.deepEqual(
		program.gaps.map((gap) => gap.reason),
		["main.go has a syntax error"],
	);
});

test("not Go at all", async () => {
	const program = await run({ "main.go": "\u0000\u0001binary" });
	assert.notEqual(program.gaps.length, 0);
});
