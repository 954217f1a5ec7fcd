import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { known } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { resolve } from "../../source/core/paths.ts";
import { openQuestion, predictServer } from "../claims.ts";
import { flagValue, textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import { argumentsAt, withoutComments } from "../plainCode.ts";
import type { Scene, Technology } from "../technology.ts";
import { type BuiltSource, builtFrom } from "./builtFrom.ts";
import { type Dialect, plainValue } from "./plainValues.ts";

const DIALECT: Dialect = {
	line: ["#"],
	quotes: '"',
	variable: /^ENV\["(\w+)"\]\??$/,
	otherwise: "||",
	same: /^$/,
	suffix: /\.to_i(?:32|16)?(?:\(\))?$/,
	assignments: (name) => new RegExp(`^[ \\t]*${name}[ \\t]*(?:\\|\\|)?=(?![=~>])[ \\t]*([^\\n]+)$`, "gm"),
};

/** Characters; longer files are not written by hand. */
const LONGEST = 100_000;

/**
 * Crystal: `Kemal.run(port)`, by default 3000 on every interface, `--port` and `--bind` (Kemal, "Configuration"), and
 * `bind_tcp(host, port)` and `listen(host, port)` of `HTTP::Server`, on 127.0.0.1 without a host (Crystal, `HTTP::Server`), in the
 * file that `crystal build` or a target of `shards build` is made of.
 */
export const crystal: Technology = {
	name: "crystal",
	title: "Crystal",
	async command(process, scene) {
		const program = textOf(process.argv[0]);
		if (program === undefined || !program.includes("/")) return undefined;
		const path = resolve(process.cwd, program);
		const source = (await builtFrom(scene, path, "crystal", readBuild)) ?? (await shardTarget(scene, path));
		const read = source && (await source.files.read(source.entry));
		if (!source || read?.kind !== "text") return undefined;
		if (/\bKemal\.run\b/.test(read.file.text) && (await isConfiguredElsewhere(source, read.file)))
			return openQuestion(process, t("another file configures Kemal"));
		return predictSource(process, read.file);
	},
};

/** `crystal build src/app.cr -o bin/app`; without -o the program has the source's name and stands in the folder. */
function readBuild(words: readonly string[]): { entry: string; output: string } | undefined {
	if (!/^(?:build|compile)$/.test(words[0] ?? "")) return undefined;
	const entry = words.find((word) => word.endsWith(".cr"));
	const flag = words.indexOf("-o");
	return entry === undefined
		? undefined
		: { entry, output: (flag < 0 ? undefined : words[flag + 1]) ?? programName(entry).replace(/\.cr$/, "") };
}

/** `shards build`: the targets of shard.yml, into bin/ (Shards, "shard.yml"). */
async function shardTarget(scene: Scene, path: string): Promise<BuiltSource | undefined> {
	const source = await builtFrom(scene, path, "shards", (words) =>
		words.includes("build") ? { entry: "shard.yml", output: `bin/${programName(path)}` } : undefined,
	);
	const read = source && (await source.files.read(source.entry));
	if (!source || read?.kind !== "text") return undefined;
	const targets = /^targets:[ \t]*\n((?:[ \t]+.*\n?|\n)+)/m.exec(read.file.text)?.[1] ?? "";
	const main = new RegExp(`^[ \\t]+${programName(path).replace(/[^\w-]/g, "\\$&")}:[ \\t]*\\n[ \\t]+main:[ \\t]*(\\S+)`, "m").exec(
		targets,
	)?.[1];
	return main === undefined ? undefined : { ...source, entry: resolve(source.cwd, main) };
}

/** More files of one program than these are not looked through. */
const MOST_FILES = 60;

/** Whether a file beside the entry speaks of Kemal's configuration. */
async function isConfiguredElsewhere({ files, entry }: BuiltSource, own: TextFile): Promise<boolean> {
	if (!/^\s*require\s+"\.{1,2}\//m.test(own.text)) return false;
	const folders = [resolve(entry, ".."), resolve(entry, "../../config")];
	for (let i = 0; i < folders.length && i < MOST_FILES; i++) {
		const folder = folders[i] ?? "";
		for (const name of (await files.list(folder)).slice(0, MOST_FILES)) {
			const path = `${folder}/${name}`;
			if (!name.endsWith(".cr")) folders.push(path);
			else if (path !== entry) {
				const read = await files.read(path);
				if (read.kind !== "text" || /\bKemal\.(?:config|run)\b/.test(read.file.text)) return true;
			}
		}
	}
	return false;
}

function predictSource(process: Process, file: TextFile): Prediction {
	if (file.text.length > LONGEST) return openQuestion(process, t("{0} is too long to read", programName(file.uri)));
	const text = withoutComments(file.text, DIALECT);
	const place = { file, text, environment: process.environment };
	const value = (written: string) => plainValue(withFetch(written), place, DIALECT);
	const found: Prediction[] = [];
	for (const call of text.matchAll(/\bKemal\.run\b\(?[ \t]*([^\n]*)|\.(?:bind_tcp|listen)\b\(?[ \t]*([^\n]*)/g)) {
		const rest = (call[1] ?? call[2] ?? "").replace(/[ \t]+(?:do|if|unless)\b.*$/, "");
		const { args } = argumentsAt(`${rest.replace(/\)\s*$/, "")})`, 0, DIALECT.quotes);
		const evidence = evidenceIn(file, rangeBetween(file.text, call.index, call.index + call[0].length), call[0].trim());
		if (call[1] !== undefined) found.push(kemal(process, args[0], text, value, evidence));
		else if (/\bHTTP::Server\.new\b/.test(text)) {
			const [first, second] = args.filter((one) => !/^\w+:\s/.test(one));
			if (first === undefined) continue;
			found.push(
				predictClaim({
					port: value(second ?? first),
					address: second === undefined ? known("127.0.0.1") : value(first),
					anyAddress: "0.0.0.0",
					evidence: [...process.evidence, evidence],
				}),
			);
		}
	}
	return found.length > 0 ? mergePredictions(found) : openQuestion(process, t("no listening call found in {0}", programName(file.uri)));
}

type Read = (written: string) => ReturnType<typeof plainValue>;

function kemal(process: Process, port: string | undefined, text: string, value: Read, at: ReturnType<typeof evidenceIn>): Prediction {
	const flag = flagValue(process.argv.slice(1), ["-p", "--port"]);
	const setting = (name: string) => new RegExp(`\\bconfig\\.${name}[ \\t]*=[ \\t]*([^\\n]+)`).exec(text)?.[1];
	const [configured, host] = [setting("port"), setting("host_binding")];
	// Inside of its block the call's own port is not in force any more.
	const written = configured ?? (port === undefined || /^(?:nil|do|&.*)?$/.test(port) ? undefined : port);
	return predictServer(
		process,
		{
			port: flag ?? (written === undefined ? undefined : value(written)),
			address: flagValue(process.argv.slice(1), ["-b", "--bind"]) ?? (host === undefined ? undefined : value(host)),
			evidence: [at],
		},
		{ port: "3000", address: "0.0.0.0" },
	);
}

/** `ENV.fetch("PORT", "80")` is `ENV["PORT"]? || "80"`. */
function withFetch(written: string): string {
	return written.replace(/ENV\.fetch\(\s*"(\w+)"\s*,\s*([^()]+)\)/g, '(ENV["$1"]? || $2)');
}
