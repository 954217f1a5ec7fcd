import {
	type ClientCapabilities,
	type Connection,
	DidChangeTextDocumentNotification,
	DidCloseTextDocumentNotification,
	DidOpenTextDocumentNotification,
	ReferencesRequest,
	TextDocumentSyncKind,
} from "vscode-languageserver";

/**
 * The files that programs are read from are followed too, so that what stands in an unsaved app.py or nginx.conf counts; only
 * Dockerfiles get hints, and they are followed anyway. A client that cannot register this dynamically sends Dockerfiles alone,
 * and other files are read from the disk.
 */
const SOURCE_FILES = [
	"**/*.{py,js,cjs,mjs,jsx,ts,cts,mts,tsx,json,jsonc,go,mod,java,kt,kts,gradle,scala,cs,csproj,rb,ru,php,rs,ex,exs,pl,R,sh,bash}",
	"**/*.{toml,yaml,yml,xml,properties,ini,cfg,cnf,conf,env,template,dockerignore}",
	"**/{Makefile,Procfile,Caddyfile,.env,.flaskenv}",
].map((pattern) => ({ pattern }));

/**
 * Asks the editor to tell of the files that programs are read from, and to ask for references in them. `settled` answers what a request
 * answers, and nothing when the editor refuses it.
 */
export async function followSources(
	connection: Connection,
	{ textDocument }: ClientCapabilities,
	settled: <T>(asked: Promise<T>) => Promise<T | undefined>,
): Promise<void> {
	if (textDocument?.synchronization?.dynamicRegistration) {
		const documentSelector = SOURCE_FILES;
		await settled(connection.client.register(DidOpenTextDocumentNotification.type, { documentSelector }));
		await settled(
			connection.client.register(DidChangeTextDocumentNotification.type, {
				documentSelector,
				syncKind: TextDocumentSyncKind.Incremental,
			}),
		);
		await settled(connection.client.register(DidCloseTextDocumentNotification.type, { documentSelector }));
	}
	if (textDocument?.references?.dynamicRegistration) {
		await settled(connection.client.register(ReferencesRequest.type, { documentSelector: SOURCE_FILES }));
	}
}
