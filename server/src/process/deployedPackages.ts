import type { ImageFiles } from "../context/imageFiles.ts";
import { resolvePath } from "../dockerfile/walk.ts";
import { knownText } from "../model/value.ts";
import type { Process } from "./process.ts";
import { workspaceFolders } from "./workspaces.ts";

/**
 * Where a path below the target of `pnpm --filter api deploy /out` has stood in the workspace: the command copies a package and
 * what it depends on (pnpm.io/cli/deploy). Undefined when no such command makes it.
 */
export async function deployedFrom(commands: readonly Process[], files: ImageFiles, path: string): Promise<string | undefined> {
	for (const { argv, cwd } of commands.toReversed()) {
		const words = argv.map((word) => knownText(word) ?? "");
		const [pnpm, deploy] = [words.findIndex((word) => /(?:^|\/)pnpm$/.test(word)), words.indexOf("deploy")];
		if (pnpm < 0 || deploy < pnpm) continue;
		const target = words.slice(deploy + 1).findLast((word, i, all) => !word.startsWith("-") && !takesNext(all[i - 1]));
		const folder = target && resolvePath(cwd, target);
		if (!folder || !path.startsWith(`${folder}/`)) continue;
		const filter = filterOf(words.slice(pnpm + 1));
		const own = filter === undefined ? [cwd] : await workspaceFolders(cwd, filter, files);
		if (own.length === 1) return `${own[0]}${path.slice(folder.length)}`;
	}
	return undefined;
}

function filterOf(words: readonly string[]): string | undefined {
	for (const [i, word] of words.entries()) {
		if (takesNext(word)) return words[i + 1];
		const attached = /^(?:--filter(?:-prod)?|-F)=(.+)$/.exec(word)?.[1];
		if (attached !== undefined) return attached;
	}
	return undefined;
}

function takesNext(word: string | undefined): boolean {
	return word === "--filter" || word === "--filter-prod" || word === "-F";
}
