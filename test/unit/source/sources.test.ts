import assert from "node:assert/strict";
import { test } from "node:test";
import { Budget, DEFAULT_LIMITS } from "../../../server/src/model/budget.ts";
import { Superseded } from "../../../server/src/model/pause.ts";
import { runProgram } from "../../support/program.ts";

const MODULES = 8;
const names = Array.from({ length: MODULES }, (_, i) => `module_${i}`);
const files = {
	...Object.fromEntries(names.map((name) => [`${name}.py`, "x = 1\n"])),
	"main.py": `${names.map((name) => `import ${name}\n`).join("")}from flask import Flask\nFlask("x").run(port=80)\n`,
};

test("there is a pause before each file of a program", async () => {
	let pauses = 0;
	const pause = () => {
		pauses++;
		return undefined;
	};
	const program = await runProgram("python", { files, entry: "main.py", budget: new Budget(DEFAULT_LIMITS, pause) });
	assert.equal(program.calls.at(-1)?.callee, "flask.Flask().run");
	assert.ok(pauses > MODULES, `${pauses} pauses`);
});

test("a program that nobody wants any more is given up, and evaluated when somebody does", async () => {
	let left = 4;
	const pause = () => (left-- > 0 ? undefined : Promise.reject(new Superseded()));
	const other = { ...files, "main.py": `# another\n${files["main.py"]}` };
	await assert.rejects(runProgram("python", { files: other, entry: "main.py", budget: new Budget(DEFAULT_LIMITS, pause) }), Superseded);
	const program = await runProgram("python", { files: other, entry: "main.py" });
	assert.equal(program.calls.at(-1)?.callee, "flask.Flask().run");
});
