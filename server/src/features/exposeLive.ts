import type { TextEdit } from "vscode-languageserver-types";
import type { Port } from "../model/port.ts";
import type { Analysis } from "../verdict/report.ts";
import { addExpose } from "./addExpose.ts";

/** The edits that document ports which a running container was seen to listen on; none for those that the image exposes already. */
export function exposeLive({ dockerfile, target }: Analysis, live: readonly Port[]): TextEdit[] {
	if (!target) return [];
	const { exposes, inheritedExposes } = target.image;
	const documented = [...exposes.flatMap(({ ports }) => ports ?? []), ...inheritedExposes];
	const missing = live.filter(
		({ port, protocol }) => !documented.some((range) => range.protocol === protocol && range.first <= port && port <= range.last),
	);
	return missing.length > 0 ? [addExpose(dockerfile, target, ...missing)] : [];
}
