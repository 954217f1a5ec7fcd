import { type CancellationToken, type Connection, type Location, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { kindOf } from "./documentKinds.ts";
import { diagnostics } from "./features/diagnostics.ts";
import type { DocumentFeatures } from "./features/documentFeatures.ts";
import type { HintOptions } from "./features/hintOptions.ts";
import { definitions, references, rename, renameTarget } from "./features/navigation.ts";
import type { Settings } from "./settings.ts";
import { canonicalUri } from "./uri.ts";
import type { WorkspaceDiagnostics } from "./workspaceDiagnostics.ts";

/** What the answers to an editor's questions about documents depend on. */
export interface LanguageState {
	readonly settings: () => Settings;
	/** URI of the folder of the documentation. */
	readonly docs: string;
	/** Documents that are open, of whatever kind. */
	readonly open: () => readonly { readonly uri: string; readonly languageId: string }[];
	readonly workspace: WorkspaceDiagnostics;
	readonly hintOptions: (uri: string) => HintOptions;
	/** The editor asked to shut down. */
	readonly isOver: () => boolean;
	/** Computes an answer from what is known of a document; `nothing` where nothing is. */
	answer<T>(uri: string, token: CancellationToken, nothing: T, compute: (features: DocumentFeatures) => T | Promise<T>): Promise<T>;
}

/** Answers what editors ask about documents: hints, hovers, fixes, findings, and the ways from port to port. */
export function answerLanguageRequests(connection: Connection, state: LanguageState): void {
	const { answer, docs, workspace } = state;

	connection.languages.inlayHint.on(({ textDocument: { uri }, range: { start, end } }, token) =>
		answer(uri, token, [], (features) =>
			features.inlayHints(state.hintOptions(uri)).filter(({ position }) => position.line >= start.line && position.line <= end.line),
		),
	);
	connection.onHover(({ textDocument: { uri }, position }, token) =>
		answer(uri, token, null, (features) => features.hover(position, docs, state.hintOptions(uri).live) ?? null),
	);
	connection.onCompletion(({ textDocument: { uri }, position }, token) =>
		answer(uri, token, [], (features) => [...features.completions(position)]),
	);
	connection.onCodeLens(({ textDocument: { uri } }, token) => answer(uri, token, [], (features) => [...features.codeLenses()]));
	connection.onCodeAction(({ textDocument: { uri }, range, context }, token) =>
		answer(uri, token, [], async (features) => {
			const { diagnostics: shown, only } = context;
			return [...(await features.codeActions({ selection: range, shown, live: state.hintOptions(uri).live, ...(only ? { only } : {}) }))];
		}),
	);
	connection.languages.diagnostics.on(({ textDocument: { uri } }, token) =>
		answer(uri, token, { kind: "full" as const, items: [] }, (features) => ({
			kind: "full" as const,
			items: diagnostics(features, state.settings().severity, docs),
		})),
	);
	connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
		const previous = new Map(previousResultIds.map(({ uri, value }) => [canonicalUri(uri) ?? uri, value]));
		// A request that is cancelled must not wait for a change that may never come.
		const ended = token.onCancellationRequested(() => workspace.changed([]));
		try {
			return { items: [...(await workspace.report(previous, () => state.settings().enable && isWanted(token)))] };
		} finally {
			ended.dispose();
		}
	});

	connection.onDefinition(({ textDocument: { uri }, position }, token) =>
		answer(uri, token, [], (features) => definitions(features.portSites(), uri, position)),
	);
	connection.onReferences(async ({ textDocument: { uri }, position, context }, token) => {
		const document = state.open().find((one) => one.uri === uri);
		const kind = document && kindOf(document);
		if (!kind) return referencesFromSource(uri, position, token);
		const found = await answer(uri, token, [], (features) => references(features.portSites(), uri, position, context.includeDeclaration));
		// A YAML file may hold manifests, or the configuration of a program.
		return found.length === 0 && kind.hintsOnly ? referencesFromSource(uri, position, token) : found;
	});
	connection.onPrepareRename(({ textDocument: { uri }, position }, token) =>
		answer(uri, token, null, (features) => {
			const target = renameTarget(features.portSites(), uri, position);
			if ("refused" in target) throw new ResponseError(LSPErrorCodes.RequestFailed, target.refused);
			return { range: target.range, placeholder: String(target.port) };
		}),
	);
	connection.onRenameRequest(({ textDocument: { uri }, position, newName }, token) =>
		answer(uri, token, null, (features) => {
			const edit = rename(features.portSites(), uri, position, newName);
			if ("refused" in edit) throw new ResponseError(LSPErrorCodes.RequestFailed, edit.refused);
			return edit;
		}),
	);

	function isWanted(token: CancellationToken): boolean {
		return !token.isCancellationRequested && !state.isOver();
	}

	/** The other way: from the line of a program that listens to whoever exposes, publishes and asks its port. */
	async function referencesFromSource(uri: string, position: Location["range"]["start"], token: CancellationToken): Promise<Location[]> {
		if (!state.settings().enable) return [];
		const shown = await Promise.all(
			state
				.open()
				.filter((one) => kindOf(one))
				.map((one) => answer<DocumentFeatures | undefined>(one.uri, token, undefined, (features) => features)),
		);
		const file = canonicalUri(uri) ?? uri;
		const others = await workspace.readersOf(file, () => isWanted(token));
		const groups = [...shown.flatMap((features) => features ?? []), ...others].flatMap((features) => features.portSites());
		const found = references(groups, file, position, false);
		const keyOf = (one: Location) => `${one.uri} ${one.range.start.line}:${one.range.start.character}`;
		return found.filter((one, i) => found.findIndex((other) => keyOf(other) === keyOf(one)) === i);
	}
}
