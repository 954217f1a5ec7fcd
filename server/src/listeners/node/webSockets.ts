import type { LibraryCall } from "../../source/program.ts";
import type { Endpoint, ReadCall } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { readNodeListen } from "./nodeListen.ts";
import { readOptionsCall } from "./optionsCall.ts";

/** ws, `new WebSocketServer(options)`: one of `port`, `server` and `noServer`; only a port listens. */
const readServer = readOptionsCall({ at: [0], instead: ["server", "noServer"] });

export const ws: Technology = {
	name: "ws",
	title: "ws",
	calls: {
		javascript: Object.fromEntries(
			["ws.WebSocketServer", "ws.Server", "ws.WebSocket.Server", "ws.WebSocket.WebSocketServer"].map((make) => [make, readServer]),
		),
	},
};

/** Socket.IO, "The Server instance": `new Server(port)` and `io.listen(port)` listen, `new Server(httpServer)` does not. */
const attach: ReadCall = (call: LibraryCall): Endpoint | undefined => {
	const [first] = call.positional;
	const isPort = first && ["known", "variable", "argument", "oneOf"].includes(first.kind);
	return isPort ? readNodeListen({ ...call, positional: [first] }) : undefined;
};

export const socketIo: Technology = {
	name: "socket.io",
	title: "Socket.IO",
	calls: {
		javascript: {
			"socket.io.Server": attach,
			"socket.io": attach,
			"socket.io.listen": attach,
			"socket.io.Server().attach": attach,
			"socket.io().attach": attach,
			"socket.io.Server().listen": attach,
			"socket.io().listen": attach,
		},
	},
};
