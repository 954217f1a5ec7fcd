import { type ChildProcess, spawn } from "node:child_process";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";

/**
 * A terminal that shows what a program prints, and stays when it has ended: the logs of a stopped container end at once. The
 * program is started without a shell.
 */
export function logTerminal(name: string, [program = "", ...args]: readonly string[]): vscode.Terminal {
	const written = new vscode.EventEmitter<string>();
	let child: ChildProcess | undefined;
	const end = (words: string) => written.fire(`\r\n\x1b[2m${words}\x1b[0m\r\n`);
	return vscode.window.createTerminal({
		name,
		iconPath: new vscode.ThemeIcon("output"),
		pty: {
			onDidWrite: written.event,
			open() {
				child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
				// Without a terminal of its own the program ends its lines with line feeds alone.
				const write = (text: string) => written.fire(text.replace(/\r?\n/g, "\r\n"));
				child.stdout?.setEncoding("utf8").on("data", write);
				child.stderr?.setEncoding("utf8").on("data", write);
				child.on("error", (error: NodeJS.ErrnoException) =>
					end(
						error.code === "ENOENT" ? t("There is no command {0} on this machine: install it to read logs here.", program) : error.message,
					),
				);
				child.on("close", (code) => {
					if (code !== null && code >= 0) end(code === 0 ? t("The log has ended.") : t("{0} ended with code {1}.", program, code));
				});
			},
			close: () => void child?.kill(),
			handleInput(keys: string) {
				if (keys === "\x03") child?.kill();
			},
		},
	});
}
