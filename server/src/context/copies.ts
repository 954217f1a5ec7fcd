import { basename } from "node:path/posix";
import type { Dockerfile, Heredoc, Instruction } from "../dockerfile/dockerfile.ts";
import { expand } from "../dockerfile/expand.ts";
import { resolvePath, type Step } from "../dockerfile/walk.ts";
import { splitWords } from "../dockerfile/words.ts";
import { type Environment, likelyText } from "../model/value.ts";
import { readDockerignore } from "./dockerignore.ts";

/** A COPY or ADD, paths resolved. */
export interface Copy {
	readonly instruction: Instruction;
	readonly sources: readonly CopySource[];
	/** Absolute path in the container. */
	readonly target: string;
	/** Whether the target names a folder whatever the sources are. */
	readonly intoFolder: boolean;
	/** `--parents`: the sources' folders are kept below the target. */
	readonly keepsParents: boolean;
	/** Whether `--exclude` leaves out a path, which is relative to the context or to the folder that is copied. */
	readonly excludes?: (path: string) => boolean;
}

export type CopySource =
	/** A path in the build context, without a leading slash; may hold `*`, `?` and `[…]`. What stands before `/./` is no parent to keep. */
	| { readonly kind: "context"; readonly path: string; readonly pivot?: string }
	/** An absolute path in another stage, or in an image when `from` names no stage. */
	| { readonly kind: "stage"; readonly from: string; readonly path: string }
	| { readonly kind: "heredoc"; readonly heredoc: Heredoc }
	/** A URL, a repository, or an archive that ADD unpacks: its content cannot be seen. */
	| { readonly kind: "remote"; readonly url: string };

/** What was read is asked again for the context, for each stage's files, and after an edit behind it. */
const copies = new WeakMap<Step, { readonly copy: Copy | undefined }>();

/** Reads a COPY or ADD; undefined when it is malformed or its paths hang on variables that are not set. */
export function readCopy(dockerfile: Dockerfile, step: Step): Copy | undefined {
	const known = copies.get(step) ?? { copy: copyOf(dockerfile, step) };
	copies.set(step, known);
	return known.copy;
}

function copyOf(dockerfile: Dockerfile, step: Step): Copy | undefined {
	const { instruction, scope, workdir } = step;
	const words =
		instruction.json?.map((word) => word.text) ??
		splitWords(instruction.args, dockerfile.escape).map((word) => likelyText(expand(word.text, scope, dockerfile.escape)));
	if (words.length < 2 || words.some((word) => word === undefined)) return undefined;
	const texts = words as string[];
	const to = texts.at(-1) ?? "";
	const from = instruction.flags.get("from");
	const stage = from === undefined ? undefined : likelyText(expand(from, scope, dockerfile.escape));
	const exclude = instruction.flags.get("exclude");
	const sources = texts.slice(0, -1).map((text) => readSource(text, step, stage));
	return {
		instruction,
		sources,
		target: resolvePath(workdir, to),
		intoFolder: to.endsWith("/") || to === "." || to.endsWith("/.") || sources.length > 1,
		keepsParents: instruction.flags.has("parents"),
		...(exclude === undefined ? {} : { excludes: readDockerignore(exclude.replaceAll(" ", "\n")) }),
	};
}

function readSource(text: string, { instruction, scope }: Step, stage: string | undefined): CopySource {
	const heredoc = /^<<-?["']?([^"']+)["']?$/.exec(text);
	const body = heredoc && instruction.heredocs.find((one) => one.name === heredoc[1]);
	if (body)
		return { kind: "heredoc", heredoc: body.expands ? { ...body, body: { ...body.body, text: expandBody(body.body.text, scope) } } : body };
	if (stage !== undefined) return { kind: "stage", from: stage, path: resolvePath("/", text) };
	// An archive of the context is unpacked into the target: what is in it cannot be seen.
	if (instruction.keyword === "ADD" && /\.(tar|tgz|tbz2?|txz|tar\.(gz|bz2|xz|zst))$/.test(text))
		return { kind: "remote", url: basename(text) };
	if (instruction.keyword === "ADD" && /^(https?:\/\/|git@|git:\/\/|ssh:\/\/)/.test(text)) return { kind: "remote", url: text };
	const pivot = /^(.*?)\/\.\//.exec(text)?.[1];
	return { kind: "context", path: contextPath(text), ...(pivot === undefined ? {} : { pivot: contextPath(pivot) }) };
}

/** The path below its target that `--parents` gives to what it copies. */
export function withParents(found: string, { pivot = "" }: Extract<CopySource, { kind: "context" }>): string {
	return pivot === "" || pivot === "." ? found : found.slice(pivot.length + 1);
}

/** Sources cannot leave the context: the builder resolves `..` and leading slashes against its root. */
function contextPath(text: string): string {
	return resolvePath("/", text).slice(1);
}

/** The name that a source's file gets inside a target folder. */
export function nameInFolder(source: CopySource): string {
	switch (source.kind) {
		case "context":
		case "stage":
			return basename(source.path);
		case "heredoc":
			return source.heredoc.name;
		case "remote":
			return basename(source.url);
	}
}

/**
 * The body of a heredoc as COPY writes it: variables replaced, quotes kept, `\\$` a dollar sign (docs.docker.com/reference/dockerfile,
 * "Here-Documents"; the builder's `ExpandRaw`). The backslash escapes here whatever the escape directive says.
 */
function expandBody(text: string, scope: Environment): string {
	return text.replace(/\\([\\$])|\$(?:\{[^}\n]*\}|[A-Za-z_]\w*)/g, (written, escaped: string | undefined) =>
		escaped === undefined ? (likelyText(expand(written, scope, "\\")) ?? "") : escaped,
	);
}
