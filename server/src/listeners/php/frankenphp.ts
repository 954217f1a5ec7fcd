import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { known, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { openQuestion, predictServer, QUIET } from "../claims.ts";
import { flagValue, operands, textOf } from "../commandLine.ts";
import { predictCaddy, predictSites } from "../servers/caddy/caddy.ts";
import { splitSocketAddress } from "../socketAddress.ts";
import type { Scene, Technology } from "../technology.ts";
import { withoutEntrypoint } from "./phpCommand.ts";

/** Where the image keeps its configuration, the newer place first (dunglas/frankenphp, Dockerfile). */
const CADDYFILES = ["/etc/frankenphp/Caddyfile", "/etc/caddy/Caddyfile"];

/**
 * FrankenPHP. Its image serves `{$SERVER_NAME:localhost}`: HTTPS with HTTP/3 and the redirection from 80, or plain HTTP for
 * an address such as `:80` (FrankenPHP, "Configuration"; Caddy, "Automatic HTTPS"). `frankenphp php-server` listens where
 * `--listen` says, on 80 without it, and on 443 for a `--domain`.
 */
export const frankenPhp: Technology = {
	name: "frankenphp",
	title: "FrankenPHP",
	async command(original, scene) {
		const process = withoutEntrypoint(original);
		if (programName(textOf(process.argv[0]) ?? "") !== "frankenphp") return undefined;
		const args = process.argv.slice(1);
		const verb = textOf(operands(args, ["--config", "-c", "--adapter", "-a"])[0]?.value);
		if (verb === "php-server") return phpServer(process, args);
		if (verb !== "run") return QUIET;
		return runCaddy(process, scene, args);
	},
};

function phpServer(process: Process, args: readonly Value[]): Prediction {
	const domain = flagValue(args, ["--domain", "-d"]);
	const listen = flagValue(args, ["--listen", "-l"]);
	if (listen) {
		const socket = splitSocketAddress(listen);
		return socket === "nothing" ? QUIET : predictServer(process, socket, { port: "80", address: "::" });
	}
	return domain
		? predictSites(process, domain)
		: predictServer(process, { port: undefined, address: undefined }, { port: "80", address: "::" });
}

async function runCaddy(process: Process, scene: Scene, args: readonly Value[]): Promise<Prediction> {
	const config = textOf(flagValue(args, ["--config", "-c"]));
	for (const path of config === undefined ? CADDYFILES : [config]) {
		if ((await scene.files.read(path)).kind === "absent") continue;
		return predictCaddy(process, scene, config === undefined ? [...args, known("--config"), known(path)] : args);
	}
	if (config !== undefined && !CADDYFILES.includes(config)) return openQuestion(process, t("{0} is not in the image", programName(config)));
	// The image's own, of which nothing is in view.
	const address: Value = { kind: "variable", name: "SERVER_NAME", fallback: known("localhost"), from: [] };
	return predictSites(process, process.environment.get("SERVER_NAME") ?? address);
}
