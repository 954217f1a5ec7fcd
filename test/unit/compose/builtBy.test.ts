import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { agreedBuild, buildersOf } from "../../../server/src/compose/builtBy.ts";
import type { Files } from "../../support/analysis.ts";
import { memoryFiles, ROOT, uriOf } from "../../support/memoryFiles.ts";

async function build(files: Files, dockerfile = "app/Dockerfile"): Promise<string> {
	const builders = await buildersOf(memoryFiles(files), uriOf(dockerfile), [ROOT]);
	const { context, target, args } = agreedBuild(builders);
	return [...builders.map(({ service }) => service.name), context?.replace(ROOT, "."), target, ...(args ?? [])].filter(Boolean).join(" ");
}

suite("who builds a Dockerfile", () => {
	const web = "services:\n  web:\n    build:\n      context: .\n      dockerfile: app/Dockerfile\n      target: prod\n      args: {A: 1}\n";
	test("a service in a folder above", async () =>
		assert.equal(await build({ "compose.yaml": web, "app/Dockerfile": "" }), "web . prod A,1"));
	test("nobody", async () => assert.equal(await build({ "compose.yaml": "services:\n  db:\n    image: x\n", "app/Dockerfile": "" }), ""));
	test("the nearest folder wins", async () =>
		assert.equal(
			await build({ "compose.yaml": web, "app/docker-compose.yml": "services:\n  near:\n    build: .\n", "app/Dockerfile": "" }),
			"near ./app",
		));
	test("services that disagree", async () =>
		assert.equal(
			await build({ "compose.yaml": `${web}  two:\n    build: {context: app, target: dev, args: {A: 1}}\n`, "app/Dockerfile": "" }),
			"web two A,1",
		));
	test("a file that is no default one", async () =>
		assert.equal(
			await build({ "docker-compose.dev.yml": web, "compose.yaml": "services:\n  db:\n    image: x\n", "app/Dockerfile": "" }),
			"web . prod A,1",
		));
	test("another Dockerfile of the same folder", async () =>
		assert.equal(await build({ "compose.yaml": web, "app/Dockerfile.dev": "" }, "app/Dockerfile.dev"), ""));
	test("not above the workspace", async () =>
		assert.equal(await build({ "/compose.yaml": "services:\n  web:\n    build: ws/app\n", "app/Dockerfile": "" }), ""));
});
