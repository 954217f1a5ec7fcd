import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Evidence, Range, TextFile } from "../model/text.ts";
import type { LogicalText } from "./logicalText.ts";

/** A Dockerfile as its text says it, without any knowledge of files, images or processes. */
export interface Dockerfile {
	readonly uri: string;
	readonly document: TextDocument;
	/** `\`, or what an escape directive says. */
	readonly escape: string;
	/** ARGs before the first FROM. */
	readonly globalArgs: readonly Instruction[];
	readonly stages: readonly Stage[];
	/** Whether the text is too long, so that only its beginning was read. */
	readonly cut?: boolean;
	/** What to point at instead of a place in the text: the line of a compose file that a Dockerfile without a file comes from. */
	readonly standsFor?: Evidence;
}

/** One FROM and everything up to the next. */
export interface Stage {
	readonly index: number;
	/** Name given by AS, in lower case as the builder compares it. */
	readonly name?: string;
	readonly from: Instruction;
	/** Without the FROM itself. */
	readonly instructions: readonly Instruction[];
}

export interface Instruction {
	/** In upper case: `CMD`, `COPY`, … */
	readonly keyword: string;
	/** From the keyword to the last character, continuation lines and heredocs included. */
	readonly range: Range;
	/** As written, so that a new line can copy its case. */
	readonly keywordText: string;
	/** `--from=build` and the like, names without dashes; a flag that is given several times has its values with blanks between them. */
	readonly flags: ReadonlyMap<string, string>;
	/** What follows keyword and flags, without heredoc bodies. */
	readonly args: LogicalText;
	/** The strings of the exec form; absent in the shell form and when the JSON is broken. */
	readonly json?: readonly JsonWord[];
	readonly heredocs: readonly Heredoc[];
	/** Of ONBUILD: what the stages do that are built on this one. */
	readonly trigger?: Instruction;
}

export interface JsonWord {
	readonly text: string;
	/** With its quotes. */
	readonly range: Range;
}

export interface Heredoc {
	readonly name: string;
	/** Whether variables in the body are expanded: not when the delimiter is quoted. */
	readonly expands: boolean;
	/** False when the file ends before the delimiter: docker build would stop here. */
	readonly closed: boolean;
	readonly body: TextFile;
}

/** The instruction as a link of an evidence chain. */
export function evidenceOf(dockerfile: Dockerfile, instruction: Instruction): Evidence {
	return (
		dockerfile.standsFor ?? {
			uri: dockerfile.uri,
			range: instruction.range,
			text: `${instruction.keyword} ${instruction.args.text.replace(/\s+/g, " ").trim()}`,
		}
	);
}

/** The last instruction of that keyword: of CMD, ENTRYPOINT, SHELL and HEALTHCHECK only the last one counts. */
export function lastOf(stage: Stage, keyword: string): Instruction | undefined {
	return stage.instructions.findLast((instruction) => instruction.keyword === keyword);
}
