import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { type CommandArgument, engineOf, targetContainer } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";
import { plain } from "../containers/words.ts";

/** Runs inside of the container: its best shell. */
const BEST_SHELL = "if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi";

/** Opens a shell inside a running container, in a terminal. Arguments are handed over one by one, never through a shell. */
export function openShell(view: ContainersView) {
	return async (argument?: CommandArgument): Promise<void> => {
		const target = await targetContainer(view, argument, {
			placeHolder: t("Container to open a shell in"),
			suits: ({ state }) => state === "running",
			none: t("No shell to open: no container is running."),
		});
		const engine = target && engineOf(view, target.container);
		if (!engine) return;
		const { name, id } = target.container;
		const [program, ...args] = engine.command;
		const terminal = vscode.window.createTerminal({
			name: t("Shell: {0}", plain(name)),
			iconPath: new vscode.ThemeIcon("terminal"),
			...(program === undefined ? {} : { shellPath: program }),
			shellArgs: [...args, "exec", "--interactive", "--tty", id, "sh", "-c", BEST_SHELL],
			isTransient: true,
		});
		terminal.show();
	};
}
