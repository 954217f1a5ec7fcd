import type { TextDocument } from "vscode-languageserver-textdocument";
import { type DocumentResult, kindOf } from "./documentKinds.ts";
import type { DocumentFeatures } from "./features/documentFeatures.ts";
import type { Pauses } from "./model/pause.ts";
import { canonicalUri } from "./uri.ts";
import type { World } from "./verdict/analyse.ts";
import type { Ground } from "./verdict/ground.ts";

/** The analyses of open documents, each made once for a version of the document and the files that it looked at. */
export interface Analyses {
	/**
	 * Of the document's current text and of the files as they are when it is answered. Rejects with `Superseded` when the
	 * document is edited or closed meanwhile. Undefined for documents that Portlight has nothing to say about.
	 */
	of(document: TextDocument): Promise<DocumentFeatures | undefined>;
	setRoots(uris: readonly string[]): void;
	/** Drops what looked at one of these files, or for it; answers whether there was any. */
	forgetAbout(uris: readonly string[]): boolean;
	/** Drops everything: what analyses depend on beside files is different. */
	forgetAll(): void;
	/** Drops the analysis of a document. */
	forget(uri: string): void;
	/** Drops it, and ends it if it is still being made. */
	close(uri: string): void;
}

interface Kept {
	readonly version: number;
	readonly result: Promise<DocumentResult>;
	/** Canonical; absent while the analysis is being made. */
	asked?: ReadonlySet<string>;
	/** Something that it looked at changed, maybe after it looked. */
	stale: boolean;
	/** The document is closed: nobody wants the result any more. */
	closed: boolean;
}

/** How often one request starts over because files change while it is answered. */
const ATTEMPTS = 5;

export function createAnalyses(world: World, pauses: Pauses = () => () => undefined): Analyses {
	const kept = new Map<string, Kept>();
	/** What analyses left for the next versions of their documents; whether it still holds is found out when it is used. */
	const grounds = new Map<string, Ground>();
	let roots: readonly string[] = [];

	function current(document: TextDocument): Kept | undefined {
		const { uri, version } = document;
		const known = kept.get(uri);
		if (known?.version === version) return known;
		const kind = kindOf(document);
		if (!kind) return undefined;
		const state = { stale: false, closed: false };
		const pause = pauses(() => document.version === version && !state.closed);
		const earlier = grounds.get(uri);
		grounds.delete(uri);
		const result = kind.analyse(world, { uri, text: document.getText(), roots, pause, ...(earlier ? { earlier } : {}) });
		const made: Kept = Object.assign(state, { version, result });
		// Who asked is told when it fails.
		result.then(({ ground }) => ground && kept.get(uri) === made && grounds.set(uri, ground)).catch(() => {});
		kept.set(uri, made);
		return made;
	}

	function outdate(uri: string, entry: Kept): void {
		entry.stale = true;
		kept.delete(uri);
	}

	return {
		async of(document) {
			const { uri, version } = document;
			for (let attempt = 1; ; attempt++) {
				const entry = current(document);
				if (!entry) return undefined;
				const { features, asked } = await entry.result;
				entry.asked ??= canonicalUri(uri) === uri ? asked : new Set([...asked].map((one) => canonicalUri(one) ?? one));
				// An edited document is asked about again by the editor.
				if (!entry.stale || document.version !== version || attempt === ATTEMPTS) return features;
			}
		},
		setRoots(uris) {
			// A root's slash goes, but the one of the whole disk is all that it has.
			roots = uris.flatMap((uri) => canonicalUri(uri)?.replace(/(?<!\/)\/$/, "") ?? []);
			for (const [uri, entry] of kept) outdate(uri, entry);
		},
		forgetAbout(uris) {
			const changed = uris.map((uri) => canonicalUri(uri) ?? uri);
			let any = false;
			for (const [uri, entry] of kept) {
				const own = canonicalUri(uri) ?? uri;
				// One that is still being made may have read the file already.
				if (entry.asked && !changed.some((one) => one !== own && touches(entry.asked, one))) continue;
				if (changed.length === 1 && changed[0] === own) continue;
				outdate(uri, entry);
				any = true;
			}
			return any;
		},
		forgetAll() {
			for (const [uri, entry] of kept) outdate(uri, entry);
		},
		forget: (uri) => void kept.delete(uri),
		close(uri) {
			const entry = kept.get(uri);
			if (entry) entry.closed = true;
			kept.delete(uri);
			grounds.delete(uri);
		},
	};
}

/** A file that comes or goes changes its folder's list too. */
function touches(asked: ReadonlySet<string> | undefined, uri: string): boolean {
	return asked === undefined || asked.has(uri) || asked.has(uri.slice(0, uri.lastIndexOf("/")));
}
