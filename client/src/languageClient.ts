import type * as vscode from "vscode";
import {
	type ErrorHandler,
	LanguageClient,
	type LanguageClientOptions,
	type ServerOptions,
	TransportKind,
} from "vscode-languageclient/node";
import { leadToPlaces } from "./hintLinks.ts";
import { SERVER_FLAGS } from "./serverFlags.ts";

/** Compose files by name, whatever language their extension says. */
const COMPOSE_FILES = "**/{compose,docker-compose,podman-compose}*.{yml,yaml}";

/** Kubernetes manifests have no names of their own: the server is silent about all others. */
const MANIFESTS = "**/*.{yml,yaml}";

const DEV_CONTAINER_FILES = "**/{devcontainer,.devcontainer}.json";

/** The client of the bundled language server; not started yet. */
export function createLanguageClient(
	context: vscode.ExtensionContext,
	log: vscode.LogOutputChannel,
	trace: vscode.LogOutputChannel,
	errorHandler: ErrorHandler,
): LanguageClient {
	const server = { module: context.asAbsolutePath("dist/server.js"), transport: TransportKind.ipc };
	// Not the workspace: Windows looks for programs such as ssh in the working folder first.
	const place = { cwd: context.extensionPath, env: { NoDefaultCurrentDirectoryInExePath: "1" } };
	const serverOptions: ServerOptions = {
		run: { ...server, options: { ...place, execArgv: [...SERVER_FLAGS] } },
		debug: { ...server, options: { ...place, execArgv: ["--nolazy", "--inspect=6009"] } },
	};
	const clientOptions: LanguageClientOptions = {
		// No scheme: untitled, remote and virtual documents count like files.
		documentSelector: [
			{ language: "dockerfile" },
			{ language: "dockercompose" },
			{ pattern: COMPOSE_FILES },
			{ pattern: DEV_CONTAINER_FILES },
			{ pattern: MANIFESTS },
		],
		outputChannel: log,
		// At the level of `portlight.trace.server`; they would drown the log.
		traceOutputChannel: trace,
		synchronize: { configurationSection: "portlight" },
		middleware: {
			provideInlayHints: async (document, range, token, next) => leadToPlaces(await next(document, range, token)),
		},
		errorHandler,
	};
	return new LanguageClient("portlight", "Portlight", serverOptions, clientOptions);
}
