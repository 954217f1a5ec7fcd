import { parseArgs } from "node:util";
import { systemTimers } from "../engine/timers.ts";
import { type EngineWorld, watchContainers } from "../engine/watcher.ts";
import { realEngineWorld } from "../engine/world.ts";
import type { ContainersReport } from "../protocol.ts";
import { mistakeOf } from "./mistake.ts";
import { EXIT, type Output } from "./output.ts";
import { printableJson } from "./printable.ts";
import { psTable } from "./psTable.ts";

const USAGE = `Usage: portlight ps [--format table|json]

Lists the running containers with their IP addresses and, side by side, the ports
that are exposed, published and live.

  --format table   for people (the default)
  --format json    an array with one object a container
  --help           this text
`;

/**
 * `portlight ps`: the arguments are those after `ps`. Answers the exit code: 0, or 2 for wrong usage and when no engine
 * answers. The world is an argument for tests.
 */
export async function runPs(args: readonly string[], output: Output, world: EngineWorld = realEngineWorld()): Promise<number> {
	const options = readOptions(args);
	if ("help" in options) {
		output.out(USAGE);
		return EXIT.clean;
	}
	if ("mistake" in options) {
		output.err(`portlight ps: ${options.mistake}\n\n${USAGE}`);
		return EXIT.failed;
	}
	const { engines, containers } = await readOnce(world);
	const failed = engines.filter(({ state }) => state !== "connected");
	for (const { message, tried } of failed) {
		output.err(`portlight ps: ${message ?? "no engine answers"}\n`);
		if (tried.length > 1) output.err(`Tried: ${tried.join(", ")}\n`);
	}
	if (failed.length > 0) return EXIT.failed;
	output.out(options.format === "json" ? `${printableJson(containers)}\n` : psTable(containers, output.columns));
	return EXIT.clean;
}

type Options = { readonly format: "table" | "json" } | { readonly help: true } | { readonly mistake: string };

function readOptions(args: readonly string[]): Options {
	try {
		const { values } = parseArgs({
			args: [...args],
			options: { format: { type: "string", default: "table" }, help: { type: "boolean", short: "h", default: false } },
		});
		if (values.help) return { help: true };
		const { format } = values;
		return format === "table" || format === "json" ? { format } : { mistake: `--format ${format}: table or json` };
	} catch (error) {
		return { mistake: mistakeOf(error) };
	}
}

async function readOnce(world: EngineWorld): Promise<ContainersReport> {
	const watch = watchContainers(world, systemTimers, () => {});
	try {
		return await watch.report();
	} finally {
		watch.dispose();
	}
}
