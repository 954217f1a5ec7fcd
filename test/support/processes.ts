import { known, likelyText } from "../../server/src/model/value.ts";
import type { Process, Started } from "../../server/src/process/process.ts";

/** A process to start from. */
export function processOf(argv: readonly string[], environment: Readonly<Record<string, string>> = {}): Process {
	return {
		argv: argv.map((word) => known(word)),
		cwd: "/app",
		environment: new Map(Object.entries(environment).map(([name, text]) => [name, known(text)])),
		evidence: [],
		ends: false,
		conditional: false,
	};
}

/** Each process on a line: its words, then its folder when it is another than /app, and what is special; then the gaps. */
export function describe({ processes, gaps }: Started): string[] {
	return [
		...processes.map((process) => {
			const words = process.argv.map((word) => likelyText(word) ?? "…").join(" ");
			const marks = [
				process.cwd === "/app" ? "" : `in ${process.cwd}`,
				process.ends ? "ends" : "",
				process.conditional ? "maybe" : "",
				process.hangsOn === undefined ? "" : `by ${process.hangsOn}`,
			].filter(Boolean);
			return marks.length > 0 ? `${words} (${marks.join(", ")})` : words;
		}),
		...gaps.map((gap) => `? ${gap.reason}`),
	];
}
