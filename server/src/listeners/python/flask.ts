import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { known, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { readDotenv } from "../../source/core/dotenv.ts";
import type { LibraryCall } from "../../source/program.ts";
import { flagValue, operands, textOf } from "../commandLine.ts";
import { commandOf } from "../interpreter.ts";
import { predictClaim } from "../listener.ts";
import { type ReadCall, readPythonCall } from "../sourceCall.ts";
import type { Scene, Technology } from "../technology.ts";

/**
 * Flask and the development server that it brings.
 *
 * - `app.run(host=None, port=None)`: 127.0.0.1 and 5000, or what SERVER_NAME says (Flask, API: `Flask.run`).
 * - `flask run`: `--host`, `--port`, FLASK_RUN_HOST, FLASK_RUN_PORT, `.env`, `.flaskenv`, then 127.0.0.1 and 5000; calls
 *   of `app.run` are ignored (Flask, "Command Line Interface", "Environment Variables From dotenv").
 * - `socketio.run(app, host, port)`: the same defaults (Flask-SocketIO, API: `SocketIO.run`).
 * - `werkzeug.serving.run_simple(hostname, port, application)` (Werkzeug, "Serving WSGI Applications").
 */
export const flask: Technology = {
	name: "flask",
	title: "Flask",
	calls: {
		python: {
			"flask.Flask().run": readFlaskRun,
			"flask_socketio.SocketIO().run": readPythonCall({
				port: { keyword: "port", position: 2, byDefault: "5000" },
				address: { keyword: "host", position: 1, byDefault: "127.0.0.1" },
				anyAddress: "0.0.0.0",
			}),
			"werkzeug.serving.run_simple": runSimple(),
			"werkzeug.run_simple": runSimple(),
		},
	},
	command: predictFlaskRun,
};

const run = readPythonCall({
	port: { keyword: "port", position: 1, byDefault: "5000" },
	address: { keyword: "host", position: 0, byDefault: "127.0.0.1" },
	anyAddress: "0.0.0.0",
});

function runSimple(): ReadCall {
	return readPythonCall({ port: { keyword: "port", position: 1 }, address: { keyword: "hostname", position: 0 }, anyAddress: "0.0.0.0" });
}

function readFlaskRun(call: LibraryCall): ReturnType<ReadCall> {
	const endpoint = run(call);
	const name = serverName(call);
	if (endpoint === "nothing" || name === undefined) return endpoint;
	const [host = "", port] = name.value.split(/:([0-9]+)$/);
	const at = name.from;
	const portGiven = endpoint.byConvention !== true;
	const hostGiven = isGiven(call, "host", 0);
	return {
		...endpoint,
		...(portGiven || port === undefined ? {} : { port: known(port, ...at), byConvention: false }),
		...(hostGiven || host === "" ? {} : { address: known(host, ...at) }),
	};
}

function serverName(call: LibraryCall): { readonly value: string; readonly from: (Value & { kind: "known" })["from"] } | undefined {
	const config = call.on?.kind === "object" ? call.on.fields.get("config") : undefined;
	const name = config?.kind === "object" ? config.fields.get("SERVER_NAME") : undefined;
	return name?.kind === "known" ? { value: name.text, from: name.from } : undefined;
}

function isGiven(call: LibraryCall, keyword: string, position: number): boolean {
	const argument = call.keywords.get(keyword) ?? call.positional[position];
	return argument !== undefined && argument.kind !== "nothing";
}

/** Options of `flask` and of `flask run` that take a value. */
const WITH_VALUE = [
	"-A",
	"--app",
	"-e",
	"--env-file",
	"-h",
	"--host",
	"-p",
	"--port",
	"--cert",
	"--key",
	"--extra-files",
	"--exclude-patterns",
];

async function predictFlaskRun(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const command = commandOf(process);
	if (command?.name !== "flask") return undefined;
	const [subcommand] = operands(command.args, WITH_VALUE);
	if (textOf(subcommand?.value) !== "run")
		return { listeners: [], gaps: subcommand ? [{ reason: t("nothing is known about this flask command") }] : [] };
	const last = process.evidence.at(-1);
	// `flask -h` is help; only after `run` is it the host.
	const options = command.args.slice((subcommand?.index ?? 0) + 1);
	const settings = await dotenvSettings(process, scene);
	const named = flagValue(command.args, ["-A", "--app"]) ?? setting(process, settings, "FLASK_APP");
	if (!named && (await lacksApplication(process, scene)))
		return { listeners: [], gaps: [{ reason: t("no Flask application found"), ...(last ? { evidence: last } : {}) }] };
	const port = flagValue(options, ["-p", "--port"]) ?? setting(process, settings, "FLASK_RUN_PORT");
	const address = flagValue(options, ["-h", "--host"]) ?? setting(process, settings, "FLASK_RUN_HOST");
	return predictClaim({
		port: port ?? (last ? known("5000", last) : known("5000")),
		address: address ?? known("127.0.0.1"),
		byConvention: port === undefined,
		anyAddress: "0.0.0.0",
		evidence: process.evidence,
	});
}

/**
 * Without a name Flask looks for `wsgi` and `app`, as files or packages (Flask, "Command Line Interface": Application
 * Discovery). A folder without any Python file may be filled when the container starts, so it says nothing.
 */
async function lacksApplication({ cwd }: Process, { files }: Scene): Promise<boolean> {
	const looks = await Promise.all(["wsgi.py", "app.py", "wsgi", "app"].map((name) => files.look(`${cwd === "/" ? "" : cwd}/${name}`)));
	return looks.every((one) => one.kind === "absent") && (await files.list(cwd)).some((name) => name.endsWith(".py"));
}

/** `.env` wins over `.flaskenv` (Flask, "Environment Variables From dotenv"). */
async function dotenvSettings(process: Process, scene: Scene): Promise<ReadonlyMap<string, Value>> {
	const settings = new Map<string, Value>();
	for (const name of [".flaskenv", ".env"])
		for (const { name: variable, value, at } of await readDotenv(scene.files, `${process.cwd}/${name}`))
			settings.set(variable, known(value, at));
	return settings;
}

/** What the image sets wins over the files; a variable that is read from a file may still be set from outside. */
function setting(process: Process, files: ReadonlyMap<string, Value>, name: string): Value | undefined {
	const set = process.environment.get(name);
	if (set) return set;
	const fallback = files.get(name);
	return fallback && { kind: "variable", name, fallback, from: [] };
}
