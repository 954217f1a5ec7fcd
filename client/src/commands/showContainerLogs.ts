import { t } from "@vscode/l10n";
import { logTerminal } from "../containers/logTerminal.ts";
import { type CommandArgument, engineOf, targetContainer } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";
import { plain } from "../containers/words.ts";

/** Lines of the past that are shown. */
const TAIL = "1000";

/** Follows the log of a container in a terminal, by the engine's own command line. */
export function showContainerLogs(view: ContainersView) {
	return async (argument?: CommandArgument): Promise<void> => {
		const target = await targetContainer(view, argument, {
			placeHolder: t("Container whose log to show"),
			none: t("No log to show: Portlight knows no container."),
		});
		const engine = target && engineOf(view, target.container);
		if (!engine) return;
		const { name, id } = target.container;
		logTerminal(t("Logs: {0}", plain(name)), [...engine.command, "logs", "--follow", "--tail", TAIL, id]).show();
	};
}
