import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { findings } from "../../support/findings.ts";

const EXPOSED = ["# comment", "EXPOSE 9000"];
const START = "CMD python -m http.server 8000";
const file = (...lines: string[]) => ({ Dockerfile: ["FROM python:3.12", ...lines].join("\n") });
const codes = async (...lines: string[]) => (await findings(file(...lines))).map((one) => one.replace(/^(\S+ \[[^\]]*\]).*$/s, "$1"));

suite("ignore comments", () => {
	const cases: { name: string; lines: string[]; expected: string[] }[] = [
		{ name: "none", lines: [...EXPOSED, START], expected: ["nothing-listens [9000]", `not-exposed [${START}]`] },
		{
			name: "one code",
			lines: ["# portlight ignore=nothing-listens", "EXPOSE 9000", "# portlight ignore=not-exposed", START],
			expected: [],
		},
		{
			name: "several codes, a reason, blanks",
			lines: ["EXPOSE 8000", "#portlight  ignore = not-exposed, nothing-listens for the proxy", "EXPOSE 9000", START],
			expected: ["ignores-nothing [not-exposed]"],
		},
		{
			name: "another comment between",
			lines: ["EXPOSE 8000", "# portlight ignore=nothing-listens", "# hadolint ignore=DL3000", "EXPOSE 9000", START],
			expected: [],
		},
		{
			name: "lower-case instructions, the finding on a later line of them",
			lines: ["# portlight ignore=nothing-listens", "expose 8000 \\", "  9000", START],
			expected: [],
		},
		{
			name: "another code than the finding's",
			lines: ["# portlight ignore=loopback-only", "EXPOSE 8000 9000", START],
			expected: ["ignores-nothing [loopback-only]", "nothing-listens [9000]"],
		},
		{
			name: "a code that does not exist",
			lines: ["# portlight ignore=no-such", "EXPOSE 8000", START],
			expected: ["ignores-nothing [no-such]"],
		},
		{
			name: "an empty line ends it",
			lines: ["# portlight ignore=nothing-listens", "", "EXPOSE 8000 9000", START],
			expected: ["nothing-listens [9000]"],
		},
		{
			name: "not whole: what ignores nothing today may do so tomorrow",
			lines: ["# portlight ignore=nothing-listens", "EXPOSE 8000", "CMD ./server"],
			expected: [],
		},
		{
			name: "other stages are not looked at",
			lines: ["# portlight ignore=not-exposed", "CMD ./x", "FROM python:3.12", "EXPOSE 8000", START],
			expected: [],
		},
		{ name: "text that only looks like one", lines: ["EXPOSE 8000", "RUN echo '# portlight ignore=x'", START], expected: [] },
	];
	for (const { name, lines, expected } of cases) test(name, async () => assert.deepEqual(await codes(...lines), expected));

	test("CRLF", async () => {
		const text = file("# portlight ignore=nothing-listens", "EXPOSE 8000 9000", START).Dockerfile.replaceAll("\n", "\r\n");
		assert.deepEqual(await findings({ Dockerfile: text }), []);
	});
});
