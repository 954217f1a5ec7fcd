import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { embeddedVscode } from "../../../scripts/embeddedVscode.mjs";
import { capture } from "../../../scripts/processes.mjs";

export interface VscodeServer {
	/** The address of a window: a folder, and what the window is told beside it, as pairs. */
	url(folder: string, payload: readonly (readonly [string, string])[]): string;
	/** As VS Code names a file of this machine in a window of the browser. */
	uri(file: string): string;
	/** What the server printed so far. */
	output(): string;
	close(): Promise<void>;
}

export interface ServerOptions {
	/** Holds what the server writes: settings, logs. */
	readonly dataFolder: string;
	readonly extensionsFolder: string;
	/** Reaches the extension host and the language server. */
	readonly env?: Readonly<Record<string, string>>;
	/** A .vsix to install first, as a user would. */
	readonly install?: string;
	/** The user's settings. */
	readonly settings?: Readonly<Record<string, unknown>>;
}

const PATIENCE_MS = 60_000;

/** Starts VS Code's server on a free port of the loopback address; without trust questions, telemetry and tokens. */
export async function startVscodeServer({
	dataFolder,
	extensionsFolder,
	env = {},
	install,
	settings = {},
}: ServerOptions): Promise<VscodeServer> {
	await writeSettings(dataFolder, settings);
	const { serverMain } = await embeddedVscode(console.error);
	const folders = ["--server-data-dir", dataFolder, "--extensions-dir", extensionsFolder, "--accept-server-license-terms"];
	if (install !== undefined) {
		const { code, output } = await capture(process.execPath, [serverMain, ...folders, "--install-extension", install, "--force"]);
		if (code !== 0) throw new Error(`${install} could not be installed:\n${output}`);
	}
	const options = ["--without-connection-token", "--enable-smoke-test-driver", "--disable-workspace-trust", "--telemetry-level", "off"];
	const child = spawn(process.execPath, [serverMain, "--host", "127.0.0.1", "--port", "0", ...folders, ...options], {
		stdio: ["ignore", "pipe", "pipe"],
		env: { ...withoutTestRunner(process.env), ...env },
	});
	let output = "";
	const port = await new Promise<string>((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`VS Code's server did not start:\n${output}`)), PATIENCE_MS);
		const read = (chunk: string) => {
			output += chunk;
			const found = /Extension host agent listening on (\d+)/.exec(output)?.[1];
			if (found === undefined) return;
			clearTimeout(timer);
			resolve(found);
		};
		child.stdout.setEncoding("utf8").on("data", read);
		child.stderr.setEncoding("utf8").on("data", read);
		child.once("error", reject);
		child.once("exit", (code) => reject(new Error(`VS Code's server ended with code ${code}:\n${output}`)));
	});
	const address = `127.0.0.1:${port}`;
	return {
		url: (folder, payload) =>
			`http://${address}/?folder=${encodeURIComponent(posix(folder))}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
		uri: (file) => `vscode-remote://${address}${posix(file)}`,
		output: () => output,
		async close() {
			if (child.exitCode !== null || child.signalCode !== null) return;
			const ended = once(child, "exit");
			child.kill("SIGTERM");
			await ended;
		},
	};
}

async function writeSettings(dataFolder: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
	const file = path.join(dataFolder, "data", "User", "settings.json");
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, JSON.stringify(settings));
}

function posix(file: string): string {
	const forward = file.replaceAll(path.sep, "/");
	return forward.startsWith("/") ? forward : `/${forward}`;
}

/** node:test and npm leave variables behind that would change how the server's own Node processes behave. */
function withoutTestRunner(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(env).filter(([name]) => name !== "NODE_TEST_CONTEXT" && name !== "NODE_OPTIONS"));
}
