import type * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions, TransportKind } from "vscode-languageclient/node";
import { leadToPlaces } from "./hintLinks.ts";
import { SERVER_FLAGS } from "./serverFlags.ts";

/** How often within three minutes a server that ended is started again before the user is told. */
const MAX_RESTARTS = 4;

/** Compose files by name, whatever language their extension says. */
const COMPOSE_FILES = "**/{compose,docker-compose,podman-compose}*.{yml,yaml}";

const DEV_CONTAINER_FILES = "**/{devcontainer,.devcontainer}.json";

/** The client of the bundled language server; not started yet. */
export function createLanguageClient(
	context: vscode.ExtensionContext,
	log: vscode.LogOutputChannel,
	trace: vscode.LogOutputChannel,
): LanguageClient {
	const server = { module: context.asAbsolutePath("dist/server.js"), transport: TransportKind.ipc };
	const serverOptions: ServerOptions = {
		run: { ...server, options: { execArgv: [...SERVER_FLAGS] } },
		debug: { ...server, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
	};
	const clientOptions: LanguageClientOptions = {
		// No scheme: untitled, remote and virtual documents count like files.
		documentSelector: [
			{ language: "dockerfile" },
			{ language: "dockercompose" },
			{ pattern: COMPOSE_FILES },
			{ pattern: DEV_CONTAINER_FILES },
		],
		outputChannel: log,
		// At the level of `portlight.trace.server`; they would drown the log.
		traceOutputChannel: trace,
		synchronize: { configurationSection: "portlight" },
		middleware: {
			provideInlayHints: async (document, range, token, next) => leadToPlaces(await next(document, range, token)),
		},
		connectionOptions: { maxRestartCount: MAX_RESTARTS },
	};
	return new LanguageClient("portlight", "Portlight", serverOptions, clientOptions);
}
