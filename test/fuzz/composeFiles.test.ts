/** Compose files with what they build: predictions of every service, verdicts of every published port, and what an editor is told. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { analyseCompose, type ComposeReport } from "../../server/src/compose/report.ts";
import type { World } from "../../server/src/verdict/analyse.ts";
import { fuzz } from "../support/fuzz.ts";
import { ROOT, uriOf } from "../support/memoryFiles.ts";
import { composeFiles } from "./generators/composeFiles.ts";
import { dockerfiles } from "./generators/dockerfiles.ts";
import { type Project, projects } from "./generators/projects.ts";
import { seedsOf } from "./generators/seeds.ts";
import { sourceFiles } from "./generators/sources.ts";
import { featuresOf } from "./projectChecks.ts";
import { applied, assertFeatures, assertPrediction, coldWorldOf, type Texts, worldOf } from "./properties.ts";

const made = fc
	.record({ compose: composeFiles, base: composeFiles, web: dockerfiles, own: dockerfiles, files: sourceFiles })
	.map(({ compose, base, web, own, files }) => {
		const below = Object.fromEntries(Object.entries(files).map(([name, text]) => [`web/${name}`, text]));
		return {
			files: { ...files, ...below, "compose.yaml": compose, "base.yaml": base, "web/Dockerfile": web, Dockerfile: own },
			subject: "compose.yaml",
		};
	});
const seeds = (await seedsOf("compose", "features")).filter((seed) => seed.kind === "project" && /ya?ml$/.test(seed.path));

const inputs = fc.record({
	project: fc.oneof(made, projects(seeds)),
	question: fc.constantFrom("again", "cold", "unrelated line", "fixes"),
});

fuzz(
	"composeFiles",
	inputs,
	async ({ project, question }) => {
		const { files, subject }: { files: Texts; subject: string } = project;
		const report = await reportOf(worldOf(files), project);
		// Inline Dockerfiles and merged files are pointed at where they are written.
		for (const { listeners, gaps } of report.predictions) assertPrediction(files, listeners, gaps);
		const features = await featuresOf(worldOf(files), files, subject);
		assert.ok(features);
		const actions = await assertFeatures(files, subject, features);
		const told = (one: ComposeReport) => ({
			predictions: one.predictions.map(({ service, listeners, gaps }) => ({
				name: service.name,
				listeners: listeners.map(({ exposedBy, ...rest }) => rest),
				gaps,
			})),
			verdicts: one.verdicts.map(({ state, entry }) => ({ state, at: [entry.place.start, entry.place.end] })),
			findings: one.findings.map(({ code, message, range }) => ({ code, message, range })),
		});
		const ports = (one: ComposeReport) => [
			one.predictions.map(({ service, listeners, gaps }) => [
				service.name,
				listeners.map(({ port, address, certainty }) => [port, address, certainty]),
				gaps.map(({ reason }) => reason),
			]),
			one.verdicts.map(({ state }) => state),
		];
		switch (question) {
			case "again":
				return assert.deepEqual(told(await reportOf(worldOf(files), project)), told(report), "the same again");
			case "cold":
				return assert.deepEqual(told(await reportOf(coldWorldOf(files), project)), told(report), "the same from scratch");
			case "unrelated line": {
				// A first line may be a directive of YAML, or stand before a mark of byte order.
				if (/^[%\ufeff]/.test(files[subject] ?? "")) return;
				const changed = { ...files, [subject]: `# a comment\n\n${files[subject]}` };
				return assert.deepEqual(ports(await reportOf(worldOf(changed), { files: changed, subject })), ports(report), "an unrelated line");
			}
			default:
				for (const action of actions) {
					const repaired = (action.diagnostics ?? []).map(({ code, message }) => `${code} ${message}`);
					if (repaired.length === 0 || !files[subject]) continue;
					const changed = applied(files, action);
					const left = (await reportOf(worldOf(changed), { files: changed, subject })).findings.map(
						({ code, message }) => `${code} ${message}`,
					);
					const before = report.findings.map(({ code, message }) => `${code} ${message}`);
					const count = (all: readonly string[], one: string | undefined) => all.filter((other) => other === one).length;
					assert.ok(
						repaired.some((one) => count(left, one) < count(before, one)),
						`${action.title} does not repair ${repaired[0]}:\n${files[subject]}\n---\n${changed[subject]}\n${left.join("\n")}`,
					);
				}
		}
	},
	{ runs: 40 },
);

async function reportOf(world: World, { files, subject }: Project): Promise<ComposeReport> {
	return (await analyseCompose(world, { uri: uriOf(subject), text: files[subject] ?? "", roots: [ROOT] })).report;
}
