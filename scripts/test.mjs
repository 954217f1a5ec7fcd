// npm test: everything that this machine can run; `npm test -- unit server` runs only those layers. Says what it skipped
// and why, and ends with `N passed, N failed, N skipped`. With CI=true a machine that cannot run a layer fails.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import readline from "node:readline";
import { findChromium } from "./chromium.mjs";
import { embeddedVscode } from "./embeddedVscode.mjs";
import { engineAnswer } from "./engineAnswer.mjs";
import { outFolder, root } from "./folders.mjs";
import { prepare } from "./install.mjs";
import { capture } from "./processes.mjs";

await prepare();

const started = Date.now();
const counts = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const skips = [];
/** What the random inputs of the fuzz layer are made from. */
const fuzzSeed = Number(process.env.FUZZ_SEED ?? Date.now() & 0x7fffffff);
const ci = process.env.CI === "true" || process.env.CI === "1";

/** @typedef {{ name: string, folder: string, timeout: number, parallel: number, needs?: () => Promise<string | undefined> }} Layer */

/** Timeouts in milliseconds a test. `needs` answers why the layer cannot run here. @type {Layer[][]} In a row at once. */
const groups = [
	[
		{ name: "unit", folder: "test/unit", timeout: 30_000, parallel: availableParallelism() },
		{ name: "manifest", folder: "test", timeout: 60_000, parallel: 1 },
	],
	[{ name: "fuzz", folder: "test/fuzz", timeout: 120_000, parallel: availableParallelism() }],
	[{ name: "server", folder: "test/server", timeout: 60_000, parallel: availableParallelism() }],
	// Both own the engine's containers: one after the other.
	[{ name: "engine", folder: "test/engine", timeout: 180_000, parallel: 1, needs: noEngine }],
	[{ name: "vscode", folder: "test/vscode", timeout: 240_000, parallel: 1, needs: noEmbeddedVscode }],
];

const checks = [
	{ name: "biome", script: "node_modules/@biomejs/biome/bin/biome", args: ["check", "."] },
	{ name: "types", script: "node_modules/typescript/bin/tsc", args: ["-b"] },
	{ name: "unused code", script: "node_modules/knip/bin/knip.js", args: [] },
];

const layers = groups.flat().map((layer) => layer.name);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !layers.includes(name) && name !== "lint");
if (unknown.length > 0) {
	console.error(`No such layer: ${unknown.join(", ")}. There are: lint, ${layers.join(", ")}.`);
	process.exit(2);
}
const chosen = (name) => wanted.length === 0 || wanted.includes(name);

await Promise.all([...(chosen("lint") ? checks.map(check) : []), ...(layers.some(chosen) ? [build()] : [])]);
for (const group of groups) await Promise.all(group.filter(({ name }) => chosen(name)).map(runLayer));

if (skips.length > 0) console.log(`\nSkipped:\n${skips.map((line) => `  ${line}`).join("\n")}`);
console.log(`\n${seconds(started)} in all`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 ? 1 : 0);

async function check({ name, script, args }) {
	const began = Date.now();
	const { code, output } = await capture(process.execPath, [path.join(root, script), ...args], { cwd: root });
	tell(name, began, code === 0, output);
}

/** The tests of the bundle and of VS Code run what is packaged, not the sources. */
async function build() {
	const began = Date.now();
	const vsix = path.join(outFolder, "test", "portlight.vsix");
	// What does not build must not be tested in its last good state.
	await rm(vsix, { force: true });
	const args = [path.join(root, "scripts", "package.mjs"), "--out", vsix];
	const { code, output } = await capture(process.execPath, args, { cwd: root });
	tell("build and package", began, code === 0, output);
}

function tell(name, began, good, output) {
	counts[good ? "passed" : "failed"]++;
	console.log(`${good ? "✔" : "✖"} ${name} (${seconds(began)})`);
	if (!good) console.log(indent(output));
}

/** @param {Layer} layer */
async function runLayer({ name, folder, timeout, parallel, needs }) {
	const found = testFiles(folder);
	if (found.length === 0) return skipLayer(name, "it has no tests yet", false);
	const obstacle = await needs?.();
	if (obstacle !== undefined) return skipLayer(name, obstacle, ci);

	const began = Date.now();
	if (name === "fuzz") console.log(`… fuzz: seed ${fuzzSeed}, npm test tries it again with FUZZ_SEED=${fuzzSeed}`);
	const layer = { passed: 0, failed: 0, skipped: 0 };
	const beat = setInterval(() => console.log(`… ${name}: ${words(layer)} (${seconds(began)})`), 15_000);
	const args = ["--test", `--test-timeout=${timeout}`, `--test-concurrency=${parallel}`, ...reporter(), ...found];
	const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"], env: childEnvironment() });
	for await (const line of readline.createInterface({ input: child.stdout })) record(name, layer, line);
	const code = child.exitCode ?? (await new Promise((resolve) => child.once("close", resolve)));
	clearInterval(beat);
	if (code !== 0 && layer.failed === 0) {
		layer.failed++;
		console.log(`✖ ${name}: the test runner ended with code ${code}`);
	}
	counts.passed += layer.passed;
	counts.failed += layer.failed;
	counts.skipped += layer.skipped;
	console.log(`${layer.failed === 0 ? "✔" : "✖"} ${name}: ${words(layer)} (${seconds(began)})`);
}

/** The test files in the folder and, but for test/ itself, below it. */
function testFiles(folder) {
	const from = path.join(root, folder);
	// No globSync: this file must load on Node 20.
	return (existsSync(from) ? readdirSync(from, { recursive: folder !== "test", encoding: "utf8" }) : [])
		.filter((file) => file.endsWith(".test.ts"))
		.map((file) => path.join(folder, file))
		.sort();
}

function reporter() {
	return [`--test-reporter=${path.join(root, "scripts", "testReporter.mjs")}`, "--test-reporter-destination=stdout"];
}

function childEnvironment() {
	// Under npm 10 a nested npm takes Portlight for its project.
	const { npm_config_local_prefix: _, ...environment } = process.env;
	return { ...environment, PORTLIGHT_FUZZ: JSON.stringify({ seed: fuzzSeed }) };
}

function record(layerName, layer, line) {
	const result = parse(line);
	if (result === undefined) {
		console.log(line);
		return;
	}
	layer[result.outcome]++;
	if (result.outcome === "skipped") skips.push(`${layerName}: ${result.name}${result.reason ? ` (${result.reason})` : ""}`);
	if (result.outcome === "failed" && !result.repeats) {
		console.log(`✖ ${layerName}: ${result.name}${result.place ? `\n  ${path.relative(root, result.place)}` : ""}`);
		console.log(indent(result.error ?? ""));
	}
}

/** A test that writes to standard output writes between the reporter's lines. */
function parse(line) {
	if (!line.startsWith('{"outcome":')) return undefined;
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

function skipLayer(name, reason, fails) {
	counts[fails ? "failed" : "skipped"]++;
	if (fails) console.log(`✖ ${name}: must run where CI=true, but ${reason}`);
	else skips.push(`${name}: all of it, ${reason}`);
}

async function noEngine() {
	const answer = await engineAnswer();
	return answer.ok ? undefined : answer.reason;
}

async function noEmbeddedVscode() {
	if (findChromium() === undefined) return "no Chromium or Chrome is installed (PORTLIGHT_CHROMIUM may name one)";
	try {
		await embeddedVscode((line) => console.log(`… vscode: ${line}`));
		return undefined;
	} catch (error) {
		return `VS Code for the browser cannot be installed: ${String(error)}`;
	}
}

function words({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function seconds(since) {
	return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function indent(text) {
	return text.trim().replace(/^/gm, "    ");
}
