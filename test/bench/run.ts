// npm run bench [-- FOLDER]
// How long an editor waits, and how much memory stays. Prints a table and writes out/bench.json. FOLDER is a corpus: test/README.md.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { type LanguageServer, startLanguageServer } from "../support/languageServer.ts";
import { type Project, writeLargeProgram, writeProjects } from "./projects.ts";

const EDITS = 500;
const OPENED = 1_000;
const MODULES = 150;

const out = path.join(import.meta.dirname, "../../out");
const folder = await mkdtemp(path.join(tmpdir(), "portlight-bench-"));
const rows: { name: string; unit: string; values: Record<string, number> }[] = [];
try {
	const unit = referenceWork();
	row("reference work", "ms", { median: unit });
	const projects = await writeProjects(folder);
	await firstHint(projects[0] as Project);
	for (const project of projects) await typing(project);
	await largeProgram();
	await openingAndClosing(projects[1] as Project);
	const corpus = process.argv[2];
	if (corpus) corpusRun(corpus);
	await mkdir(out, { recursive: true });
	await writeFile(path.join(out, "bench.json"), `${JSON.stringify({ reference: unit, rows }, undefined, "\t")}\n`);
} finally {
	await rm(folder, { recursive: true, force: true });
}

/** A machine's other work slows this down as much as the rest: times are best compared as multiples of it. */
function referenceWork(): number {
	const bytes = Buffer.alloc(1 << 20);
	const times = Array.from({ length: 50 }, () => {
		const started = performance.now();
		createHash("sha256").update(bytes).digest();
		return performance.now() - started;
	});
	return at(times, 0.5);
}

async function firstHint(project: Project): Promise<void> {
	const times: number[] = [];
	for (let i = 0; i < 5; i++) {
		const started = performance.now();
		const server = await startLanguageServer(project.folder, "ipc");
		server.open(uriOf(project.folder), project.dockerfile);
		await server.hints(uriOf(project.folder));
		times.push(performance.now() - started);
		await server.stop();
	}
	row("start of the server to first hint", "ms", figures(times));
}

/** From telling of an edit to the hints of the edited text. */
async function typing(project: Project): Promise<void> {
	const server = await startLanguageServer(project.folder, "ipc");
	const uri = uriOf(project.folder);
	server.open(uri, project.dockerfile);
	await server.hints(uri);
	const times: number[] = [];
	const end = "ENV TYPED=x".length;
	for (let edit = 0; edit < EDITS; edit++) {
		const started = performance.now();
		// A letter is typed, and taken back.
		const range = { start: { line: project.line, character: end }, end: { line: project.line, character: end + (edit % 2) } };
		server.change(uri, edit + 2, [{ range, text: edit % 2 === 0 ? "y" : "" }]);
		await server.hints(uri);
		times.push(performance.now() - started);
	}
	row(`keystroke to hints: ${project.name}`, "ms", figures(times));
	await server.stop();
}

/** The first evaluation of a large program, and how long another Dockerfile waits meanwhile. */
async function largeProgram(): Promise<void> {
	const large = path.join(folder, "large");
	const text = await writeLargeProgram(large, MODULES);
	const server = await startLanguageServer(folder, "ipc");
	const small = pathToFileURL(path.join(folder, "small.dockerfile")).href;
	server.open(small, "FROM redis\n");
	await server.hints(small);
	const started = performance.now();
	let done = false;
	server.open(uriOf(large), text);
	const answer = server.hints(uriOf(large)).then(() => (done = true));
	const waits: number[] = [];
	for (let version = 2; !done; version++) {
		const asked = performance.now();
		server.change(small, version, [{ text: `FROM redis\nENV EDIT=${version}\n` }]);
		await server.hints(small);
		waits.push(performance.now() - asked);
	}
	await answer;
	row(`program of ${MODULES} modules, first time`, "ms", { median: performance.now() - started });
	row("keystroke to hints in another file meanwhile", "ms", figures(waits));
	await server.stop();
}

async function openingAndClosing(project: Project): Promise<void> {
	const server = await startLanguageServer(project.folder, "ipc");
	const uri = uriOf(project.folder);
	const openAndClose = async (times: number) => {
		for (let i = 0; i < times; i++) {
			server.open(uri, `${project.dockerfile}# ${i}\n`);
			await server.hints(uri);
			server.close(uri);
		}
	};
	await openAndClose(OPENED / 5);
	const before = await residentMegabytes(server);
	await openAndClose(OPENED);
	const after = await residentMegabytes(server);
	if (before !== undefined && after !== undefined)
		row(`memory before and after ${OPENED} documents`, "MB", { before, after, growth: after - before });
	await server.stop();
}

/** Undefined where the system does not tell it in /proc. */
async function residentMegabytes({ process: { pid } }: LanguageServer): Promise<number | undefined> {
	try {
		const kilobytes = /^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1];
		return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
	} catch {
		return undefined;
	}
}

function corpusRun(corpus: string): void {
	const run = path.join(import.meta.dirname, "../corpus/run.ts");
	const { stdout } = spawnSync(process.execPath, [run, corpus, "--source", "hand"], { encoding: "utf8" });
	const [median, p95, max] = [...(stdout.match(/^milliseconds.*$/m)?.[0].matchAll(/[\d.]+(?=,|$)/g) ?? [])].map(Number);
	if (median !== undefined && p95 !== undefined && max !== undefined) row("a Dockerfile of the corpus, warm", "ms", { median, p95, max });
}

function figures(times: readonly number[]): Record<string, number> {
	return { median: at(times, 0.5), p95: at(times, 0.95), max: at(times, 1) };
}

function at(times: readonly number[], share: number): number {
	const sorted = [...times].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function row(name: string, unit: string, values: Record<string, number>): void {
	rows.push({ name, unit, values });
	const cells = Object.entries(values).map(([what, value]) => `${what} ${value.toFixed(1)}`);
	console.log(`${name.padEnd(46)} ${cells.map((cell) => cell.padEnd(16)).join("")}${unit}`);
}

function uriOf(project: string): string {
	return pathToFileURL(path.join(project, "Dockerfile")).href;
}
