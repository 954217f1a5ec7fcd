import type { TextDocument } from "vscode-languageserver-textdocument";
import { type AnalysisResult, analyse, type World } from "./verdict/analyse.ts";
import type { Analysis } from "./verdict/report.ts";

/** The analyses of open documents, each made once for a version of the document and the files that it looked at. */
export interface Analyses {
	/** Of the document's current text. */
	of(document: TextDocument): Promise<Analysis>;
	setRoots(uris: readonly string[]): void;
	/** Drops what looked at one of these files, or for it; answers whether there was any. */
	forgetAbout(uris: readonly string[]): boolean;
	close(uri: string): void;
}

export function createAnalyses(world: World): Analyses {
	const kept = new Map<string, { version: number; result: Promise<AnalysisResult>; asked?: ReadonlySet<string> }>();
	let roots: readonly string[] = [];
	return {
		async of(document) {
			const { uri, version } = document;
			let entry = kept.get(uri);
			if (entry?.version !== version) {
				entry = { version, result: analyse(world, { uri, text: document.getText(), roots }) };
				kept.set(uri, entry);
			}
			const result = await entry.result;
			entry.asked = result.asked;
			return result.analysis;
		},
		setRoots(uris) {
			roots = uris.map((uri) => uri.replace(/\/$/, ""));
			kept.clear();
		},
		forgetAbout(uris) {
			let any = false;
			for (const [uri, entry] of kept) {
				// One that is still being made may have read the file already.
				if (entry.asked && !uris.some((changed) => changed !== uri && touches(entry.asked, changed))) continue;
				if (uris.length === 1 && uris[0] === uri) continue;
				kept.delete(uri);
				any = true;
			}
			return any;
		},
		close: (uri) => void kept.delete(uri),
	};
}

/** A file that comes or goes changes its folder's list too. */
function touches(asked: ReadonlySet<string> | undefined, uri: string): boolean {
	return asked === undefined || asked.has(uri) || asked.has(uri.slice(0, uri.lastIndexOf("/")));
}
