import { t } from "../../model/message.ts";
import { evidenceIn, rangeBetween } from "../../model/text.ts";
import { type Environment, known, lookUp, unknown, type Value } from "../../model/value.ts";
import type { Claim } from "../listener.ts";
import { blankComments } from "./buildText.ts";
import { ANY } from "./framework.ts";
import type { SourceText } from "./sources.ts";

/** A call in Kotlin or Scala whose port stands in the first group, with the address in the group `host`. */
interface Pattern {
	/** What has to stand in the same file. */
	readonly library: RegExp;
	readonly call: RegExp;
	readonly byDefault?: string;
	readonly address?: string;
	readonly protocol?: "udp";
}

/** Up to the end of an argument: brackets may nest once or twice, as in `(System.getenv("PORT") ?: "80").toInt()`. */
const ARGUMENT = String.raw`((?:[^(),{}]|\((?:[^()]|\([^()]*\))*\))*)`;

const pattern = (text: string): RegExp => new RegExp(text.replace("ARGUMENT", ARGUMENT), "g");

/** Calls that bind a port, as the manuals of these libraries write them in Kotlin and Scala. */
const PATTERNS: readonly Pattern[] = [
	{
		library: /io\.ktor/,
		call: pattern(String.raw`\bembeddedServer\s*\(\s*\w+\s*,(?:[^{}]*?,)??\s*port\s*=\s*ARGUMENT`),
		address: "0.0.0.0",
	},
	{ library: /io\.ktor/, call: pattern(String.raw`\bembeddedServer\s*\(\s*\w+\s*,\s*(?!\w+\s*=)ARGUMENT[,){]`), address: "0.0.0.0" },
	{ library: /io\.javalin/, call: pattern(String.raw`\.start\s*\(\s*(?:"[^"]*"\s*,\s*)?ARGUMENT\)`), byDefault: "8080" },
	{ library: /io\.grpc/, call: pattern(String.raw`\b(?:ServerBuilder|NettyServerBuilder)\s*\.\s*forPort\s*\(\s*ARGUMENT\)`) },
	{ library: /com\.sun\.net\.httpserver/, call: pattern(String.raw`\bInetSocketAddress\s*\(\s*(?:"[^"]*"\s*,\s*)?ARGUMENT\)`) },
	{ library: /java\.net/, call: pattern(String.raw`\bServerSocket\s*\(\s*ARGUMENT[,)]`) },
	{ library: /\bspark\b/, call: pattern(String.raw`(?<![\w.])port\s*\(\s*ARGUMENT\)`) },
	{ library: /io\.vertx/, call: pattern(String.raw`\.(?:listen|listenAwait)\s*\(\s*ARGUMENT[,)]`) },
	{ library: /org\.http4k/, call: pattern(String.raw`\.asServer\s*\(\s*\w+\s*\(\s*ARGUMENT\)`) },
	{ library: /(akka|pekko)\.http/, call: pattern(String.raw`\bnewServerAt\s*\(\s*(?<host>"[^"]*"|\w+)\s*,\s*ARGUMENT\)`) },
	{ library: /(akka|pekko)\.http/, call: pattern(String.raw`\bbindAndHandle\s*\([^,]+,\s*(?<host>"[^"]*"|\w+)\s*,\s*ARGUMENT\)`) },
	{ library: /org\.http4s/, call: pattern(String.raw`\.bindHttp\s*\(\s*ARGUMENT[,)]`) },
	{ library: /org\.http4s/, call: /\.withPort\s*\(\s*port"(\d+)"\s*\)/g },
	{ library: /zio\.http/, call: pattern(String.raw`\bServer\s*\.\s*defaultWithPort\s*\(\s*ARGUMENT\)`) },
];

/** What the calls of these files claim. Text is read, not syntax, so nothing but plain values counts. */
export function literalCalls(files: readonly SourceText[], environment: Environment, before: Claim["evidence"]): Claim[] {
	const claims: Claim[] = [];
	for (const { path, file } of files) {
		if (!/\.(kt|scala)$/.test(path)) continue;
		const text = blankComments(file.text);
		for (const { library, call, byDefault, address, protocol } of PATTERNS) {
			if (!library.test(text)) continue;
			for (const match of text.matchAll(call)) {
				const at = evidenceIn(
					file,
					rangeBetween(text, match.index, match.index + match[0].length),
					file.text.slice(match.index, match.index + match[0].length),
				);
				const written = match.groups?.host === undefined ? match[1] : match[2];
				const given = (written ?? "").trim();
				if (given === "" && byDefault === undefined) continue;
				const host =
					match.groups?.host ??
					/\bhost\s*=\s*("[^"]*")/.exec(rest(text, match.index))?.[1] ??
					(address === undefined ? undefined : `"${address}"`);
				claims.push({
					port: given === "" ? known(byDefault ?? "") : readValue(given.replace(/^\w+\s*=\s*/, ""), files, environment, at, 0),
					address: host === undefined ? known(ANY) : readValue(host, files, environment, at, 0),
					anyAddress: ANY,
					evidence: [...before, at],
					...(given === "" ? { byConvention: true } : {}),
					...(protocol ? { protocol } : {}),
				});
			}
		}
	}
	return claims;
}

/** The call's text up to its block. */
function rest(text: string, start: number): string {
	return /^[^{]{0,400}/.exec(text.slice(start, start + 400))?.[0] ?? "";
}

type At = Claim["evidence"][number];

function readValue(written: string, files: readonly SourceText[], environment: Environment, at: At, depth: number): Value {
	const text = written
		.trim()
		.replace(/\.(toInt|toIntOrNull|toString|trim)\b(\(\))?/g, "")
		.trim();
	if (depth > 6) return unknown(t("source that is too intricate to follow"), at);
	if (/^[\d_]+$/.test(text)) return known(text.replaceAll("_", ""), at);
	const quoted = /^"([^"$]*)"$/.exec(text)?.[1];
	if (quoted !== undefined) return known(quoted, at);
	const inner = /^\((.*)\)$/s.exec(text)?.[1];
	if (inner !== undefined && balanced(inner)) return readValue(inner, files, environment, at, depth + 1);
	const parsed = /^Integer\.(?:parseInt|valueOf)\((.*)\)$/s.exec(text)?.[1];
	if (parsed !== undefined) return readValue(parsed, files, environment, at, depth + 1);
	const or = /^(.*?)\s*\?:\s*(.*)$/s.exec(text) ?? /^(.*)\.getOrElse\((.*)\)$/s.exec(text);
	const defaulted = /^(?:System\.getenv\(\)\.getOrDefault|sys\.env\.getOrElse)\(\s*("[^"]*")\s*,\s*(.*)\)$/s.exec(text);
	const [variable, fallback] = defaulted ? [defaulted[1], defaulted[2]] : [variableOf(or?.[1] ?? text), or?.[2]];
	if (variable !== undefined) {
		const found = lookUp(environment, variable.replaceAll('"', ""), at);
		if (found.kind !== "variable" || found.fallback || fallback === undefined) return found;
		return { ...found, fallback: readValue(fallback, files, environment, at, depth + 1) };
	}
	const name = /^(?:\w+\.)*(\w+)$/.exec(text)?.[1];
	const definitions = name === undefined ? [] : definitionsOf(name, files);
	const [only] = definitions;
	return only !== undefined && definitions.length === 1
		? readValue(only, files, environment, at, depth + 1)
		: unknown(t("{0} is not followed", text.slice(0, 30)), at);
}

/** `System.getenv("PORT")`, with `?.let { … }` or `.map(…)` behind. */
function variableOf(text: string): string | undefined {
	return /^\(?\s*(?:System\.getenv\(|System\.getenv\(\)\[|sys\.env\.get\(|Option\(System\.getenv\()\s*("[^"]+")\s*[\])]*(?:\??\.(?:let|map|flatMap|takeIf)\s*[({][^)}]*[)}])?\s*\)?\??$/.exec(
		text.trim(),
	)?.[1];
}

function definitionsOf(name: string, files: readonly SourceText[]): string[] {
	const pattern = new RegExp(String.raw`\bva[lr]\s+${name}\s*(?::\s*\w+\??)?\s*=\s*([^\n;]+)`, "g");
	return files.flatMap(({ file }) => [...blankComments(file.text).matchAll(pattern)].map((match) => (match[1] ?? "").trim()));
}

function balanced(text: string): boolean {
	let open = 0;
	for (const char of text) {
		if (char === "(") open++;
		else if (char === ")" && --open < 0) return false;
	}
	return open === 0;
}
