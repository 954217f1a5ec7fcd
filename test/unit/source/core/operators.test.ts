import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { arithmetic, inverse, ordered } from "../../../../server/src/source/core/operators.ts";

suite("operators that languages share", () => {
	const sums: [string, number, number, Parameters<typeof arithmetic>[3], number | undefined][] = [
		["+", 8000, 80, "fraction", 8080],
		["/", 7, 2, "fraction", 3.5],
		["/", -7, 2, "towards zero", -3],
		["/", -7, 2, "downwards", -4],
		["/", 7.5, 2, "towards zero", 3.75],
		["%", -7, 2, "towards zero", -1],
		["%", -7, 3, "downwards", 2],
		["/", 1, 0, "downwards", undefined],
		["%", 1, 0, "towards zero", undefined],
		["<<", 1, 40, "towards zero", 2 ** 40],
		[">>", -1, 1, "towards zero", -1],
		["|", 1, 2, "towards zero", 3],
		["|", 2 ** 40, 1, "towards zero", undefined],
		["=>", 1, 2, "towards zero", undefined],
	];
	for (const [operator, x, y, division, wanted] of sums)
		test(`${x} ${operator} ${y}, ${division}`, () => assert.equal(arithmetic(operator, x, y, division), wanted));

	test("order is a matter of values of one type", () => {
		assert.equal(ordered("<", 9, 10), true);
		assert.equal(ordered("<", "9", "10"), false);
		assert.equal(ordered(">=", 10, 10), true);
		assert.equal(ordered<string | number>("<", 9, "10"), undefined);
		assert.equal(ordered("==", 9, 9), undefined);
	});
	test("what is undecided stays so", () => {
		assert.deepEqual([inverse(true), inverse(false), inverse(undefined)], [false, true, undefined]);
	});
});
