import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Repetition } from "../../../../server/src/source/core/repetition.ts";
import { check } from "../../../support/predict.ts";

/** How many of twenty evaluations are made that cost so much each. */
function evaluations(steps: number, listens = false): number {
	const repetition = new Repetition();
	const body = {};
	let made = 0;
	for (let i = 0; i < 20; i++) {
		if (!repetition.enter(body)) continue;
		made++;
		repetition.leave(body, steps, listens);
	}
	return made;
}

test("a small function is evaluated each time", () => assert.equal(evaluations(20), 20));
test("a costly one a few times", () => assert.equal(evaluations(1_000), 4));
test("a very costly one twice", () => assert.equal(evaluations(50_000), 2));
test("one that may listen more often", () => assert.equal(evaluations(1_000, true), 16));

test("a function that calls itself comes to an end", () => {
	const repetition = new Repetition();
	const body = {};
	const deep = (): number => {
		if (!repetition.enter(body)) return 0;
		const inside = deep();
		repetition.leave(body, 1, false);
		return inside + 1;
	};
	assert.equal(deep(), 3);
	assert.equal(repetition.enter({}), true);
});

describe("programs that call large functions again and again", () => {
	const large = `def visit(tree, depth):\n${"    tree.items.append(str(depth) + tree.name)\n".repeat(40)}    for child in [tree.a, tree.b, tree.c]:\n        visit(child, depth + 1)\n`;
	check("are followed to where they listen", "python app.py", {
		files: { "app.py": `import acme\nfrom flask import Flask\n${large}${"visit(acme.tree(), 0)\n".repeat(60)}Flask('x').run(port=7000)` },
		listens: ["127.0.0.1:7000 certain"],
	});
	check("remember what the same call answered", "python app.py", {
		files: {
			"app.py": `from flask import Flask\ndef settings():\n${"    acme.register(len(str(1)) + 1)\n".repeat(40)}    return {'port': 7002}\n${"settings()\n".repeat(9)}Flask('x').run(port=settings()['port'])`,
		},
		listens: ["127.0.0.1:7002 certain"],
	});
	const small = "def number(text):\n    return int(text)\n";
	check("keep the results of small functions", "python app.py", {
		files: { "app.py": `from flask import Flask\n${small}${"number('1')\n".repeat(200)}Flask('x').run(port=number('7001'))` },
		listens: ["127.0.0.1:7001 certain"],
	});
});
