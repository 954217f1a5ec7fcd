import type { Prediction } from "../../model/port.ts";
import { known, likelyText, mapText, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { openQuestion, predictServer, QUIET } from "../claims.ts";
import { flagValue, operands, textOf } from "../commandLine.ts";
import { mergePredictions } from "../listener.ts";
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
		return runCaddy(process, scene, textOf(flagValue(args, ["--config", "-c"])));
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
		? secure(process, undefined)
		: predictServer(process, { port: undefined, address: undefined }, { port: "80", address: "::" });
}

async function runCaddy(process: Process, scene: Scene, config: string | undefined): Promise<Prediction> {
	for (const path of config === undefined ? CADDYFILES : [config]) {
		const read = await scene.files.read(path);
		if (read.kind === "unknown") return openQuestion(process, read.reason);
		if (read.kind === "text" && !/\{\$SERVER_NAME:localhost\}/.test(read.file.text))
			return openQuestion(process, "this Caddyfile is not followed");
		if (read.kind === "absent" && config !== undefined && !CADDYFILES.includes(config))
			return openQuestion(process, read.reason ?? `${programName(path)} is not in the image`);
	}
	const name = process.environment.get("SERVER_NAME");
	if (!name) return secure(process, "SERVER_NAME");
	const sites = (likelyText(name) ?? "").split(/[\s,]+/).filter(Boolean);
	if (sites.length === 0) return openQuestion(process, "SERVER_NAME is not known");
	return mergePredictions(
		sites.map((site) =>
			serve(
				process,
				mapText(name, (_, from) => known(site, ...from)),
				site,
			),
		),
	);
}

/** One site address (Caddy, "Caddyfile Concepts: Addresses"). */
function serve(process: Process, value: Value, site: string): Prediction {
	const [, scheme, host = "", port] = /^(?:(https?):\/\/)?(\[[^\]]*\]|[^:/]*)(?::([0-9]+))?/.exec(site) ?? [];
	const plain = scheme === "http" || port === "80" || (host === "" && scheme !== "https" && port !== "443");
	const written = (text: string): Value => mapText(value, (_, from) => known(text, ...from));
	if (plain) return predictServer(process, { port: written(port ?? "80"), address: undefined }, { port: "80", address: "::" });
	return mergePredictions([
		predictServer(process, { port: written(port ?? "443"), address: undefined }, { port: "443", address: "::" }),
		predictServer(process, { port: written(port ?? "443"), address: undefined, protocol: "udp" }, { port: "443", address: "::" }),
		predictServer(process, { port: undefined, address: undefined }, { port: "80", address: "::" }),
	]);
}

/** HTTPS, HTTP/3 and the redirection; `variable` would change all of it. */
function secure(process: Process, variable: string | undefined): Prediction {
	const of = (port: string, protocol: "tcp" | "udp") => {
		const found = predictServer(process, { port: undefined, address: undefined, protocol }, { port, address: "::" });
		return variable === undefined ? found : { ...found, listeners: found.listeners.map((one) => ({ ...one, overriddenBy: variable })) };
	};
	return mergePredictions([of("80", "tcp"), of("443", "tcp"), of("443", "udp")]);
}
