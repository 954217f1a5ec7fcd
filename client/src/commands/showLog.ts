import type { LogOutputChannel } from "vscode";

/** Opens the output channel of client and server. */
export function showLog(log: LogOutputChannel): () => void {
	return () => log.show();
}
