import assert from "node:assert/strict";
import { test } from "node:test";
import { plain, problemCount, withoutIcons, withoutLinks } from "../../../../client/src/containers/words.ts";

test("plain text keeps what can be read, in every language", () => {
	assert.equal(plain("web-1 · caffè 日本"), "web-1 · caffè 日本");
	assert.equal(plain("a\u0000b\u009bc\u2028d\ufeff"), "abcd");
});

test("a name cannot become an icon", () => {
	assert.equal(withoutIcons("$(alert) web"), "\\$(alert) web");
});

test("one problem, two problems", () => {
	assert.equal(problemCount(1), "1 problem");
	assert.equal(problemCount(2), "2 problems");
});

test("a name cannot become a link", () => {
	assert.equal(withoutLinks("[web](command:workbench.action.quit)"), "[web] (command:workbench.action.quit)");
});
