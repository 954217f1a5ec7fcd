import type { Prediction } from "../../model/port.ts";
import { known } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { commandOf } from "../interpreter.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Technology } from "../technology.ts";
import { asksForHelp, byDefault, given, isPresent, NOTHING } from "./serverCommand.ts";

/**
 * Locust: its web interface on 8089 of every interface, and as a master 5557 for its workers; headless runs and workers
 * open neither (docs.locust.io, "Configuration": `--web-port`, `--web-host`, `--headless`, `--master`, `--worker`, LOCUST_…).
 */
export const locust: Technology = { name: "locust", title: "Locust", command: predictLocust };

async function predictLocust(process: Process): Promise<Prediction | undefined> {
	const command = commandOf(process);
	if (command?.name !== "locust") return undefined;
	const { args } = command;
	const is = (flags: readonly string[], variable: string) => isPresent(args, flags) || process.environment.has(variable);
	if (asksForHelp(args) || is(["--worker", "--slave"], "LOCUST_MODE_WORKER")) return NOTHING;
	const found: Prediction[] = [];
	if (!is(["--headless", "--no-web"], "LOCUST_HEADLESS")) {
		const port = given(process, args, { flags: ["-P", "--web-port"], variables: ["LOCUST_WEB_PORT"] });
		const address = given(process, args, { flags: ["--web-host"], variables: ["LOCUST_WEB_HOST"] });
		found.push(
			predictClaim({
				port: port ?? byDefault(process, args, "8089"),
				address: address ?? known(""),
				byConvention: port === undefined,
				anyAddress: "0.0.0.0",
				evidence: process.evidence,
			}),
		);
	}
	if (is(["--master"], "LOCUST_MODE_MASTER")) {
		const port = given(process, args, { flags: ["--master-bind-port"], variables: ["LOCUST_MASTER_BIND_PORT"] });
		const address = given(process, args, { flags: ["--master-bind-host"], variables: ["LOCUST_MASTER_BIND_HOST"] });
		found.push(
			predictClaim({
				port: port ?? known("5557"),
				address: address ?? known(""),
				byConvention: port === undefined,
				anyAddress: "0.0.0.0",
				evidence: process.evidence,
			}),
		);
	}
	return mergePredictions(found);
}
