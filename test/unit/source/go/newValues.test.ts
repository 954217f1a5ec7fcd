import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutNewValues } from "../../../../server/src/source/go/newValues.ts";

for (const call of ['new("text")', "new(time.Now())", "new(8080)", "new(true)", "new(T{})", "new(a+b)"])
	test(`${call} takes a value`, () => assert.equal(withoutNewValues(call), call.replace("new", "neW")));
for (const call of [
	"new(T)",
	"new(pkg.T)",
	"new([]string)",
	"new(map[string]int)",
	"new(struct{ A int })",
	"new(func(int) error)",
	"renew(1)",
])
	test(`${call} stays`, () => assert.equal(withoutNewValues(call), call));
