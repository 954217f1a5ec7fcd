import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { known, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { normalize } from "../../source/core/paths.ts";
import { openQuestion, predictServer, QUIET, variableOr } from "../claims.ts";
import { allValues, flagValue, operands, textOf } from "../commandLine.ts";
import { runConfiguration } from "../configurationProgram.ts";
import { mergePredictions } from "../listener.ts";
import { predictCalls } from "../program.ts";
import { splitSocketAddress } from "../socketAddress.ts";
import { plainValue, type ReadCall } from "../sourceCall.ts";
import type { Scene, Technology } from "../technology.ts";
import { addressByEnvironment } from "./environment.ts";
import { rubyCommand } from "./rubyCommand.ts";

/** A command whose port and address are flags, as its manual says. */
interface FlagServer {
	readonly title: string;
	/** The word after the command that makes it a server; absent when it always is one. */
	readonly verbs?: readonly string[];
	readonly port: readonly string[];
	readonly address: readonly string[];
	readonly byDefault: { readonly port: string; readonly address: string };
	/** Variables that say whether this is development, where it stays on the loopback interface. */
	readonly environment?: readonly string[];
	/** The variable that gives the port. */
	readonly variable?: string;
	/** Flags that move everything into a file which is not read here. */
	readonly config?: readonly string[];
	/** A flag after which it listens on a socket in the file system. */
	readonly socket?: readonly string[];
}

const SERVERS: Readonly<Record<string, FlagServer>> = {
	// Rack, lib/rackup/server.rb: 9292, localhost in development.
	rackup: {
		title: "rackup",
		port: ["-p", "--port"],
		address: ["-o", "--host"],
		byDefault: { port: "9292", address: "127.0.0.1" },
		environment: ["RACK_ENV"],
	},
	// Thin, "Usage": thin start.
	thin: {
		title: "Thin",
		verbs: ["start"],
		port: ["-p", "--port"],
		address: ["-a", "--address"],
		byDefault: { port: "3000", address: "0.0.0.0" },
		config: ["-C", "--config"],
		socket: ["-S", "--socket"],
	},
	// Phusion Passenger, "Configuration reference": passenger start; its Passengerfile.json may say otherwise.
	passenger: {
		title: "Passenger",
		verbs: ["start"],
		port: ["-p", "--port"],
		address: ["-a", "--address"],
		byDefault: { port: "3000", address: "0.0.0.0" },
		socket: ["-S", "--socket"],
	},
	// Iodine, "Command line options".
	iodine: { title: "Iodine", port: ["-p"], address: ["-b"], byDefault: { port: "3000", address: "0.0.0.0" }, variable: "PORT" },
	// Agoo, "Usage".
	agoo: { title: "Agoo", port: ["-p", "--port"], address: ["-b", "--bind"], byDefault: { port: "9292", address: "0.0.0.0" } },
	// Jekyll, "Serve command options"; _config.yml may say otherwise.
	jekyll: {
		title: "Jekyll",
		verbs: ["serve", "server", "s"],
		port: ["-P", "--port"],
		address: ["-H", "--host"],
		byDefault: { port: "4000", address: "127.0.0.1" },
	},
	// Middleman, "Development": middleman server.
	middleman: {
		title: "Middleman",
		verbs: ["server", "s"],
		port: ["-p", "--port"],
		address: ["--bind-address"],
		byDefault: { port: "4567", address: "0.0.0.0" },
	},
	// Hanami, "Web server": hanami server.
	hanami: {
		title: "Hanami",
		verbs: ["server"],
		port: ["-p", "--port"],
		address: ["--host"],
		byDefault: { port: "2300", address: "127.0.0.1" },
	},
	// YARD, "yard server".
	yard: {
		title: "YARD",
		verbs: ["server"],
		port: ["-p", "--port"],
		address: ["-B", "--bind"],
		byDefault: { port: "8808", address: "0.0.0.0" },
	},
	// Nanoc, "nanoc view".
	nanoc: {
		title: "Nanoc",
		verbs: ["view", "live"],
		port: ["-p", "--port"],
		address: ["-o", "--host"],
		byDefault: { port: "3000", address: "127.0.0.1" },
	},
	// Shotgun, README.
	shotgun: { title: "Shotgun", port: ["-p", "--port"], address: ["-o", "--host"], byDefault: { port: "9393", address: "127.0.0.1" } },
};

/** Servers of Rack applications and static sites that are told by flags where to listen. */
export const rackServers: Technology = {
	name: "rack-servers",
	title: "Rack",
	async command(process, scene) {
		const command = rubyCommand(process);
		const server = command && Object.hasOwn(SERVERS, command.name) ? SERVERS[command.name] : undefined;
		if (!command || !server) return undefined;
		const valued = [...server.port, ...server.address, ...(server.config ?? []), ...(server.socket ?? []), "-s", "-E", "-e", "-I", "-r"];
		const verb = server.verbs ? textOf(operands(command.args, valued)[0]?.value) : undefined;
		if (server.verbs && (verb === undefined || !server.verbs.includes(verb))) return QUIET;
		if (server.config && flagValue(command.args, server.config))
			return openQuestion(process, t("{0}'s configuration is not read", server.title));
		if (server.socket && flagValue(command.args, server.socket)) return QUIET;
		const written = command.name === "rackup" ? await optionsOfRackFile(process, scene) : [];
		const args = [...written, ...command.args];
		const environment = server.environment && addressByEnvironment(process, server.environment, flagValue(args, ["-E", "--env"]));
		const told =
			flagValue(args, server.port) ?? (server.variable ? variableOr(process, server.variable, server.byDefault.port) : undefined);
		return predictServer(process, { port: told, address: flagValue(args, server.address) ?? environment }, server.byDefault);
	},
};

/** `#\ -p 4000` at the start of config.ru (Rack before version 3). */
async function optionsOfRackFile(process: Process, scene: Scene): Promise<Value[]> {
	const read = await scene.files.read(normalize(`${process.cwd}/config.ru`));
	const line = read.kind === "text" ? /^#\\(.*)/.exec(read.file.text)?.[1] : undefined;
	return (line ?? "")
		.split(/\s+/)
		.filter(Boolean)
		.map((word) => known(word));
}

/**
 * Unicorn, unicorn_rails and Pitchfork: `-l`, `-p` and `-o`, else every `listen` of the configuration, else 0.0.0.0:8080
 * (Unicorn, unicorn_1 and `Unicorn::Configurator#listen`).
 */
export const unicorn: Technology = {
	name: "unicorn",
	title: "Unicorn",
	async command(process, scene) {
		const command = rubyCommand(process);
		if (!command || !["unicorn", "unicorn_rails", "pitchfork"].includes(command.name)) return undefined;
		const byDefault = { port: "8080", address: "0.0.0.0" };
		const listens = allValues(command.args, ["-l", "--listen"]);
		if (listens.length > 0) {
			const sockets = listens.map(splitSocketAddress);
			return mergePredictions(sockets.map((socket) => (socket === "nothing" ? QUIET : predictServer(process, socket, byDefault))));
		}
		const [port, address] = [flagValue(command.args, ["-p", "--port"]), flagValue(command.args, ["-o", "--host"])];
		if (!port && !address) {
			const configured = await unicornConfiguration(process, scene, textOf(flagValue(command.args, ["-c", "--config-file"])));
			if (configured) return configured;
		}
		return predictServer(process, { port, address }, byDefault);
	},
};

const listen: ReadCall = ({ positional: [first] }) => {
	const socket = first ? splitSocketAddress(plainValue(first)) : "nothing";
	return socket === "nothing" ? "nothing" : { ...socket, anyAddress: "0.0.0.0" };
};

async function unicornConfiguration(process: Process, scene: Scene, path: string | undefined): Promise<Prediction | undefined> {
	if (path === undefined) return undefined;
	const program = await runConfiguration(
		"ruby",
		{ kind: "path", path: normalize(path.startsWith("/") ? path : `${process.cwd}/${path}`) },
		process,
		scene,
	);
	const prediction = predictCalls(process, { ...program, strangers: [] }, new Map([["listen", listen]]), "unicorn.rb");
	return program.calls.some((call) => call.callee === "listen") || prediction.gaps.length > 0 ? prediction : undefined;
}

/** Falcon: `falcon serve` listens on https://localhost:9292 unless `--bind` or `--port` say otherwise (Falcon, "Getting Started"). */
export const falcon: Technology = {
	name: "falcon",
	title: "Falcon",
	async command(process) {
		const command = rubyCommand(process);
		if (command?.name !== "falcon") return undefined;
		const verb = textOf(operands(command.args, ["-b", "--bind", "-p", "--port", "-c", "--config", "-n", "--count"])[0]?.value);
		if (verb !== undefined && verb !== "serve") return openQuestion(process, t("falcon {0} is not followed", verb));
		const byDefault = { port: "9292", address: "127.0.0.1" };
		const port = flagValue(command.args, ["-p", "--port"]);
		const bind = flagValue(command.args, ["-b", "--bind"]);
		if (!bind) return predictServer(process, { port, address: undefined }, byDefault);
		const withoutPort = /^[a-z]+:\/\/(\[[^\]]*\]|[^:/]*)$/.exec(textOf(bind) ?? "");
		if (withoutPort) return predictServer(process, { port, address: known(withoutPort[1] ?? "") }, byDefault);
		const socket = splitSocketAddress(bind);
		return socket === "nothing" ? QUIET : predictServer(process, { ...socket, port: port ?? socket.port }, byDefault);
	},
};
