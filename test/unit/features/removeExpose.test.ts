import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { fixed } from "../../support/fixes.ts";

const START = "CMD python -m http.server 8000";

suite("taking a port out of an EXPOSE", () => {
	const cases: { name: string; before: string; after: string; port?: string }[] = [
		{ name: "the only one: its line goes", before: "EXPOSE 8000\nEXPOSE 9\n", after: "EXPOSE 8000\n" },
		{ name: "the first of several", before: "EXPOSE 9 8000\n", after: "EXPOSE 8000\n" },
		{ name: "the last of several", before: "EXPOSE 8000   9\n", after: "EXPOSE 8000\n" },
		{ name: "one between others", before: "EXPOSE 8000 9 8000/tcp\n", after: "EXPOSE 8000 8000/tcp\n" },
		{ name: "a range", before: "EXPOSE 8000 9-12/udp\n", after: "EXPOSE 8000\n", port: "9-12/udp" },
		{ name: "on a line of its own, between others", before: "EXPOSE 8000 \\\n  9 \\\n  8000/tcp\n", after: "EXPOSE 8000 \\\n  8000/tcp\n" },
		{ name: "on the last line: the line before is continued no more", before: "EXPOSE 8000 \\\n  9\n", after: "EXPOSE 8000\n" },
		{ name: "on the first line", before: "EXPOSE 9 \\\n  8000\n", after: "EXPOSE \\\n  8000\n" },
		{ name: "beside another on a continued line", before: "EXPOSE 8000 \\\n  8000/tcp 9\n", after: "EXPOSE 8000 \\\n  8000/tcp\n" },
		{ name: "comments between continued lines stay", before: "EXPOSE 8000 \\\n  # why\n  9\n", after: "EXPOSE 8000\n  # why\n" },
		{ name: "comments above stay", before: "EXPOSE 8000\n# the admin port\nEXPOSE 9\n", after: "EXPOSE 8000\n# the admin port\n" },
		{ name: "lower case, indentation", before: "  expose 8000 9\n", after: "  expose 8000\n" },
	];
	for (const { name, before, after, port = "9" } of cases) {
		const whole = (text: string) => `FROM python:3.12\n${text}${START}\n`;
		test(name, async () => assert.equal(await fixed({ Dockerfile: whole(before) }, `Remove EXPOSE ${port}`), whole(after)));
		test(`${name}, CRLF`, async () => {
			const crlf = (text: string) => whole(text).replaceAll("\n", "\r\n");
			assert.equal(await fixed({ Dockerfile: crlf(before) }, `Remove EXPOSE ${port}`), crlf(after));
		});
	}

	test("at the end of a file without a newline", async () => {
		const text = `FROM python:3.12\nEXPOSE 8000\n${START}`;
		assert.equal(await fixed({ Dockerfile: `${text}\nEXPOSE 9` }, "Remove EXPOSE 9"), text);
		assert.equal(await fixed({ Dockerfile: `${text}\nEXPOSE 8000 \\\n 9` }, "Remove EXPOSE 9"), `${text}\nEXPOSE 8000`);
	});
});
