// npm run bench [-- PART… --corpus FOLDER --quick]
// What waiting, memory and downloads cost, beside others. Prints a table and writes out/bench.json: docs/performance.md.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { bench, PART_NAMES, type PartName } from "./bench.ts";
import { isMet } from "./report.ts";
import { FULL, TINY } from "./scale.ts";

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { corpus: { type: "string" }, quick: { type: "boolean", default: false } },
});
const isPart = (name: string): name is PartName => (PART_NAMES as readonly string[]).includes(name);
const unknown = positionals.filter((name) => !isPart(name));
if (unknown.length > 0) {
	console.error(`No such part: ${unknown.join(", ")}. There are: ${PART_NAMES.join(", ")}.`);
	process.exit(2);
}
const parts = positionals.length === 0 ? PART_NAMES : positionals.filter(isPart);
const scale = values.quick ? TINY : FULL;
const found = await bench(parts, { scale, ...(values.corpus === undefined ? {} : { clones: path.resolve(values.corpus) }) }, console.log);
const out = path.join(import.meta.dirname, "../../out");
await mkdir(out, { recursive: true });
await writeFile(path.join(out, "bench.json"), `${JSON.stringify(found, undefined, "\t")}\n`);
const goals = found.rows.flatMap(({ goal }) => goal ?? []);
console.log(`\n${goals.filter(isMet).length} of ${goals.length} goals met; out/bench.json`);
