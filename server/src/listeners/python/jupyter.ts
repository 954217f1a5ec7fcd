import type { Prediction } from "../../model/port.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import type { Argument } from "../../source/program.ts";
import { flagValue } from "../commandLine.ts";
import { runConfiguration } from "../configurationProgram.ts";
import { commandOf } from "../interpreter.ts";
import { predictClaim } from "../listener.ts";
import { plainValue } from "../sourceCall.ts";
import type { Scene, Technology } from "../technology.ts";
import { inFolder } from "./configuration.ts";
import { asksForHelp, byDefault, NOTHING, subcommand, unknownCommand } from "./serverCommand.ts";

/** The applications that serve, by subcommand and by program. */
const SERVES = ["notebook", "lab", "server", "nbclassic", "lab-serve"];

const QUIET = ["nbconvert", "kernelspec", "labextension", "nbextension", "serverextension", "trust", "run", "execute", "migrate"];

/** The classes under which a port may be set: `--ServerApp.port`, `c.NotebookApp.port = …`. */
const CLASSES = ["ServerApp", "NotebookApp", "LabApp", "ServerApp", "ExtensionApp"];

/**
 * Jupyter: localhost and 8888; `--port`, `--ip`, JUPYTER_PORT, and `jupyter_*_config.py` of the folders that Jupyter searches or of
 * `--config` (jupyter-server.readthedocs.io, "Config file and command line options").
 */
export const jupyter: Technology = { name: "jupyter", title: "Jupyter", command: predictJupyter };

async function predictJupyter(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const command = commandOf(process);
	const alone = /^jupyter[-_](notebook|lab|server|nbclassic)$|^(notebook|jupyterlab|jupyter_server)$/.test(command?.name ?? "");
	if (!command || (!alone && command.name !== "jupyter")) return undefined;
	if (asksForHelp(command.args)) return NOTHING;
	// Whichever of them a variable chooses, they listen on the same port.
	const chosen = command.args.slice(0, 1).map((one) => known(likelyText(one) ?? ""));
	const verb = alone ? { verb: "", options: command.args } : subcommand(chosen, [...SERVES, ...QUIET]);
	if (verb && QUIET.includes(verb.verb)) return NOTHING;
	if (!verb) return unknownCommand(process, "jupyter");
	const options = alone ? command.args : command.args.slice(1);
	const files = await readFiles(process, scene, options);
	const flags = (name: string) => CLASSES.map((one) => `--${one}.${name}`);
	const port = flagValue(options, ["--port", ...flags("port")]) ?? files.get("port") ?? process.environment.get("JUPYTER_PORT");
	const address = flagValue(options, ["--ip", ...flags("ip")]) ?? files.get("ip");
	return predictClaim({
		port: port ?? byDefault(process, options, "8888"),
		address: address ?? known("localhost"),
		byConvention: port === undefined,
		anyAddress: "0.0.0.0",
		evidence: process.evidence,
	});
}

/** What the configuration files set, the last one winning (docs.jupyter.org, "Directories: Config files"). */
async function readFiles(process: Process, scene: Scene, options: readonly Value[]): Promise<ReadonlyMap<string, Value>> {
	const found = new Map<string, Value>();
	const home = process.environment.get("HOME");
	const given = flagValue(options, ["--config"]);
	const folders = [
		"/etc/jupyter",
		"/usr/local/etc/jupyter",
		"/opt/conda/etc/jupyter",
		`${home?.kind === "known" ? home.text : "/root"}/.jupyter`,
	];
	const names = ["jupyter_config.py", "jupyter_notebook_config.py", "jupyter_server_config.py", "jupyter_lab_config.py"];
	const paths =
		given?.kind === "known" ? [inFolder(process.cwd, given.text)] : folders.flatMap((folder) => names.map((name) => `${folder}/${name}`));
	for (const path of paths) {
		if ((await scene.files.look(path)).kind !== "file") continue;
		const program = await runConfiguration("python", { kind: "path", path }, process, scene, { predefined: ["c", "get_config"] });
		const names = program.exported?.kind === "record" ? program.exported.fields : undefined;
		for (const one of CLASSES)
			for (const name of ["port", "ip"]) {
				const value = fieldOf(fieldOf(names?.get("c"), one), name);
				if (value && value.kind !== "object") found.set(name, plainValue(value));
			}
	}
	return found;
}

function fieldOf(argument: Argument | undefined, name: string): Argument | undefined {
	return argument?.kind === "object" || argument?.kind === "record" ? argument.fields.get(name) : undefined;
}
