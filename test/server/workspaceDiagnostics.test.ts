import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { CancellationTokenSource, type WorkspaceDiagnosticReport, WorkspaceDiagnosticRequest } from "vscode-languageserver-protocol/node";
import { type LanguageServer, startLanguageServer } from "../support/languageServer.ts";

describe("findings of the whole workspace", () => {
	let folder = "";
	let server: LanguageServer;
	/** Identifiers of the last results, as an editor keeps them. */
	const previous = new Map<string, string>();
	const uri = (name: string) => pathToFileURL(path.join(folder, name)).href;
	const write = async (name: string, text: string) => {
		await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
		await writeFile(path.join(folder, name), text);
	};

	async function ask(): Promise<readonly string[]> {
		const previousResultIds = [...previous].map(([one, value]) => ({ uri: one, value }));
		return keep(await server.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds }));
	}

	function keep({ items }: WorkspaceDiagnosticReport): readonly string[] {
		return items.map((one) => {
			if (one.resultId === undefined) previous.delete(one.uri);
			else previous.set(one.uri, one.resultId);
			const codes = one.kind === "full" ? one.items.map(({ code }) => code).join(" ") : "unchanged";
			return `${one.uri.slice(uri("").length + 1)}: ${codes}`;
		});
	}

	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), "portlight-workspace-"));
		await write("a/Dockerfile", "FROM python:3.12\nEXPOSE 81\nCMD python -m http.server 80\n");
		await write("b/web.Dockerfile", "FROM httpd:2.4\n");
		await write("b/compose.yaml", "services:\n  web:\n    image: redis:7\n    ports: ['1:1']\n");
		await write("node_modules/x/Dockerfile", "FROM httpd:2.4\nEXPOSE 1\n");
		server = await startLanguageServer(folder);
	});
	after(async () => {
		assert.equal(await server.stop(), 0);
		assert.equal(server.errors(), "");
		await rm(folder, { recursive: true });
	});

	test("every file of the workspace, but not of other people", async () => {
		assert.deepEqual(await ask(), ["a/Dockerfile: nothing-listens not-exposed", "b/compose.yaml: publishes-silence", "b/web.Dockerfile: "]);
	});

	test("the next request waits until something changed, and answers that alone", async () => {
		const asking = ask();
		await write("a/Dockerfile", "FROM python:3.12\nEXPOSE 80\nCMD python -m http.server 80\n");
		server.changedOnDisk(uri("a/Dockerfile"));
		assert.deepEqual(await asking, ["a/Dockerfile: "]);
	});

	test("a file that is opened reports for itself; one that is closed or gone is told", async () => {
		const opening = ask();
		server.open(uri("b/web.Dockerfile"), "FROM httpd:2.4\nEXPOSE 99\n");
		assert.deepEqual(await opening, ["b/web.Dockerfile: "]);
		const going = ask();
		await rm(path.join(folder, "b/compose.yaml"));
		server.changedOnDisk(uri("b/compose.yaml"));
		assert.deepEqual(await going, ["b/compose.yaml: "]);
		const closing = ask();
		server.close(uri("b/web.Dockerfile"));
		assert.deepEqual(await closing, ["b/web.Dockerfile: "]);
	});

	test("a request that is cancelled does not wait", async () => {
		const source = new CancellationTokenSource();
		const previousResultIds = [...previous].map(([one, value]) => ({ uri: one, value }));
		const asking = server.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds }, source.token);
		source.cancel();
		assert.deepEqual(await asking.catch((error: { code: number }) => error.code), { items: [] });
	});
});
