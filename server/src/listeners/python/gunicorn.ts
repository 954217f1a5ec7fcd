import { resolvePath } from "../../dockerfile/walk.ts";
import { t } from "../../model/message.ts";
import type { Gap, Prediction } from "../../model/port.ts";
import { evidenceIn, rangeBetween } from "../../model/text.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import type { LibraryCall } from "../../source/program.ts";
import { flagValue, flagValues } from "../commandLine.ts";
import { commandOf } from "../interpreter.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Endpoint } from "../sourceCall.ts";
import type { Scene, Technology } from "../technology.ts";
import { endpointOf, predictBinding } from "./binding.ts";
import { type ConfigurationFile, readPythonConfiguration } from "./configuration.ts";
import { asksForHelp, byDefault, NOTHING } from "./serverCommand.ts";

const DEFAULTS = { port: "8000", address: "127.0.0.1" };
const BIND = ["-b", "--bind"];
const CONFIG = ["-c", "--config"];
const PASTE = ["--paste", "--paster"];

/**
 * Gunicorn (docs.gunicorn.org, "Settings: bind" and "Configuration Overview"). What wins, last to first: 127.0.0.1:8000,
 * or 0.0.0.0:$PORT when PORT is set; the configuration file (`-c`, else `./gunicorn.conf.py`); GUNICORN_CMD_ARGS; the
 * command line. `bind` may be given several times; `unix:` and `fd://` open no port.
 */
export const gunicorn: Technology = {
	name: "gunicorn",
	title: "Gunicorn",
	calls: { python: { "gunicorn.app.base.BaseApplication().run": readCustom, "gunicorn.app.wsgiapp.WSGIApplication().run": readCustom } },
	command: predictGunicorn,
};

/** "Custom Application": a subclass that keeps its options in a dictionary, by custom called `options`. */
function readCustom(call: LibraryCall): Endpoint | readonly Endpoint[] {
	const fields = call.on?.kind === "object" ? [...call.on.fields.values()] : [];
	const bind = fields.map((one) => (one.kind === "record" ? one.fields.get("bind") : undefined)).find((one) => one !== undefined);
	if (!bind)
		return {
			port: { kind: "unknown", reason: t("Gunicorn's options are not in view"), at: call.at },
			address: known(""),
			anyAddress: "0.0.0.0",
		};
	return (bind.kind === "list" ? bind.items : [bind]).map((one) => endpointOf(one, call));
}

async function predictGunicorn(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const command = commandOf(process);
	if (!command || !/^gunicorn(_paster|_django|-\d)?$|^gunicorn\.app\.wsgiapp$/.test(command.name)) return undefined;
	if (asksForHelp(command.args)) return NOTHING;
	const variable = variableArguments(process);
	const [onCommandLine, inVariable] = [flagValues(command.args, BIND), flagValues(variable.words, BIND)];
	const gaps: Gap[] = [...variable.gaps];
	const given = onCommandLine.length > 0 ? onCommandLine : inVariable;
	if (given.length > 0) return mergePredictions([...predictAll(process, given), { listeners: [], gaps }]);
	const paste = likelyText(flagValue(command.args, PASTE));
	const pasted = paste === undefined ? undefined : await readPaste(process, scene, paste);
	if (pasted) return mergePredictions([pasted, { listeners: [], gaps }]);
	const file = flagValue(command.args, CONFIG) ?? flagValue(variable.words, CONFIG);
	const configuration: ConfigurationFile = await readPythonConfiguration(
		process,
		scene,
		file ?? known("gunicorn.conf.py"),
		file === undefined,
	);
	const bind = configuration.settings.get("bind");
	// Source that the file imports for other reasons does not change what it says about the address.
	if (bind) return mergePredictions([...predictAll(process, bind), { listeners: [], gaps }]);
	// A file that is named but out of view says where, most of the time.
	const isOpen = file !== undefined && configuration.settings.size === 0 && configuration.gaps.length > 0;
	if (isOpen) return { listeners: [], gaps: [...gaps, ...configuration.gaps] };
	return mergePredictions([predictDefault(process, command.args), { listeners: [], gaps: [...gaps, ...configuration.gaps] }]);
}

/** The server of a PasteDeploy file: host and port of `[server:main]`; undefined when it says nothing of a port. */
async function readPaste(process: Process, scene: Scene, path: string): Promise<Prediction | undefined> {
	const read = await scene.files.read(resolvePath(process.cwd, path.replace(/#.*$/, "")));
	const at = process.evidence.at(-1);
	if (read.kind !== "text") {
		const reason = read.reason ?? t("{0} is not in the image", programName(path));
		return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
	}
	const { file } = read;
	const section = /^\[server:main\][^\n]*\n((?:(?:[^[\n][^\n]*)?\n)*(?:[^[\n][^\n]*)?)/m.exec(file.text);
	const keyOf = (key: string): Value | undefined => {
		const match = new RegExp(`^${key}[ \\t]*[=:][ \\t]*(\\S+)`, "m").exec(section?.[1] ?? "");
		if (!match?.[1] || !section) return undefined;
		const start = section.index + section[0].length - (section[1] ?? "").length + match.index;
		return known(match[1], evidenceIn(file, rangeBetween(file.text, start, start + match[0].length), match[0]));
	};
	const bind = keyOf("bind");
	const port = keyOf("port");
	if (bind) return predictBinding(process, bind, DEFAULTS);
	return (
		port && predictClaim({ port, address: keyOf("host") ?? known(DEFAULTS.address), anyAddress: "0.0.0.0", evidence: process.evidence })
	);
}

/** One text may name several addresses, with commas between. */
function predictAll(process: Process, bindings: readonly Value[]): Prediction[] {
	return bindings
		.flatMap((one): Value[] => {
			if (one.kind !== "known" || !one.text.includes(",")) return [one];
			return one.text.split(",").map((text) => known(text, ...one.from));
		})
		.map((one) => predictBinding(process, one, DEFAULTS));
}

function predictDefault(process: Process, args: readonly Value[]): Prediction {
	const port = process.environment.get("PORT");
	return predictClaim({
		port: port ?? byDefault(process, args, DEFAULTS.port),
		address: known(port ? "0.0.0.0" : DEFAULTS.address),
		byConvention: port === undefined,
		anyAddress: "0.0.0.0",
		evidence: process.evidence,
	});
}

/** GUNICORN_CMD_ARGS as words (shlex.split). */
function variableArguments(process: Process): { readonly words: readonly Value[]; readonly gaps: readonly Gap[] } {
	const value = process.environment.get("GUNICORN_CMD_ARGS");
	if (!value) return { words: [], gaps: [] };
	if (value.kind !== "known") return { words: [], gaps: [{ reason: t("GUNICORN_CMD_ARGS is not known") }] };
	const words = [...value.text.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g)].map((match) => match[0].replace(/["'\\]/g, ""));
	return { words: words.map((word) => known(word, ...value.from)), gaps: [] };
}
