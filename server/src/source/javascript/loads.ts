import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import type { Run } from "../core/run.ts";
import type { SourceFile } from "../core/sourceFile.ts";
import { isOpen, oneOf, type Thing, unclear } from "../core/thing.ts";
import type { Truth } from "../core/truth.ts";
import type { SyntaxNode } from "../syntax.ts";
import type { JavaScript } from "./javascript.ts";

/** The modules that a program's own calls have loaded: `require`, `import()`. */
interface Loads {
	/** Where they stand in the source. */
	readonly followed: Set<string>;
	/** One of them names its module in a way that could not be told. */
	computed: boolean;
}

/** By run, so that what is left over can be asked for once it is finished. */
const LOADS = new WeakMap<Run, Loads>();

function loadsOf(run: Run): Loads {
	let loads = LOADS.get(run);
	if (!loads) {
		loads = { followed: new Set(), computed: false };
		LOADS.set(run, loads);
	}
	return loads;
}

/** Loads what a call names. What stands in for a variable is loaded as the default that it is. */
export function loadNamed(js: JavaScript, name: Thing | undefined, at: Evidence, load: (name: string) => Thing): Thing {
	const loads = loadsOf(js.run);
	loads.followed.add(placeOf(at));
	const loadOne = (one: Thing | undefined): Thing => {
		if (one?.kind === "plain") return load(String(one.value));
		if (one && isOpen(one) && one.fallback.kind !== "nothing" && one.fallback.kind !== "unknown")
			return { ...one, fallback: under(js.run, { kind: "hangs", on: one, byDefault: true }, () => loadOne(one.fallback)) };
		if (one?.kind === "oneOf") return oneOf(one.values.map((value) => under(js.run, { kind: "undecided" }, () => loadOne(value))));
		loads.computed = true;
		return unclear(t("a module that is not known"), at);
	};
	return loadOne(name);
}

/** What happens under a condition that hangs on a variable, or is not decided. */
export function under<T>(run: Run, truth: Truth, body: () => T): T {
	const conditions = run.conditions.length;
	run.conditions.push(truth);
	const result = body();
	run.conditions.length = conditions;
	return result;
}

/** Whether a finished run has left a module aside that it may load all the same. */
export function leavesModules(run: Run, sites: (file: SourceFile) => readonly SyntaxNode[]): boolean {
	const loads = loadsOf(run);
	return loads.computed || run.shelf.sources.some((file) => sites(file).some((site) => !loads.followed.has(placeOf(file.evidence(site)))));
}

function placeOf({ uri, range: { start } }: Evidence): string {
	return `${uri}:${start.line}:${start.character}`;
}
