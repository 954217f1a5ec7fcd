/** Bundled to out/test/suite.cjs; VS Code's extension host loads that and calls `run`. */
import { runCases } from "./harness.ts";
import "./containers.ts";
import "./containerActions.ts";
import "./faults.ts";
import "./flask.ts";
import "./shop.ts";
import "./untitled.ts";

export async function run(): Promise<void> {
	const file = process.env.PORTLIGHT_TEST_RESULTS;
	if (!file) throw new Error("PORTLIGHT_TEST_RESULTS names no file");
	await runCases(file);
}
