import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rmdir } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import {
	createProtocolConnection,
	ExitNotification,
	InitializeRequest,
	ShutdownRequest,
	StreamMessageReader,
	StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

const cli = path.join(import.meta.dirname, "../../dist/cli.js");

/** Runs a program and answers what it left behind; a failure of the command line is one line or the usage, never a stack. */
async function failure(program: string, ...args: string[]): Promise<string> {
	const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
	let err = "";
	child.stderr.on("data", (chunk) => (err += chunk));
	child.stdout.resume();
	const status = await new Promise((resolve) => child.on("close", resolve));
	assert.equal(status, 2, err);
	assert.doesNotMatch(err, /\n\s+at |node:internal/);
	return err;
}

for (const transport of ["--stdio=1", "--socket=x", "--socket=", "--pipe="])
	test(`lsp ${transport} is no transport`, async () => {
		assert.match(await failure(process.execPath, cli, "lsp", transport), /^portlight lsp: name a transport: /);
	});

test("lsp where no editor listens says so", async () => {
	assert.match(await failure(process.execPath, cli, "lsp", "--socket=1"), /^portlight lsp: no editor listens at socket=1 \(.*ECONNREFUSED/);
	assert.match(await failure(process.execPath, cli, "lsp", "--socket=99999"), /^portlight lsp: no editor listens at socket=99999/);
	assert.match(await failure(process.execPath, cli, "lsp", "--pipe=/none/editor.sock"), /^portlight lsp: no editor listens at pipe=/);
});

test("lsp over a socket: the editor listens, and the server ends with it", async () => {
	const { promise, resolve } = Promise.withResolvers<Socket>();
	const editor = createServer(resolve);
	await new Promise<void>((listening) => editor.listen(0, "127.0.0.1", listening));
	const { port } = editor.address() as { port: number };
	const server = spawn(process.execPath, [cli, "lsp", `--socket=${port}`], { stdio: "ignore" });
	const ended = new Promise((end) => server.on("close", end));
	const socket = await promise;
	const connection = createProtocolConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));
	connection.listen();
	const { serverInfo } = await connection.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities: {} });
	assert.equal(serverInfo?.name, "portlight");
	await connection.sendRequest(ShutdownRequest.type);
	await connection.sendNotification(ExitNotification.type);
	assert.equal(await ended, 0);
	connection.dispose();
	editor.close();
});

test("a current folder that was removed", { skip: process.platform === "win32" ? "such a folder cannot be removed" : false }, async () => {
	const folder = await mkdtemp(path.join(tmpdir(), "portlight-gone-"));
	const script = 'cd "$1" && rmdir "$1" && exec "$2" "$3" check';
	const err = await failure("/bin/sh", "-c", script, "sh", folder, process.execPath, cli);
	assert.equal(err, "portlight: the current folder does not exist any more\n");
	await assert.rejects(rmdir(folder));
});
