import type { ImageFiles } from "../../context/imageFiles.ts";
import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { resolve } from "../../source/core/paths.ts";
import { openQuestion, QUIET } from "../claims.ts";
import { textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Scene, Technology } from "../technology.ts";
import { configText, type ElixirConfig, foreignCall, importedFiles, readElixirConfig } from "./elixirConfig.ts";
import { keyword, withoutComments } from "./elixirText.ts";
import { elixirValue, type Place } from "./elixirValues.ts";

/**
 * Elixir: Phoenix endpoints by their configuration, started by `mix phx.server` or by a release, whose endpoints listen only
 * with `server: true` (Phoenix, "Introduction to Deployment", "Deploying with Releases"); Plug.Cowboy and Bandit by the
 * children of the application (Plug.Cowboy, `child_spec`; Bandit, `child_spec`).
 */
export const elixir: Technology = {
	name: "elixir",
	title: "Elixir",
	command: predictElixir,
};

/** Commands of a release that start the system (Mix, `mix release`: "bin/RELEASE_NAME commands"). */
const STARTS: ReadonlySet<string> = new Set(["start", "start_iex", "daemon", "daemon_iex", "foreground", "console"]);

/** Configuration files that import each other. */
const MOST_FILES = 12;

/** Characters; longer files are not written by hand. */
const LONGEST = 100_000;

async function predictElixir(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const program = textOf(process.argv[0]);
	if (program === undefined) return undefined;
	const words = process.argv.slice(1).map((one) => textOf(one) ?? "");
	const name = programName(program);
	const mix = name === "mix" ? words : name === "iex" && words[0] === "-S" && words[1] === "mix" ? words.slice(2) : undefined;
	if (mix) {
		const task = mix.find((one) => !one.startsWith("-"));
		if (task !== "phx.server" && task !== "phoenix.server" && task !== "run") return QUIET;
		const environment = likelyText(process.environment.get("MIX_ENV")) ?? "dev";
		return predictProject(process, scene.files, process.cwd, environment, task !== "run");
	}
	if (!/(^|\/)bin\//.test(program)) return undefined;
	const isServer = name === "server" && words.length === 0;
	if (!isServer && !STARTS.has(words[0] ?? "")) return undefined;
	const build = await scene.buildOf(resolve(process.cwd, program));
	const release = build.commands.findLast((command) => {
		const all = command.argv.map((one) => likelyText(one) ?? "");
		return programName(all[0] ?? "") === "mix" && all.some((one) => /^(release|distillery\.release),?$/.test(one));
	});
	if (!release) return undefined;
	const environment = likelyText(release.environment.get("MIX_ENV")) ?? "prod";
	return predictProject(process, build.files, release.cwd, environment, isServer);
}

async function predictProject(
	process: Process,
	files: ImageFiles,
	folder: string,
	environment: string,
	server: boolean,
): Promise<Prediction> {
	const config: ElixirConfig = { endpoints: new Map(), server: server ? "always" : "never" };
	const hidden: string[] = [];
	const settings: NonNullable<Place["settings"]>[number][] = [];
	const names = ["config.exs", `${environment}.exs`, "releases.exs", "runtime.exs"];
	for (let i = 0; i < names.length && i < MOST_FILES; i++) {
		const name = names[i] ?? "";
		const read = await files.read(resolve(folder, `config/${name}`));
		if (read.kind === "text" && read.file.text.length > LONGEST) hidden.push(t("{0} is too long to read", name));
		else if (read.kind === "text") {
			readElixirConfig(read.file, environment, process.environment, config);
			settings.push({ file: read.file, text: configText(read.file, environment) });
			names.splice(i + 1, 0, ...importedFiles(read.file, environment).filter((one) => !names.includes(one)));
			const foreign = foreignCall(read.file, environment);
			if (foreign !== undefined) hidden.push(t("{0} is not followed", foreign));
		} else if (read.kind === "unknown") hidden.push(read.reason);
	}
	if (hidden[0] !== undefined) return openQuestion(process, hidden[0]);
	const ports = [...config.endpoints.values()].filter((one) => one.port);
	const around = { environment: process.environment, mixEnvironment: environment, settings };
	if (ports.length === 0)
		return (await predictChildren(process, files, folder, around)) ?? openQuestion(process, t("no port found in config/"));
	if (config.server === "never") return openQuestion(process, t("server: true is not configured"));
	if (config.server !== "always") return openQuestion(process, t("{0} is not set", config.server.variable));
	return mergePredictions(ports.map(({ port, address }) => listening(process, port ?? known(""), address)));
}

function listening(process: Process, port: Value, address: Value | undefined): Prediction {
	return predictClaim({ port, address: address ?? known("0.0.0.0"), anyAddress: "0.0.0.0", evidence: process.evidence });
}

/** `{Plug.Cowboy, scheme: :http, plug: App, options: [port: 4001]}` and `{Bandit, plug: App, port: 4001}` in application.ex. */
async function predictChildren(
	process: Process,
	files: ImageFiles,
	folder: string,
	around: Pick<Place, "environment" | "mixEnvironment" | "settings">,
): Promise<Prediction | undefined> {
	const found: Prediction[] = [];
	for (const path of await applications(files, resolve(folder, "lib"))) {
		const read = await files.read(path);
		if (read.kind !== "text" || read.file.text.length > LONGEST) continue;
		const text = withoutComments(read.file.text);
		for (const child of text.matchAll(/\{\s*(?:Plug\.Cowboy|Plug\.Adapters\.Cowboy2?|Bandit),([^}]*(?:\{[^}]*\}[^}]*)*)\}/g)) {
			const written = child[1] ?? "";
			const start = child.index + child[0].length - 1 - written.length;
			const options = keyword(written, "options");
			const list = options ? options.text.replace(/\]$/, "").replace(/^\[/, " ") : written;
			const port = keyword(list, "port");
			const at = start + (options?.index ?? 0) + (port?.index ?? 0);
			const value: Value | undefined = port && elixirValue(port.text, { ...around, file: read.file, text, at });
			found.push(listening(process, value ?? known("4000"), undefined));
		}
	}
	return found.length > 0 ? mergePredictions(found) : undefined;
}

async function applications(files: ImageFiles, folder: string): Promise<string[]> {
	const found: string[] = [];
	for (const name of (await files.list(folder)).slice(0, 40)) {
		if (name.endsWith(".ex")) found.push(`${folder}/${name}`);
		else if ((await files.look(`${folder}/${name}/application.ex`)).kind === "file") found.push(`${folder}/${name}/application.ex`);
	}
	return found;
}
