import type { Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { predictServer, QUIET } from "../claims.ts";
import { allValues, flagValue, operands, textOf } from "../commandLine.ts";
import { mergePredictions } from "../listener.ts";
import { splitSocketAddress } from "../socketAddress.ts";
import type { Technology } from "../technology.ts";

/** A server whose command says where it listens. */
interface FlagServer {
	/** Flags for an address with a port, which may be given several times. */
	readonly listen?: readonly string[];
	readonly port?: readonly string[];
	readonly address?: readonly string[];
	readonly variable?: string;
	readonly byDefault: { readonly port: string; readonly address: string };
}

/** By the command's name. */
const SERVERS: Readonly<Record<string, FlagServer>> = {
	// Mojolicious, "Deployment": `morbo` and the `daemon` command listen on *:3000, MOJO_LISTEN; hypnotoad's port is in its file.
	morbo: { listen: ["-l", "--listen"], variable: "MOJO_LISTEN", byDefault: { port: "3000", address: "0.0.0.0" } },
	// Plack, `plackup`, and Starman, `starman`: 5000.
	plackup: {
		listen: ["-l", "--listen"],
		port: ["-p", "--port"],
		address: ["-o", "--host"],
		byDefault: { port: "5000", address: "0.0.0.0" },
	},
	starman: {
		listen: ["-l", "--listen"],
		port: ["-p", "--port"],
		address: ["-o", "--host"],
		byDefault: { port: "5000", address: "0.0.0.0" },
	},
	starlet: {
		listen: ["-l", "--listen"],
		port: ["-p", "--port"],
		address: ["-o", "--host"],
		byDefault: { port: "5000", address: "0.0.0.0" },
	},
	twiggy: {
		listen: ["-l", "--listen"],
		port: ["-p", "--port"],
		address: ["-o", "--host"],
		byDefault: { port: "5000", address: "0.0.0.0" },
	},
	// Shiny Server, "Default Configuration".
	"shiny-server": { byDefault: { port: "3838", address: "0.0.0.0" } },
	// Posit, RStudio Server: rserver.
	rserver: { port: ["--www-port"], address: ["--www-address"], byDefault: { port: "8787", address: "0.0.0.0" } },
};

/** Servers of other languages that are told by flags where to listen. */
export const flagServers: Technology = {
	name: "flag-servers",
	title: "Server",
	async command(process) {
		const name = programName(textOf(process.argv[0]) ?? "");
		const args = process.argv.slice(1);
		if (name === "perl") return perlDaemon(process);
		const server = Object.hasOwn(SERVERS, name) ? SERVERS[name] : undefined;
		return server && predictFlags(process, args, server);
	},
};

/** What a server with these flags listens on. */
export function predictFlags(process: Process, args: readonly Value[], server: FlagServer) {
	const listens = server.listen ? allValues(args, server.listen) : [];
	const variable = server.variable === undefined ? undefined : process.environment.get(server.variable);
	const told = listens.length > 0 ? listens : variable ? [variable] : [];
	if (told.length > 0)
		return mergePredictions(
			told.map((one) => {
				const socket = splitSocketAddress(one);
				return socket === "nothing" ? QUIET : predictServer(process, socket, server.byDefault);
			}),
		);
	return predictServer(
		process,
		{ port: server.port && flagValue(args, server.port), address: server.address && flagValue(args, server.address) },
		server.byDefault,
	);
}

/** `perl app.pl daemon -l http://*:8080`: a Mojolicious application; `perl /usr/bin/plackup` is the command itself. */
function perlDaemon(process: Process) {
	const words = operands(process.argv.slice(1), ["-I", "-M", "-e"]);
	const [script, verb] = words.map((one) => textOf(one.value) ?? "");
	const name = programName(script ?? "");
	const args = process.argv.slice(2 + (words[0]?.index ?? 0));
	const server = Object.hasOwn(SERVERS, name) ? SERVERS[name] : undefined;
	if (server) return predictFlags(process, args, server);
	const morbo = SERVERS.morbo;
	return (verb === "daemon" || verb === "prefork") && morbo ? predictFlags(process, args, morbo) : undefined;
}
