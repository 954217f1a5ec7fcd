/** Every language feature in a small project: two Dockerfiles with mistakes and the compose file that runs them. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { codes, example, hints, hoverText, quickFixes } from "./editor.ts";
import { test, until } from "./harness.ts";

const WEB = ["shop", "web", "Dockerfile"];
const API = ["shop", "api", "Dockerfile"];
const COMPOSE = ["shop", "compose.yaml"];
const EVERYTHING = new vscode.Range(0, 0, 1000, 0);

/** Opens a file and waits until Portlight has said something about it. */
async function open(segments: readonly string[]): Promise<vscode.TextDocument> {
	const document = await vscode.workspace.openTextDocument(example(...segments));
	await vscode.window.showTextDocument(document);
	await until(
		"hints",
		() => hints(document),
		(shown) => Object.keys(shown).length > 0,
	);
	return document;
}

/** The place of a text, plus so many characters. */
function at(document: vscode.TextDocument, text: string, more = 0): vscode.Position {
	const offset = document.getText().indexOf(text);
	assert.ok(offset >= 0, `${text} is not there`);
	return document.positionAt(offset + more);
}

/** Applies the quick fix of this title at a text. */
async function fix(document: vscode.TextDocument, text: string, title: string): Promise<void> {
	const offered = await until(
		title,
		() => quickFixes(document, at(document, text).line),
		(found) => found.some((one) => one.title === title),
	);
	const edit = offered.find((one) => one.title === title)?.edit;
	assert.ok(edit && (await vscode.workspace.applyEdit(edit)));
}

/** Runs the case, and puts back every file that it changed. */
function changing(name: string, body: () => Promise<void>): void {
	test(name, async () => {
		try {
			await body();
		} finally {
			for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
				await vscode.window.showTextDocument(document);
				await vscode.commands.executeCommand("workbench.action.files.revert");
			}
		}
	});
}

function placesOf(found: readonly (vscode.Location | vscode.LocationLink)[]): string[] {
	return found
		.map((one) => ("targetUri" in one ? { uri: one.targetUri, range: one.targetRange } : one))
		.map(({ uri, range }) => `${vscode.workspace.asRelativePath(uri, false)}:${range.start.line + 1}`)
		.sort();
}

test("hints stand at the ends of the lines of a Dockerfile, of a continued instruction at its last", async () => {
	assert.deepEqual(await hints(await open(WEB)), {
		"EXPOSE 8080 9000": "✗ 8080, 9000 nothing listens",
		"EXPOSE 5353/udp": "✗ nothing listens",
		'     "app.py"]': "⇢ 5000/tcp  app.py:13  not exposed",
	});
	assert.deepEqual(await hints(await open(API)), {
		"EXPOSE 3000": "✗ loopback only  server.js:3",
		'CMD ["node", "server.js"]': "⇢ 127.0.0.1:3000/tcp  loopback only  server.js:3",
	});
});

test("hints of a compose file say where published ports lead", async () => {
	assert.deepEqual(await hints(await open(COMPOSE)), {
		"  web:": "⇢ 5000/tcp  app.py:13",
		'      - "8080:80"': "→ web listens on 5000/tcp, not 80",
		"      - target: 5000": "✓ app.py:13",
		"  api:": "⇢ 127.0.0.1:3000/tcp  loopback only  server.js:3",
		'      - "3000:3000"': "→ 127.0.0.1:3000/tcp  loopback only",
		"  worker:": "⇢ no ports",
		'    ports: ["9000:9000"]': "→ nothing in worker listens",
		"  cache:": "⇢ 6379/tcp  from the image",
		"      - 6379:6379   # for the console": "✓ from the image",
	});
});

test("hints of a dev container file and of a Kubernetes manifest, whatever language their extensions say", async () => {
	assert.deepEqual(await hints(await open(["shop", ".devcontainer", "devcontainer.json"])), {
		"\t\t5000,": "⇢ app.py:13  once started",
		"\t\t9229": "? the image's command would listen on 5000/tcp",
	});
	const manifest = await open(["shop", "k8s", "web.yaml"]);
	assert.deepEqual(await hints(manifest), {
		"          image: registry.example/shop/web:1": "⇢ 5000/tcp  app.py:13",
		"              containerPort: 8080": "→ web listens on 5000/tcp, not 8080",
		"      targetPort: 5000": "✓ app.py:13",
	});
	assert.deepEqual(codes(manifest), []);
	const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
		"vscode.executeDefinitionProvider",
		manifest.uri,
		at(manifest, "targetPort: 5000", "targetPort: 50".length),
	);
	assert.deepEqual(placesOf(found), ["shop/web/app.py:13"]);
});

test("findings of both kinds of file, each with its page", async () => {
	const found = async (segments: readonly string[], count: number) => {
		const document = await open(segments);
		return (
			await until(
				"findings",
				() => codes(document),
				(all) => all.length === count,
			)
		).sort();
	};
	assert.deepEqual(await found(WEB, 5), ["healthcheck-port", "not-exposed", "nothing-listens", "nothing-listens", "nothing-listens"]);
	assert.deepEqual(await found(API, 1), ["loopback-only"]);
	assert.deepEqual(await found(COMPOSE, 3), ["publishes-silence", "publishes-silence", "unreachable-target"]);
	const [first] = vscode.languages.getDiagnostics(example(...API));
	assert.ok(typeof first?.code === "object");
	const page = await vscode.workspace.fs.readFile(first.code.target);
	assert.match(new TextDecoder().decode(page), /^# loopback-only\n/);
});

for (const [segments, text, title, expected] of [
	[WEB, 'CMD ["python"', "Add EXPOSE 5000", "EXPOSE 5353/udp\nEXPOSE 5000\n"],
	[WEB, "EXPOSE 8080", "Remove EXPOSE 8080", "# What the proxy asks\nEXPOSE 9000\n"],
	[WEB, "EXPOSE 8080", "Replace EXPOSE 9000 with 5000", "EXPOSE 8080 5000\n"],
	[WEB, "EXPOSE 5353", "Ignore nothing-listens here", "# portlight ignore=nothing-listens\nEXPOSE 5353/udp\n"],
	[WEB, "HEALTHCHECK", "Ask port 5000 instead", "http://localhost:5000/ ||"],
	[COMPOSE, "8080:80", "Publish port 5000 of web instead of 80", '"8080:5000"'],
] as const) {
	changing(`the fix ${title}`, async () => {
		const document = await open(segments);
		await fix(document, text, title);
		assert.ok(document.getText().includes(expected), document.getText());
	});
}

changing("Listen on all interfaces edits the line of the program, and the finding goes", async () => {
	const document = await open(API);
	await fix(document, "CMD", "Listen on all interfaces");
	const source = await vscode.workspace.openTextDocument(example("shop", "api", "server.js"));
	assert.match(source.getText(), /\.listen\(3000, "0\.0\.0\.0"\)/);
	await until(
		"no finding",
		() => codes(document),
		(found) => found.length === 0,
	);
	await until(
		"the hint",
		() => hints(document),
		(shown) => shown["EXPOSE 3000"] === "✓ server.js:3",
	);
});

changing("source.fixAll repairs what has one obvious repair", async () => {
	const document = await open(WEB);
	const kind = "source.fixAll.portlight";
	const [all] = await until(
		"the action",
		() => vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", document.uri, EVERYTHING, kind),
		(found) => found.length > 0,
	);
	assert.equal(all?.kind?.value, kind);
	assert.ok(all.edit && (await vscode.workspace.applyEdit(all.edit)));
	assert.match(document.getText(), /\nEXPOSE 5000\nHEALTHCHECK CMD curl -f http:\/\/localhost:5000\//);
});

test("hover is a table of what listens, what is exposed and what is published", async () => {
	const document = await open(WEB);
	const text = await hoverText(document, at(document, "EXPOSE 8080", 2));
	assert.match(text, /\| Port \| Listens \| Exposed \| Published \|/);
	assert.match(text, /\| 5000\/tcp \| yes: \[app\\?\.py:13\]\(\S+\) \| no \| 5000 by `web` \|/);
	assert.match(text, /\| 8080\/tcp \| nothing \| line 7 \| no \|/);
	const compose = await open(COMPOSE);
	assert.match(await hoverText(compose, at(compose, "6379:6379")), /\| 6379\/tcp \| yes: from the image/);
});

test("the code lens of the built stage leads to the line that listens", async () => {
	const document = await open(WEB);
	const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 10);
	const command = lenses.find((one) => one.command?.command === "portlight.showPlaces")?.command;
	assert.ok(command?.arguments);
	assert.equal(command.title, "Listens on 5000/tcp");
	await vscode.commands.executeCommand(command.command, ...command.arguments);
	// One place needs no peek view: VS Code goes there, or shows it above the line.
	await vscode.commands.executeCommand("closeReferenceSearch");
});

changing("completion in EXPOSE offers what listens", async () => {
	const document = await open(WEB);
	const edit = new vscode.WorkspaceEdit();
	edit.insert(document.uri, at(document, "EXPOSE 5353"), "EXPOSE \n");
	assert.ok(await vscode.workspace.applyEdit(edit));
	const position = at(document, "EXPOSE \n", "EXPOSE ".length);
	const list = await vscode.commands.executeCommand<vscode.CompletionList>(
		"vscode.executeCompletionItemProvider",
		document.uri,
		position,
		" ",
	);
	const own = list.items.filter(({ detail }) => detail === "app.py:13");
	assert.deepEqual(
		own.map(({ label }) => label),
		["5000"],
	);
});

test("definition, references and rename connect Dockerfile, program and compose file", async () => {
	const document = await open(COMPOSE);
	const target = at(document, "target: 5000", "target: 50".length);
	const ask = <T>(command: string, ...args: unknown[]) => vscode.commands.executeCommand<T>(command, ...args);
	type Places = (vscode.Location | vscode.LocationLink)[];
	assert.deepEqual(placesOf(await ask<Places>("vscode.executeDefinitionProvider", document.uri, target)), ["shop/web/app.py:13"]);
	const source = await vscode.workspace.openTextDocument(example("shop", "web", "app.py"));
	await vscode.window.showTextDocument(source);
	const references = await until(
		"references",
		() => ask<Places>("vscode.executeReferenceProvider", source.uri, at(source, "5000", 1)),
		(found) => found.length > 0,
	);
	assert.ok(placesOf(references).includes("shop/compose.yaml:6"), placesOf(references).join());
	const edit = await ask<vscode.WorkspaceEdit>("vscode.executeDocumentRenameProvider", document.uri, target, "5001");
	assert.deepEqual(
		edit
			.entries()
			.flatMap(([uri, edits]) => edits.map(({ newText }) => `${vscode.workspace.asRelativePath(uri, false)} ${newText}`))
			.sort(),
		["shop/compose.yaml 5001", "shop/web/app.py 5001"],
	);
});

test("an unsaved program counts, in hints and in the code lens", async () => {
	const document = await open(WEB);
	const source = await vscode.workspace.openTextDocument(example("shop", "web", "app.py"));
	const edit = new vscode.WorkspaceEdit();
	edit.replace(source.uri, new vscode.Range(at(source, "5000"), at(source, "5000", 4)), "9000");
	assert.ok(await vscode.workspace.applyEdit(edit));
	await until(
		"the hint",
		() => hints(document),
		(shown) => shown["EXPOSE 8080 9000"] === "✗ 8080 nothing listens · ✓ 9000 app.py:13",
	);
	await vscode.window.showTextDocument(source);
	await vscode.commands.executeCommand("workbench.action.files.revert");
});

test("hints of one kind, and all that Portlight says, can be turned off and on", async () => {
	const document = await open(WEB);
	const settings = () => vscode.workspace.getConfiguration("portlight");
	const CMD = '     "app.py"]';
	try {
		await settings().update("hints.start", false, vscode.ConfigurationTarget.Global);
		await until(
			"no hint at CMD",
			() => hints(document),
			(shown) => shown[CMD] === undefined && shown["EXPOSE 5353/udp"] !== undefined,
		);
		await settings().update("enable", false, vscode.ConfigurationTarget.Global);
		await until(
			"no hint",
			() => hints(document),
			(shown) => Object.keys(shown).length === 0,
		);
		await until(
			"no finding",
			() => codes(document),
			(found) => found.length === 0,
		);
	} finally {
		await settings().update("hints.start", undefined, vscode.ConfigurationTarget.Global);
		await settings().update("enable", undefined, vscode.ConfigurationTarget.Global);
	}
	await until(
		"all hints",
		() => hints(document),
		(shown) => shown[CMD] !== undefined,
	);
});
