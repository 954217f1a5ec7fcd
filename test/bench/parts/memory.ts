import { SERVER_FLAGS } from "../../../client/src/serverFlags.ts";
import { type Editor, openEditor, PEER, PORTLIGHT } from "../editor.ts";
import { writeProjects } from "../projects.ts";
import type { Findings } from "../report.ts";
import type { Scale } from "../scale.ts";

/** Resident memory before and after documents were opened and closed, each with a text of its own. */
export async function memory(findings: Findings, { opened, lines }: Scale, folder: string): Promise<void> {
	const [project] = await writeProjects(folder, [lines[1] ?? lines[0] ?? 8]);
	if (!project) return;
	const measure = async (editor: Editor) => {
		const openAndClose = async (times: number) => {
			for (let i = 0; i < times; i++) {
				await editor.open(`${project.dockerfile}# ${i}\n`);
				await editor.close();
			}
		};
		await openAndClose(Math.ceil(opened / 5));
		const before = await editor.megabytes();
		await openAndClose(opened);
		const after = await editor.megabytes();
		await editor.stop();
		return before === undefined || after === undefined ? undefined : { before, after };
	};
	const ours = await measure(await openEditor(PORTLIGHT, project));
	const asShipped = await measure(await openEditor(PORTLIGHT, project, SERVER_FLAGS));
	const theirs = await measure(await openEditor(PEER, project));
	if (!ours || !asShipped || !theirs) return findings.skip("memory", "the system does not tell it in /proc");
	const beside = { name: PEER.name, figures: theirs };
	findings.row({
		name: `memory before and after ${opened} documents`,
		unit: "MB",
		figures: ours,
		beside,
		goal: { of: "ratio after them", value: ours.after / theirs.after, atMost: 1.2 },
	});
	findings.row({ name: "the same, with the flags that the extension gives it", unit: "MB", figures: asShipped, beside });
}
