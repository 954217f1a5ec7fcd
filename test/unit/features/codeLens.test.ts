import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { codeLenses } from "../../../server/src/features/codeLens.ts";
import { analyseFiles } from "../../support/analysis.ts";

async function lens(dockerfile: string): Promise<string> {
	const [only, ...others] = codeLenses(await analyseFiles({ Dockerfile: dockerfile }));
	assert.deepEqual(others, []);
	const places = (only?.command?.arguments?.[2] ?? []) as { range: { start: { line: number } } }[];
	return `${(only?.range.start.line ?? -1) + 1}: ${only?.command?.title} -> ${places.map(({ range }) => range.start.line + 1).join(" ")}`.trim();
}

suite("code lens on the stage that is built", () => {
	const cases: Record<string, string> = {
		"FROM python:3\nCMD python -m http.server 80": "1: Listens on 80/tcp -> 2",
		"FROM python:3 AS a\nCMD python -m http.server 1\nFROM python:3\nCMD python -m http.server 80": "3: Listens on 80/tcp -> 4",
		"FROM python:3\nCMD python -m http.server 80 & ./other": "1: Listens on 80/tcp, maybe on more -> 2",
		"FROM python:3\nCMD ./other": "1: Ports unknown: nothing is known about other ->",
		"FROM python:3\nCMD sleep 9": "1: Listens on no port ->",
		"FROM python:3\nCMD python -m http.server -b 127.0.0.1 80": "1: Listens on 127.0.0.1:80/tcp -> 2",
	};
	for (const [text, expected] of Object.entries(cases)) test(JSON.stringify(text), async () => assert.equal(await lens(text), expected));

	test("no stage, no lens", async () => assert.deepEqual(codeLenses(await analyseFiles({ Dockerfile: "# nothing\n" })), []));
});
