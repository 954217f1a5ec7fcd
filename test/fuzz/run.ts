// npm run fuzz [-- --minutes 5] [--only NAME[,NAME]] [--seed N] [--path P]
// Tries random inputs on every target for some minutes together, one after the other, and says how many. A failure prints its seed,
// its path and the smallest input that was found; --only, --seed and --path try that case again. Writes out/fuzz.json.
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { type FuzzOptions, OPTIONS_VARIABLE } from "../support/fuzz.ts";

const { values } = parseArgs({
	options: { minutes: { type: "string" }, only: { type: "string" }, seed: { type: "string" }, path: { type: "string" } },
});
const minutes = Number(values.minutes ?? 5);
const seed = values.seed === undefined ? (Date.now() & 0x7fffffff) >>> 0 : Number(values.seed);
const all = (await readdir(import.meta.dirname)).filter((name) => name.endsWith(".test.ts")).map((name) => name.replace(".test.ts", ""));
const targets = values.only === undefined ? all : values.only.split(",");
const unknown = targets.find((name) => !all.includes(name));
if (unknown !== undefined || !(minutes > 0) || !Number.isInteger(seed)) {
	process.stderr.write(
		`${unknown === undefined ? "--minutes and --seed are numbers" : `There is no ${unknown}`}. Targets: ${all.join(", ")}.\n`,
	);
	process.exit(2);
}

const out = path.join(import.meta.dirname, "../../out");
const folder = await mkdtemp(path.join(tmpdir(), "portlight-fuzz-"));
const rows: { name: string; cases: number; seconds: number; failed: boolean }[] = [];
try {
	process.stdout.write(`seed ${seed}\n`);
	for (const name of targets) rows.push(await run(name));
	await mkdir(out, { recursive: true });
	await writeFile(path.join(out, "fuzz.json"), `${JSON.stringify({ seed, targets: rows }, undefined, "\t")}\n`);
} finally {
	await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`${rows.reduce((sum, { cases }) => sum + cases, 0)} cases in all\n`);
process.exitCode = rows.some(({ failed }) => failed) ? 1 : 0;

async function run(name: string): Promise<(typeof rows)[number]> {
	const report = path.join(folder, `${name}.json`);
	const milliseconds = (minutes * 60_000) / targets.length;
	const options: FuzzOptions = { seed, milliseconds, report, ...(values.path === undefined ? {} : { path: values.path }) };
	const began = Date.now();
	const child = spawn(process.execPath, [path.join(import.meta.dirname, `${name}.test.ts`)], {
		stdio: ["ignore", "inherit", "inherit"],
		env: { ...process.env, [OPTIONS_VARIABLE]: JSON.stringify(options) },
	});
	const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
	// One that was caught in a loop left no report.
	const { cases = 0 } = JSON.parse(await readFile(report, "utf8").catch(() => "{}")) as { cases?: number };
	const row = { name, cases, seconds: Math.round((Date.now() - began) / 1000), failed: code !== 0 };
	process.stdout.write(`${row.failed ? "✖" : "✔"} ${name}: ${cases} cases in ${row.seconds} s\n`);
	return row;
}
