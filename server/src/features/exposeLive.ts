import { type CodeAction, CodeActionKind, type Range, type TextEdit } from "vscode-languageserver-types";
import { t } from "../model/message.ts";
import type { Port } from "../model/port.ts";
import { plain } from "../verdict/describe.ts";
import type { Analysis } from "../verdict/report.ts";
import { addExpose } from "./addExpose.ts";
import type { LiveContainer } from "./hintOptions.ts";
import { rangesTouch } from "./ranges.ts";
import { exposeSpec } from "./words.ts";

const KEYWORDS = new Set(["FROM", "EXPOSE", "CMD", "ENTRYPOINT"]);

/** The edits that document ports which a running container was seen to listen on; none for those that the image exposes already. */
export function exposeLive({ dockerfile, target }: Analysis, live: readonly Port[]): TextEdit[] {
	if (!target) return [];
	const missing = undocumented(target.image, live);
	return missing.length > 0 ? [addExpose(dockerfile, target, ...missing)] : [];
}

/** *Expose 8000 as seen live in flask*, where the built stage speaks of ports, for what its source does not say by itself. */
export function exposeSeen({ dockerfile, target }: Analysis, selection: Range, live: readonly LiveContainer[]): CodeAction[] {
	if (!target) return [];
	const { from, instructions } = target.image.stage;
	const isHere = [from, ...instructions].some(({ keyword, range }) => KEYWORDS.has(keyword) && rangesTouch(range, selection));
	if (!isHere) return [];
	return live.flatMap(({ name, ports }) => {
		const missing = undocumented(target.image, ports).filter(
			({ port, protocol }) => !target.listeners.some((one) => one.port === port && one.protocol === protocol),
		);
		if (missing.length === 0) return [];
		return {
			title: t("Expose {0} as seen live in {1}", missing.map(exposeSpec).join(", "), plain(name)),
			kind: CodeActionKind.QuickFix,
			edit: { changes: { [dockerfile.uri]: [addExpose(dockerfile, target, ...missing)] } },
		};
	});
}

function undocumented({ exposes, inheritedExposes }: NonNullable<Analysis["target"]>["image"], live: readonly Port[]): readonly Port[] {
	const documented = [...exposes.flatMap(({ ports }) => ports ?? []), ...inheritedExposes];
	return live.filter(
		({ port, protocol }) => !documented.some((range) => range.protocol === protocol && range.first <= port && port <= range.last),
	);
}
