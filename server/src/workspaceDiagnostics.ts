import type { Diagnostic, WorkspaceDocumentDiagnosticReport } from "vscode-languageserver";
import { type DocumentResult, kindOf } from "./documentKinds.ts";
import { diagnostics, type Severities } from "./features/diagnostics.ts";
import type { DocumentFeatures } from "./features/documentFeatures.ts";
import type { FileSystem } from "./model/files.ts";
import type { Pauses } from "./model/pause.ts";
import type { World } from "./verdict/analyse.ts";
import { workspaceFiles } from "./workspaceFiles.ts";

/** The findings of every Dockerfile and compose file of the workspace, open or not. */
export interface WorkspaceDiagnostics {
	/**
	 * What changed since `previous`, result identifiers by URI. Waits while nothing did, as the protocol asks of servers whose
	 * clients ask again at once. Answers nothing when it is no longer wanted.
	 */
	report(previous: ReadonlyMap<string, string>, isWanted: () => boolean): Promise<readonly WorkspaceDocumentDiagnosticReport[]>;
	/** Of the files that are not open, those whose analysis looks at a file: what an editor may ask about them. Never rejects. */
	readersOf(uri: string, isWanted: () => boolean): Promise<readonly DocumentFeatures[]>;
	/** These files changed, canonical URIs, and may have come or gone; undefined: anything may have. */
	changed(uris?: readonly string[]): void;
	/** A text was edited: files neither came nor went. */
	edited(uri: string): void;
}

export interface WorkspaceDiagnosticsWorld {
	readonly world: World;
	readonly pauses: Pauses;
	/** Canonical URIs of the workspace's folders. */
	readonly roots: () => readonly string[];
	readonly severities: () => Severities;
	/** URI of the folder of the documentation. */
	readonly docs: string;
	/** Those that an editor shows report for themselves. */
	readonly isOpen: (uri: string) => boolean;
}

interface Kept {
	readonly resultId: string;
	readonly items: readonly Diagnostic[];
	readonly asked: ReadonlySet<string>;
	/** Something that it looked at may be different. */
	stale: boolean;
}

export function createWorkspaceDiagnostics({
	world,
	pauses,
	roots,
	severities,
	docs,
	isOpen,
}: WorkspaceDiagnosticsWorld): WorkspaceDiagnostics {
	const kept = new Map<string, Kept>();
	let count = 0;
	/** Something may be different from what is known. */
	let dirty = true;
	let waiting: (() => void)[] = [];
	/** The files of the workspace; undefined when some may have come or gone. */
	let listed: readonly string[] | undefined;

	/** Marks what looked at these files; answers whether there was any. */
	function outdate(uris: readonly string[] | undefined): boolean {
		let any = false;
		for (const [uri, one] of kept) {
			const touched = (changed: string) =>
				changed === uri || one.asked.has(changed) || one.asked.has(changed.slice(0, changed.lastIndexOf("/")));
			if (uris && !uris.some(touched)) continue;
			one.stale = true;
			any = true;
		}
		return any;
	}

	function wake(): void {
		dirty = true;
		const woken = waiting;
		waiting = [];
		for (const one of woken) one();
	}

	async function resultOf(uri: string, isWanted: () => boolean): Promise<DocumentResult | undefined> {
		const text = await textOf(world.files, uri);
		const kind = kindOf({ languageId: "", uri });
		if (text === undefined || !kind) return undefined;
		return kind.analyse(world, { uri, text, roots: roots(), pause: pauses(isWanted) });
	}

	async function analyse(uri: string, isWanted: () => boolean): Promise<Kept | undefined> {
		const result = await resultOf(uri, isWanted);
		if (!result) return undefined;
		const { features, asked } = result;
		const items = diagnostics(features, severities(), docs);
		const before = kept.get(uri);
		// An answer that is the same as before needs not be sent again.
		const resultId = before && JSON.stringify(before.items) === JSON.stringify(items) ? before.resultId : String(++count);
		return { resultId, items, asked, stale: false };
	}

	async function look(previous: ReadonlyMap<string, string>, isWanted: () => boolean): Promise<WorkspaceDocumentDiagnosticReport[]> {
		const all = listed ?? (await workspaceFiles(world.files, roots(), isWanted));
		// Half a look is none: whoever asks next starts over.
		if (!isWanted()) return [];
		dirty = false;
		listed = all;
		const there = new Set(listed.filter((uri) => !isOpen(uri)));
		for (const uri of kept.keys()) if (!there.has(uri)) kept.delete(uri);
		const items: WorkspaceDocumentDiagnosticReport[] = [];
		for (const uri of there) {
			const known = kept.get(uri);
			const one = known && !known.stale ? known : await analyse(uri, isWanted);
			if (!isWanted()) {
				dirty = true;
				return [];
			}
			if (!one) continue;
			kept.set(uri, one);
			if (previous.get(uri) === one.resultId) continue;
			items.push({ kind: "full", uri, version: null, resultId: one.resultId, items: [...one.items] });
		}
		// What is gone, or reports for itself now, has nothing here any more.
		for (const uri of previous.keys()) if (!there.has(uri)) items.push({ kind: "full", uri, version: null, items: [] });
		return items;
	}

	return {
		async report(previous, isWanted) {
			for (;;) {
				const items = dirty || previous.size === 0 ? await look(previous, isWanted).catch(() => []) : [];
				if (items.length > 0 || !isWanted()) return items;
				if (!dirty) await new Promise<void>((resolve) => waiting.push(resolve));
				if (!isWanted()) return [];
			}
		},
		async readersOf(uri, isWanted) {
			try {
				if (dirty) {
					await look(new Map(), isWanted);
					// Whoever waits for changes has not been told of these.
					dirty = true;
				}
				const readers = [...kept].filter(([, { asked }]) => asked.has(uri)).map(([reader]) => reader);
				const results = [];
				for (const reader of readers) results.push(await resultOf(reader, isWanted));
				return results.flatMap((result) => result?.features ?? []);
			} catch {
				return [];
			}
		},
		changed(uris) {
			listed = undefined;
			outdate(uris);
			wake();
		},
		edited(uri) {
			if (outdate([uri])) wake();
		},
	};
}

async function textOf(files: FileSystem, uri: string): Promise<string | undefined> {
	const read = await files.read(uri);
	return read.kind === "text" ? read.text : undefined;
}
