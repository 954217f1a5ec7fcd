import type { Prediction } from "../../model/port.ts";
import { known } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { flagValue, flagValues } from "../commandLine.ts";
import { commandOf } from "../interpreter.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Technology } from "../technology.ts";
import { asksForHelp, byDefault, isPresent, NOTHING } from "./serverCommand.ts";
import { predictTwistedEndpoint } from "./twistedEndpoint.ts";

/**
 * Daphne: 127.0.0.1 and 8000; `-b`/`--bind`, `-p`/`--port`, `-u`, `--fd`, and Twisted endpoints with `-e`. The default
 * only counts when none of these is given (github.com/django/daphne, README "Running" and cli.py).
 */
export const daphne: Technology = { name: "daphne", title: "Daphne", command: predictDaphne };

async function predictDaphne(process: Process): Promise<Prediction | undefined> {
	const command = commandOf(process);
	if (command?.name !== "daphne") return undefined;
	const { args } = command;
	if (asksForHelp(args)) return NOTHING;
	const endpoints = flagValues(args, ["-e", "--endpoint"]).map((one) => predictTwistedEndpoint(process, one));
	const port = flagValue(args, ["-p", "--port"]);
	const address = flagValue(args, ["-b", "--bind"]);
	const other = endpoints.length > 0 || isPresent(args, ["-u", "--fd", "--unix-socket"]);
	if (!port && !address && other) return mergePredictions(endpoints);
	const served = predictClaim({
		port: port ?? byDefault(process, args, "8000"),
		address: address ?? known("127.0.0.1"),
		byConvention: port === undefined,
		anyAddress: "0.0.0.0",
		evidence: process.evidence,
	});
	return mergePredictions([served, ...endpoints]);
}
