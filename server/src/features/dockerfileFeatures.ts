import { type CodeAction, CodeActionKind } from "vscode-languageserver-types";
import type { Builder } from "../compose/builtBy.ts";
import { t } from "../model/message.ts";
import type { Analysis } from "../verdict/report.ts";
import { codeActions, FIX_ALL, fixAll } from "./codeActions.ts";
import { codeLenses } from "./codeLens.ts";
import { completions } from "./completion.ts";
import { type CodeActionRequest, type DocumentFeatures, wants } from "./documentFeatures.ts";
import { exposeLive, exposeSeen } from "./exposeLive.ts";
import { hover } from "./hover.ts";
import { inlayHints } from "./inlayHints.ts";
import { type EditTrial, listenEverywhere } from "./listenEverywhere.ts";
import { sitesOf } from "./portSites.ts";
import { rangesTouch } from "./ranges.ts";

/** What an editor may ask about a Dockerfile. */
export function dockerfileFeatures(analysis: Analysis, builders: readonly Builder[], trial: EditTrial): DocumentFeatures {
	return {
		findings: analysis.findings,
		inlayHints: (options) => inlayHints(analysis, options),
		hover: (position, docs, live) => {
			const services = builders.map(({ service }) => service);
			return hover(analysis, position, docs, { services, live });
		},
		codeLenses: () => codeLenses(analysis),
		completions: (position) => completions(analysis, position),
		portSites: () => [sitesOf(analysis, builders)],
		exposeLive: (live) => exposeLive(analysis, live),
		async codeActions(request) {
			const actions: CodeAction[] = [];
			if (wants(request, CodeActionKind.QuickFix)) {
				actions.push(...(await openUp(analysis, request, trial)), ...codeActions(analysis, request.selection, request.shown));
				actions.push(...exposeSeen(analysis, request.selection, request.live));
			}
			// Not offered beside the quick fixes, where it would be noise: editors ask for it by its kind.
			const all = request.only !== undefined && wants(request, FIX_ALL) ? fixAll(analysis) : undefined;
			return all ? [...actions, all] : actions;
		},
	};
}

/** *Listen on all interfaces*, where an edit is found that brings it about. */
async function openUp(analysis: Analysis, { selection, shown }: CodeActionRequest, trial: EditTrial): Promise<CodeAction[]> {
	const actions: CodeAction[] = [];
	for (const { code, range, message, stage, subject } of analysis.findings) {
		if (code !== "loopback-only" || !("listener" in subject) || !rangesTouch(range, selection)) continue;
		const edit = await listenEverywhere(analysis, stage, subject.listener, trial);
		if (!edit) continue;
		const diagnostics = shown.filter((one) => one.source === "portlight" && one.code === code && one.message === message);
		actions.push({ title: t("Listen on all interfaces"), kind: CodeActionKind.QuickFix, isPreferred: true, diagnostics, edit });
	}
	return actions;
}
