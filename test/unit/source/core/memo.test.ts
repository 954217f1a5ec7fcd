import assert from "node:assert/strict";
import { test } from "node:test";
import { Budget } from "../../../../server/src/model/budget.ts";
import type { Evidence } from "../../../../server/src/model/text.ts";
import { type Environment, known, type Value } from "../../../../server/src/model/value.ts";
import { type Around, ProgramMemo, recorded } from "../../../../server/src/source/core/memo.ts";
import { placed } from "../../../../server/src/source/core/places.ts";
import type { Program } from "../../../../server/src/source/program.ts";
import { imageOf } from "../../../support/image.ts";

const FREE = { files: 0, bytes: 0, steps: 0 };
const program: Program = { calls: [], gaps: [], strangers: [] };

function around(files: Record<string, string>, environment: Environment = new Map()): Around {
	return { files: imageOf(files), environment };
}

/** A line of a Dockerfile. */
function line(number: number): Evidence {
	return {
		uri: "file:///Dockerfile",
		range: { start: { line: number, character: 0 }, end: { line: number, character: 9 } },
		text: "ENV PORT=1",
	};
}

/** Whether a program that looked at `before` is used again when the image holds `now`. */
async function usedAgain(before: Record<string, string>, now: Record<string, string>): Promise<boolean> {
	const { around: watched, asked } = recorded(around(before));
	await watched.files.read("/a.py");
	await watched.files.read("/b.py");
	await watched.files.look("/c");
	await watched.files.list("/d");
	const memo = new ProgramMemo();
	memo.keep(placed("start"), asked, program, FREE);
	return (await memo.find(placed("start"), around(now), new Budget())) === program;
}

const files = { "/a.py": "x", "/d/one": "" };

for (const [name, now, expected] of [
	["nothing changed", files, true],
	["a file that it did not look at", { ...files, "/other": "" }, true],
	["another text", { ...files, "/a.py": "y" }, false],
	["a file that comes", { ...files, "/b.py": "" }, false],
	["a file that goes", { "/d/one": "" }, false],
	["a folder that comes", { ...files, "/c/x": "" }, false],
	["another name in a folder", { ...files, "/d/two": "" }, false],
] as const) {
	test(`${name}: ${expected ? "used again" : "evaluated again"}`, async () => assert.equal(await usedAgain(files, now), expected));
}

test("a file that is missing for another reason is told of with that reason", async () => {
	const missing = (reason: string): Around => ({
		files: { ...imageOf({}), read: async () => ({ kind: "absent", reason }) },
		environment: new Map(),
	});
	const { around: watched, asked } = recorded(missing("not copied"));
	await watched.files.read("/a.py");
	const memo = new ProgramMemo();
	memo.keep(placed("start"), asked, program, FREE);
	assert.equal(await memo.find(placed("start"), missing("not in the build context"), new Budget()), undefined);
	assert.equal(await memo.find(placed("start"), missing("not copied"), new Budget()), program);
});

/** Whether a program that asked for PORT is used again where the image sets these variables. */
async function usedAgainWith(now: Record<string, Value>, ask = (environment: Environment): unknown => environment.get("PORT")) {
	const { around: watched, asked } = recorded(around({}, new Map([["PORT", known("1")]])));
	ask(watched.environment);
	const memo = new ProgramMemo();
	memo.keep(placed("start"), asked, program, FREE);
	return (await memo.find(placed("start"), around({}, new Map(Object.entries(now))), new Budget())) !== undefined;
}

test("only variables that it asked for decide", async () => {
	assert.equal(await usedAgainWith({ PORT: known("1"), OTHER: known("x") }), true);
	assert.equal(await usedAgainWith({ PORT: known("2") }), false);
	assert.equal(await usedAgainWith({}), false);
	assert.equal(await usedAgainWith({ PORT: known("1"), HOST: known("x") }, (environment) => environment.has("HOST")), false);
	assert.equal(await usedAgainWith({ PORT: known("1"), OTHER: known("x") }, (environment) => [...environment.keys()]), false);
});

test("another start is another program", async () => {
	const memo = new ProgramMemo();
	memo.keep(placed(["a.py"]), [], program, FREE);
	assert.equal(await memo.find(placed(["b.py"]), around({}), new Budget()), undefined);
});

test("programs that start alike in two stages are both kept", async () => {
	const memo = new ProgramMemo();
	for (const port of ["1", "2"]) {
		const { around: watched, asked } = recorded(around({}, new Map([["PORT", known(port)]])));
		watched.environment.get("PORT");
		memo.keep(placed("start"), asked, { ...program, strangers: [port] }, FREE);
	}
	for (const port of ["1", "2"]) {
		const found = await memo.find(placed("start"), around({}, new Map([["PORT", known(port)]])), new Budget());
		assert.deepEqual(found?.strangers, [port]);
	}
});

test("a program points to where its start and its variables stand now", async () => {
	const { around: watched, asked } = recorded(around({}, new Map([["PORT", known("1", line(3))]])));
	const port = watched.environment.get("PORT");
	assert.ok(port);
	const memo = new ProgramMemo();
	const elsewhere = { ...line(0), uri: "file:///app.py" };
	const call = { callee: "listen", positional: [port], keywords: new Map([["port", port]]), at: elsewhere, decided: true };
	memo.keep(placed([line(5)]), asked, { calls: [call], gaps: [{ reason: "why", evidence: line(5) }], strangers: [] }, FREE);
	const found = await memo.find(placed([line(6)]), around({}, new Map([["PORT", known("1", line(4))]])), new Budget());
	assert.deepEqual(found, {
		calls: [{ ...call, positional: [known("1", line(4))], keywords: new Map([["port", known("1", line(4))]]) }],
		gaps: [{ reason: "why", evidence: line(6) }],
		strangers: [],
	});
});

test("a program costs the same again, and what is read to compare it nothing", async () => {
	const paid = new Budget({ files: 3, bytes: 10, steps: 5, depth: 1 });
	const mark = paid.mark();
	paid.spend("files", 2);
	paid.spend("steps", 5);
	const memo = new ProgramMemo();
	memo.keep(placed("start"), [], program, paid.spentSince(mark));
	const budget = new Budget({ files: 3, bytes: 10, steps: 5, depth: 1 });
	const { around: watched, asked } = recorded(around({ "/a.py": "x" }));
	await watched.files.read("/a.py");
	memo.keep(placed("other"), asked, program, FREE);
	const reading = around({ "/a.py": "y" });
	const files = {
		...reading.files,
		read: (path: string) => {
			assert.ok(budget.spend("files"));
			return reading.files.read(path);
		},
	};
	assert.equal(await memo.find(placed("other"), { ...reading, files }, budget), undefined);
	assert.equal(await memo.find(placed("start"), reading, budget), program);
	assert.equal(budget.left, paid.left);
});
