import { t } from "../model/message.ts";
import type { Gap, Listener, Prediction } from "../model/port.ts";
import { known, knownText, outcomes } from "../model/value.ts";
import type { Process } from "../process/process.ts";
import { programsBehind } from "../process/start.ts";
import type { LibraryCall, Program } from "../source/program.ts";
import { type Interpreted, inspectorAddress } from "./interpreter.ts";
import { type Claim, mergePredictions, predictClaim } from "./listener.ts";
import { withBuiltModules } from "./node/builtModules.ts";
import { builtSource } from "./node/builtSource.ts";
import { readAddressText } from "./node/optionsCall.ts";
import type { ReadCall } from "./sourceCall.ts";
import { type Spawned, spawnedBy } from "./spawned.ts";
import type { Scene, Technology } from "./technology.ts";

/** What a Python or Node program listens on: its calls, looked up in the tables of all technologies. */
export async function predictProgram(
	process: Process,
	interpreted: Interpreted,
	scene: Scene,
	technologies: readonly Technology[],
	predict: PredictProcess,
): Promise<Prediction> {
	const { program, language } = interpreted;
	const at = process.evidence.at(-1);
	if (program.kind === "none") return { listeners: [], gaps: [] };
	if (program.kind === "hidden") return { listeners: [], gaps: [gap(program.reason, at)] };
	const { entry } = program;
	const built = language === "javascript" && entry.kind === "path" ? await builtSource(process, entry.path, scene) : undefined;
	if (built && "reason" in built) return { listeners: [], gaps: [gap(built.reason, at)] };
	const result = await scene.sources.run(language, {
		entry: built ? { kind: "path", path: built.path } : entry,
		main: true,
		args: interpreted.args,
		cwd: process.cwd,
		environment: process.environment,
		files: built?.files ?? (language === "javascript" ? withBuiltModules(process, scene) : scene.files),
		...(interpreted.runtime ? { runtime: interpreted.runtime } : {}),
		budget: scene.budget,
		evidence: process.evidence,
		preload: [...(language === "javascript" ? preloadedByOptions(process, interpreted) : []), ...interpreted.preload],
		environmentFiles: interpreted.environmentFiles,
	});
	const name = entry.kind === "path" ? entry.path.replace(/^.*\//, "") : entry.name;
	const calls = predictCalls(process, withFlags(result, interpreted.served), callTable(technologies, interpreted), name);
	const prediction = await withSpawned(calls, spawnedBy(process, result, language), scene, predict);
	const inspector = language === "javascript" ? inspectorOf(process, interpreted) : undefined;
	return inspector ? mergePredictions([prediction, inspector]) : prediction;
}

/** `deno serve --port 8080`: the export is served as an options call would say (Deno, "deno serve"). */
function withFlags(program: Program, served: Interpreted["served"]): Program {
	if (!served) return program;
	const told = (call: LibraryCall): LibraryCall =>
		call.callee === "Deno.export"
			? { ...call, positional: [...call.positional.slice(0, 1), { kind: "record", fields: served, at: call.at }] }
			: call;
	return { ...program, calls: program.calls.map(told) };
}

/** What a process listens on; handed in, since a program may start another one. */
type PredictProcess = (process: Process, scene: Scene) => Promise<Prediction>;

/**
 * With what the programs listen on that this one starts. Most of those are tools, so one that is not understood only matters
 * when it takes this program's place, or when nothing else was found and nobody knows yet that something is missing.
 */
export async function withSpawned(
	own: Prediction,
	spawned: readonly Spawned[],
	scene: Scene,
	predict: PredictProcess,
): Promise<Prediction> {
	const found: Prediction[] = [];
	for (const { process, replaces } of spawned.slice(0, MOST_SPAWNED)) {
		const started = await programsBehind(process, scene.files, scene.budget, scene.base?.image);
		const all = mergePredictions([
			...(await Promise.all(started.processes.map((one) => predict(one, scene)))),
			{ listeners: [], gaps: started.gaps },
		]);
		const listeners = process.conditional ? all.listeners.map(notCertain) : all.listeners;
		if (listeners.length > 0 || replaces) found.push({ listeners, gaps: all.gaps });
	}
	if (found.length === 0) return own;
	// What takes its place for sure, and is known, is all there is.
	const replaced = found.every((one) => one.gaps.length === 0) && spawned.some((one) => one.replaces && !one.process.conditional);
	const explained = replaced || found.some((one) => one.listeners.length > 0);
	const gaps = explained ? own.gaps.filter((one) => !one.noCall) : own.gaps;
	return mergePredictions([{ listeners: own.listeners, gaps }, ...found]);
}

const MOST_SPAWNED = 12;

function notCertain(listener: Listener): Listener {
	return listener.certainty === "certain" ? { ...listener, certainty: "default" } : listener;
}

/** Modules that NODE_OPTIONS loads before the entry (Node.js, "Command-line API": NODE_OPTIONS). */
function preloadedByOptions(process: Process, { runtime }: Interpreted): string[] {
	const options = runtime ? "" : (knownText(process.environment.get("NODE_OPTIONS")) ?? "");
	const written = options.matchAll(/(?:^|\s)(?:-r|--require|--import)(?:=|\s+)(?:"([^"]*)"|(\S+))/g);
	return [...written].map(([, quoted, word]) => quoted ?? word ?? "").filter(Boolean);
}

/** The debugger that a flag or NODE_OPTIONS opens. */
function inspectorOf(process: Process, { inspector }: Interpreted): Prediction | undefined {
	const options = knownText(process.environment.get("NODE_OPTIONS")) ?? "";
	const byOptions = /(?:^|\s)--inspect(?:-brk|-wait)?(?:=(\S+))?(?=\s|$)/.exec(options);
	const address = inspector ?? (byOptions ? known(inspectorAddress(byOptions[1])) : undefined);
	const endpoint = address && readAddressText(address, "0.0.0.0");
	return endpoint && endpoint !== "nothing" ? predictClaim({ ...endpoint, evidence: process.evidence }) : undefined;
}

function callTable(technologies: readonly Technology[], { language }: Interpreted): ReadonlyMap<string, ReadCall> {
	return new Map(technologies.flatMap((one) => Object.entries(one.calls?.[language] ?? {})));
}

/** The listeners of a program's calls, and gaps for what could not be followed. `name` is what people call the program. */
export function predictCalls(process: Process, program: Program, table: ReadonlyMap<string, ReadCall>, name: string): Prediction {
	const listening = program.calls.filter((call) => table.has(call.callee));
	const claims = listening.flatMap((call) => claimsOf(process, call, table.get(call.callee)));
	const gaps: Gap[] = [...program.gaps];
	// A program whose listening calls are all in view needs no other explanation.
	// A server that is only attached to another one, which is not seen to listen, explains nothing.
	const isExplained = listening.some((call) => [table.get(call.callee)?.(call, process.environment) ?? []].flat().length > 0);
	if (!isExplained && program.strangers.length > 0 && gaps.length === 0)
		gaps.push({ ...gap(t("no listening call found in {0}", name), process.evidence.at(-1)), noCall: true });
	return mergePredictions([...withoutAlternatives(claims).map(predictClaim), { listeners: [], gaps }]);
}

function claimsOf(process: Process, call: LibraryCall, read: ReadCall | undefined): Claim[] {
	return [read?.(call, process.environment) ?? []].flat().flatMap((endpoint) =>
		endpoint === "nothing"
			? []
			: [
					{
						...endpoint,
						evidence: [...process.evidence, call.at],
						decided: call.decided,
						...(call.hangsOn ? { hangsOn: call.hangsOn } : {}),
					},
				],
	);
}

/** `if DEBUG: run(port=80, debug=True) else: run(port=80)` listens on 80 either way: the variable does not matter. */
function withoutAlternatives(claims: readonly Claim[]): Claim[] {
	const alternativeTo = (claim: Claim): boolean =>
		claims.some(
			(other) =>
				claim.hangsOn !== undefined &&
				other.hangsOn?.variable === claim.hangsOn.variable &&
				other.hangsOn.byDefault !== claim.hangsOn.byDefault &&
				ports(other) === ports(claim),
		);
	return claims.flatMap((claim) => {
		if (!alternativeTo(claim)) return [claim];
		const { hangsOn, ...always } = claim;
		return hangsOn?.byDefault ? [always] : [];
	});
}

function ports(claim: Claim): string {
	return outcomes(claim.port)
		.known.map((one) => one.text)
		.sort()
		.join();
}

function gap(reason: string, evidence: Gap["evidence"]): Gap {
	return evidence ? { reason, evidence } : { reason };
}
