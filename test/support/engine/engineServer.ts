import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
	CONTAINERS_CHANGED,
	CONTAINERS_REFRESH,
	CONTAINERS_REQUEST,
	CONTAINERS_VISIBLE,
	CONTEXTS_REQUEST,
	type ContainersReport,
	type ContextReport,
} from "../../../server/src/protocol.ts";
import { startLanguageServer } from "../languageServer.ts";
import { waitFor } from "./wait.ts";

/** The bundled server with a tree of containers that somebody looks at. */
export interface EngineServer {
	/** What the server answers now. */
	report(): Promise<ContainersReport>;
	/** `engine state: container container`, a line for each engine, by the last report that a notification led to. */
	shown(): string;
	/** Waits until `shown` says so. */
	until(expected: string | RegExp, deadline?: number): Promise<void>;
	/** What people do who do not want to wait: the next attempts then come quickly again. */
	refresh(): Promise<void>;
	contexts(): Promise<readonly ContextReport[]>;
	choose(contexts: readonly string[]): void;
	/** Ends it, and fails when it said anything unexpected. */
	stop(): Promise<void>;
}

export async function startEngineServer(contexts: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<EngineServer> {
	const folder = await mkdtemp(path.join(tmpdir(), "portlight-workspace-"));
	const settings = { engine: { contexts } };
	const server = await startLanguageServer(folder, "ipc", {}, { env, settings });
	const { connection } = server;
	const complaints: string[] = [];
	connection.onNotification("window/logMessage", ({ message }: { message: string }) => void complaints.push(message));
	const ask = () => connection.sendRequest<ContainersReport>(CONTAINERS_REQUEST);
	let last: ContainersReport | undefined;
	// As the tree does: only what is announced is asked for.
	connection.onNotification(CONTAINERS_CHANGED, async () => {
		last = await ask().catch(() => undefined);
	});
	await connection.sendNotification(CONTAINERS_VISIBLE, { visible: true, all: false });
	last = await ask();
	const shown = () => (last ? picture(last) : "");
	return {
		report: ask,
		shown,
		async until(expected, deadline = 30_000) {
			const fits = () => (typeof expected === "string" ? shown() === expected : expected.test(shown()));
			await waitFor(String(expected), fits, deadline).catch((error) => {
				throw new Error(`expected ${expected}, saw ${shown()}`, { cause: error });
			});
		},
		refresh: () => connection.sendRequest(CONTAINERS_REFRESH),
		contexts: () => connection.sendRequest<readonly ContextReport[]>(CONTEXTS_REQUEST, { soon: false }),
		choose: (names) =>
			void connection.sendNotification("workspace/didChangeConfiguration", { settings: { portlight: { engine: { contexts: names } } } }),
		async stop() {
			const status = await server.stop();
			await rm(folder, { recursive: true, force: true });
			assert.equal(status, 0);
			assert.equal(server.errors(), "", "nothing unhandled");
			assert.deepEqual(complaints, []);
		},
	};
}

function picture({ engines, containers }: ContainersReport): string {
	return engines
		.map(({ name, state }) => {
			const own = containers.filter(({ engine }) => engine === name).map((one) => one.name);
			return `${name} ${state}: ${own.join(" ")}`.trim();
		})
		.join("\n");
}
