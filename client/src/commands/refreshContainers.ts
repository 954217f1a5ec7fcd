import type { LanguageClient } from "vscode-languageclient/node";
import { CONTAINERS_REFRESH } from "../../../server/src/protocol.ts";
import type { RestartPolicy } from "../restartPolicy.ts";
import { restartServer } from "./restartServer.ts";

/** Reconnects to the engine and reads everything again; the tree follows by the server's notification. */
export function refreshContainers(client: LanguageClient, policy: RestartPolicy): () => Promise<void> {
	return async () => {
		// A server that gave up cannot refresh anything: Retry means to start it, and a started server reads everything.
		if (client.isRunning()) await client.sendRequest(CONTAINERS_REFRESH);
		else await restartServer(client, policy)();
	};
}
