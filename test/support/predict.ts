import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { predictProcess } from "../../server/src/listeners/index.ts";
import { Budget } from "../../server/src/model/budget.ts";
import type { Listener, Prediction } from "../../server/src/model/port.ts";
import type { Evidence } from "../../server/src/model/text.ts";
import { known } from "../../server/src/model/value.ts";
import { runShell } from "../../server/src/process/shell.ts";
import { imageOf } from "./image.ts";
import { environmentOf, place, sources } from "./program.ts";

/** The line that starts everything in these tests. */
export const CMD: Evidence = {
	uri: "file:///Dockerfile",
	range: { start: { line: 9, character: 0 }, end: { line: 9, character: 20 } },
	text: "CMD",
};

export interface PredictionCase {
	/** Name relative to /app, to text. */
	readonly files?: Readonly<Record<string, string>>;
	readonly environment?: Readonly<Record<string, string>>;
	/** Shell commands of RUN steps, which ran in /app. */
	readonly builds?: readonly string[];
	/** As `listed` writes them. */
	readonly listens?: readonly string[];
	/** Reasons. */
	readonly gaps?: readonly string[];
	/** The chain of the first listener: `Dockerfile:10`, `app.py:3`. */
	readonly evidence?: readonly string[];
}

export function predict(command: readonly string[], given: PredictionCase): Promise<Prediction> {
	const files = Object.fromEntries(Object.entries(given.files ?? {}).map(([name, text]) => [path.posix.resolve("/app", name), text]));
	const image = imageOf(files);
	const start = { argv: [], cwd: "/app", environment: environmentOf({}), evidence: [], ends: false, conditional: false };
	const commands = (given.builds ?? []).flatMap((text) => runShell({ text, args: [], script: "sh" }, start).processes);
	return predictProcess(
		{
			argv: command.map((text) => known(text)),
			cwd: "/app",
			environment: environmentOf(given.environment ?? {}),
			evidence: [CMD],
			ends: false,
			conditional: false,
		},
		{ files: image, sources, budget: new Budget(), buildOf: async (path) => ({ commands, files: image, path }) },
	);
}

/** A listener in short: `127.0.0.1:5000 convention`, `0.0.0.0:80 default PORT`. */
export function listed(listener: Listener): string {
	const address = listener.address.includes(":") ? `[${listener.address}]` : listener.address;
	const protocol = listener.protocol === "tcp" ? "" : `/${listener.protocol}`;
	return `${address}:${listener.port}${protocol} ${listener.certainty}${listener.overriddenBy ? ` ${listener.overriddenBy}` : ""}`;
}

/** Words of a command are separated by blanks. */
export function check(name: string, command: string, given: PredictionCase): void {
	test(name, async () => {
		const prediction = await predict(command.split(" "), given);
		assert.deepEqual(prediction.listeners.map(listed), given.listens ?? []);
		assert.deepEqual(
			prediction.gaps.map((gap) => gap.reason),
			given.gaps ?? [],
		);
		if (given.evidence) assert.deepEqual(prediction.listeners[0]?.evidence.map(place), given.evidence);
	});
}
