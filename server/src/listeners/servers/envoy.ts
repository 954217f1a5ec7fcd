import { parseAllDocuments } from "yaml";
import { resolvePath } from "../../dockerfile/walk.ts";
import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { known, likelyText } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { flagValue, textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Technology } from "../technology.ts";
import { fillIn } from "./placeholders.ts";

/**
 * Envoy: the `socket_address` of every static listener and of the admin interface (envoyproxy.io/docs, "Bootstrap",
 * config.core.v3.SocketAddress). Listeners that come from a control plane cannot be seen.
 */
export const envoy: Technology = {
	name: "envoy",
	title: "Envoy",
	async command(process, scene) {
		if (programName(textOf(process.argv[0]) ?? "") !== "envoy") return undefined;
		const args = process.argv.slice(1);
		if (args.some((arg) => /^(--version|--help|--mode=validate|validate)$/.test(likelyText(arg) ?? ""))) return { listeners: [], gaps: [] };
		const at = process.evidence.at(-1);
		const gap = (reason: string): Prediction => ({ listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] });
		const inline = likelyText(flagValue(args, ["--config-yaml"]));
		const found: Prediction[] = [];
		if (inline !== undefined && at)
			found.push(readBootstrap({ uri: at.uri, text: inline, origin: at.range.start, standsFor: at }, process));
		const path = likelyText(flagValue(args, ["-c", "--config-path"])) ?? (inline === undefined ? "/etc/envoy/envoy.yaml" : undefined);
		if (path !== undefined) {
			const read = await scene.files.read(resolvePath(process.cwd, path));
			found.push(
				read.kind === "text" ? readBootstrap(read.file, process) : gap(read.reason ?? t("{0} is not in the image", programName(path))),
			);
		}
		return mergePredictions(found);
	},
};

function readBootstrap(file: TextFile, process: Process): Prediction {
	const predictions: Prediction[] = [];
	try {
		for (const document of parseAllDocuments(file.text, { logLevel: "silent" })) {
			const root: unknown = "toJS" in document ? document.toJS({ maxAliasCount: 100 }) : undefined;
			for (const listener of list(field(field(root, "static_resources"), "listeners")))
				for (const address of [
					field(listener, "address"),
					...list(field(listener, "additional_addresses")).map((one) => field(one, "address")),
				])
					predictions.push(readAddress(address, file, process));
			predictions.push(readAddress(field(field(root, "admin"), "address"), file, process));
			if (field(root, "dynamic_resources") !== undefined && field(field(root, "dynamic_resources"), "lds_config") !== undefined)
				predictions.push({ listeners: [], gaps: [{ reason: t("listeners come from a control plane") }] });
		}
	} catch {
		predictions.push({ listeners: [], gaps: [{ reason: t("the configuration of Envoy is not valid") }] });
	}
	return mergePredictions(predictions);
}

function readAddress(address: unknown, file: TextFile, process: Process): Prediction {
	const socket = field(address, "socket_address");
	const port = field(socket, "port_value");
	if (port === undefined) return { listeners: [], gaps: [] };
	const text = String(port);
	const offset = Math.max(file.text.search(new RegExp(`port_value["']?:\\s*["']?${text.replace(/[^\w]/g, "\\$&")}\\b`)), 0);
	const end = file.text.indexOf("\n", offset);
	const at = evidenceIn(file, rangeBetween(file.text, offset, end < 0 ? file.text.length : end), `port_value: ${text}`);
	const host = field(socket, "address");
	return predictClaim({
		port: fillIn(text, process.environment, at),
		address: typeof host === "string" ? fillIn(host, process.environment, at) : known(""),
		protocol: String(field(socket, "protocol")).toUpperCase() === "UDP" ? "udp" : "tcp",
		anyAddress: "0.0.0.0",
		evidence: [...process.evidence, at],
	});
}

/** Envoy reads snake_case and camelCase alike. */
function field(value: unknown, name: string): unknown {
	if (value === null || typeof value !== "object") return undefined;
	const record = value as Record<string, unknown>;
	return record[name] ?? record[name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())];
}

function list(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}
