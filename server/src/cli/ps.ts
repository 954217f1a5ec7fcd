import { type ContainerWatch, type EngineWorld, watchContainers } from "../engine/engines.ts";
import { systemTimers, type Timers } from "../engine/timers.ts";
import { realEngineWorld } from "../engine/world.ts";
import type { ContainersReport } from "../protocol.ts";
import { TemplateMistake } from "./goTemplate.ts";
import { EXIT, type Output } from "./output.ts";
import { printable } from "./printable.ts";
import { formatContainers } from "./psFormat.ts";
import { PS_USAGE, type PsOptions, readPsOptions } from "./psOptions.ts";
import { followContainers } from "./psWatch.ts";

/**
 * `portlight ps`: the arguments are those after `ps`. Answers the exit code: 0, or 2 for wrong usage and when an engine
 * does not answer. World and clock are arguments for tests.
 */
export async function runPs(
	args: readonly string[],
	output: Output,
	world: EngineWorld = realEngineWorld(),
	timers: Timers = systemTimers,
): Promise<number> {
	const options = readPsOptions(args);
	if ("help" in options) {
		output.out(PS_USAGE);
		return EXIT.clean;
	}
	if ("mistake" in options) {
		output.err(`portlight ps: ${options.mistake}\n\n${PS_USAGE}`);
		return EXIT.failed;
	}
	if (options.warning !== null) output.err(`portlight ps: ${options.warning}\n`);
	const start = (onChange: () => void): ContainerWatch => {
		const watch = watchContainers(world, timers, onChange, options.contexts);
		watch.setVisible(true, options.all);
		return watch;
	};
	try {
		if (options.watch) return await follow(options, output, timers, start);
		return list(await readOnce(start), options, output, timers);
	} catch (error) {
		// A function of the template that a container's value does not suit.
		if (!(error instanceof TemplateMistake)) throw error;
		output.err(`portlight ps: --format: ${error.message}\n`);
		return EXIT.failed;
	}
}

/** What the engines that answer have is listed; those that do not are named. */
function list(report: ContainersReport, options: PsOptions, output: Output, timers: Timers): number {
	const failed = report.engines.filter(({ state }) => state !== "connected");
	output.err(problemsOf(report));
	if (failed.length < report.engines.length) output.out(textOf(report, options, output, timers));
	return failed.length > 0 ? EXIT.failed : EXIT.clean;
}

async function follow(
	options: PsOptions,
	output: Output,
	timers: Timers,
	start: (onChange: () => void) => ContainerWatch,
): Promise<number> {
	const oneLine = options.format.kind === "json";
	const apart = options.format.kind === "table" || (options.format.kind === "template" && options.format.titles);
	await followContainers({
		start,
		// A terminal shows what is wrong; for others the error output does.
		draw: (report) => {
			const problems = problemsOf(report);
			if (output.columns === undefined) {
				output.err(problems);
				return textOf(report, options, output, timers, oneLine);
			}
			return problems + textOf(report, options, output, timers);
		},
		output,
		timers,
		separator: apart ? "\n" : "",
	});
	return EXIT.clean;
}

function textOf(report: ContainersReport, options: PsOptions, output: Output, timers: Timers, oneLine = false): string {
	return formatContainers(report.containers.filter(options.filter), options.format, {
		width: output.columns,
		now: timers.date(),
		all: options.all,
		engines: report.engines.length > 1,
		whole: options.whole,
		oneLine,
	});
}

function problemsOf({ engines }: ContainersReport): string {
	return engines
		.filter(({ state }) => state !== "connected")
		.map(({ name, message, tried }) => {
			const whose = engines.length > 1 ? `${name}: ` : "";
			const places = tried.length > 1 ? `Tried: ${tried.join(", ")}\n` : "";
			return printable(`portlight ps: ${whose}${message ?? "no engine answers"}\n${places}`);
		})
		.join("");
}

async function readOnce(start: (onChange: () => void) => ContainerWatch): Promise<ContainersReport> {
	const watch = start(() => {});
	try {
		return await watch.complete();
	} finally {
		watch.dispose();
	}
}
