import assert from "node:assert/strict";
import { test } from "node:test";
import type { EntryKind, FileSystem } from "../../../server/src/model/files.ts";
import { analyse } from "../../../server/src/verdict/analyse.ts";
import { worldOf } from "../../support/analysis.ts";
import { ROOT, uriOf } from "../../support/memoryFiles.ts";

/** A context of 200 folders with 1,000 files each beside the program, and how often a folder of it was listed. */
function crowded(): { files: FileSystem; lists: () => number } {
	const { files } = worldOf({ "app.py": "from flask import Flask\nFlask('x').run('0.0.0.0', 80)\n" });
	let lists = 0;
	const folders = Array.from({ length: 200 }, (_, i) => [`d${i}`, "folder"] as const);
	const names = new Map<string, EntryKind>(Array.from({ length: 1_000 }, (_, i) => [`f${i}.bin`, "file"] as const));
	return {
		lists: () => lists,
		files: {
			...files,
			async list(uri) {
				if (/\/d\d+$/.test(uri)) {
					lists++;
					return { kind: "entries", entries: names };
				}
				const own = await files.list(uri);
				return uri === ROOT && own.kind === "entries" ? { kind: "entries", entries: new Map([...own.entries, ...folders]) } : own;
			},
			real: async (uri) => uri,
		},
	};
}

for (const [name, copy] of [
	["a whole copy", "COPY . ."],
	["a pattern over all folders", "COPY app.py */*.bin ./"],
] as const) {
	test(`200,000 files in the context: ${name} is looked at where it matters`, async () => {
		const { files, lists } = crowded();
		const text = `FROM python:3.12\nWORKDIR /app\n${copy}\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n`;
		const { analysis } = await analyse({ ...worldOf({}), files }, { uri: uriOf("Dockerfile"), text, roots: [ROOT] });
		assert.deepEqual(
			analysis.target?.listeners.map(({ port, certainty }) => `${port} ${certainty}`),
			["80 certain"],
		);
		assert.ok(lists() <= 1_000, `${lists()} lists`);
	});
}
