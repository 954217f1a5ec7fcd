import type { Prediction } from "../../model/port.ts";
import { known, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import { flagValue, flagValues } from "../commandLine.ts";
import { commandOf } from "../interpreter.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Endpoint } from "../sourceCall.ts";
import type { Scene, Technology } from "../technology.ts";
import { endpointOf, predictBinding } from "./binding.ts";
import { type ConfigurationFile, readPythonConfiguration, readTomlConfiguration } from "./configuration.ts";
import { asksForHelp, byDefault, NOTHING } from "./serverCommand.ts";

const DEFAULTS = { port: "8000", address: "127.0.0.1" };

/**
 * Hypercorn: 127.0.0.1:8000 unless `-b`/`--bind`, `--insecure-bind` or `--quic-bind` (UDP) name addresses, several times
 * if need be, or the file of `-c`/`--config`: TOML, `file:name.py`, `python:module` (hypercorn.readthedocs.io,
 * "Configuring"). In source: `serve(app, config)` with `config.bind = […]`.
 */
export const hypercorn: Technology = {
	name: "hypercorn",
	title: "Hypercorn",
	calls: { python: { "hypercorn.asyncio.serve": readServe, "hypercorn.trio.serve": readServe } },
	command: predictHypercorn,
};

async function predictHypercorn(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const command = commandOf(process);
	if (command?.name !== "hypercorn") return undefined;
	if (asksForHelp(command.args)) return NOTHING;
	const file = flagValue(command.args, ["-c", "--config"]);
	const configuration: ConfigurationFile = file ? await readConfiguration(process, scene, file) : { settings: new Map(), gaps: [] };
	const bindings = (flags: readonly string[], key: string): readonly Value[] => {
		const given = flagValues(command.args, flags);
		return given.length > 0 ? given : (configuration.settings.get(key) ?? []);
	};
	const [bind, insecure, quic] = [
		bindings(["-b", "--bind"], "bind"),
		bindings(["--insecure-bind"], "insecure_bind"),
		bindings(["--quic-bind"], "quic_bind"),
	];
	const found = [...bind, ...insecure].map((one) => predictBinding(process, one, DEFAULTS));
	found.push(...quic.map((one) => predictBinding(process, one, DEFAULTS, { udp: true })));
	if (bind.length === 0)
		found.push(
			predictClaim({
				port: byDefault(process, command.args, DEFAULTS.port),
				address: known(DEFAULTS.address),
				byConvention: true,
				anyAddress: "0.0.0.0",
				evidence: process.evidence,
			}),
		);
	return mergePredictions([...found, { listeners: [], gaps: configuration.gaps }]);
}

function readConfiguration(process: Process, scene: Scene, file: Value): Promise<ConfigurationFile> {
	const text = file.kind === "known" ? file.text : "";
	if (/^(file|python):/.test(text) || text.endsWith(".py")) return readPythonConfiguration(process, scene, file);
	return readTomlConfiguration(process, scene, file);
}

/** `serve(app, config)`: what the program set on the Config. */
function readServe(call: LibraryCall): Endpoint | readonly Endpoint[] {
	const config = call.keywords.get("config") ?? call.positional[1];
	const fields = config?.kind === "object" ? config.fields : undefined;
	const all = (["bind", "insecure_bind", "quic_bind"] as const).flatMap((key): Endpoint[] => {
		const value = fields?.get(key);
		if (value === undefined && key === "bind")
			return [{ port: known(DEFAULTS.port, call.at), address: known(DEFAULTS.address), byConvention: true, anyAddress: "0.0.0.0" }];
		const items: readonly Argument[] = value === undefined ? [] : value.kind === "list" ? value.items : [value];
		return items.map((one) => endpointOf(one, call, key === "quic_bind" ? "udp" : "tcp"));
	});
	return all;
}
