/** An editor's messages in any order: edits, closes, cancels and settings. What is told in the end is what a new server tells of the same text. */
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { createConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { CancellationTokenSource, createProtocolConnection } from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { knownImages } from "../../server/src/image/knownImages.ts";
import { startServer } from "../../server/src/server.ts";
import { createSources } from "../../server/src/source/sources.ts";
import { fuzz } from "../support/fuzz.ts";
import { memoryFiles, ROOT, uriOf } from "../support/memoryFiles.ts";
import { DOCKERFILE_WORDS, dockerfiles } from "./generators/dockerfiles.ts";
import { sourceFiles } from "./generators/sources.ts";
import { grammars } from "./properties.ts";

const place = fc.nat(1_000_000);
const step = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constant("edit" as const),
			at: place,
			length: fc.nat(12),
			text: fc.constantFrom("", "\n", "\r\n", "x", " 80", "😀", ...DOCKERFILE_WORDS),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({ do: fc.constantFrom("hints" as const, "cancelled" as const, "diagnostics" as const, "actions" as const) }),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constantFrom("reopen" as const, "settings" as const, "file" as const, "whole" as const) }) },
);

const sources = createSources(grammars);
const uri = uriOf("Dockerfile");
const everything = { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } };

/** A server in this process, and an editor that speaks to it. */
async function converse(files: Readonly<Record<string, string>>) {
	const [there, back] = [new PassThrough(), new PassThrough()];
	const server = createConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
	const errors: string[] = [];
	startServer(server, {
		version: "0",
		docs: "https://docs.example",
		messages: () => ({}),
		files: memoryFiles(files),
		pauses: () => () => undefined,
		sources,
		baseImages: knownImages,
		watchContainers: () => assert.fail("nobody asks for containers"),
	});
	const editor = createProtocolConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
	editor.onNotification("window/logMessage", ({ message }) => void errors.push(message));
	editor.listen();
	const capabilities = { workspace: { didChangeConfiguration: {} }, textDocument: { diagnostic: {} } };
	await editor.sendRequest("initialize", { processId: null, rootUri: ROOT, capabilities });
	await editor.sendNotification("initialized", {});
	return {
		errors,
		tell: (method: string, params: object) => editor.sendNotification(method, params),
		ask: (method: string, params: object, source = new CancellationTokenSource()) =>
			editor.sendRequest<unknown>(method, { textDocument: { uri }, ...params }, source.token),
		open: (text: string, version: number) =>
			editor.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "dockerfile", version, text } }),
		end() {
			editor.dispose();
			server.dispose();
			for (const stream of [there, back]) stream.destroy();
		},
	};
}

type Conversation = Awaited<ReturnType<typeof converse>>;

async function answers({ ask }: Conversation): Promise<unknown> {
	return [
		await ask("textDocument/inlayHint", { range: everything }),
		await ask("textDocument/diagnostic", {}),
		await ask("textDocument/codeAction", { range: everything, context: { diagnostics: [] } }),
	];
}

fuzz(
	"messages",
	fc.record({ text: dockerfiles, files: sourceFiles, steps: fc.array(step, { maxLength: 12 }) }),
	async ({ text, files, steps }) => {
		const one = await converse(files);
		const asked: Promise<unknown>[] = [];
		const ask = (method: string, params: object, source?: CancellationTokenSource) =>
			// A request about a text that was edited meanwhile, or that is cancelled, is answered with an error that says so.
			asked.push(
				one
					.ask(method, params, source)
					.catch((error: { code?: number }) => assert.ok([-32800, -32801].includes(error.code ?? 0), String(error))),
			);
		let document = TextDocument.create(uri, "dockerfile", 1, text);
		await one.open(text, 1);
		for (const step of steps) {
			const version = document.version + 1;
			switch (step.do) {
				case "edit": {
					const start = document.positionAt(Math.floor((step.at / 1_000_001) * (document.getText().length + 1)));
					const range = { start, end: document.positionAt(document.offsetAt(start) + step.length) };
					const contentChanges = [{ range, text: step.text }];
					document = TextDocument.update(document, contentChanges, version);
					await one.tell("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
					break;
				}
				case "whole":
					document = TextDocument.update(document, [{ text }], version);
					await one.tell("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ text }] });
					break;
				case "reopen":
					await one.tell("textDocument/didClose", { textDocument: { uri } });
					await one.open(document.getText(), version);
					document = TextDocument.create(uri, "dockerfile", version, document.getText());
					break;
				case "settings":
					await one.tell("workspace/didChangeConfiguration", { settings: { portlight: { hints: { from: version % 2 === 0 } } } });
					await one.tell("workspace/didChangeConfiguration", { settings: { portlight: {} } });
					break;
				case "file":
					await one.tell("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf("app.py"), type: 2 }] });
					break;
				case "hints":
					ask("textDocument/inlayHint", { range: everything });
					break;
				case "diagnostics":
					ask("textDocument/diagnostic", {});
					break;
				case "actions":
					ask("textDocument/codeAction", { range: everything, context: { diagnostics: [] } });
					break;
				case "cancelled": {
					const source = new CancellationTokenSource();
					ask("textDocument/inlayHint", { range: everything }, source);
					source.cancel();
				}
			}
		}
		await Promise.all(asked);
		const told = await answers(one);
		const other = await converse(files);
		await other.open(document.getText(), 1);
		const wanted = await answers(other);
		one.end();
		other.end();
		assert.deepEqual(told, wanted, document.getText());
		assert.deepEqual([...one.errors, ...other.errors], []);
	},
	{ runs: 30 },
);
