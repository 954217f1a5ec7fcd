import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { copyOfExamples, type LanguageServer, startLanguageServer } from "../support/languageServer.ts";

// The server takes the language that the editor names, from the files beside its bundle.
const TEXT = "FROM python\nADD . .\nEXPOSE 8080\nCMD python app.py\n";
let examples: Awaited<ReturnType<typeof copyOfExamples>>;

before(async () => {
	examples = await copyOfExamples();
});
after(() => examples.remove());

async function speaking(locale: string, check: (server: LanguageServer, uri: string) => Promise<void>): Promise<void> {
	const server = await startLanguageServer(examples.folder, "ipc", undefined, { locale });
	const uri = examples.uri("flask/Dockerfile");
	try {
		server.open(uri, TEXT);
		await check(server, uri);
	} finally {
		assert.equal(await server.stop(), 0);
	}
	assert.equal(server.errors(), "");
}

async function messages(server: LanguageServer, uri: string): Promise<string[]> {
	const report = await server.diagnostics(uri);
	return report.kind === "full" ? report.items.map(({ message }) => String(message)) : [];
}

test("hints, findings, fixes and hovers in German", () =>
	speaking("de", async (server, uri) => {
		assert.deepEqual(await server.labels(uri), ["3 ✗ nichts lauscht", "4 ⇢ 80/tcp  app.py:25  nicht freigegeben"]);
		assert.deepEqual(await messages(server, uri), [
			"EXPOSE 8080: In diesem Image lauscht nichts auf 8080/tcp (python app.py lauscht auf 80/tcp)",
			"app.py:25 lauscht auf 80/tcp, aber das Image gibt den Port nicht frei",
		]);
		const titles = (await server.actions(uri)).map(({ title }) => title);
		assert.deepEqual(titles, [
			"EXPOSE 8080 durch 80 ersetzen",
			"EXPOSE 8080 entfernen",
			"EXPOSE 80 hinzufügen",
			"nothing-listens hier ignorieren",
			"not-exposed hier ignorieren",
		]);
		const shown = JSON.stringify((await server.hover(uri, 2))?.contents);
		assert.match(shown, /\| Port \| Lauscht \| Freigegeben \|/);
		assert.match(shown, /Dienstprüfungen von CI-Systemen fragen `8080` ab und finden 80\/tcp nicht/);
	}));

test("why ports are unknown, in German, for a region without messages of its own", () =>
	speaking("de-AT", async (server, uri) => {
		server.change(uri, 2, [{ text: "FROM python\nCMD python app.py\n" }]);
		assert.deepEqual(await server.labels(uri), ["2 ⇢ Ports unbekannt: app.py wird nicht in das Image kopiert"]);
	}));

test("English for a language without messages", () =>
	speaking("nl", async (server, uri) => {
		assert.deepEqual(await server.labels(uri), ["3 ✗ nothing listens", "4 ⇢ 80/tcp  app.py:25  not exposed"]);
	}));
