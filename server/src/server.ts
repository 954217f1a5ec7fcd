import {
	CancellationToken,
	CodeActionKind,
	CodeLensRefreshRequest,
	type Connection,
	DidChangeConfigurationNotification,
	DidChangeWatchedFilesNotification,
	type InitializeParams,
	type InitializeResult,
	LSPErrorCodes,
	ResponseError,
	TextDocumentSyncKind,
	TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { createAnalyses } from "./analyses.ts";
import { unlessCancelled } from "./cancellation.ts";
import { answerContainerRequests } from "./containerRequests.ts";
import { fileCache } from "./context/fileCache.ts";
import { hostsOf, onKnownHosts } from "./context/knownHosts.ts";
import { withOpenDocuments } from "./context/openDocuments.ts";
import { kindOf } from "./documentKinds.ts";
import type { ContainerWatch } from "./engine/engines.ts";
import { FIX_ALL } from "./features/codeActions.ts";
import { diagnostics } from "./features/diagnostics.ts";
import type { DocumentFeatures } from "./features/documentFeatures.ts";
import { HINT_KINDS, type HintOptions } from "./features/hintOptions.ts";
import type { BaseImages } from "./image/baseImage.ts";
import { answerLanguageRequests } from "./languageRequests.ts";
import { createLiveImages } from "./liveImages.ts";
import type { FileSystem } from "./model/files.ts";
import { type Messages, speak } from "./model/message.ts";
import { type Pauses, Superseded } from "./model/pause.ts";
import { withoutSecrets } from "./model/secrets.ts";
import {
	CONTAINERS_CHANGED,
	CONTAINERS_REFRESH,
	CONTAINERS_REQUEST,
	CONTAINERS_VISIBLE,
	CONTEXTS_REQUEST,
	type ContainersVisibleParams,
	type ContextsParams,
	EXPOSE_LIVE,
	type ExposeLiveParams,
} from "./protocol.ts";
import { DEFAULT_SETTINGS, parseSettings } from "./settings.ts";
import type { Sources } from "./source/sources.ts";
import { followSources } from "./sourceFiles.ts";
import { canonicalUri } from "./uri.ts";
import { createWorkspaceDiagnostics } from "./workspaceDiagnostics.ts";

/** The world that the server lives in; the entry builds the real one, tests another. */
export interface Runtime {
	readonly version: string;
	/** URI of the folder of the documentation, without a slash at the end. */
	readonly docs: string;
	/** The translations for a locale as editors name it (`de`, `de-AT`); empty for English. */
	messages(locale: string): Messages;
	readonly files: FileSystem;
	/** Lets messages in while something long is computed. */
	readonly pauses: Pauses;
	readonly sources: Sources;
	readonly baseImages: BaseImages;
	/** Starts watching the engines of these contexts, as `portlight.engine.contexts` names them; `onChange` is called when the report differs from the one before. */
	watchContainers(onChange: () => void, contexts: readonly string[]): ContainerWatch;
}

/** Milliseconds that a list of containers waits for engines that have not answered yet. */
const PATIENCE = 500;
/** Milliseconds for the states of engines that somebody waits to choose from. */
const SOON = 200;

/** Answers an editor over `connection` until it says exit. */
export function startServer(connection: Connection, runtime: Runtime): void {
	const documents = new TextDocuments(TextDocument);
	/** The editor's own spelling of each open document's URI, by the canonical one. */
	const opened = new Map<string, string>();
	/** What is known of the disk, as long as the editor tells of its changes. */
	const reachable = onKnownHosts(runtime.files, (host) => hostsOf([...roots, ...opened.keys()]).has(host));
	const disk = fileCache(reachable, (uri) => watched && isWatched(uri));
	const files = withOpenDocuments(disk, (uri) => documents.get(opened.get(uri) ?? uri)?.getText());
	const world = {
		...runtime,
		files,
		get limits() {
			return settings.analysis;
		},
	};
	const analyses = createAnalyses(world, runtime.pauses);
	const live = createLiveImages(world, () => watch);
	const workspace = createWorkspaceDiagnostics({
		world,
		pauses: runtime.pauses,
		roots: () => roots,
		severities: () => settings.severity,
		docs: runtime.docs,
		isOpen: (uri) => opened.has(uri),
	});
	/** The editor asked to shut down. */
	let over = false;
	let settings = DEFAULT_SETTINGS;
	let client: InitializeParams["capabilities"] = {};
	let watch: ContainerWatch | undefined;
	let look: ContainersVisibleParams = { visible: true, all: false };
	/** Whether the editor tells when a file changes on the disk. */
	let watched = false;
	/** Canonical, without a slash at the end. */
	let roots: readonly string[] = [];

	connection.onInitialize((params): InitializeResult => {
		client = params.capabilities;
		speak(runtime.messages(params.locale ?? "en"));
		// Editors that know no workspace folders name a root, or nothing.
		setRoots(params.workspaceFolders?.map((folder) => folder.uri) ?? (params.rootUri ? [params.rootUri] : []));
		settings = parseSettings(params.initializationOptions);
		return {
			serverInfo: { name: "portlight", version: runtime.version },
			capabilities: {
				textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
				inlayHintProvider: true,
				hoverProvider: true,
				definitionProvider: true,
				referencesProvider: true,
				codeLensProvider: {},
				renameProvider: { prepareProvider: true },
				completionProvider: { triggerCharacters: [" "] },
				codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
				...(pulls() ? { diagnosticProvider: { identifier: "portlight", interFileDependencies: true, workspaceDiagnostics: true } } : {}),
				workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
			},
		};
	});

	connection.onInitialized(async () => {
		const { workspace } = client;
		if (workspace?.didChangeConfiguration?.dynamicRegistration) {
			await settled(connection.client.register(DidChangeConfigurationNotification.type, { section: "portlight" }));
			await readSettings();
		}
		if (workspace?.workspaceFolders) {
			connection.workspace.onDidChangeWorkspaceFolders(async () => {
				const folders = await settled(connection.workspace.getWorkspaceFolders());
				setRoots((folders ?? []).map((folder) => folder.uri));
				refresh();
			});
		}
		if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
			const watchers = [{ globPattern: "**/*" }];
			watched = (await settled(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }))) !== undefined;
		}
		await followSources(connection, client, settled);
	});

	connection.onDidChangeConfiguration(async (change) => {
		if (client.workspace?.configuration) await readSettings();
		else useSettings((change.settings as { portlight?: unknown } | null)?.portlight);
		refresh();
	});

	connection.onDidChangeWatchedFiles(({ changes }) => {
		const uris = changes.map(({ uri }) => canonicalUri(uri) ?? uri);
		disk.forget(uris);
		workspace.changed(uris);
		if (analyses.forgetAbout(uris)) refresh();
	});

	documents.onDidOpen(({ document }) => {
		opened.set(canonicalUri(document.uri) ?? document.uri, document.uri);
		// From now on it reports for itself.
		const kind = kindOf(document);
		if (kind && !kind.hintsOnly) workspace.changed([canonicalUri(document.uri) ?? document.uri]);
		if (watch && kindOf(document)) void showLive();
	});
	documents.onDidChangeContent(({ document }) => {
		workspace.edited(canonicalUri(document.uri) ?? document.uri);
		// The editor asks again for the document itself; others may depend on it.
		if (analyses.forgetAbout([document.uri])) refresh();
		else if (!pulls()) void push(document);
	});
	documents.onDidClose(({ document }) => {
		opened.delete(canonicalUri(document.uri) ?? document.uri);
		workspace.changed([canonicalUri(document.uri) ?? document.uri]);
		analyses.close(document.uri);
		if (!pulls() && kindOf(document)) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
		if (analyses.forgetAbout([document.uri])) refresh();
	});

	answerLanguageRequests(connection, {
		settings: () => settings,
		docs: runtime.docs,
		open: () => documents.all(),
		workspace,
		hintOptions,
		isOver: () => over,
		answer,
	});

	// An engine that hangs must not keep the others from being shown: it comes later, by a notification.
	connection.onRequest(CONTAINERS_REQUEST, () => watching().report(PATIENCE));
	connection.onRequest(CONTEXTS_REQUEST, ({ soon }: ContextsParams) => watching().contexts(soon ? SOON : undefined));
	connection.onRequest(CONTAINERS_REFRESH, async () => {
		await watching().refresh();
		return null;
	});
	answerContainerRequests(connection, watching, world);
	connection.onRequest(EXPOSE_LIVE, ({ uri, ports }: ExposeLiveParams, token) =>
		answer(uri, token, [], (features) => [...features.exposeLive(ports)]),
	);
	connection.onNotification(CONTAINERS_VISIBLE, (params: ContainersVisibleParams) => {
		look = params;
		watch?.setVisible(look.visible, look.all);
	});
	connection.onShutdown(() => {
		over = true;
		workspace.changed([]);
		watch?.dispose();
	});

	documents.listen({
		onDidOpenTextDocument: (handler) => connection.onDidOpenTextDocument(handler),
		onDidCloseTextDocument: (handler) => connection.onDidCloseTextDocument(handler),
		onWillSaveTextDocument: (handler) => connection.onWillSaveTextDocument(handler),
		onWillSaveTextDocumentWaitUntil: (handler) => connection.onWillSaveTextDocumentWaitUntil(handler),
		onDidSaveTextDocument: (handler) => connection.onDidSaveTextDocument(handler),
		// A document that matches two registrations is told of twice; applied twice, an edit would spoil the text.
		onDidChangeTextDocument: (handler) =>
			connection.onDidChangeTextDocument((change) => {
				if (documents.get(change.textDocument.uri)?.version !== change.textDocument.version) handler(change);
			}),
	});
	connection.listen();

	function containersChanged(): void {
		void connection.sendNotification(CONTAINERS_CHANGED);
		void showLive();
	}

	/** Says in the open Dockerfiles what their containers are seen to listen on. */
	async function showLive(): Promise<void> {
		if (!settings.hints.live) return;
		const uris = documents.all().flatMap(({ uri, languageId }) => (kindOf({ uri, languageId }) ? (canonicalUri(uri) ?? []) : []));
		if (await live.update(uris)) refreshHints();
	}

	function hintOptions(uri: string): HintOptions {
		return {
			shown: new Set(HINT_KINDS.filter((kind) => settings.hints[kind])),
			live: settings.hints.live ? live.of(canonicalUri(uri) ?? uri) : [],
		};
	}

	/** The engine is looked for when somebody asks for containers, not before. */
	function watching(): ContainerWatch {
		if (!watch) {
			watch = runtime.watchContainers(containersChanged, settings.engine.contexts);
			watch.setVisible(look.visible, look.all);
			watch.setProbe(settings.sockets.probe);
		}
		return watch;
	}

	/**
	 * One wrapper for every request: a cancelled one is answered as cancelled at once, one about a text that was edited meanwhile
	 * as outdated, a failed one is logged and answered with nothing.
	 */
	async function answer<T>(
		uri: string,
		token: CancellationToken,
		nothing: T,
		compute: (features: DocumentFeatures) => T | Promise<T>,
	): Promise<T> {
		const document = documents.get(uri);
		if (!document || !settings.enable || !kindOf(document)) return nothing;
		// Nobody tells when a file that was read changes: read it again.
		if (!watched) analyses.forget(uri);
		try {
			const features = await unlessCancelled(analyses.of(document), token);
			return features ? await unlessCancelled(Promise.resolve(compute(features)), token) : nothing;
		} catch (error) {
			if (error instanceof ResponseError) throw error;
			if (error instanceof Superseded) {
				if (!documents.get(uri)) return nothing;
				throw new ResponseError(LSPErrorCodes.ContentModified, "the document was edited");
			}
			const story = error instanceof Error ? (error.stack ?? error.message) : String(error);
			connection.console.error(withoutSecrets(`${URI.parse(uri).path}: ${story}`));
			return nothing;
		}
	}

	function setRoots(uris: readonly string[]): void {
		roots = uris.flatMap((uri) => canonicalUri(uri)?.replace(/\/$/, "") ?? []);
		disk.forgetAll();
		workspace.changed();
		analyses.setRoots(uris);
	}

	/** Editors watch the workspace's folders, but not what package managers and Git keep there. */
	function isWatched(uri: string): boolean {
		return roots.some((root) => uri === root || uri.startsWith(`${root}/`)) && !/\/(node_modules|\.git|\.hg)(\/|$)/.test(uri);
	}

	function useSettings(sent: unknown): void {
		const before = settings.analysis;
		settings = parseSettings(sent);
		if (JSON.stringify(before) !== JSON.stringify(settings.analysis)) analyses.forgetAll();
		workspace.changed();
		watch?.setContexts(settings.engine.contexts);
		watch?.setProbe(settings.sockets.probe);
	}

	async function readSettings(): Promise<void> {
		if (!client.workspace?.configuration) return;
		const sent = await settled(connection.workspace.getConfiguration("portlight"));
		if (sent !== undefined) useSettings(sent);
	}

	/** What the editor answers; undefined when it refuses what it said it could do, which must not keep it from the rest. */
	async function settled<T>(asked: Promise<T>): Promise<T | undefined> {
		try {
			return await asked;
		} catch (error) {
			connection.console.warn(`The editor refuses a request: ${error instanceof Error ? error.message : String(error)}`);
			return undefined;
		}
	}

	function refresh(): void {
		refreshHints();
		if (client.workspace?.codeLens?.refreshSupport) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => {});
		if (client.workspace?.diagnostics?.refreshSupport) connection.languages.diagnostics.refresh().catch(() => {});
		if (!pulls()) for (const document of documents.all()) void push(document);
	}

	function refreshHints(): void {
		if (client.workspace?.inlayHint?.refreshSupport) connection.languages.inlayHint.refresh().catch(() => {});
	}

	/** Whether the editor asks for diagnostics; others want them sent. */
	function pulls(): boolean {
		return client.textDocument?.diagnostic !== undefined;
	}

	async function push(document: TextDocument): Promise<void> {
		if (!kindOf(document)) return;
		const { version } = document;
		const token = CancellationToken.None;
		const found = await answer(document.uri, token, [], (features) => diagnostics(features, settings.severity, runtime.docs)).catch(
			() => [],
		);
		if (documents.get(document.uri)?.version === version)
			await connection.sendDiagnostics({ uri: document.uri, version, diagnostics: found });
	}
}
