import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type ClientCapabilities, PublishDiagnosticsNotification } from "vscode-languageserver-protocol/node";
import { type LanguageServer, startLanguageServer } from "../support/languageServer.ts";
import type { Project } from "./projects.ts";

const root = path.join(import.meta.dirname, "../..");

/** A language server to measure, as arguments of Node; both speak on standard streams, and are started without any flag. */
export interface Measured {
	readonly name: string;
	readonly program: readonly string[];
	/** Whether what an editor waits for are hints; else it is what the server publishes. */
	readonly hints: boolean;
}

export const PORTLIGHT: Measured = { name: "Portlight", program: [path.join(root, "dist/server.js"), "--stdio"], hints: true };

/** The other language server for Dockerfiles: npm's dockerfile-language-server-nodejs. */
export const PEER: Measured = {
	name: "dockerfile-language-server-nodejs",
	program: [fileURLToPath(import.meta.resolve("dockerfile-language-server-nodejs/lib/server.js")), "--stdio"],
	hints: false,
};

/** An editor that shows hints and takes diagnostics as they are published, which is the one way that both servers know. */
const CAPABILITIES: ClientCapabilities = {
	workspace: {
		workspaceFolders: true,
		inlayHint: { refreshSupport: true },
		didChangeWatchedFiles: { dynamicRegistration: true },
	},
	textDocument: { inlayHint: {}, publishDiagnostics: {}, synchronization: { dynamicRegistration: true } },
};

/** One document of one server. */
export interface Editor {
	readonly server: LanguageServer;
	/** Opens it, and answers when the user sees something: the hints, or the diagnostics. */
	open(text: string): Promise<void>;
	/** Types or deletes, and answers how long hints and diagnostics took, in milliseconds. */
	edit(position: { line: number; character: number }, deleted: number, text: string): Promise<{ hints: number; diagnostics: number }>;
	close(): Promise<void>;
	/** Resident memory of the process in MB; undefined where the system does not tell it in /proc. */
	megabytes(): Promise<number | undefined>;
	stop(): Promise<void>;
}

export async function openEditor({ program, hints }: Measured, { folder }: Project, flags: readonly string[] = []): Promise<Editor> {
	const server = await startLanguageServer(folder, "stdio", CAPABILITIES, { program, flags });
	const uri = pathToFileURL(path.join(folder, "Dockerfile")).href;
	let version = 1;
	let waiting: (() => void)[] = [];
	server.connection.onNotification(PublishDiagnosticsNotification.type, () => {
		const heard = waiting;
		waiting = [];
		for (const done of heard) done();
	});
	const published = () => new Promise<void>((resolve) => waiting.push(resolve));
	return {
		server,
		async open(text) {
			const seen = published();
			server.open(uri, text);
			version = 1;
			if (hints) await server.hints(uri);
			else await seen;
		},
		async edit({ line, character }, deleted, text) {
			const started = performance.now();
			const seen = published().then(() => performance.now() - started);
			const range = { start: { line, character }, end: { line, character: character + deleted } };
			server.change(uri, ++version, [{ range, text }]);
			const hinted = hints ? server.hints(uri).then(() => performance.now() - started) : seen;
			return { hints: await hinted, diagnostics: await seen };
		},
		async close() {
			// Both take the document's diagnostics back.
			const seen = published();
			server.close(uri);
			await seen;
		},
		async megabytes() {
			try {
				const kilobytes = /^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${server.process.pid}/status`, "utf8"))?.[1];
				return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
			} catch {
				return undefined;
			}
		},
		async stop() {
			await server.stop();
		},
	};
}
