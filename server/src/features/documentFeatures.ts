import type {
	CodeAction,
	CodeLens,
	CompletionItem,
	Diagnostic,
	Hover,
	InlayHint,
	Position,
	Range,
	TextEdit,
} from "vscode-languageserver-types";
import type { Port } from "../model/port.ts";
import type { Complaint } from "../verdict/report.ts";
import type { HintOptions, LiveContainer } from "./hintOptions.ts";
import type { PortSite } from "./portSites.ts";

/** What an editor may ask about one document, whatever its kind; made from one analysis of its text. */
export interface DocumentFeatures {
	readonly findings: readonly Complaint[];
	inlayHints(options: HintOptions): readonly InlayHint[];
	/** `docs`: URI of the folder of the documentation. */
	hover(position: Position, docs: string, live: readonly LiveContainer[]): Hover | undefined;
	codeLenses(): readonly CodeLens[];
	completions(position: Position): readonly CompletionItem[];
	/** The edits that document ports which a running container was seen to listen on. */
	exposeLive(live: readonly Port[]): readonly TextEdit[];
	/** The places that speak of ports, in groups of one container each. */
	portSites(): readonly (readonly PortSite[])[];
	codeActions(request: CodeActionRequest): Promise<readonly CodeAction[]>;
}

/** Of a file of which only hints speak: nothing is found, and nothing repaired. */
export const hintsOnly: Omit<DocumentFeatures, "inlayHints" | "hover" | "portSites"> = {
	findings: [],
	codeLenses: () => [],
	completions: () => [],
	exposeLive: () => [],
	codeActions: async () => [],
};

export interface CodeActionRequest {
	readonly selection: Range;
	/** The diagnostics that the editor shows there. */
	readonly shown: readonly Diagnostic[];
	/** Kinds of which at least one is wanted, with all below it: `quickfix`, `source.fixAll`; undefined: any. */
	readonly only?: readonly string[];
	/** The running containers of the image. */
	readonly live: readonly LiveContainer[];
}

/** Whether an editor that asks for some kinds of action wants this one: `source` includes `source.fixAll.portlight`. */
export function wants({ only }: CodeActionRequest, kind: string): boolean {
	return only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
}
