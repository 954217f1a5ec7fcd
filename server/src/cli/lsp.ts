import { connect, type Socket } from "node:net";
import { type Connection, createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { type Runtime, startServer } from "../server.ts";
import { EXIT, type Output } from "./output.ts";

/**
 * `portlight lsp`: the arguments are those after `lsp`, and name the transport as vscode-languageserver knows them. Answers the exit
 * code when there is no connection; a server that has one lives until its editor says exit.
 */
export async function runLsp(args: readonly string[], runtime: () => Runtime, output: Output): Promise<number | undefined> {
	const transport = args.find((arg) => /^--(stdio|node-ipc|socket=\d+|pipe=.+)$/.test(arg));
	if (transport === undefined) {
		output.err("portlight lsp: name a transport: --stdio, --socket=PORT or --pipe=NAME\n");
		return EXIT.failed;
	}
	const [, kind, place = ""] = /^--(\w+)=(.+)$/.exec(transport) ?? [];
	let connection: Connection;
	if (kind === undefined) connection = createConnection(ProposedFeatures.all);
	else {
		try {
			const socket = await connected(kind === "socket" ? { port: Number(place), host: "127.0.0.1" } : { path: place });
			connection = createConnection(ProposedFeatures.all, socket, socket);
		} catch (error) {
			// The editor listens, the server connects: the other way round nobody is there.
			const why = error instanceof Error ? error.message : String(error);
			output.err(`portlight lsp: no editor listens at ${transport.slice(2)} (${why})\n`);
			return EXIT.failed;
		}
	}
	startServer(connection, runtime());
	return undefined;
}

/** Rejects when nobody accepts; what goes wrong later ends the connection. */
function connected(place: { port: number; host: string } | { path: string }): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = connect(place);
		socket.once("error", reject);
		socket.once("connect", () => {
			socket.off("error", reject);
			// The end of the stream, which follows, is what the server acts on.
			socket.on("error", () => {});
			resolve(socket);
		});
	});
}
