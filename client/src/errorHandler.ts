import { t } from "@vscode/l10n";
import { CloseAction, ErrorAction, type ErrorHandler } from "vscode-languageclient/node";
import { MAX_RESTARTS, type RestartPolicy } from "./restartPolicy.ts";

/** Messages in a row that could not be written or read, after which the connection is of no use. */
const MAX_ERRORS = 3;

/** Starts a server that ended again, quietly, as often as the policy allows; then `giveUp` tells the user, who may start it again. */
export function errorHandler(policy: RestartPolicy, giveUp: (message: string) => void): ErrorHandler {
	return {
		error: (_error, _message, count) => ({
			action: count !== undefined && count <= MAX_ERRORS ? ErrorAction.Continue : ErrorAction.Shutdown,
		}),
		closed() {
			if (policy.ended()) return { action: CloseAction.Restart, message: "The language server ended; it is started again.", handled: true };
			const message = t("The Portlight language server ended {0} times within three minutes and is not started again.", MAX_RESTARTS + 1);
			giveUp(message);
			return { action: CloseAction.DoNotRestart, message, handled: true };
		},
	};
}
