import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readVerifyOptions } from "../../../server/src/cli/verifyOptions.ts";

suite("arguments of portlight verify", () => {
	test("defaults and all options", () => {
		assert.deepEqual(readVerifyOptions(["."]), { path: ".", buildArguments: new Map(), seconds: 20, format: "text" });
		assert.deepEqual(
			readVerifyOptions([
				"web",
				"--context",
				".",
				"--target",
				"run",
				"--build-arg",
				"A=1=2",
				"--engine",
				"far",
				"--seconds",
				"5",
				"--format",
				"json",
			]),
			{ path: "web", context: ".", target: "run", buildArguments: new Map([["A", "1=2"]]), engine: "far", seconds: 5, format: "json" },
		);
		assert.equal(readVerifyOptions(["--help"]), "help");
	});
	for (const [args, expected] of [
		[[], /Name a Dockerfile/],
		[[""], /path is empty/],
		[["a", "b"], /One Dockerfile/],
		[["a", "--format", "xml"], /text or json/],
		[["a", "--seconds", "0"], /from 1 to 3600/],
		[["a", "--seconds", "x"], /from 1 to 3600/],
		[["a", "--build-arg", "=1"], /NAME=VALUE/],
		[["a", "--target", ""], /--target is empty/],
		[["a", "--nope"], /nope/],
	] as const)
		test(JSON.stringify(args), () => assert.match(String(readVerifyOptions(args)), expected));
});
