import type { Prediction } from "../../model/port.ts";
import type { Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import type { Argument, LibraryCall, Program } from "../../source/program.ts";
import { variableOr } from "../claims.ts";
import { flagValue } from "../commandLine.ts";
import { predictClaim } from "../listener.ts";
import { plainValue } from "../sourceCall.ts";
import { addressByEnvironment } from "./environment.ts";

/**
 * Sinatra: a classic application starts its server when its file is run, a modular one by `run!`. `set :port`, `set :bind`,
 * the flags `-p` and `-o`, PORT, else 4567, on localhost in development (Sinatra, README "Available Settings" and
 * "Command Line"). Undefined when the program is no Sinatra application that starts itself.
 */
export function predictSinatra(process: Process, program: Program, args: readonly Value[]): Prediction | undefined {
	const start = program.calls.find((call) => /^Sinatra::(Base|Application)\.run!$/.test(call.callee));
	const classic = program.strangers.includes("sinatra");
	if (!start && !classic) return undefined;
	const disabled = program.calls.some((call) => /(^|\.)(disable|set)$/.test(call.callee) && isRun(call));
	if (!start && disabled) return undefined;
	const flag = (spellings: readonly string[]) => (classic ? flagValue(args, spellings) : undefined);
	const option = (name: string) => (start ? given(start.keywords.get(name)) : undefined);
	const port = flag(["-p"]) ?? option("port") ?? setting(program, "port");
	const address = flag(["-o"]) ?? option("bind") ?? option("host") ?? setting(program, "bind") ?? setting(program, "host");
	const byEnvironment = addressByEnvironment(process, ["APP_ENV", "RACK_ENV"], flag(["-e"]) ?? setting(program, "environment"));
	return predictClaim({
		port: port ?? variableOr(process, "PORT", "4567"),
		address: address ?? byEnvironment,
		anyAddress: "0.0.0.0",
		evidence: start ? [...process.evidence, start.at] : process.evidence,
		decided: start?.decided ?? true,
		...(start?.hangsOn ? { hangsOn: start.hangsOn } : {}),
	});
}

/** `disable :run`, `set :run, false`. */
function isRun(call: LibraryCall): boolean {
	const [name, value] = call.positional;
	if (name?.kind !== "known" || name.text !== "run") return false;
	return call.callee.endsWith("disable") || (value?.kind === "known" && value.text === "false");
}

/** The last `set :name, value` or `set name: value`. */
function setting(program: Program, name: string): Value | undefined {
	let found: Value | undefined;
	for (const call of program.calls) {
		if (!/(^|\.)set$/.test(call.callee)) continue;
		const [key, value] = call.positional;
		const written = key?.kind === "known" && key.text === name ? given(value) : given(call.keywords.get(name));
		if (written) found = call.decided ? written : { kind: "oneOf", values: [written] };
	}
	return found;
}

function given(argument: Argument | undefined): Value | undefined {
	return argument === undefined || argument.kind === "nothing" ? undefined : plainValue(argument);
}
