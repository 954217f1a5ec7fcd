import { existsSync } from "node:fs";
import path from "node:path";
import { engineAnswer } from "../../../scripts/engineAnswer.mjs";
import { root } from "../../../scripts/folders.mjs";
import { capture } from "../../../scripts/processes.mjs";

const script = path.join(root, "test/support/engine/seed.ts");

/** Starts the containers `flask` and `web`, or answers why not. */
export async function seedContainers(): Promise<{ skip: string } | { remove: () => Promise<void> }> {
	const answer = await engineAnswer();
	if (!answer.ok) return { skip: answer.reason };
	if (!existsSync(script)) return { skip: "there is no script that starts containers" };
	await seed("up");
	return { remove: () => seed("down") };
}

async function seed(command: "up" | "down"): Promise<void> {
	const { code, output } = await capture(process.execPath, [script, command], { cwd: root });
	if (code !== 0) throw new Error(`seed.ts ${command} failed:\n${output}`);
}
