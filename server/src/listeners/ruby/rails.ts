import type { Prediction } from "../../model/port.ts";
import { likelyText, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { predictServer, QUIET, variableOr } from "../claims.ts";
import { flagValue, operands, textOf } from "../commandLine.ts";
import type { Scene, Technology } from "../technology.ts";
import { addressByEnvironment } from "./environment.ts";
import { pumaConfiguration } from "./puma.ts";
import { rubyCommand } from "./rubyCommand.ts";

/**
 * `rails server`: `-p`, `-b`, PORT, BINDING; 3000, on localhost in development and on every interface otherwise (Rails,
 * "The Rails Command Line"; railties, commands/server/server_command.rb). An explicit port or address replaces what
 * config/puma.rb binds; without one that file decides (Puma, lib/rack/handler/puma.rb).
 */
export const rails: Technology = {
	name: "rails",
	title: "Rails",
	async command(process, scene) {
		const command = rubyCommand(process);
		if (command?.name !== "rails") return undefined;
		const [subcommand] = operands(command.args, []);
		const verb = textOf(subcommand?.value);
		if (verb !== "server" && verb !== "s") return QUIET;
		return predictRailsServer(process, scene, command.args.slice((subcommand?.index ?? 0) + 1));
	},
};

async function predictRailsServer(process: Process, scene: Scene, args: readonly Value[]): Promise<Prediction> {
	const environment = flagValue(args, ["-e", "--environment"]);
	const port = flagValue(args, ["-p", "--port"]) ?? process.environment.get("PORT");
	const binding = flagValue(args, ["-b", "--binding"]) ?? process.environment.get("BINDING");
	const names = ["RAILS_ENV", "RACK_ENV"];
	const address = addressByEnvironment(process, names, environment);
	if (!port && !binding) {
		const set = environment ?? names.map((name) => process.environment.get(name)).find((one) => one !== undefined);
		const configured = await pumaConfiguration(process, scene, {
			given: undefined,
			environment: likelyText(set) ?? "development",
			address: likelyText(address) ?? "0.0.0.0",
		});
		if (configured) return configured;
	}
	const prediction = predictServer(
		process,
		{ port: port ?? variableOr(process, "PORT", "3000"), address: binding ?? address },
		{ port: "3000", address: "0.0.0.0" },
	);
	return port ? prediction : { ...prediction, listeners: prediction.listeners.map((one) => ({ ...one, certainty: "default" as const })) };
}
