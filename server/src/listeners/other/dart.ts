import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { type Process, programName } from "../../process/process.ts";
import { resolve } from "../../source/core/paths.ts";
import { openQuestion } from "../claims.ts";
import { textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import { argumentsAt, withoutComments } from "../plainCode.ts";
import type { Technology } from "../technology.ts";
import { builtFrom } from "./builtFrom.ts";
import { type Dialect, plainValue } from "./plainValues.ts";

const DIALECT: Dialect = {
	line: ["//"],
	block: true,
	quotes: "'\"",
	variable: /^(?:io\.)?Platform\.environment\[['"](\w+)['"]\]!?$/,
	otherwise: "??",
	same: /^int\.(?:parse|tryParse)$|^InternetAddress(?:\.tryParse)?$/,
	constants: Object.fromEntries(
		["", "io."].flatMap((library) => [
			[`${library}InternetAddress.anyIPv4`, "0.0.0.0"],
			[`${library}InternetAddress.anyIPv6`, "::"],
			[`${library}InternetAddress.loopbackIPv4`, "127.0.0.1"],
			[`${library}InternetAddress.loopbackIPv6`, "::1"],
		]),
	),
	assignments: (name) => new RegExp(`(?<![\\w.$])${name}\\s{0,99}(?:\\?\\?)?=(?![=>])\\s{0,99}([^;]{1,999});`, "g"),
};

/** Characters; longer files are not written by hand. */
const LONGEST = 100_000;

/**
 * Dart: `serve(handler, address, port)` of shelf (pub.dev/packages/shelf, `shelf_io.serve`) and `HttpServer.bind(address, port)`
 * (dart:io), in the file that `dart run` is given, or that `dart compile exe` made the program of.
 */
export const dart: Technology = {
	name: "dart",
	title: "Dart",
	async command(process, scene) {
		const program = textOf(process.argv[0]);
		if (program === undefined) return undefined;
		const words = process.argv.slice(1).map((one) => textOf(one) ?? "");
		const name = programName(program);
		if (name === "dart" || name === "dartaotruntime") {
			const script = words.find((word) => word.endsWith(".dart"));
			if (script === undefined) return undefined;
			const read = await scene.files.read(resolve(process.cwd, script));
			return read.kind === "text"
				? predictSource(process, read.file)
				: openQuestion(process, read.reason ?? t("{0} is not in the image", script));
		}
		if (!program.includes("/")) return undefined;
		const source = await builtFrom(scene, resolve(process.cwd, program), "dart", readBuild);
		const read = source && (await source.files.read(source.entry));
		return read?.kind === "text" ? predictSource(process, read.file) : undefined;
	},
};

/** `dart compile exe bin/server.dart -o bin/server`; without -o the program stands beside its source, as `server.exe`. */
function readBuild(words: readonly string[]): { entry: string; output: string } | undefined {
	if (words[0] !== "compile" || !/^(?:exe|aot-snapshot)$/.test(words[1] ?? "")) return undefined;
	const entry = words.find((word) => word.endsWith(".dart"));
	const flag = words.findIndex((word) => word === "-o" || word === "--output");
	const output = flag < 0 ? words.find((word) => /^(?:-o|--output)=/.test(word))?.replace(/^[^=]*=/, "") : words[flag + 1];
	return entry === undefined ? undefined : { entry, output: output ?? entry.replace(/\.dart$/, ".exe") };
}

function predictSource(process: Process, file: TextFile): Prediction {
	if (file.text.length > LONGEST) return openQuestion(process, t("{0} is too long to read", programName(file.uri)));
	const text = withoutComments(file.text, DIALECT);
	const found: Prediction[] = [];
	const usesShelf = /package:shelf\/shelf_io\.dart/.test(text);
	for (const call of text.matchAll(/(?<![\w.])(?:(\w+)\.)?(serve|bind|bindSecure)\s*\(/g)) {
		const isBind = call[2] !== "serve" && call[1] === "HttpServer";
		if (!isBind && !(call[2] === "serve" && usesShelf)) continue;
		const start = call.index + call[0].length;
		const { args, end } = argumentsAt(text, start, DIALECT.quotes);
		const [address, port] = isBind ? args : args.slice(1);
		// A method of the same name that is declared here, or a call of another kind.
		if (address === undefined || port === undefined || /^(?:\w+\s+)\w+$/.test(port)) continue;
		const place = { file, text, environment: process.environment };
		found.push(
			predictClaim({
				port: plainValue(port, place, DIALECT),
				address: plainValue(address, place, DIALECT),
				anyAddress: "0.0.0.0",
				evidence: [
					...process.evidence,
					evidenceIn(file, rangeBetween(file.text, call.index, end + 1), file.text.slice(call.index, end + 1)),
				],
			}),
		);
	}
	return found.length > 0 ? mergePredictions(found) : openQuestion(process, t("no listening call found in {0}", programName(file.uri)));
}
