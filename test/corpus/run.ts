// npm run corpus -- FOLDER [--labels FILE] [--source hand] [--language go] [--misses]
// Predicts the ports of labelled repositories and compares. test/README.md tells how FOLDER is laid out.
import { existsSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { URI } from "vscode-uri";
import { fileCache } from "../../server/src/context/fileCache.ts";
import { knownImages } from "../../server/src/image/knownImages.ts";
import { diskFiles } from "../../server/src/io/files.ts";
import { loadGrammars } from "../../server/src/io/grammars.ts";
import { isLoopback } from "../../server/src/model/port.ts";
import { createSources } from "../../server/src/source/sources.ts";
import { analyse, type World } from "../../server/src/verdict/analyse.ts";
import { type Label, readLabels } from "./labels.ts";
import { type Figures, keyOf, type Miss, type Prediction, score } from "./score.ts";

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		labels: { type: "string" },
		source: { type: "string" },
		language: { type: "string" },
		misses: { type: "boolean", default: false },
	},
});
const folder = positionals[0];
if (folder === undefined) {
	console.error("Usage: npm run corpus -- FOLDER [--labels FILE] [--source hand] [--language go] [--misses]");
	process.exit(2);
}
const labelsFile = values.labels ?? path.join(folder, "labels.jsonl");
if (!existsSync(labelsFile)) {
	console.error(`${labelsFile} does not exist: name the labels with --labels FILE`);
	process.exit(2);
}

const grammars = loadGrammars(path.join(import.meta.dirname, "../../node_modules/@vscode/tree-sitter-wasm/wasm"));
// As in the server: what is known of the disk is kept while nobody says that it changed.
const world: World = { files: fileCache(diskFiles, () => true), baseImages: knownImages, sources: createSources(grammars) };
const labels = (await readLabels(labelsFile)).filter(
	(label) =>
		!label.runtimeEnv &&
		(values.source === undefined || label.labelSource === values.source) &&
		(values.language === undefined || values.language.split(",").includes(label.language)),
);

const results: { label: Label; prediction: Prediction }[] = [];
let absent = 0;
for (const label of labels) {
	const root = path.resolve(folder, label.repo.replace("/", "+"));
	const file = path.join(root, label.dockerfile);
	if (existsSync(file)) results.push({ label, prediction: await predict(label, root, file) });
	else absent++;
}
print();

async function predict(label: Label, root: string, file: string): Promise<Prediction> {
	const uri = URI.file(file).toString();
	const read = await diskFiles.read(uri);
	const request = {
		uri,
		text: read.kind === "text" ? read.text : "",
		roots: [URI.file(root).toString()],
		context: URI.file(path.join(root, label.context ?? ".")).toString(),
		...(label.target === undefined ? {} : { target: label.target }),
		buildArguments: new Map(Object.entries(label.buildArgs ?? {})),
	};
	// The second run is what an editor sees: grammars loaded, files and programs kept.
	await analyse(world, request);
	const started = performance.now();
	const { analysis } = await analyse(world, request);
	const ms = performance.now() - started;
	const all = analysis.target?.listeners ?? [];
	const open = all.filter((one) => !isLoopback(one.address));
	return { ports: open.length > 0 ? open : all, gaps: (analysis.target?.gaps ?? []).map((gap) => gap.reason), ms };
}

function print(): void {
	const { all, byLanguage, bySource, byCertainty, misses } = score(results);
	const rows = [
		["all", all] as const,
		...[...bySource].map(([name, one]) => [`source ${name}`, one] as const),
		...[...byLanguage].sort(byCount),
	];
	console.log(`${"".padEnd(24)}     n  precision  recall   exact  negatives`);
	for (const [name, one] of rows) console.log(row(name, one));
	console.log();
	for (const [certainty, { right, wrong }] of byCertainty)
		console.log(`${certainty}: ${right} right, ${wrong} wrong (${percent(right, right + wrong)})`);
	const times = results.map(({ prediction }) => prediction.ms).sort((a, b) => a - b);
	const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))]?.toFixed(1) ?? "-";
	console.log(`milliseconds a Dockerfile, warm: median ${at(0.5)}, 95th percentile ${at(0.95)}, most ${at(1)}`);
	if (absent > 0) console.log(`${absent} labels without a clone are left out`);
	if (values.misses) for (const miss of misses) console.log(missText(miss));
	else if (misses.length > 0) console.log(`${misses.length} Dockerfiles not matched exactly; --misses lists them`);
}

function byCount(a: readonly [string, Figures], b: readonly [string, Figures]): number {
	return b[1].n - a[1].n;
}

function row(name: string, one: Figures): string {
	const cells = [percent(one.right, one.right + one.wrong), percent(one.right, one.right + one.missed), percent(one.exact, one.n)];
	return `${name.padEnd(24)}${String(one.n).padStart(6)}  ${cells.map((cell) => cell.padStart(8)).join("")}   ${one.negativesRight}/${one.negatives}`;
}

function percent(part: number, whole: number): string {
	return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)}%`;
}

function missText({ label, prediction, absent, extra }: Miss): string {
	const said = prediction.ports.map((port) => `${keyOf(port)} (${port.certainty})`).join(" ") || "nothing";
	return [
		`- ${label.id} [${label.language}, ${label.labelSource}]`,
		`    said ${said}${absent.length > 0 ? `; missed ${absent.join(" ")}` : ""}${extra.length > 0 ? `; wrong ${extra.join(" ")}` : ""}`,
		...prediction.gaps.map((gap) => `    ? ${gap}`),
		`    label: ${label.evidence ?? ""}`,
	].join("\n");
}
