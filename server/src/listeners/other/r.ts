import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { type Environment, known, lookUp, unknown, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { resolve } from "../../source/core/paths.ts";
import { openQuestion } from "../claims.ts";
import { textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Technology } from "../technology.ts";

/**
 * R: `shiny::runApp(port, host)` chooses a port unless it is given one, on 127.0.0.1; `options(shiny.port, shiny.host)` are its
 * defaults (Shiny, `runApp`). plumber: `pr$run(host, port)` and `pr_run` listen on 127.0.0.1 (plumber, "Hosting"). The code is
 * on the command line (`R -e`, `Rscript -e`) or in a script.
 */
export const r: Technology = {
	name: "r",
	title: "R",
	async command(process, scene) {
		const name = programName(textOf(process.argv[0]) ?? "");
		if (name !== "R" && name !== "Rscript") return undefined;
		const words = process.argv.map((one) => textOf(one) ?? "");
		const code = words.flatMap((word, i) => (words[i - 1] === "-e" ? [word] : []));
		if (code.length > 0) return predictCode(process, undefined, code.join("\n"));
		const flag = words.find((word) => word.startsWith("--file="))?.slice(7);
		const script = flag ?? (name === "Rscript" ? words.slice(1).find((word) => !word.startsWith("-")) : undefined);
		if (script === undefined) return undefined;
		const read = await scene.files.read(resolve(process.cwd, script));
		return read.kind === "text"
			? predictCode(process, read.file, read.file.text)
			: openQuestion(process, read.reason ?? t("{0} is not in the image", programName(script)));
	},
};

const CALL = /\b(?:runApp|runGadget|shinyAppDir|shinyApp|pr_run|startServer|serveStatic)\s*\(|\$run\s*\(/g;

function predictCode(process: Process, file: TextFile | undefined, source: string): Prediction {
	if (source.length > 100_000) return openQuestion(process, t("this R code is too long to read"));
	const text = source.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|#[^\n]*/g, (one) =>
		one.startsWith("#") ? " ".repeat(one.length) : one,
	);
	const found: Prediction[] = [];
	for (const call of text.matchAll(CALL)) {
		const start = call.index + call[0].length;
		const args = text.slice(start, end(text, start));
		const port = named(args, "port") ?? option(text, "shiny.port");
		const host = named(args, "host") ?? option(text, "shiny.host");
		if (port === undefined && /shinyApp(Dir)?\s*\($/.test(call[0])) continue;
		const at = file
			? [evidenceIn(file, rangeBetween(text, call.index, start + args.length + 1), text.slice(call.index, start + args.length + 1))]
			: [];
		found.push(
			predictClaim({
				port: port === undefined ? unknown(t("the port is chosen at run time")) : plainR(process.environment, text, port),
				address: host === undefined ? known("127.0.0.1") : plainR(process.environment, text, host),
				anyAddress: "0.0.0.0",
				evidence: [...process.evidence, ...at],
			}),
		);
	}
	return found.length > 0 ? mergePredictions(found) : openQuestion(process, t("no listening call found in this R code"));
}

function end(text: string, start: number): number {
	let depth = 1;
	for (let i = start; i < text.length; i++) {
		if (text[i] === "(") depth++;
		else if (text[i] === ")" && --depth === 0) return i;
	}
	return text.length;
}

function named(args: string, name: string): string | undefined {
	return new RegExp(`(?:^|[,(\\s])${name}\\s*=\\s*((?:[^,()]|\\((?:[^()]|\\([^()]*\\))*\\))+)`).exec(args)?.[1]?.trim();
}

function option(text: string, name: string): string | undefined {
	return new RegExp(`\\b${name.replace(".", "\\.")}\\s*=\\s*((?:[^,()]|\\((?:[^()]|\\([^()]*\\))*\\))+)`).exec(text)?.[1]?.trim();
}

/** Numbers, texts, names that are assigned once, and `Sys.getenv("PORT", "8000")`. */
function plainR(environment: Environment, text: string, written: string, depth = 0): Value {
	const inner = /^as\.(?:integer|numeric|character)\(([\s\S]*)\)$/.exec(written)?.[1];
	if (inner !== undefined) return plainR(environment, text, inner.trim(), depth + 1);
	if (/^[0-9]+L?$/.test(written)) return known(written.replace("L", ""));
	const quoted = /^"([^"]*)"$/.exec(written)?.[1] ?? /^'([^']*)'$/.exec(written)?.[1];
	if (quoted !== undefined) return known(quoted);
	const [, name, fallback] = /^Sys\.getenv\(\s*["'](\w+)["']\s*(?:,\s*(?:unset\s*=\s*)?["']?(\w+)["']?\s*)?\)$/.exec(written) ?? [];
	if (name !== undefined) {
		const value = lookUp(environment, name);
		return value.kind === "variable" && !value.fallback && fallback !== undefined ? { ...value, fallback: known(fallback) } : value;
	}
	const assigned =
		/^[\w.]+$/.test(written) && depth < 4
			? [...text.matchAll(new RegExp(`^[ \\t]*${written.replace(/\./g, "\\.")}[ \\t]*(?:<-|=)[ \\t]*([^\\n;]+)`, "gm"))]
			: [];
	const only = assigned.length === 1 ? assigned[0]?.[1] : undefined;
	return only === undefined ? unknown(t("the port is not understood")) : plainR(environment, text, only.trim(), depth + 1);
}
