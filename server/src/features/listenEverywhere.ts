import { TextDocument } from "vscode-languageserver-textdocument";
import type { TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import type { Dockerfile, Instruction } from "../dockerfile/dockerfile.ts";
import { isLoopback } from "../model/port.ts";
import type { Range } from "../model/text.ts";
import type { Analysis, ReportedListener, StageReport } from "../verdict/report.ts";

/** What the fix needs of the world outside the analysis. */
export interface EditTrial {
	/** The current text at a URI; undefined when it cannot be read. */
	read(uri: string): Promise<string | undefined>;
	/** The stage as it would be with these texts, by URI, instead of the current ones. */
	analyse(changed: ReadonlyMap<string, string>): Promise<StageReport | undefined>;
}

/** An edit of one file. */
interface Candidate {
	readonly uri: string;
	readonly edit: TextEdit;
}

/** The ways in which command lines name the address to listen on; which of them a program knows is found by trying. */
const FLAGS: readonly (readonly string[])[] = [
	["--host", "0.0.0.0"],
	["--bind", "0.0.0.0"],
	["--hostname", "0.0.0.0"],
	["--address", "0.0.0.0"],
	["--listen", "0.0.0.0"],
	["--ip", "0.0.0.0"],
	["--server.address", "0.0.0.0"],
	["-H", "0.0.0.0"],
	["-b", "0.0.0.0"],
	["-h", "0.0.0.0"],
];

/** The ways in which calls do. */
const ARGUMENTS = ['host="0.0.0.0"', 'address="0.0.0.0"', 'server_name="0.0.0.0"'];

/** Variables that servers read the address from. */
const VARIABLES = ["HOST", "FLASK_RUN_HOST", "UVICORN_HOST", "HOSTNAME", "BIND", "GRADIO_SERVER_NAME", "STREAMLIT_SERVER_ADDRESS"];

/** Trials of one fix; each is an analysis. */
const MAX_TRIALS = 40;

/**
 * The edit after which a server that listens on loopback listens on all interfaces: the address where it is written (a flag,
 * an argument, a configuration file, ENV), else the flag, argument or variable that the server lacks. Each is tried on the
 * analysis and taken only if the port can be reached after it and nothing else changed, so that every technology's own rules
 * decide. Undefined when none of them does.
 */
export async function listenEverywhere(
	{ dockerfile }: Analysis,
	stage: StageReport,
	listener: ReportedListener,
	trial: EditTrial,
): Promise<WorkspaceEdit | undefined> {
	let trials = 0;
	for await (const { uri, edit } of candidates(dockerfile, stage, listener, trial)) {
		if (trials++ >= MAX_TRIALS) return undefined;
		const text = await trial.read(uri);
		if (text === undefined) continue;
		const changed = TextDocument.applyEdits(TextDocument.create(uri, "", 0, text), [edit]);
		if (repaired(stage, await trial.analyse(new Map([[uri, changed]])), listener)) return { changes: { [uri]: [edit] } };
	}
	return undefined;
}

/** Whether the port can be reached now, and every other port is as it was. */
function repaired(before: StageReport, after: StageReport | undefined, { port, protocol }: ReportedListener): boolean {
	if (!after || after.gaps.length > before.gaps.length) return false;
	const others = (stage: StageReport) =>
		stage.listeners
			.filter((one) => one.port !== port || one.protocol !== protocol)
			.map((one) => `${one.address} ${one.port} ${one.protocol}`)
			.join("\n");
	const own = after.listeners.filter((one) => one.port === port && one.protocol === protocol);
	return own.length > 0 && own.every(({ address }) => !isLoopback(address)) && others(after) === others(before);
}

async function* candidates(
	dockerfile: Dockerfile,
	stage: StageReport,
	listener: ReportedListener,
	trial: EditTrial,
): AsyncGenerator<Candidate> {
	// The deciding place stands at the end of the chain.
	const chain = listener.evidence.toReversed();
	const texts = new Map<string, string>();
	for (const uri of new Set([...chain.map((one) => one.uri), dockerfile.uri])) {
		const text = await trial.read(uri);
		if (text !== undefined) texts.set(uri, text);
	}
	for (const { uri, range } of chain) yield* rewrites(uri, texts.get(uri) ?? "", range);
	// The address may be written elsewhere than the port: in ENV, in a constant, on another line of the configuration.
	for (const [uri, text] of texts) yield* rewrites(uri, text);
	for (const { uri, range } of chain) if (uri !== dockerfile.uri) yield* withArgument(uri, texts.get(uri) ?? "", range);
	if (!stage.start) return;
	for (const words of FLAGS) yield* withWords(dockerfile.uri, stage.start, words);
	const eol = dockerfile.document.getText().includes("\r\n") ? "\r\n" : "\n";
	const at = { line: stage.start.range.start.line, character: 0 };
	for (const name of VARIABLES)
		yield { uri: dockerfile.uri, edit: { range: { start: at, end: at }, newText: `ENV ${name}=0.0.0.0${eol}` } };
}

/** Every loopback address that is written on the lines of a range, or anywhere in a text, replaced. */
function* rewrites(uri: string, text: string, range?: Range): Generator<Candidate> {
	const document = TextDocument.create(uri, "", 0, text);
	const start = range ? document.offsetAt({ line: range.start.line, character: 0 }) : 0;
	const end = range ? document.offsetAt({ line: range.end.line + 1, character: 0 }) : text.length;
	for (const match of text.slice(start, end).matchAll(/(?<![\w.-])(?:localhost|127\.0\.0\.1|\[::1\]|::1)(?![\w.-])/g)) {
		const from = start + match.index;
		const newText = match[0] === "[::1]" ? "[::]" : match[0] === "::1" ? "::" : "0.0.0.0";
		yield { uri, edit: { range: { start: document.positionAt(from), end: document.positionAt(from + match[0].length) }, newText } };
	}
}

/** More words at the end of a start command, in its own form. */
function* withWords(uri: string, start: Instruction, words: readonly string[]): Generator<Candidate> {
	const last = start.json?.at(-1);
	if (last)
		yield { uri, edit: { range: { start: last.range.end, end: last.range.end }, newText: words.map((word) => `, "${word}"`).join("") } };
	else if (!start.json && start.heredocs.length === 0)
		yield { uri, edit: { range: { start: start.range.end, end: start.range.end }, newText: ` ${words.join(" ")}` } };
}

/** Calls whose first argument is the application, so that the address may follow as a keyword. */
const TAKES_APPLICATION = /(?:\b(?:uvicorn|hypercorn|waitress)\.\w+|\bserve|\brun_app|\brun_simple)\s*$/;

/** One more argument of the call at a place: a keyword, or a field of an object. None that may be there by position already. */
function* withArgument(uri: string, text: string, range: Range): Generator<Candidate> {
	const document = TextDocument.create(uri, "", 0, text);
	const start = document.offsetAt(range.start);
	const written = text.slice(start, document.offsetAt(range.end));
	const close = written.lastIndexOf(")");
	const open = opening(written, close);
	if (open === undefined) return;
	const inner = written.slice(open + 1, close).trimEnd();
	const insert = (offset: number, newText: string): Candidate => {
		const at = document.positionAt(start + open + 1 + offset);
		return { uri, edit: { range: { start: at, end: at }, newText } };
	};
	if (inner.endsWith("}")) {
		const fields = inner.slice(0, -1).trimEnd();
		yield insert(fields.length, `${/[,{]$/.test(fields) ? " " : ", "}host: "0.0.0.0"`);
		return;
	}
	const isKeyword = /^\s*\w+\s*=(?:[^=]|$)/.test(inner);
	if (inner.trim() !== "" && !isKeyword && !TAKES_APPLICATION.test(written.slice(0, open))) return;
	const separator = inner.trim() === "" ? "" : inner.endsWith(",") ? " " : ", ";
	for (const argument of ARGUMENTS) yield insert(inner.length, `${separator}${argument}`);
}

/** The offset of the parenthesis that the one at `close` belongs to. */
function opening(text: string, close: number): number | undefined {
	let depth = 0;
	for (let i = close; i >= 0; i--) {
		if (text[i] === ")") depth++;
		else if (text[i] === "(" && --depth === 0) return i;
	}
	return undefined;
}
