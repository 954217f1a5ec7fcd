import type { Prediction } from "../../model/port.ts";
import { known, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { commandOf } from "../interpreter.ts";
import { predictClaim } from "../listener.ts";
import type { Scene, Technology } from "../technology.ts";
import { tomlSettings } from "./configuration.ts";
import { asksForHelp, byDefault, given, NOTHING, subcommand, unknownCommand } from "./serverCommand.ts";

/**
 * Streamlit: every interface and 8501; `--server.port` and `--server.address`, STREAMLIT_SERVER_PORT and _ADDRESS,
 * `.streamlit/config.toml` of the folder, then of the home folder (docs.streamlit.io, "Configuration").
 */
export const streamlit: Technology = { name: "streamlit", title: "Streamlit", command: predictStreamlit };

async function predictStreamlit(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const command = commandOf(process);
	if (!command || !/^streamlit(\.web\.cli)?$/.test(command.name)) return undefined;
	if (asksForHelp(command.args)) return NOTHING;
	const serves = subcommand(command.args, ["run", "hello"]);
	if (!serves) return unknownCommand(process, "streamlit");
	const settings = await fileSettings(process, scene);
	const find = (name: string, flags: readonly string[], variable: string): Value | undefined =>
		given(process, serves.options, { flags, variables: [variable] }) ?? settings.get(`server.${name}`)?.[0];
	const port = find("port", ["--server.port"], "STREAMLIT_SERVER_PORT");
	return predictClaim({
		port: port ?? byDefault(process, serves.options, "8501"),
		address: find("address", ["--server.address"], "STREAMLIT_SERVER_ADDRESS") ?? known(""),
		byConvention: port === undefined,
		anyAddress: "0.0.0.0",
		evidence: process.evidence,
	});
}

async function fileSettings(process: Process, scene: Scene): Promise<ReadonlyMap<string, readonly Value[]>> {
	const home = process.environment.get("HOME");
	const merged = new Map<string, readonly Value[]>();
	for (const folder of [home?.kind === "known" ? home.text : "/root", process.cwd]) {
		const read = await scene.files.read(`${folder}/.streamlit/config.toml`.replace(/\/+/g, "/"));
		if (read.kind === "text") for (const [name, value] of tomlSettings(read.file)?.settings ?? []) merged.set(name, value);
	}
	return merged;
}
