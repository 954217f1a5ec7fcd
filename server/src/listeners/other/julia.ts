import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { type Environment, known, unknown, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { resolve } from "../../source/core/paths.ts";
import { openQuestion } from "../claims.ts";
import { textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import { argumentsAt, isIndentedUnder, withoutComments } from "../plainCode.ts";
import type { Technology } from "../technology.ts";
import { type Dialect, plainValue } from "./plainValues.ts";

const DIALECT: Dialect = {
	line: ["#"],
	quotes: '"',
	variable: /^(?:get\(\s*)?ENV(?:\s*,\s*|\[)"(\w+)"(?:\]|\s*,\s*([^()]+)\))$/,
	same: /^(?:parse|Int|string|String|(?:Sockets\.)?IPv[46])$/,
	constants: {
		localhost: "127.0.0.1",
		"Sockets.localhost": "127.0.0.1",
		"IPv4(0)": "0.0.0.0",
		"Sockets.IPv4(0)": "0.0.0.0",
		"IPv6(0)": "::",
		"Sockets.IPv6(0)": "::",
	},
	assignments: (name) =>
		new RegExp(
			`(?:^[ \\t]*(?:\\w+[ \\t]*,[ \\t]*)*|(?:&&|\\|\\||;)[ \\t]*\\(?|\\b(?:global|local|const|let|else|for)[ \\t]+)${name}(?:::\\w+)?[ \\t]*(?:[-+*|&]?=(?![=>])|\\bin\\b)[ \\t]*([^\\n;]+)`,
			"gm",
		),
};

/** Characters; longer files are not written by hand. */
const LONGEST = 100_000;

/** Options of `julia` whose value is a word of its own. */
const WITH_VALUE = /^(?:-[LJtpCmH]|--(?:load|sysimage|threads|procs|machine-file|cpu-target|home))$/;

/**
 * Julia: `HTTP.serve(handler, host, port)` and `HTTP.listen`, by default 127.0.0.1:8081 (HTTP.jl, "Server"), `up(port, host)` of
 * Genie, by default 127.0.0.1:8000 (Genie, "Server.up"), `serve(; host, port)` of Oxygen, by default 127.0.0.1:8080 (Oxygen,
 * "serve"), and `listen(address, port)`, on 127.0.0.1 without an address (Julia, "Sockets.listen"), in the file that `julia` runs.
 */
export const julia: Technology = {
	name: "julia",
	title: "Julia",
	async command(process, scene) {
		if (programName(textOf(process.argv[0]) ?? "") !== "julia") return undefined;
		const words = process.argv.slice(1).map((one) => textOf(one) ?? "");
		if (words.some((word) => /^(?:-[eEm]|--(?:eval|print|module)(?:=.*)?)$/.test(word)))
			return openQuestion(process, t("Julia code on the command line is not read"));
		const script = words.find((word, i) => word.endsWith(".jl") && !word.startsWith("-") && !WITH_VALUE.test(words[i - 1] ?? ""));
		if (script === undefined) return undefined;
		const read = await scene.files.read(resolve(process.cwd, script));
		return read.kind === "text"
			? predictSource(process, read.file, words.includes("-i"))
			: openQuestion(process, read.reason ?? t("{0} is not in the image", programName(script)));
	},
};

/** What a call says, as written; undefined is its default. */
interface Told {
	readonly port: string | undefined;
	readonly address: string | undefined;
	readonly defaultPort: string;
	/** Whether the call returns while it listens: the program has to wait for it. */
	readonly returns: boolean;
}

function predictSource(process: Process, file: TextFile, interactive: boolean): Prediction {
	if (file.text.length > LONGEST) return openQuestion(process, t("{0} is too long to read", programName(file.uri)));
	const text = plainText(file.text);
	const place = { file, text, environment: process.environment };
	const value = (written: string): Value =>
		isParameter(text, written) ? unknown(t("the port is not understood")) : plainValue(written, place, DIALECT);
	const waits = interactive || /\b(?:wait|accept|sleep|readline)\s*\(|\bwhile\s+true\b/.test(text);
	const calls = [...blankTexts(text).matchAll(/(?<![\w.!@])(?:(\w+)\.)?(?:(\w+)\.)?(serve!?|listen!?|up)\(/g)];
	const found = calls.flatMap((call): Prediction[] => {
		if (/\b(?:function|macro)[ \t]+$/.test(text.slice(0, call.index))) return [];
		const start = call.index + call[0].length;
		const { args, end } = argumentsAt(text.replaceAll(";", ","), start, DIALECT.quotes);
		const name = call[0].slice(0, -1);
		const told = readCall(name, args, text, /^[ \t]*do\b/.test(text.slice(end + 1)), process.environment);
		if (told === undefined) return [];
		if (told === "open" || (told.returns && !waits))
			return [openQuestion(process, told === "open" ? t("the port is not understood") : t("the program may end after {0}", name))];
		const at = evidenceIn(file, rangeBetween(file.text, call.index, end + 1), file.text.slice(call.index, end + 1));
		const address = told.address === undefined ? known("127.0.0.1") : value(told.address);
		return [
			predictClaim({
				port: told.port === undefined ? known(told.defaultPort) : value(told.port),
				byConvention: told.port === undefined,
				address,
				anyAddress: "0.0.0.0",
				evidence: [...process.evidence, at],
				...(isConditional(text, call.index) ? { decided: false } : {}),
			}),
		];
	});
	return found.length > 0 ? mergePredictions(found) : openQuestion(process, t("no listening call found in {0}", programName(file.uri)));
}

/** Undefined is a call of something else; open, one whose port is out of sight. */
function readCall(
	name: string,
	written: readonly string[],
	text: string,
	hasBlock: boolean,
	environment: Environment,
): Told | "open" | undefined {
	const all = written.filter((one) => one !== "");
	if (all.some((one) => one.endsWith("..."))) return "open";
	const named = new Map(
		all.flatMap((one): [string, string][] => {
			const [, key, value] = /^(\w+)\s*=(?!=)\s*([\s\S]+)$/.exec(one) ?? [];
			return key === undefined || value === undefined ? [] : [[key, value]];
		}),
	);
	const plain = all.filter((one) => !/^\w+\s*=(?!=)/.test(one));
	const uses = (module: string) => new RegExp(`^[ \\t]*(?:using|import)\\b[^\\n]*\\b${module}\\b`, "m").test(text);
	if (/^HTTP\.(?:serve|listen)!?$/.test(name)) {
		if (named.has("listenany") || named.has("server") || named.has("host") || named.has("port")) return "open";
		const rest = hasBlock ? plain : plain.slice(1);
		const [address, port] = rest.length === 1 ? [undefined, rest[0]] : rest;
		return { port, address, defaultPort: "8081", returns: name.endsWith("!") };
	}
	if (/^(?:Genie\.(?:Server\.)?|Server\.)?up$/.test(name) && uses("Genie")) {
		if (/\bserver_(?:port|host)\b/.test(text)) return "open";
		const [port, address] = [plain[0] ?? named.get("port"), plain[1] ?? named.get("host")];
		// A folder of configuration, and PORT and HOST in some versions.
		const isConfigured = /\b(?:loadapp|bootstrap)\b/.test(text) || ["PORT", "HOST"].some((one) => environment.has(one));
		if ((port === undefined || address === undefined) && isConfigured) return "open";
		const stays = named.get("async") === "false" || /\brun_as_server\s*=\s*true\b/.test(text);
		return { port, address, defaultPort: "8000", returns: !stays };
	}
	if (/^(?:Oxygen\.)?serve$/.test(name) && uses("Oxygen")) {
		if (plain.length > 0) return "open";
		return {
			port: named.get("port"),
			address: named.get("host"),
			defaultPort: "8080",
			returns: (named.get("async") ?? "false") !== "false",
		};
	}
	if (/^(?:Sockets\.)?listen$/.test(name) && uses("Sockets")) {
		const [address, port] = plain.length === 1 ? [undefined, plain[0]] : plain;
		return port === undefined ? "open" : { port, address, defaultPort: "", returns: true };
	}
	return undefined;
}

/** Whether a call stands in a condition other than the one for the file that is run. */
function isConditional(text: string, at: number): boolean {
	const before = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
	if (/&&|\|\||\?|\b(?:if|else)\b/.test(before)) return !before.includes("PROGRAM_FILE");
	return isIndentedUnder(text, at, /^(?:if\b(?!.*PROGRAM_FILE)|elseif\b|else\b)/);
}

/** Whether a name may also be given by a caller of a function. */
function isParameter(text: string, written: string): boolean {
	return (
		/^\w+$/.test(written) &&
		new RegExp(
			`\\bfunction\\s+[\\w.!]+\\([^)]*\\b${written}\\b|^[ \\t]*\\w+\\([^)\\n]*\\b${written}\\b[^)\\n]*\\)[ \\t]*=(?:[^=]|$)`,
			"m",
		).test(text)
	);
}

/** Without comments and long texts; `ip"…"` is its text and `parse(Int, x)` is `parse(x)`. Offsets stay. */
function plainText(source: string): string {
	const blank = (one: string) => one.replace(/[^\n]/g, " ");
	return withoutComments(source.replace(/#=[\s\S]*?=#|"""[\s\S]*?"""/g, blank), DIALECT)
		.replace(/\bip(?=")/g, "  ")
		.replace(/\bparse\(\s*U?Int\d*\s*,/g, (one) => `parse(${blank(one.slice(6))}`);
}

function blankTexts(text: string): string {
	return text.replace(/"(?:\\[\s\S]|[^"\\])*"/g, (one) => `"${one.slice(1, -1).replace(/[^\n]/g, " ")}"`);
}
