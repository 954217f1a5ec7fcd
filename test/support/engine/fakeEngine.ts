import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSocketServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

/** Something that listens on a Unix socket in a folder of its own, and is ended with everything that is connected to it. */
export interface Listening {
	readonly path: string;
	readonly endpoint: string;
	close(): Promise<void>;
}

/** An HTTP server on a Unix socket, to play an engine or something that is none. */
export function serve(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<Listening> {
	return listen(createServer(handler));
}

/** Raw bytes on a Unix socket. */
export function serveSockets(handler: (socket: Socket) => void): Promise<Listening> {
	return listen(createSocketServer(handler));
}

async function listen(server: Server | HttpServer): Promise<Listening> {
	const folder = await mkdtemp(path.join(tmpdir(), "portlight-socket-"));
	const socketPath = path.join(folder, "engine.sock");
	const sockets = new Set<Socket>();
	server.on("connection", (socket: Socket) => {
		sockets.add(socket);
		socket.on("error", () => {});
		socket.on("close", () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(socketPath, resolve));
	return {
		path: socketPath,
		endpoint: `unix://${socketPath}`,
		async close() {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** The answers of a small Docker Engine: paths without their query, to JSON. Unknown paths answer 404 as Docker does. */
export function engineHandler(answers: () => Record<string, unknown>, onEvents: (response: ServerResponse) => void = () => {}) {
	return (request: IncomingMessage, response: ServerResponse): void => {
		const route = (request.url ?? "").split("?")[0] ?? "";
		if (route === "/events") {
			response.writeHead(200, { "content-type": "application/json" });
			response.flushHeaders();
			onEvents(response);
			return;
		}
		const answer = { "/version": { ApiVersion: "1.41" }, "/containers/json": [], ...answers() }[route];
		response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
		response.end(JSON.stringify(answer ?? { message: `No such thing: ${route}` }));
	};
}
