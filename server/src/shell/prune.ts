import { resolvePath } from "../dockerfile/walk.ts";
import { likelyText, type Value } from "../model/value.ts";
import type { FileChange } from "./changes.ts";

/**
 * The words of `turbo prune web --docker`, package managers in front of it left out, as changes: the packages that one needs are copied to `out`, or to
 * `out/json` (manifests) and `out/full` (turborepo.com/docs/reference/prune). What it leaves out nobody asks for.
 */
export function pruned(args: readonly Value[], cwd: string): FileChange[] {
	const words = args.map((arg) => likelyText(arg) ?? "");
	const at = words.indexOf("prune");
	const before = words.slice(0, at).filter((word) => !word.startsWith("-"));
	// `pnpm prune` is something else; `pnpm dlx turbo@2 prune` is meant.
	const runs = before.at(-1);
	if (at < 0 || !/^turbo(?:@.*)?$/.test(runs ?? "") || before.slice(0, -1).some((word) => !/^(?:dlx|exec|run|x)$/.test(word))) return [];
	const flag = words.findIndex((word) => /^--out-dir(?:=|$)/.test(word));
	const folder = resolvePath(cwd, flag < 0 ? "out" : (words[flag]?.split("=")[1] ?? words[flag + 1] ?? "out"));
	const targets = words.includes("--docker") ? [`${folder}/json`, `${folder}/full`] : [folder];
	return targets.map((path) => ({ kind: "copy", from: cwd, path, into: false, contents: true, moves: false }));
}
