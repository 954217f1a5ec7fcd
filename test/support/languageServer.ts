import { type ChildProcess, fork, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
	type ClientCapabilities,
	type CodeAction,
	CodeActionRequest,
	createProtocolConnection,
	DidChangeTextDocumentNotification,
	DidChangeWatchedFilesNotification,
	DidCloseTextDocumentNotification,
	DidOpenTextDocumentNotification,
	type DocumentDiagnosticReport,
	DocumentDiagnosticRequest,
	ExitNotification,
	type Hover,
	HoverRequest,
	InitializedNotification,
	InitializeRequest,
	type InitializeResult,
	type InlayHint,
	InlayHintRequest,
	IPCMessageReader,
	IPCMessageWriter,
	type ProtocolConnection,
	type Range,
	ShutdownRequest,
	StreamMessageReader,
	StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

const root = path.join(import.meta.dirname, "../..");
const everything: Range = { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } };

/** A bundled language server in a process of its own, spoken to as an editor does. */
export interface LanguageServer {
	readonly capabilities: InitializeResult["capabilities"];
	readonly connection: ProtocolConnection;
	readonly process: ChildProcess;
	/** Everything that the server wrote to standard error. */
	errors(): string;
	/** What the server asked the editor to do: method names, in order. */
	readonly asked: string[];
	open(uri: string, text: string, languageId?: string): void;
	change(uri: string, version: number, changes: readonly { range?: Range; text: string }[]): void;
	close(uri: string): void;
	changedOnDisk(uri: string): void;
	hints(uri: string): Promise<readonly InlayHint[]>;
	/** The labels of the hints, with their lines counted from 1. */
	labels(uri: string): Promise<string[]>;
	diagnostics(uri: string): Promise<DocumentDiagnosticReport>;
	actions(uri: string, range?: Range): Promise<readonly CodeAction[]>;
	hover(uri: string, line: number): Promise<Hover | null>;
	/** Shutdown and exit; answers the exit status. */
	stop(): Promise<number | null>;
}

/** What an editor such as VS Code can do. */
const EDITOR: ClientCapabilities = {
	workspace: {
		workspaceFolders: true,
		inlayHint: { refreshSupport: true },
		diagnostics: { refreshSupport: true },
		didChangeWatchedFiles: { dynamicRegistration: true },
	},
	textDocument: {
		inlayHint: {},
		diagnostic: {},
		codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
		synchronization: { dynamicRegistration: true },
	},
};

/** How the server is started: by an editor that forks it, or as a command on standard streams. */
export type Start = "ipc" | "stdio";

export async function startLanguageServer(
	folder: string,
	start: Start = "stdio",
	capabilities: ClientCapabilities = EDITOR,
	{
		env = process.env,
		settings,
		flags = [],
		locale,
		program = [path.join(root, "dist/cli.js"), "lsp", "--stdio"],
	}: {
		readonly env?: NodeJS.ProcessEnv;
		readonly settings?: object;
		/** The editor's language, as it names it. */
		readonly locale?: string;
		/** Node's own. */
		readonly flags?: readonly string[];
		/** Arguments of Node that start a server on standard streams, another one than the command line's. */
		readonly program?: readonly string[];
	} = {},
): Promise<LanguageServer> {
	const child =
		start === "ipc"
			? fork(path.join(root, "dist/server.js"), ["--node-ipc"], { env, execArgv: [...flags], stdio: ["ignore", "ignore", "pipe", "ipc"] })
			: spawn(process.execPath, [...flags, ...program], { env });
	let errors = "";
	child.stderr?.on("data", (chunk) => (errors += chunk));
	const exited = new Promise<number | null>((resolve) => child.on("exit", resolve));
	const connection =
		child.stdout && child.stdin
			? createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
			: createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
	const asked: string[] = [];
	for (const method of ["client/registerCapability", "workspace/inlayHint/refresh", "workspace/diagnostic/refresh"]) {
		connection.onRequest(method, () => {
			asked.push(method);
			return null;
		});
	}
	connection.listen();
	const rootUri = pathToFileURL(folder).href;
	const answer = await connection.sendRequest(InitializeRequest.type, {
		processId: process.pid,
		rootUri,
		workspaceFolders: capabilities.workspace?.workspaceFolders ? [{ uri: rootUri, name: path.basename(folder) }] : null,
		capabilities,
		initializationOptions: settings,
		...(locale === undefined ? {} : { locale }),
	});
	await connection.sendNotification(InitializedNotification.type, {});

	const hints = async (uri: string) =>
		(await connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range: everything })) ?? [];
	return {
		capabilities: answer.capabilities,
		connection,
		process: child,
		errors: () => errors,
		asked,
		open: (uri, text, languageId = "dockerfile") => {
			void connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId, version: 1, text } });
		},
		change: (uri, version, changes) => {
			void connection.sendNotification(DidChangeTextDocumentNotification.type, {
				textDocument: { uri, version },
				contentChanges: [...changes] as never,
			});
		},
		close: (uri) => void connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
		changedOnDisk: (uri) => void connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri, type: 2 }] }),
		hints,
		labels: async (uri) =>
			(await hints(uri)).map(
				({ position, label }) => `${position.line + 1} ${typeof label === "string" ? label : label.map((part) => part.value).join("")}`,
			),
		diagnostics: (uri) => connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } }),
		actions: async (uri, range = everything) =>
			((await connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range, context: { diagnostics: [] } })) ??
				[]) as CodeAction[],
		hover: (uri, line) => connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: { line, character: 1 } }),
		async stop() {
			if (child.exitCode === null) {
				await connection.sendRequest(ShutdownRequest.type);
				await connection.sendNotification(ExitNotification.type);
			}
			const status = await exited;
			connection.dispose();
			return status;
		},
	};
}

/** A copy of examples/ that a test may change; `remove` deletes it. */
export async function copyOfExamples(): Promise<{ folder: string; uri(name: string): string; remove(): Promise<void> }> {
	const folder = await mkdtemp(path.join(tmpdir(), "portlight-examples-"));
	await cp(path.join(root, "examples"), folder, { recursive: true });
	return { folder, uri: (name) => pathToFileURL(path.join(folder, name)).href, remove: () => rm(folder, { recursive: true, force: true }) };
}
