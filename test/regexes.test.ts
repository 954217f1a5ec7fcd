import "../server/src/linearRegex.ts";
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { sourceRegexes } from "./support/regexes.ts";

// The kinds of checker that need Java or a program of their own are not everywhere.
process.env.RECHECK_BACKEND = "pure";
const { checkSync } = createRequire(import.meta.url)("recheck") as typeof import("recheck");
// Lets expressions say by the flag `l` whether the second engine takes them.
setFlagsFromString("--enable-experimental-regexp-engine");

const regexes = sourceRegexes();

/** Put together from what somebody wrote, or slow on some text, and harmless nevertheless. */
const KNOWN: Readonly<Record<string, string>> = {
	"server/src/cli/goTemplate.ts": "the template is an argument of the user's own command",
	"server/src/cli/psFilter.ts": "the filter is an argument of the user's own command",
	"server/src/context/dockerignore.ts": "no flags, stars and classes only",
	"server/src/image/stock.ts": "from Portlight's own table",
	"server/src/listeners/jvm/kotlin.ts": "no flags but g; the parts are Portlight's own",
	"server/src/listeners/plainCode.ts": "no flags but g; the parts are Portlight's own",
	"server/src/listeners/servers/settings.ts": "the patterns are Portlight's own, with one star",
	"server/src/shell/patterns.ts": "one class of characters",
	"server/src/shell/sed.ts": "the flag i only where one part repeats",
};

/** Without a part that repeats without an end, time is bounded by the expression's own length. */
const repeats = (source: string) => /[*+]|\{\d+,\}/.test(source.replace(/\\[*+{]/g, ""));

/** V8 finishes it in a time that grows with the length of the text, whatever the text is (see linearRegex.ts). */
function isLinear(source: string, flags: string): boolean {
	try {
		new RegExp(source, `${flags}l`);
		return true;
	} catch {
		return false;
	}
}

function check(source: string, flags: string) {
	return checkSync(source, flags, {
		timeout: 50_000,
		checker: "fuzz",
		incubationTimeout: 400,
		attackTimeout: 300,
		seedingTimeout: 300,
		maxIteration: 4,
		maxGenerationSize: 20,
	});
}

test("the sources hold regular expressions", () => assert.ok(regexes.length > 1000, String(regexes.length)));

for (const { file, source, flags } of regexes) {
	if (file in KNOWN || (source !== undefined && (!repeats(source) || isLinear(source, flags)))) continue;
	test(`/${source}/${flags} of ${file} is fast on every text`, () => {
		assert.ok(source !== undefined, "its parts are not seen: write it out, or say above why it is harmless");
		// On a machine that is busy, an attack may pass for slow: what is slow by itself is so every time.
		let found = check(source, flags);
		for (let again = 0; again < 2 && found.status !== "safe"; again++) found = check(source, flags);
		assert.equal(found.status, "safe", JSON.stringify(found).slice(0, 300));
	});
}

test("texts that were made to match slowly do not keep the server busy", { timeout: 20_000 }, () => {
	const many = (text: string) => text.repeat(100_000);
	assert.equal(/^(a+)+$/.test(`${many("a")}b`), false);
	assert.equal(/^(?:[^/]*a){11}b$/.test(many("a")), false);
	assert.equal(/\s+$/.test(`${many(" ")}x`), false);
	assert.equal(/("(?:\\.|[^"])*"\s*)*$/.test(`${many('"\\')}x`), true);
});
