import { test } from "node:test";
import { findDesktop, runOnDesktop } from "../support/vscode/desktop.ts";
import { seedContainers } from "../support/vscode/seed.ts";

test("in a desktop VS Code", async (context) => {
	const desktop = findDesktop();
	if ("skip" in desktop) return context.skip(desktop.skip);
	const seeded = await seedContainers();
	if ("remove" in seeded) context.after(seeded.remove);
	await runOnDesktop(context, desktop, { PORTLIGHT_TEST_ENGINE: "skip" in seeded ? "none" : "seeded" });
});
