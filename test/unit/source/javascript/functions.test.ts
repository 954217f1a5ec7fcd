import assert from "node:assert/strict";
import { test } from "node:test";
import { runProgram, short } from "../../../support/program.ts";

async function ports(source: string): Promise<string[]> {
	const program = await runProgram("javascript", { files: { "main.js": source }, entry: "main.js" });
	assert.deepEqual(program.gaps, []);
	return program.calls.filter((call) => call.callee.endsWith(".listen")).map((call) => short(call.positional[0]));
}

test("a costly function that is called again and again leaves enough to follow what comes after it", async () => {
	const work = "items.forEach((one) => { if (one.size > limit) { kept.push({ ...one, name: `${one.name}` }) } });".repeat(30);
	const source = `
		const app = require("express")();
		const limit = Number(process.env.LIMIT), kept = [];
		function log(items) { ${work} }
		for (let i = 0; i < 60; i++) log([{ size: i, name: "a" }, { size: 2, name: "b" }, { size: 3, name: "c" }]);
		${"log([{ size: 1 }, { size: 2 }]);".repeat(300)}
		app.listen(80);`;
	assert.deepEqual(await ports(source), ["80"]);
});

test("a function that goes into itself for each field of what is not known ends", async () => {
	const source = `
		const merge = (to, from) => { for (const key of Object.keys(from)) { if (from[key]) to[key] = merge(to[key], from[key]); else to[key] = merge({}, from[key]); } return to; };
		merge({}, require("./settings.json"));
		merge({}, JSON.parse(process.env.SETTINGS));
		require("express")().listen(80);`;
	const program = await runProgram("javascript", { files: { "main.js": source, "settings.json": '{ "a": 1 }' }, entry: "main.js" });
	assert.deepEqual(
		program.calls.filter((call) => call.callee.endsWith(".listen")).map((call) => short(call.positional[0])),
		["80"],
	);
	assert.ok(!program.gaps.some((gap) => gap.reason === "too much source to follow"));
});
