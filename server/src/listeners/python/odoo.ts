import type { Prediction } from "../../model/port.ts";
import { known, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { flagValue, textOf } from "../commandLine.ts";
import { commandOf } from "../interpreter.ts";
import { predictClaim } from "../listener.ts";
import type { Scene, Technology } from "../technology.ts";
import { inFolder, iniSettings } from "./configuration.ts";
import { asksForHelp, byDefault, isPresent, NOTHING, subcommand } from "./serverCommand.ts";

/**
 * Odoo: HTTP on 8069 of every interface; `-p`/`--http-port` (`--xmlrpc-port` before), `--http-interface`, `--no-http`, and the
 * same in the file of `-c` or ODOO_RC (www.odoo.com/documentation, "Command-line interface: HTTP"). The port for
 * long-polling opens with `--workers` only.
 */
export const odoo: Technology = { name: "odoo", title: "Odoo", command: predictOdoo };

async function predictOdoo(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const command = commandOf(process);
	if (!command || !/^(odoo|odoo-bin|openerp-server)$/.test(command.name)) return undefined;
	const { args } = command;
	if (asksForHelp(args) || subcommand(args.slice(0, 1), ["scaffold", "shell", "deploy", "populate", "db"])) return NOTHING;
	if (isPresent(args, ["--no-http", "--no-xmlrpc", "--stop-after-init"])) return NOTHING;
	const settings = await fileSettings(process, args, scene);
	const find = (flags: readonly string[], names: readonly string[]): Value | undefined =>
		flagValue(args, flags) ?? names.map((name) => settings.get(`options.${name}`)?.[0]).find((one) => one !== undefined);
	if (/^(false|0)$/i.test(textOf(find([], ["http_enable"])) ?? "")) return NOTHING;
	const port = find(["-p", "--http-port", "--xmlrpc-port"], ["http_port", "xmlrpc_port"]);
	const address = find(["--http-interface", "--xmlrpc-interface"], ["http_interface", "xmlrpc_interface"]);
	return predictClaim({
		port: port ?? byDefault(process, args, "8069"),
		address: address ?? known(""),
		byConvention: port === undefined,
		anyAddress: "0.0.0.0",
		evidence: process.evidence,
	});
}

async function fileSettings(process: Process, args: readonly Value[], scene: Scene): Promise<ReadonlyMap<string, readonly Value[]>> {
	const file = flagValue(args, ["-c", "--config"]) ?? process.environment.get("ODOO_RC") ?? known("/etc/odoo/odoo.conf");
	const read = file.kind === "known" ? await scene.files.read(inFolder(process.cwd, file.text)) : undefined;
	return read?.kind === "text" ? iniSettings(read.file) : new Map();
}
