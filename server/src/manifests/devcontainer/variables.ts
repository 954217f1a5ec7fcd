import { evidenceAt, type Place } from "../../config/node.ts";
import { t } from "../../model/message.ts";
import { concat, known, unknown, type Value } from "../../model/value.ts";

/** What the variables of a dev container file stand for; absent when that is not known. */
export interface Folders {
	/** Name of the folder that is opened. */
	readonly workspaceName: string;
	/** Absolute path of it in the container. */
	readonly workspaceFolder?: string;
	/** What stands for its path on this machine. */
	readonly localFolder?: string;
}

/**
 * A text with its variables put in: `${localEnv:NAME:default}`, `${localWorkspaceFolderBasename}`, `${containerWorkspaceFolder}`
 * (containers.dev/implementors/json_reference/#variables-in-devcontainerjson). The container's own variables are
 * unknown.
 */
export function substitute(text: string, place: Place, { workspaceName, workspaceFolder, localFolder }: Folders): Value {
	const from = evidenceAt(place);
	const parts: Value[] = [];
	let end = 0;
	for (const use of text.matchAll(/\$\{([^}]*)\}/g)) {
		if (use.index > end) parts.push(known(text.slice(end, use.index), from));
		end = use.index + use[0].length;
		parts.push(variable(use[1] ?? "", use[0]));
	}
	if (end < text.length || parts.length === 0) parts.push(known(text.slice(end), from));
	return parts.length === 1 && parts[0] ? parts[0] : concat(parts);

	function variable(use: string, written: string): Value {
		const [kind = "", name = "", fallback] = use.split(":");
		switch (kind) {
			case "localEnv":
			case "env":
				return { kind: "variable", name, from: [from], ...(fallback === undefined ? {} : { fallback: known(fallback, from) }) };
			case "localWorkspaceFolder":
				return given(localFolder);
			case "localWorkspaceFolderBasename":
				return known(workspaceName, from);
			case "containerWorkspaceFolder":
				return given(workspaceFolder);
			case "containerWorkspaceFolderBasename":
				return given(workspaceFolder?.slice(workspaceFolder.lastIndexOf("/") + 1));
			default:
				return given(undefined);
		}

		function given(value: string | undefined): Value {
			return value === undefined ? unknown(t("{0} is not known here", written), from) : known(value, from);
		}
	}
}
