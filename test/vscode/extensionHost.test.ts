import path from "node:path";
import { test } from "node:test";
import { runInExtensionHost } from "../support/vscode/extensionHost.ts";
import { seedContainers } from "../support/vscode/seed.ts";

test("in VS Code with a container engine", async (context) => {
	const seeded = await seedContainers();
	if ("skip" in seeded) return context.skip(seeded.skip);
	context.after(seeded.remove);
	await runInExtensionHost(context, { PORTLIGHT_TEST_ENGINE: "seeded" });
});

test("in VS Code without a container engine", async (context) => {
	const nowhere = `unix://${path.resolve("out/test/no-such-engine.sock")}`;
	await runInExtensionHost(context, { PORTLIGHT_TEST_ENGINE: "missing", DOCKER_HOST: nowhere });
});
