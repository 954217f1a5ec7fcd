import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { known, knownText, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { predictClaim } from "../listener.ts";

/** Variables from which every Java machine takes options (docs.oracle.com/en/java/javase/21/docs/specs/man/java.html). */
const OPTION_VARIABLES = ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"];

/**
 * The port of Java's debugger, which opens beside the program's own: `-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005`
 * (docs.oracle.com/en/java/javase/21/docs/specs/jpda/conninv.html). A bare number is on all interfaces up to Java 8, and on
 * loopback from 9 on. Undefined without one.
 */
export function debuggerPort(process: Process): Prediction | undefined {
	if (programName(knownText(process.argv[0]) ?? "") !== "java") return undefined;
	const fromVariables = OPTION_VARIABLES.flatMap((name) => {
		return (knownText(process.environment.get(name)) ?? "").split(/\s+/);
	});
	const options = [...process.argv.map((word) => knownText(word) ?? ""), ...fromVariables];
	for (const text of options) {
		const [, settings] = /^(?:-agentlib:jdwp=|-Xrunjdwp:)(.*)$/.exec(text) ?? [];
		if (settings === undefined) continue;
		const fields = new Map(settings.split(",").map((field) => [field.split("=")[0] ?? "", field.slice(field.indexOf("=") + 1)]));
		const address = fields.get("address");
		// Without an address the port is anybody's guess, and a client opens none.
		if (fields.get("server") !== "y" || address === undefined || fields.get("transport") === "dt_shmem") return undefined;
		return predictClaim({ ...claimOf(address, process), evidence: process.evidence, anyAddress: "0.0.0.0" });
	}
	return undefined;
}

function claimOf(address: string, process: Process): { port: Value; address: Value } {
	const colon = address.lastIndexOf(":");
	const host = colon < 0 ? undefined : address.slice(0, colon).replace(/^\[|\]$/g, "");
	const port = known(address.slice(colon + 1));
	if (host !== undefined) return { port, address: known(host === "*" ? "0.0.0.0" : host) };
	const version = /^(?:jdk-?)?(\d+)/.exec(knownText(process.environment.get("JAVA_VERSION")) ?? "")?.[1];
	if (version !== undefined) return { port, address: known(Number(version) <= 8 ? "0.0.0.0" : "127.0.0.1") };
	return { port: { kind: "unknown", reason: t("who may reach the debugger hangs on the version of Java") }, address: known("127.0.0.1") };
}
