import { type CancellationToken, type Disposable, LSPErrorCodes, ResponseError } from "vscode-languageserver";

/** What is computed goes on for those who ask next; this one's answer does not wait for it. */
export async function unlessCancelled<T>(result: Promise<T>, token: CancellationToken): Promise<T> {
	let heard: Disposable | undefined;
	const cancelled = new Promise<never>((_, reject) => {
		const cancel = () => reject(new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled"));
		if (token.isCancellationRequested) cancel();
		else heard = token.onCancellationRequested(cancel);
	});
	try {
		return await Promise.race([result, cancelled]);
	} finally {
		heard?.dispose();
	}
}
