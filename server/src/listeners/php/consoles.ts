import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { known, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { readDotenv } from "../../source/core/dotenv.ts";
import { openQuestion, predictServer, QUIET, variableOr } from "../claims.ts";
import { flagValue, operands, textOf } from "../commandLine.ts";
import { splitSocketAddress } from "../socketAddress.ts";
import type { Scene, Technology } from "../technology.ts";
import { phpCommand, withoutEntrypoint } from "./phpCommand.ts";

/** A subcommand of a framework's console that starts a server. */
interface ConsoleServer {
	readonly port: readonly string[];
	readonly address: readonly string[];
	readonly byDefault: { readonly port: string; readonly address: string };
	/** Variables that give them, unless the flags do. */
	readonly portVariable?: string;
	readonly addressVariable?: string;
	/** The first word after the subcommand may be `host:port`. */
	readonly operand?: boolean;
	/** The framework loads `.env` for the variables. */
	readonly dotenv?: boolean;
}

const local = (port: string) => ({ port, address: "127.0.0.1" });

/** Laravel Octane, "Serving Your Application": `--host` 127.0.0.1, OCTANE_HOST, `--port` 8000, OCTANE_PORT. */
const octane: ConsoleServer = {
	port: ["--port"],
	address: ["--host"],
	byDefault: local("8000"),
	portVariable: "OCTANE_PORT",
	addressVariable: "OCTANE_HOST",
	dotenv: true,
};

/** Symfony's old web server bundle: `server:run [address]`. */
const serverRun: ConsoleServer = { port: ["-p", "--port"], address: ["--address"], byDefault: local("8000"), operand: true };

/** By the console's name and its subcommand. */
const CONSOLES: Readonly<Record<string, Readonly<Record<string, ConsoleServer>>>> = {
	artisan: {
		// Laravel, Illuminate\Foundation\Console\ServeCommand.
		serve: {
			port: ["--port"],
			address: ["--host"],
			byDefault: local("8000"),
			portVariable: "SERVER_PORT",
			addressVariable: "SERVER_HOST",
			dotenv: true,
		},
		"octane:start": octane,
		"octane:swoole": octane,
		"octane:roadrunner": octane,
		"octane:frankenphp": octane,
		// Laravel Reverb, "Running the Server".
		"reverb:start": {
			port: ["--port"],
			address: ["--host"],
			byDefault: { port: "8080", address: "0.0.0.0" },
			portVariable: "REVERB_SERVER_PORT",
			addressVariable: "REVERB_SERVER_HOST",
			dotenv: true,
		},
		// beyondcode/laravel-websockets, "Starting the WebSocket server".
		"websockets:serve": { port: ["--port"], address: ["--host"], byDefault: { port: "6001", address: "0.0.0.0" } },
	},
	console: { "server:run": serverRun, "server:start": serverRun },
	// Symfony CLI, `symfony server:start`.
	symfony: {
		serve: { port: ["--port"], address: ["--listen-ip"], byDefault: local("8000") },
		"server:start": { port: ["--port"], address: ["--listen-ip"], byDefault: local("8000") },
		"local:server:start": { port: ["--port"], address: ["--listen-ip"], byDefault: local("8000") },
	},
	// Yii, "yii serve".
	yii: { serve: { port: ["-p", "--port"], address: [], byDefault: local("8080"), operand: true } },
	// CodeIgniter 4, "Running Your App".
	spark: { serve: { port: ["--port"], address: ["--host"], byDefault: local("8080") } },
	// CakePHP, "bin/cake server".
	cake: { server: { port: ["-p", "--port"], address: ["-H", "--host"], byDefault: local("8765") } },
	// Drush, runserver.
	drush: {
		runserver: { port: [], address: [], byDefault: local("8888"), operand: true },
		rs: { port: [], address: [], byDefault: local("8888"), operand: true },
	},
	// WP-CLI, `wp server`.
	wp: { server: { port: ["--port"], address: ["--host"], byDefault: local("8080") } },
};

/** Servers that the consoles of PHP frameworks start. Their other commands work on queues and databases, and end. */
export const phpConsoles: Technology = {
	name: "php-consoles",
	title: "PHP framework",
	async command(original, scene) {
		const process = withoutEntrypoint(original);
		const command = consoleOf(process);
		const servers = command && Object.hasOwn(CONSOLES, command.name) ? CONSOLES[command.name] : undefined;
		if (!command || !servers) return undefined;
		const verb = operands(command.args, ["--env", "-e"])[0];
		const name = textOf(verb?.value);
		const server = name !== undefined && Object.hasOwn(servers, name) ? servers[name] : undefined;
		if (server) return predictConsole(process, scene, command.args.slice((verb?.index ?? 0) + 1), server);
		// Packages add commands of their own.
		if (name !== undefined && SERVES.test(name)) return openQuestion(process, t("nothing is known about {0}", `${command.name} ${name}`));
		return QUIET;
	},
};

const SERVES = /serve|socket|^(?!horizon|pulse|queue|schedule|telescope).*:start$/;

function consoleOf(process: Process): { readonly name: string; readonly args: readonly Value[] } | undefined {
	const php = phpCommand(process);
	if (php?.kind === "script") return { name: programName(php.script), args: php.args };
	const program = textOf(process.argv[0]);
	if (program === undefined || php) return undefined;
	const name = programName(program);
	// Started by these names alone they could be anything.
	return ["console", "yii", "spark"].includes(name) ? undefined : { name, args: process.argv.slice(1) };
}

async function predictConsole(process: Process, scene: Scene, args: readonly Value[], server: ConsoleServer): Promise<Prediction> {
	const settings = server.dotenv ? await dotenv(process, scene) : new Map<string, Value>();
	const variable = (name: string | undefined, fallback: string): Value | undefined =>
		name === undefined ? undefined : (process.environment.get(name) ?? settings.get(name) ?? variableOr(process, name, fallback));
	const isSet = (name: string | undefined): boolean => name !== undefined && (process.environment.has(name) || settings.has(name));
	const first = server.operand ? operands(args, [...server.port, ...server.address])[0]?.value : undefined;
	const written = first && /:/.test(textOf(first) ?? "") ? splitSocketAddress(first) : undefined;
	const socket = written === "nothing" ? undefined : written;
	const address = flagValue(args, server.address) ?? socket?.address ?? variable(server.addressVariable, server.byDefault.address);
	// `--host=0.0.0.0:80` is taken apart.
	const joined = address && /^[^:]+:[0-9]+$/.test(textOf(address) ?? "") ? splitSocketAddress(address) : undefined;
	const inHost = joined === "nothing" ? undefined : joined;
	const port =
		flagValue(args, server.port) ??
		socket?.port ??
		inHost?.port ??
		(isSet(server.portVariable) ? variable(server.portVariable, server.byDefault.port) : undefined);
	return predictServer(process, { port, address: inHost?.address ?? address }, server.byDefault);
}

/** `.env` in the application's folder; what the image sets wins (Laravel, "Environment Configuration"). */
async function dotenv(process: Process, scene: Scene): Promise<Map<string, Value>> {
	const entries = await readDotenv(scene.files, `${process.cwd}/.env`);
	return new Map(
		entries.map(({ name, value, at }): [string, Value] => [name, { kind: "variable", name, fallback: known(value, at), from: [] }]),
	);
}
