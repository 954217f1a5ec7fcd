import { parse } from "smol-toml";
import type { Prediction } from "../../model/port.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { normalize } from "../../source/core/paths.ts";
import type { Argument, Program } from "../../source/program.ts";
import { predictClaim } from "../listener.ts";
import { plainValue } from "../sourceCall.ts";
import type { Scene } from "../technology.ts";

/**
 * Rocket: ROCKET_PORT and ROCKET_ADDRESS, then Rocket.toml (the profile, then `default`; `global` wins over all), then 8000 on
 * 127.0.0.1. What is merged in the source comes last and wins (Rocket, "Configuration"). Before version 0.5 the profiles are
 * environments, and all but development listen on every interface. Undefined when the program makes no Rocket.
 */
export async function predictRocket(process: Process, scene: Scene, program: Program, release: boolean): Promise<Prediction | undefined> {
	const start = program.calls.find((call) => /^rocket::(build|ignite|custom|Rocket::(build|ignite|custom))$/.test(call.callee));
	if (!start) return undefined;
	const old = start.callee.endsWith("ignite");
	const profile =
		likelyText(process.environment.get(old ? "ROCKET_ENV" : "ROCKET_PROFILE")) ?? (old ? "development" : release ? "release" : "debug");
	const path = likelyText(process.environment.get("ROCKET_CONFIG")) ?? "Rocket.toml";
	const read = await scene.files.read(normalize(path.startsWith("/") ? path : `${process.cwd}/${path}`));
	const file = read.kind === "text" ? read.file : undefined;
	const setting = (name: "port" | "address"): Value | undefined =>
		inSource(program, start.positional[0], name) ??
		process.environment.get(`ROCKET_${name.toUpperCase()}`) ??
		(file && inFile(file, profile, name));
	const port = setting("port");
	const everywhere = old && /^(stag|prod)/.test(profile);
	const prediction = predictClaim({
		port: port ?? { kind: "variable", name: "ROCKET_PORT", fallback: known("8000"), from: [] },
		address: setting("address") ?? known(everywhere ? "0.0.0.0" : "127.0.0.1"),
		anyAddress: "0.0.0.0",
		evidence: [...process.evidence, start.at],
		decided: start.decided,
	});
	return read.kind === "unknown" && !port ? { ...prediction, gaps: [...prediction.gaps, { reason: read.reason }] } : prediction;
}

/** `Config::figment().merge(("port", 80))`, and `rocket::custom(Config { port: 80, .. })`. */
function inSource(program: Program, given: Argument | undefined, name: string): Value | undefined {
	const config = given?.kind === "object" || given?.kind === "record" ? given.fields.get(name) : undefined;
	if (config) return plainValue(config);
	for (const call of program.calls.toReversed()) {
		if (!call.callee.endsWith(".merge")) continue;
		const [pair] = call.positional;
		const [key, value] = pair?.kind === "list" ? pair.items : [];
		if (key?.kind === "known" && key.text === name && value) return plainValue(value);
	}
	return undefined;
}

function inFile(file: TextFile, profile: string, name: string): Value | undefined {
	let parsed: Record<string, unknown>;
	try {
		parsed = parse(file.text) as Record<string, unknown>;
	} catch {
		return undefined;
	}
	for (const section of ["global", profile, "default"]) {
		const table = parsed[section];
		const value = typeof table === "object" && table !== null ? (table as Record<string, unknown>)[name] : undefined;
		if (typeof value !== "string" && typeof value !== "number") continue;
		const line = [...file.text.matchAll(new RegExp(`^[ \\t]*${name}[ \\t]*=.*$`, "gm"))].find((one) => one[0].includes(String(value)));
		const at = line?.index ?? 0;
		return known(String(value), evidenceIn(file, rangeBetween(file.text, at, at + (line?.[0].length ?? 0)), line?.[0] ?? ""));
	}
	return undefined;
}
