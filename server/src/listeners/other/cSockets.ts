import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import type { Process } from "../../process/process.ts";
import { resolve } from "../../source/core/paths.ts";
import { openQuestion } from "../claims.ts";
import { textOf } from "../commandLine.ts";
import { predictClaim } from "../listener.ts";
import { argumentsAt, isIndentedUnder, withoutComments } from "../plainCode.ts";
import type { Technology } from "../technology.ts";
import { type BuiltSource, builtFrom } from "./builtFrom.ts";
import { type Dialect, plainValue } from "./plainValues.ts";

const DIALECT: Dialect = {
	line: ["//"],
	block: true,
	quotes: '"',
	variable: /^(?:std::)?getenv\(\s*"(\w+)"\s*\)$/,
	same: /^(?:atoi|(?:std::)?stoi)$/,
	assignments: (name) =>
		new RegExp(
			`(?:(?<=#[ \\t]{0,9}define[ \\t]{1,9})${name}[ \\t]{1,9}|(?<![\\w.>])${name}[ \\t]{0,9}[-+|*/&]?=(?!=)[ \\t]{0,9})([^;,\\n]{1,200})`,
			"g",
		),
};

/** Characters; longer files are not written by hand. */
const LONGEST = 100_000;

const COMPILERS = ["gcc", "g++", "cc", "c++", "clang", "clang++"];

/**
 * C and C++: `bind` with the one `sin_port` that the one source of a program sets (`bind(2)`, `ip(7)`): TCP with `listen(2)`, UDP
 * for a socket of SOCK_DGRAM without it.
 */
export const cSockets: Technology = {
	name: "c-sockets",
	title: "C and C++ sockets",
	async command(process, scene) {
		const program = textOf(process.argv[0]);
		if (program === undefined || !program.includes("/")) return undefined;
		let source: BuiltSource | undefined;
		for (const compiler of COMPILERS) source ??= await builtFrom(scene, resolve(process.cwd, program), compiler, readBuild);
		const read = source && (await source.files.read(source.entry));
		return read?.kind === "text" ? predictSource(process, read.file) : undefined;
	},
};

/** `gcc -O2 -o server server.c`; without -o the program is a.out. What -D defines, no source says: such a program is left open. */
function readBuild(words: readonly string[]): { entry: string; output: string } | undefined {
	if (words.some((word) => /^-(?:[cSE]$|D(?!_|NDEBUG$)|shared$|include$)/.test(word))) return undefined;
	const [entry, ...others] = words.filter((word) => /\.(?:c|cc|cpp|cxx|C)$/.test(word));
	if (entry === undefined || others.length > 0) return undefined;
	const flag = words.findIndex((word) => word.startsWith("-o"));
	const output = flag < 0 ? "a.out" : words[flag]?.slice(2) || words[flag + 1];
	return output === undefined ? undefined : { entry, output };
}

function predictSource(process: Process, file: TextFile): Prediction | undefined {
	if (file.text.length > LONGEST) return undefined;
	const text = withoutComments(file.text.replaceAll("'\"'", "' '"), DIALECT);
	const code = text.replace(/"(?:\\[\s\S]|[^"\\])*"/g, (one) => `"${" ".repeat(one.length - 2)}"`);
	const binds = [...code.matchAll(/(?<![\w.>:])(?:::)?bind\s*\(/g)];
	const ports = [...code.matchAll(/[.>]\s*sin6?_port\s*=(?!=)\s*(?:htons\s*\()?/g)];
	if (binds.length === 0) return undefined;
	const [bind, port] = [binds[0], ports[0]];
	const protocol = protocolOf(code);
	if (!bind || !port || binds.length > 1 || ports.length > 1 || protocol === undefined || /(?<![\w.>:])connect\s*\(/.test(code))
		return openQuestion(process, t("the port is not understood"));
	const start = port.index + port[0].length;
	const { args, end } = argumentsAt(text, start, DIALECT.quotes);
	const [written, ...others] = args;
	const address = addressOf(code, text);
	// Without htons the bytes stand the other way round on most machines.
	if (written === undefined || others.length > 0 || !port[0].endsWith("(") || /^0\d/.test(written) || isChanged(code, written))
		return openQuestion(process, t("the port is not understood"));
	if (address === undefined) return openQuestion(process, t("the address is not understood"));
	return predictClaim({
		port: plainValue(written, { file, text, environment: process.environment }, DIALECT),
		address: { kind: "known", text: address, from: [] },
		protocol,
		anyAddress: "0.0.0.0",
		...(isIndentedUnder(code, port.index, /^(?:\}\s*)?(?:if|else|switch|case)\b/) ? { decided: false } : {}),
		evidence: [
			...process.evidence,
			evidenceIn(file, rangeBetween(file.text, port.index + 1, end + 1), file.text.slice(port.index + 1, end + 1)),
		],
	});
}

function protocolOf(code: string): "tcp" | "udp" | undefined {
	const [isStream, isDatagram] = [/\bSOCK_STREAM\b/.test(code), /\bSOCK_DGRAM\b/.test(code)];
	const listens = /(?<![\w.>:])(?:::)?listen\s*\(/.test(code);
	if (isStream && !isDatagram && listens) return "tcp";
	return isDatagram && !isStream && !listens ? "udp" : undefined;
}

/** Whether a name may hold another value than the one that it is assigned: a parameter, a counter, read from outside. */
function isChanged(code: string, name: string): boolean {
	return (
		/^\w+$/.test(name) &&
		new RegExp(
			`[(,]\\s*(?:[a-z_]\\w*\\s+)+${name}\\s*[,)]|&\\s*${name}\\b|\\b${name}\\s*(?:\\+\\+|--)|(?:\\+\\+|--)\\s*${name}\\b|>>\\s*${name}\\b`,
		).test(code)
	);
}

/** The one address that is set; undefined when it is none that is plain to see. */
function addressOf(code: string, text: string): string | undefined {
	const set = [...code.matchAll(/\b(?:s_addr|sin_addr|sin6_addr)\s*=(?!=)\s*|\binet_(?:pton|aton)\s*\(/g)];
	const [only] = set;
	if (!only || set.length > 1) return undefined;
	const rest = text.slice(only.index + only[0].length);
	if (only[0].startsWith("inet_")) return /^(?:\s*AF_INET6?\s*,)?\s*"([\d.:a-f]+)"\s*,/.exec(rest)?.[1];
	if (/^(?:htonl\s*\(\s*INADDR_ANY\s*\)|INADDR_ANY)\s*[;,}]/.test(rest)) return "0.0.0.0";
	if (/^htonl\s*\(\s*INADDR_LOOPBACK\s*\)\s*[;,}]/.test(rest)) return "127.0.0.1";
	if (/^in6addr_(any|loopback)\s*[;,}]/.test(rest)) return rest.startsWith("in6addr_any") ? "::" : "::1";
	return /^inet_addr\s*\(\s*"([\d.]+)"\s*\)\s*[;,}]/.exec(rest)?.[1];
}
