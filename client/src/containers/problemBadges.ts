import * as vscode from "vscode";
import { problemCount } from "./words.ts";

const SCHEME = "portlight-problems";

/** What a row carries to get its badge: rows with as many problems share it. */
export function problemUri(problems: number): vscode.Uri {
	return vscode.Uri.from({ scheme: SCHEME, path: `/${problems}` });
}

/** Counts of problems at the edge of rows, as the Explorer has them for files. */
export function registerProblemBadges(): vscode.Disposable {
	return vscode.window.registerFileDecorationProvider({
		provideFileDecoration({ scheme, path }) {
			if (scheme !== SCHEME) return undefined;
			const count = Number(path.slice(1));
			const color = new vscode.ThemeColor("list.warningForeground");
			return new vscode.FileDecoration(count > 99 ? "99" : String(count), problemCount(count), color);
		},
	});
}
