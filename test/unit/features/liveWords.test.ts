import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ALL_HINTS, type LiveContainer } from "../../../server/src/features/hintOptions.ts";
import { inlayHints } from "../../../server/src/features/inlayHints.ts";
import { liveWords } from "../../../server/src/features/liveWords.ts";
import { analyseFiles } from "../../support/analysis.ts";

const tcp = (...ports: number[]) => ports.map((port) => ({ port, protocol: "tcp" as const }));
const at = (port: number, address = "0.0.0.0") => ({ port, protocol: "tcp" as const, address });
const container = (name: string, ...ports: number[]): LiveContainer => ({ name, ports: tcp(...ports) });

suite("what is seen live beside what is predicted", () => {
	const cases: { name: string; live: LiveContainer[]; predicted: ReturnType<typeof at>[]; expected: string }[] = [
		{ name: "no container", live: [], predicted: [at(80)], expected: "" },
		{ name: "it agrees", live: [container("flask", 80)], predicted: [at(80)], expected: "● live in flask" },
		{ name: "another port", live: [container("flask", 8000)], predicted: [at(80)], expected: "live: 8000 in flask" },
		{ name: "one more", live: [container("flask", 80, 81)], predicted: [at(80)], expected: "live: 80, 81 in flask" },
		{ name: "nothing yet", live: [container("flask")], predicted: [at(80)], expected: "live: nothing in flask" },
		{
			name: "loopback is not expected from outside",
			live: [container("flask")],
			predicted: [at(80, "127.0.0.1")],
			expected: "live: nothing in flask",
		},
		{
			name: "several containers",
			live: [container("a", 80), container("b", 80), container("c", 80), container("d", 81), container("e", 81)],
			predicted: [at(80)],
			expected: "● live in a, b and 1 more · live: 81 in d, e",
		},
	];
	for (const { name, live, predicted, expected } of cases) test(name, () => assert.equal(liveWords(live, predicted), expected));

	test("in hints, of the target stage only, unless it is switched off", async () => {
		const analysis = await analyseFiles({
			Dockerfile: "FROM python:3 AS dev\nCMD python -m http.server 1\nFROM python:3\nEXPOSE 80\nEXPOSE 90\nCMD python -m http.server 80\n",
		});
		const labels = (live: readonly LiveContainer[], shown = ALL_HINTS.shown) =>
			inlayHints(analysis, { shown, live }).map(({ label, position }) => {
				const text = typeof label === "string" ? label : label.map(({ value }) => value).join("");
				return `${position.line + 1} ${text}`;
			});
		assert.deepEqual(labels([container("web", 80)]), [
			"2 ⇢ 1/tcp  not exposed",
			"4 ✓ python -m http.server  ● live in web",
			"5 ✗ nothing listens",
			"6 ⇢ 80/tcp  ● live in web",
		]);
		assert.deepEqual(labels([container("web", 80)], new Set(["expose"])), ["4 ✓ python -m http.server", "5 ✗ nothing listens"]);
		assert.deepEqual(labels([container("web", 80)], new Set()), []);
	});
});
