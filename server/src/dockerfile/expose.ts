import { t } from "../model/message.ts";
import { type Port, type Protocol, parsePort } from "../model/port.ts";
import type { Range } from "../model/text.ts";
import { type Environment, outcomes } from "../model/value.ts";
import type { Dockerfile, Instruction } from "./dockerfile.ts";
import { expand } from "./expand.ts";
import { rangeOf } from "./logicalText.ts";
import { splitWords } from "./words.ts";

/** One word of an EXPOSE instruction. */
export interface ExposeWord {
	readonly range: Range;
	/** As written. */
	readonly text: string;
	/** First and last port, both included; a single port is a range of one. Absent when the word is not understood. */
	readonly ports?: { readonly first: number; readonly last: number; readonly protocol: Protocol };
	/** Why `ports` is absent. `malformed`: docker build or a linter says so already. */
	readonly problem?: { readonly kind: "malformed" | "open"; readonly reason: string };
}

/** The words of an EXPOSE: lists, ranges, protocols in any case, variables, quotes (docs.docker.com/reference/dockerfile/#expose). */
export function readExpose(dockerfile: Dockerfile, instruction: Instruction, scope: Environment): ExposeWord[] {
	return splitWords(instruction.args, dockerfile.escape).flatMap((word) => {
		const range = rangeOf(dockerfile.document, instruction.args, word.start, word.end);
		const { known, open } = outcomes(expand(word.text, scope, dockerfile.escape));
		if (known.length !== 1 || open.length > 0) {
			return [{ range, text: word.text, problem: { kind: "open" as const, reason: open[0] ?? t("several values are possible") } }];
		}
		// A variable may hold several ports: EXPOSE $PORTS.
		return (known[0]?.text ?? "")
			.split(/\s+/)
			.filter(Boolean)
			.map((spec): ExposeWord => {
				const ports = parseSpec(spec);
				return ports
					? { range, text: word.text, ports }
					: { range, text: word.text, problem: { kind: "malformed", reason: t("{0} is not a port", spec) } };
			});
	});
}

/** `first-last/protocol` with the last two optional. */
function parseSpec(spec: string): ExposeWord["ports"] {
	const match = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/i.exec(spec);
	if (!match) return undefined;
	const first = parsePort(match[1] ?? "");
	const last = match[2] === undefined ? first : parsePort(match[2]);
	if (first === undefined || last === undefined || last < first) return undefined;
	return { first, last, protocol: (match[3]?.toLowerCase() ?? "tcp") as Protocol };
}

/** Whether an EXPOSE word documents this port. */
export function covers(word: ExposeWord, port: Port): boolean {
	return word.ports !== undefined && word.ports.protocol === port.protocol && port.port >= word.ports.first && port.port <= word.ports.last;
}
