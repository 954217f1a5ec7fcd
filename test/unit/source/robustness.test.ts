import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Budget, DEFAULT_LIMITS } from "../../../server/src/model/budget.ts";
import { place, runProgram } from "../../support/program.ts";

const reasons = (program: { gaps: readonly { reason: string }[] }) => program.gaps.map((gap) => gap.reason);

/** Text that no program was ever written as. It must neither throw nor hang, in any of the languages. */
const HOSTILE: Readonly<Record<string, string>> = {
	nothing: "",
	blanks: " \n\t\r\n\r ",
	"a byte order mark": "\uFEFFx = 1",
	"a lone surrogate": 'x = "\uD800"; y = "\uDC00\uD800"',
	binary: Array.from({ length: 5000 }, (_, i) => String.fromCharCode((i * 7919) % 256)).join(""),
	"open parentheses": "(".repeat(20_000),
	"nested lists": `${"[".repeat(5000)}${"]".repeat(5000)}`,
	"a long sum": `x = 1${" + 1".repeat(20_000)}`,
	"a long chain": `x${".y()".repeat(5000)}`,
	"many lines": "x = 1\n".repeat(20_000),
	"one long text": `x = "${"a".repeat(500_000)}"`,
	"other language": "<?php echo 1; ?> #include <x> fn main() {}",
	"names of Object": "x = constructor; y = __proto__; toString(); hasOwnProperty(1); x.__proto__.y = valueOf",
};

describe("hostile text", () => {
	for (const language of ["python", "javascript"] as const)
		for (const [name, text] of Object.entries(HOSTILE))
			test(`${language}: ${name}`, async () => {
				const entry = language === "python" ? "app.py" : "app.js";
				const started = performance.now();
				const program = await runProgram(language, { entry, files: { [entry]: text } });
				assert.deepEqual(
					program.calls.filter((call) => call.callee.includes("listen")),
					[],
				);
				assert.ok(performance.now() - started < 5000);
			});
});

describe("programs without an end", () => {
	const cases: [string, "python" | "javascript", string][] = [
		["recursion", "python", "def f(n):\n  return f(n + 1)\nf(0)"],
		["two functions", "python", "def f(): return g() + g()\ndef g(): return f() + f()\nf()"],
		["growing lists", "python", "x = [1]\nfor i in x:\n  x.append(i)\n"],
		["growing texts", "python", "x = 'a'\nfor i in range(60):\n  x = x + x\n"],
		[
			"nested loops",
			"python",
			`${Array.from({ length: 8 }, (_, i) => `${" ".repeat(i)}for i${i} in range(60):`).join("\n")}\n${" ".repeat(9)}print(i0)`,
		],
		["branches", "python", `${"if x.y: a = 1\nelse: a = 2\n".repeat(200)}`],
		["nested branches", "python", `def f(n):\n  if x.y: return f(n)\n  else: return f(n)\nf(1)`],
		["a class that is its own parent", "python", "class A: pass\nclass A(A): pass\nA().x\nA.y"],
		["a list that holds itself", "python", "import lib\nx = []\nx.append(x)\nlib.f(x)\nd = {}\nd['d'] = d\nlib.f(d)"],
		["deep recursion in deep expressions", "python", `def f():\n  return ${"(".repeat(150)}f()${")".repeat(150)}\nf()`],
		["doubling lists", "python", "x = [1]\nfor i in range(60):\n  x = x + x\n  x.extend(x)\n"],
		[
			"doubling lists",
			"javascript",
			"let x = [1]; for (let i = 0; i < 60; i++) { x = [...x, ...x]; x = x.concat(x); x.push(...x); x.join(x.join('')) }",
		],
		["replacing", "javascript", "let x = 'aaaaaaaa'; for (let i = 0; i < 60; i++) x = x.replaceAll('a', x)"],
		["deep recursion in deep expressions", "javascript", `function f() { return ${"(".repeat(150)}f()${")".repeat(150)} } f()`],
		["deep recursion in deep blocks", "javascript", `function f() { ${"if (x) {".repeat(60)}f()${"}".repeat(60)} } f()`],
		["recursion", "javascript", "function f(n) { return f(n + 1) } f(0)"],
		["endless loops", "javascript", "while (true) {} for (;;) {} do {} while (true); for (let i = 0; i < 1e9; i++) { x(i) }"],
		["growing texts", "javascript", "let x = 'a'; for (let i = 0; i < 60; i++) x = `${x}${x}`"],
		[
			"getters in circles",
			"javascript",
			"const o = { get a() { return this.b }, get b() { return this.a } }; o.a; class A extends A {} new A().x",
		],
		["objects in circles", "javascript", "const lib = require('lib'); const o = {}; o.o = o; lib(o); lib([o]); JSON.stringify(o); `${o}`"],
		["inherits from itself", "javascript", "function A() {} A.prototype = A.prototype; new A().x; const o = {}; o.__proto__ = o; o.x"],
	];
	for (const [name, language, text] of cases)
		test(`${language}: ${name}`, async () => {
			const entry = language === "python" ? "app.py" : "app.js";
			const started = performance.now();
			const program = await runProgram(language, { entry, files: { [entry]: text } });
			assert.ok(!reasons(program).includes("source that is too intricate to follow"));
			assert.ok(performance.now() - started < 5000);
		});
});

describe("budgets", () => {
	test("steps", async () => {
		const budget = new Budget({ ...DEFAULT_LIMITS, steps: 50 });
		const program = await runProgram("python", { entry: "app.py", files: { "app.py": "x = 1\n".repeat(100) }, budget });
		assert.deepEqual(reasons(program), ["too much source to follow"]);
	});
	test("files", async () => {
		const files = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`m${i}.py`, `import m${i + 1}\n`]));
		const program = await runProgram("python", { entry: "m0.py", files, budget: new Budget({ ...DEFAULT_LIMITS, files: 5 }) });
		assert.deepEqual(reasons(program), ["too many files to read"]);
	});
	test("rounds cost nothing twice", async () => {
		const files = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`m${i}.py`, `${"x = 1\n".repeat(50)}import m${i + 1}\n`]));
		const program = await runProgram("python", { entry: "m0.py", files, budget: new Budget({ ...DEFAULT_LIMITS, steps: 10_000 }) });
		assert.deepEqual(reasons(program), []);
	});
});

test("a syntax error is pointed at", async () => {
	const program = await runProgram("python", { entry: "app.py", files: { "app.py": "x = 1\ny = 2\nz = = 3\n" } });
	assert.deepEqual(
		program.gaps.map((gap) => [gap.reason, gap.evidence ? place(gap.evidence) : ""]),
		[["app.py has a syntax error", "app.py:3"]],
	);
});

test("the same text is parsed once", async () => {
	const text = `from flask import Flask\n${"def f():\n  return {'a': [1, 2, 3]}\n".repeat(100)}\nFlask('x').run()\n`;
	const run = () => runProgram("python", { entry: "app.py", files: { "app.py": text } });
	await run();
	const started = performance.now();
	for (let i = 0; i < 20; i++) await run();
	const each = (performance.now() - started) / 20;
	assert.ok(each < 20, `${each} ms`);
});
