import { resolvePath } from "../../dockerfile/walk.ts";
import { parseReference } from "../../image/reference.ts";
import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { known, likelyText } from "../../model/value.ts";
import { programName } from "../../process/process.ts";
import { flagValue, textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Scene, Technology } from "../technology.ts";
import { type ConfigEntry, readConfig } from "./configFile.ts";
import { readEndpoints } from "./endpoint.ts";
import { fillIn } from "./placeholders.ts";

/** Receivers, exporters and extensions that listen, by key below their own name, with their usual port. */
const DEFAULTS: readonly (readonly [key: RegExp, port: string, address?: string])[] = [
	[/^receivers\.otlp[^.]*\.protocols\.grpc\b/, "4317", "127.0.0.1"],
	[/^receivers\.otlp[^.]*\.protocols\.http\b/, "4318", "127.0.0.1"],
	[/^receivers\.jaeger[^.]*\.protocols\.grpc\b/, "14250", "127.0.0.1"],
	[/^receivers\.jaeger[^.]*\.protocols\.thrift_http\b/, "14268", "127.0.0.1"],
	[/^receivers\.jaeger[^.]*\.protocols\.thrift_compact\b/, "6831/udp", "127.0.0.1"],
	[/^receivers\.jaeger[^.]*\.protocols\.thrift_binary\b/, "6832/udp", "127.0.0.1"],
	[/^receivers\.zipkin\b/, "9411", "127.0.0.1"],
	[/^receivers\.opencensus\b/, "55678", "127.0.0.1"],
	[/^receivers\.statsd\b/, "8125/udp", "127.0.0.1"],
	[/^receivers\.fluentforward\b/, "8006"],
	[/^exporters\.prometheus(?:\/[^.]*)?(?:\.|$)/, "8889"],
	[/^extensions\.health_check\b/, "13133", "127.0.0.1"],
	[/^extensions\.pprof\b/, "1777", "127.0.0.1"],
	[/^extensions\.zpages\b/, "55679", "127.0.0.1"],
];

const PROGRAMS = ["otelcol", "otelcol-contrib", "otelcol-k8s", "otelcol-otlp", "otelcontribcol"];

/**
 * OpenTelemetry Collector: the receivers, Prometheus exporters and extensions that its pipelines use, and its own metrics on
 * 8888 of the loopback interface (opentelemetry.io/docs/collector/configuration). Endpoints without an address are local since
 * 0.104, the metrics since 0.111; they were on all interfaces before (github.com/open-telemetry/opentelemetry-collector, CHANGELOG.md).
 */
export const otelCollector: Technology = {
	name: "otel-collector",
	title: "OpenTelemetry Collector",
	async command(process, scene) {
		if (!PROGRAMS.includes(programName(textOf(process.argv[0]) ?? ""))) return undefined;
		const at = process.evidence.at(-1);
		const gap = (reason: string): Prediction => ({ listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] });
		const path = likelyText(flagValue(process.argv.slice(1), ["--config"]))?.replace(/^file:/, "");
		if (path === undefined) return gap(t("the collector's configuration is not known"));
		if (/^[a-z]+:/.test(path)) return gap(t("the collector's configuration is not a file"));
		const read = await scene.files.read(resolvePath(process.cwd, path));
		if (read.kind !== "text") return gap(read.reason ?? t("{0} is not in the image", programName(path)));
		const entries = readConfig(read.file, "yaml");
		const used = new Set(entries.filter((one) => one.key.startsWith("service.")).map((one) => one.text));
		const groups = new Map<string, ConfigEntry[]>();
		for (const entry of entries) {
			const key = DEFAULTS.map(([pattern]) => pattern.exec(entry.key)?.[0]).find((one) => one !== undefined);
			if (key !== undefined && used.has(entry.key.split(".")[1] ?? "")) groups.set(key, [...(groups.get(key) ?? []), entry]);
		}
		const reachesOut = isOlder(scene, 104);
		const found = [...groups].flatMap(([key, group]) => {
			const [, standard = "", address = "0.0.0.0"] = DEFAULTS.find(([pattern]) => pattern.test(key)) ?? [];
			const [port = "", protocol = "tcp"] = standard.split("/");
			const entry = group.find((one) => one.key === `${key}.endpoint`) ?? group.find((one) => /(^|\.)endpoint$/.test(one.key));
			const usual = reachesOut && !STAYS_LOCAL.test(key) ? "0.0.0.0" : address;
			const endpoints = entry ? readEndpoints(fillIn(entry.text, process.environment, entry.at)) : [{ address: known(usual) }];
			return endpoints.map((one) =>
				predictClaim({
					port: "port" in one && one.port ? one.port : known(port),
					address: one.address,
					protocol: protocol === "udp" ? "udp" : "tcp",
					byConvention: !("port" in one && one.port),
					anyAddress: "::",
					evidence: [...process.evidence, ...(group[0] ? [(entry ?? group[0]).at] : [])],
				}),
			);
		});
		const telemetry = predictClaim({
			port: known("8888"),
			address: known(isOlder(scene, 111) ? "0.0.0.0" : "127.0.0.1"),
			byConvention: true,
			anyAddress: "::",
			evidence: process.evidence,
		});
		return mergePredictions([...found, telemetry]);
	},
};

/** These have always been local by default. */
const STAYS_LOCAL = /^extensions\.(?:pprof|zpages)\b|^receivers\.statsd\b/;

/** Whether the collector is that of an image from before 0.N. */
function isOlder(scene: Scene, minor: number): boolean {
	const [major, own] = (scene.base && parseReference(scene.base.image.reference).version?.split(".").map(Number)) ?? [];
	return major === 0 && own !== undefined && own < minor;
}
