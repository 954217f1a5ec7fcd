import assert from "node:assert/strict";
import { test } from "node:test";
import { knownText } from "../../../server/src/model/value.ts";
import { peelWrapper } from "../../../server/src/process/wrappers.ts";
import { processOf } from "../../support/processes.ts";

for (const [argv, expected] of [
	["tini -- node x.js", "node x.js"],
	["/sbin/tini -v -p SIGTERM node x.js", "node x.js"],
	["dumb-init node x.js", "node x.js"],
	["env A=1 B=2 node x.js", "node x.js"],
	["/usr/bin/env -u HOME python app.py", "python app.py"],
	["gosu app:app node x.js", "node x.js"],
	["su-exec nobody node x.js", "node x.js"],
	["timeout -k 5 60 node x.js", "node x.js"],
	["nice -n 5 node x.js", "node x.js"],
	["poetry run flask run", "flask run"],
	["npx --yes serve", "serve"],
	["cross-env PORT=1 node x.js", "node x.js"],
	["node x.js", undefined],
	["poetry install", undefined],
	["tini", undefined],
] as const) {
	test(argv, () =>
		assert.equal(
			peelWrapper(processOf(argv.split(" ")))
				?.argv.map(knownText)
				.join(" "),
			expected,
		),
	);
}

test("env sets what the program sees", () => {
	assert.equal(knownText(peelWrapper(processOf(["env", "PORT=80", "node"]))?.environment.get("PORT")), "80");
});
