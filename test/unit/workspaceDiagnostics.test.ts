import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_SETTINGS } from "../../server/src/settings.ts";
import { createWorkspaceDiagnostics } from "../../server/src/workspaceDiagnostics.ts";
import { worldOf } from "../support/analysis.ts";
import { ROOT } from "../support/memoryFiles.ts";

/** What the client knows: a file that is no longer there, so every whole look has something to tell. */
const GONE = new Map([[`${ROOT}/gone/Dockerfile`, "0"]]);

test("a look that is broken off is not taken for a whole one", async () => {
	const text = "FROM python:3.12\nCMD python -m http.server 80\n";
	const workspace = createWorkspaceDiagnostics({
		world: worldOf({ "a/Dockerfile": text, "b/Dockerfile": text, "c/Dockerfile": text }),
		pauses: () => () => undefined,
		roots: () => [ROOT],
		severities: () => DEFAULT_SETTINGS.severity,
		docs: "file:///docs",
		isOpen: () => false,
	});
	// Wanted until it was asked so often: while folders are listed, between two files, at the end.
	const broken = async () => {
		for (let questions = 0; ; questions++) {
			let left = questions;
			const items = await workspace.report(GONE, () => left-- > 0);
			if (items.length > 0) return { questions, uris: items.map(({ uri }) => uri.slice(ROOT.length + 1)) };
		}
	};
	const all = ["a/Dockerfile", "b/Dockerfile", "c/Dockerfile", "gone/Dockerfile"];
	const first = await broken();
	assert.ok(first.questions > 4, "there were looks to break off");
	assert.deepEqual(first.uris, all);
	workspace.changed();
	const second = await broken();
	assert.ok(second.questions > 4, "there were looks to break off");
	assert.deepEqual(second.uris, all);
});
