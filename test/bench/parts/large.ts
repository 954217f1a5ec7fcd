import path from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { CancellationTokenSource, InlayHintRequest } from "vscode-languageserver-protocol/node";
import { type LanguageServer, startLanguageServer } from "../../support/languageServer.ts";
import { writeLargeProgram } from "../projects.ts";
import { type Findings, spread } from "../report.ts";
import type { Scale } from "../scale.ts";

const everything = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
const SMALL = "FROM redis\n";

/** What others wait while a large program is evaluated: an edit of another file, and a request that is cancelled. */
export async function large(findings: Findings, { modules, cancels }: Scale, folder: string): Promise<void> {
	const server = await startLanguageServer(folder, "ipc");
	const small = pathToFileURL(path.join(folder, "small.dockerfile")).href;
	server.open(small, SMALL);
	await server.hints(small);
	const waits: number[] = [];
	const took = await evaluate(server, folder, "edited", modules, async (version) => {
		const asked = performance.now();
		server.change(small, version + 2, [{ text: `${SMALL}ENV EDIT=${version}\n` }]);
		await server.hints(small);
		waits.push(performance.now() - asked);
	});
	const answers: number[] = [];
	for (let program = 0; answers.length < cancels && program < 50; program++) {
		await evaluate(server, folder, `cancelled-${program}`, modules, async (_, uri) => {
			const source = new CancellationTokenSource();
			const asked = server.connection
				.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range: everything }, source.token)
				.then(() => "answered")
				.catch(() => "cancelled");
			await new Promise((resolve) => setImmediate(resolve));
			const cancelled = performance.now();
			source.cancel();
			if ((await asked) === "cancelled") answers.push(performance.now() - cancelled);
		});
	}
	await server.stop();
	findings.row({ name: `program of ${modules} modules, the first time`, unit: "ms", figures: { once: took } });
	findings.row({ name: "edit to hints in another file meanwhile", unit: "ms", figures: spread(waits) });
	const figures = spread(answers);
	findings.row({
		name: "cancel to answer meanwhile",
		unit: "ms",
		figures,
		goal: { of: "median in ms", value: figures.median, atMost: 5 },
	});
}

/** Does one thing after another while a program that the server never saw is evaluated; answers how long that took. */
async function evaluate(
	server: LanguageServer,
	folder: string,
	name: string,
	modules: number,
	meanwhile: (round: number, uri: string) => Promise<void>,
): Promise<number> {
	const own = path.join(folder, name);
	const text = await writeLargeProgram(own, modules);
	const uri = pathToFileURL(path.join(own, "Dockerfile")).href;
	const started = performance.now();
	let done = false;
	server.open(uri, text);
	const answer = server.hints(uri).then(() => (done = true));
	for (let round = 0; !done; round++) await meanwhile(round, uri);
	await answer;
	const took = performance.now() - started;
	server.close(uri);
	return took;
}
