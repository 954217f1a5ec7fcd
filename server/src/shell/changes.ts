import type { Environment, Value } from "../model/value.ts";

/** What a command does to a file; paths are absolute in the container. */
export type FileChange =
	/** `echo … > f`, `cat <<EOF > f`, and with `append` `>> f`. */
	| { readonly kind: "write"; readonly path: string; readonly text: Value; readonly append: boolean }
	/** `sed -i`: the scripts of its `-e`, whether they are extended regular expressions, and -n. The path may hold `*`, and `**` for any folders. */
	| {
			readonly kind: "edit";
			readonly path: string;
			readonly scripts: readonly Value[];
			readonly extended: boolean;
			readonly quiet?: boolean;
	  }
	/**
	 * `cp`, `mv`, `install`, `rsync` and `ln`; `into` when the target is a folder whatever stands there, `contents` for `cp -r a/. b`.
	 * The last part of `from` may hold `*` when it is `into`.
	 */
	| {
			readonly kind: "copy";
			readonly from: string;
			readonly path: string;
			readonly into: boolean;
			readonly contents?: boolean;
			readonly moves: boolean;
	  }
	/** The output of `sed … f > g`. */
	| {
			readonly kind: "filter";
			readonly from: string;
			readonly path: string;
			readonly scripts: readonly Value[];
			readonly extended: boolean;
			readonly quiet?: boolean;
	  }
	/** `envsubst < template > f`; only these names when they are given. */
	| {
			readonly kind: "template";
			readonly from: string;
			readonly path: string;
			readonly environment: Environment;
			readonly names?: readonly string[];
	  }
	/** `rm`; the path may hold `*`. */
	| { readonly kind: "remove"; readonly path: string }
	| { readonly kind: "folder"; readonly path: string }
	/** It is written, nobody knows with what. The path may hold `*`. */
	| { readonly kind: "unknown"; readonly path: string }
	/** Some file is written whose name is not known; the words are what is written of the command. */
	| { readonly kind: "vague"; readonly path: ""; readonly words: readonly string[] };

/** Variables that nobody sets and that what these changes write hangs on. */
export function variablesIn(changes: readonly FileChange[]): string[] {
	const texts = changes.flatMap((change) => ("text" in change ? [change.text] : "scripts" in change ? change.scripts : []));
	return [...new Set(texts.flatMap(namesIn))];
}

function namesIn(value: Value): string[] {
	if (value.kind === "oneOf") return value.values.flatMap(namesIn);
	return value.kind === "variable" ? [value.name] : [];
}
