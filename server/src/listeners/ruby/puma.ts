import type { Prediction } from "../../model/port.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { normalize } from "../../source/core/paths.ts";
import type { LibraryCall } from "../../source/program.ts";
import { predictServer } from "../claims.ts";
import { allValues, flagValue, textOf } from "../commandLine.ts";
import { runConfiguration } from "../configurationProgram.ts";
import { mergePredictions } from "../listener.ts";
import { predictCalls } from "../program.ts";
import { splitSocketAddress } from "../socketAddress.ts";
import { type Endpoint, plainValue, type ReadCall } from "../sourceCall.ts";
import type { Scene, Technology } from "../technology.ts";
import { rubyCommand } from "./rubyCommand.ts";

/**
 * Puma: `-b` and `-p` replace what the configuration binds; without either it is `config/puma/<environment>.rb` or
 * `config/puma.rb`, and without that 0.0.0.0:9292 (Puma, README "Binding TCP / Sockets", "Configuration File"; lib/puma/dsl.rb).
 */
export const puma: Technology = {
	name: "puma",
	title: "Puma",
	async command(process, scene) {
		const command = rubyCommand(process);
		if (command?.name !== "puma" && command?.name !== "pumactl") return undefined;
		const binds = allValues(command.args, ["-b", "--bind"]).flatMap((value) => bound(process, value));
		const port = flagValue(command.args, ["-p", "--port"]);
		if (port) binds.push(predictServer(process, { port, address: undefined }, { port: "9292", address: "0.0.0.0" }));
		if (binds.length > 0) return mergePredictions(binds);
		const given = flagValue(command.args, ["-C", "--config"]);
		const environment = likelyText(flagValue(command.args, ["-e", "--environment"]) ?? environmentOf(process)) ?? "development";
		const configured = await pumaConfiguration(process, scene, { given: textOf(given), environment, address: "0.0.0.0" });
		return configured ?? predictServer(process, { port: undefined, address: undefined }, { port: "9292", address: "0.0.0.0" });
	},
};

function environmentOf(process: Process): Value | undefined {
	return ["APP_ENV", "RACK_ENV", "RAILS_ENV"].map((name) => process.environment.get(name)).find((one) => one !== undefined);
}

function bound(process: Process, value: Value): Prediction[] {
	const socket = splitSocketAddress(value);
	return socket === "nothing" ? [{ listeners: [], gaps: [] }] : [predictServer(process, socket, { port: "9292", address: "0.0.0.0" })];
}

/**
 * What Puma's configuration file binds; undefined when there is none, or it binds nothing. `address` is what a bare
 * `port` binds.
 */
export async function pumaConfiguration(
	process: Process,
	scene: Scene,
	options: { readonly given: string | undefined; readonly environment: string; readonly address: string },
): Promise<Prediction | undefined> {
	if (options.given === "-") return undefined;
	const candidates = options.given === undefined ? [`config/puma/${options.environment}.rb`, "config/puma.rb"] : [options.given];
	for (const candidate of candidates) {
		const path = normalize(candidate.startsWith("/") ? candidate : `${process.cwd}/${candidate}`);
		const entry = await scene.files.look(path);
		if (entry.kind === "absent" && options.given === undefined) continue;
		if (entry.kind !== "file" && entry.kind !== "absent" && options.given === undefined) continue;
		const program = await runConfiguration("ruby", { kind: "path", path }, process, scene);
		const prediction = predictCalls(process, { ...program, strangers: [] }, pumaCalls(options.address), "puma.rb");
		const binds = program.calls.some((call) => /^(port|bind|ssl_bind)$/.test(call.callee));
		return binds || prediction.gaps.length > 0 ? prediction : undefined;
	}
	return undefined;
}

function pumaCalls(address: string): ReadonlyMap<string, ReadCall> {
	const url = (call: LibraryCall): Endpoint => {
		const [first] = call.positional;
		const socket = first ? splitSocketAddress(plainValue(first)) : "nothing";
		return socket === "nothing" ? "nothing" : { ...socket, anyAddress: "0.0.0.0" };
	};
	return new Map<string, ReadCall>([
		["bind", url],
		["activate_control_app", url],
		[
			"port",
			({ positional: [port, host] }) =>
				port && port.kind !== "nothing"
					? { port: plainValue(port), address: host && host.kind !== "nothing" ? plainValue(host) : known(address), anyAddress: "0.0.0.0" }
					: "nothing",
		],
		[
			"ssl_bind",
			({ positional: [host, port] }) =>
				host && port ? { port: plainValue(port), address: plainValue(host), anyAddress: "0.0.0.0" } : "nothing",
		],
	]);
}
