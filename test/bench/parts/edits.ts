import { openEditor, PEER, PORTLIGHT } from "../editor.ts";
import { type Project, writeProjects } from "../projects.ts";
import { type Findings, spread } from "../report.ts";
import type { Scale } from "../scale.ts";

/** From telling of an edit to the hints of the edited text, beside the other server's diagnostics; by turns, edit by edit. */
export async function edits(findings: Findings, { edits, lines }: Scale, folder: string): Promise<void> {
	for (const project of await writeProjects(folder, lines)) await typing(findings, project, edits);
}

async function typing(findings: Findings, project: Project, edits: number): Promise<void> {
	const ours = await openEditor(PORTLIGHT, project);
	const theirs = await openEditor(PEER, project);
	await ours.open(project.dockerfile);
	await theirs.open(project.dockerfile);
	const times = { hints: [] as number[], diagnostics: [] as number[], theirs: [] as number[] };
	for (let edit = 0; edit < edits; edit++) {
		// A letter is typed, and taken back: once in an instruction that decides nothing, once in the line that starts the program.
		const place = project.places[Math.floor(edit / 2) % project.places.length] ?? { line: 0, character: 0 };
		const deleted = edit % 2;
		const typed = deleted ? "" : "y";
		const { hints, diagnostics } = await ours.edit(place, deleted, typed);
		times.hints.push(hints);
		times.diagnostics.push(diagnostics);
		times.theirs.push((await theirs.edit(place, deleted, typed)).diagnostics);
	}
	const beside = { name: `${PEER.name}, to diagnostics`, figures: spread(times.theirs) };
	const { p95 } = spread(times.hints);
	findings.row({
		name: `edit to hints: ${project.name}`,
		unit: "ms",
		figures: spread(times.hints),
		beside,
		goal: { of: "ratio of p95", value: p95 / beside.figures.p95, atMost: 1 },
	});
	findings.row({ name: `edit to diagnostics: ${project.name}`, unit: "ms", figures: spread(times.diagnostics), beside });
	await ours.stop();
	await theirs.stop();
}
