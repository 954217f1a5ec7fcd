import { CodeActionKind } from "vscode-languageserver-types";
import type { ComposeReport } from "../../compose/report.ts";
import { type DocumentFeatures, wants } from "../documentFeatures.ts";
import { sitesOfService } from "../portSites.ts";
import { composeActions } from "./codeActions.ts";
import { composeHover } from "./hover.ts";
import { composeHints } from "./inlayHints.ts";

/** What an editor may ask about a compose file. */
export function composeFeatures(report: ComposeReport): DocumentFeatures {
	return {
		findings: report.findings,
		inlayHints: ({ shown }) => (shown.has("compose") ? composeHints(report) : []),
		hover: (position, docs) => composeHover(report, position, docs),
		codeLenses: () => [],
		completions: () => [],
		portSites: () => report.project.services.map((service) => sitesOfService(report, service)),
		// EXPOSE is the Dockerfile's.
		exposeLive: () => [],
		codeActions: async (request) =>
			wants(request, CodeActionKind.QuickFix) ? composeActions(report, request.selection, request.shown) : [],
	};
}
