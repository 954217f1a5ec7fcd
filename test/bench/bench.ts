import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { arch, cpus, platform, tmpdir } from "node:os";
import path from "node:path";
import { PEER } from "./editor.ts";
import { activation } from "./parts/activation.ts";
import { containers } from "./parts/containers.ts";
import { corpus } from "./parts/corpus.ts";
import { edits } from "./parts/edits.ts";
import { large } from "./parts/large.ts";
import { memory } from "./parts/memory.ts";
import { simulated } from "./parts/simulated.ts";
import { sizes } from "./parts/sizes.ts";
import { start } from "./parts/start.ts";
import { type Findings, type Row, Table } from "./report.ts";
import type { Scale } from "./scale.ts";

const root = path.join(import.meta.dirname, "../..");

export interface Options {
	readonly scale: Scale;
	/** A folder of clones, one for each repository; the project's own examples when absent. */
	readonly clones?: string;
}

type Part = (findings: Findings, options: Options, folder: string) => Promise<void>;

/** Each gets a folder of its own. In the order in which they run. */
const PARTS = {
	start: (findings, { scale }, folder) => start(findings, scale, folder),
	edits: (findings, { scale }, folder) => edits(findings, scale, folder),
	large: (findings, { scale }, folder) => large(findings, scale, folder),
	memory: (findings, { scale }, folder) => memory(findings, scale, folder),
	corpus: (findings, { clones }) => corpus(findings, clones),
	containers: (findings, { scale }) => containers(findings, scale),
	simulated: (findings, { scale }) => simulated(findings, scale),
	sizes: (findings, _, folder) => sizes(findings, folder),
	activation: (findings, { scale }, folder) => activation(findings, scale, folder),
} satisfies Record<string, Part>;

export type PartName = keyof typeof PARTS;

export const PART_NAMES = Object.keys(PARTS) as readonly PartName[];

/** What stands in out/bench.json. */
export interface Bench {
	/** ISO 8601. */
	readonly date: string;
	readonly machine: { readonly system: string; readonly processor: string; readonly processors: number };
	readonly versions: Readonly<Record<string, string>>;
	readonly rows: readonly Row[];
	readonly skipped: Table["skipped"];
}

/** Measures, one part after the other, and prints each row when it is there. Needs the bundles in dist/. */
export async function bench(parts: readonly PartName[], options: Options, print: (line: string) => void): Promise<Bench> {
	const table = new Table(print);
	const folder = await mkdtemp(path.join(tmpdir(), "portlight-bench-"));
	try {
		for (const name of parts) {
			const own = path.join(folder, name);
			await mkdir(own);
			const part: Part = PARTS[name];
			await part(table.of(name), options, own);
		}
	} finally {
		// VS Code's last writes may still be under way.
		await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
	}
	const { rows, skipped } = table;
	const machine = { system: `${platform()} ${arch()}`, processor: cpus()[0]?.model ?? "", processors: cpus().length };
	return { date: new Date().toISOString(), machine, versions: await versions(), rows, skipped };
}

async function versions(): Promise<Record<string, string>> {
	const versionIn = async (folder: string): Promise<string> =>
		JSON.parse(await readFile(path.join(root, folder, "package.json"), "utf8")).version;
	return { node: process.version, portlight: await versionIn("."), [PEER.name]: await versionIn(`node_modules/${PEER.name}`) };
}
