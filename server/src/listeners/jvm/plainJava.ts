import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { known } from "../../model/value.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import { predictCalls } from "../program.ts";
import type { JvmProgram } from "./framework.ts";
import { JAVA_CALLS } from "./javaCalls.ts";
import { literalCalls } from "./kotlin.ts";
import { reachedSources } from "./sources.ts";

const TABLE = new Map(Object.entries(JAVA_CALLS));

/** Calls that start Spark's server on 4567 when no port is set (Spark, "Embedded web server"). */
const SPARK_ROUTES = [
	"get",
	"post",
	"put",
	"delete",
	"patch",
	"path",
	"before",
	"after",
	"init",
	"awaitInitialization",
	"webSocket",
	"staticFileLocation",
].map((name) => `spark.Spark#${name}`);

const CALLEES: ReadonlySet<string> = new Set([...TABLE.keys(), ...SPARK_ROUTES]);

/** What a program listens on by its own source: from its main class through everything that it names. */
export async function predictSource(program: JvmProgram): Promise<Prediction> {
	const { process, scene, command, evidence } = program;
	const at = evidence.at(-1);
	const sources = await reachedSources(program);
	if (typeof sources === "string") return { listeners: [], gaps: [at ? { reason: sources, evidence: at } : { reason: sources }] };
	const result = await scene.sources.declared("java", {
		files: sources.files.filter(({ path }) => path.endsWith(".java")),
		environment: process.environment,
		args: command.args,
		setting: (name) => command.properties.get(name),
		callees: CALLEES,
		budget: scene.budget,
	});
	const predictions = [predictCalls({ ...process, evidence }, result, TABLE, sources.main)];
	predictions.push(...literalCalls(sources.files, process.environment, evidence).map(predictClaim));
	const route = result.calls.find(({ callee }) => SPARK_ROUTES.includes(callee));
	if (route && !result.calls.some(({ callee }) => callee === "spark.Spark#port"))
		predictions.push(
			predictClaim({
				port: known("4567", route.at),
				address: known("::"),
				anyAddress: "::",
				byConvention: true,
				evidence: [...evidence, route.at],
			}),
		);
	const merged = mergePredictions(predictions);
	if (merged.listeners.length > 0 || merged.gaps.length > 0) return merged;
	const reason = t("no listening call found in {0}", sources.main);
	return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
}
