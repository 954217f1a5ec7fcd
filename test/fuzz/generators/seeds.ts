import { readdirSync } from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { bodies } from "./recording/nodeTest.ts";
import { recorded, type Seed } from "./recording/seeds.ts";

export type { Seed } from "./recording/seeds.ts";

const tests = path.join(import.meta.dirname, "../..");
const recording = path.join(import.meta.dirname, "recording");
/** Modules that the unit tests import, by the end of their paths, with those that record instead. */
const INSTEAD = ["support/predict.ts", "support/analysis.ts", "support/program.ts", "support/script.ts"];

/**
 * What the unit tests of some folders hand to the analysis: the texts that are worth mutating, of every technology. The tests are
 * loaded, each as far as its first analysis, and nothing of them is checked.
 */
export async function seedsOf(...folders: readonly string[]): Promise<readonly Seed[]> {
	const hooks = registerHooks({
		resolve(specifier, context, next) {
			const parent = context.parentURL ?? "";
			const asks = parent.startsWith(pathToFileURL(tests).href) && !parent.startsWith(pathToFileURL(path.join(tests, "fuzz")).href);
			if (asks && specifier === "node:test") return { url: pathToFileURL(path.join(recording, "nodeTest.ts")).href, shortCircuit: true };
			const instead = asks ? INSTEAD.find((one) => `${specifier}`.endsWith(`/${path.basename(one)}`)) : undefined;
			const resolved = next(specifier, context);
			if (!instead || !resolved.url.endsWith(`/test/${instead}`)) return resolved;
			return { url: pathToFileURL(path.join(recording, path.basename(instead))).href, shortCircuit: true };
		},
	});
	try {
		for (const folder of folders)
			for (const file of readdirSync(path.join(tests, "unit", folder), { recursive: true, encoding: "utf8" }).sort())
				if (file.endsWith(".test.ts")) await import(pathToFileURL(path.join(tests, "unit", folder, file)).href);
	} finally {
		hooks.deregister();
	}
	// A test that does not analyse is none of ours, and may fail for want of what was recorded before.
	for (const body of bodies.splice(0))
		await Promise.resolve()
			.then(body)
			.catch(() => {});
	return recorded.splice(0);
}
