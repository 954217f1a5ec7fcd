import type { ImageFiles } from "../context/imageFiles.ts";
import { t } from "../model/message.ts";
import type { Gap } from "../model/port.ts";
import { toArgument } from "./core/argument.ts";
import { type Around, ProgramMemo, recorded } from "./core/memo.ts";
import { nameOf } from "./core/paths.ts";
import { placed } from "./core/places.ts";
import { type Meter, Run } from "./core/run.ts";
import { Shelf } from "./core/shelf.ts";
import { Cache, SourceFile } from "./core/sourceFile.ts";
import { csharp } from "./csharp/language.ts";
import type { Language } from "./declared/expression.ts";
import { type DeclaredStart, evaluateDeclared, type Naming } from "./declared/program.ts";
import { withoutNewValues } from "./go/newValues.ts";
import { evaluateGo, goStrangers } from "./go/program.ts";
import { java } from "./java/language.ts";
import { evaluateJavaScript, javaScriptStrangers } from "./javascript/program.ts";
import type { Program, ProgramStart } from "./program.ts";
import { evaluatePython, pythonStrangers } from "./python/program.ts";
import { evaluateRuby, rubyStrangers } from "./ruby/program.ts";
import { evaluateRust, rustStrangers } from "./rust/program.ts";
import type { GrammarName, Grammars, SyntaxNode } from "./syntax.ts";

export type SourceLanguage = "python" | "javascript" | "ruby" | "rust" | "go";

/** Evaluates programs from their source; what is read of a program is in the image, nothing is ever run. */
export interface Sources {
	/** Never rejects: what cannot be read or followed is a gap of the program. `javascript` includes TypeScript. */
	run(language: SourceLanguage, start: ProgramStart): Promise<Program>;
	/** The calls of all files of a program whose language is compiled. Never rejects. */
	declared(language: DeclaredLanguage, start: DeclaredStart): Promise<Program>;
}

/** Languages whose programs are read file by file, whatever starts them. */
export type DeclaredLanguage = "java" | "csharp";

const DECLARED: Readonly<
	Record<DeclaredLanguage, { readonly language: Language; readonly grammar: GrammarName; readonly naming: Naming }>
> = {
	java: { language: java, grammar: "java", naming: "class" },
	csharp: { language: csharp, grammar: "c-sharp", naming: "member" },
};

interface Evaluator {
	/** Evaluates as far as the shelf reaches. */
	evaluate(run: Run): void;
	strangers(run: Run): readonly string[];
}

const EVALUATORS: Readonly<Record<SourceLanguage, Evaluator>> = {
	python: { evaluate: evaluatePython, strangers: pythonStrangers },
	go: { evaluate: evaluateGo, strangers: goStrangers },
	javascript: { evaluate: evaluateJavaScript, strangers: javaScriptStrangers },
	rust: { evaluate: evaluateRust, strangers: rustStrangers },
	ruby: { evaluate: evaluateRuby, strangers: rubyStrangers },
};

/** Configuration nests deeper than the arguments of a call: two levels more are kept of it. */
const CONFIGURATION_DEPTH = -2;

/** Imports that are deeper than this are not followed further. */
const MOST_ROUNDS = 60;

/** Grammars that are given source in a form that they understand. */
function legible(grammars: Grammars): Grammars {
	return {
		async parser(grammar) {
			const parse = await grammars.parser(grammar);
			return grammar === "go" ? (text) => parse(withoutNewValues(text)) : parse;
		},
	};
}

export function createSources(given: Grammars): Sources {
	const grammars = legible(given);
	const cache = new Cache();
	const memo = new ProgramMemo();
	return {
		async run(language, start) {
			const { evaluate, strangers } = EVALUATORS[language];
			const { files: _files, environment: _environment, budget, ...rest } = start;
			const key = placed([language, rest]);
			// Where the budget ran out, only one that starts with as much leads to the same.
			const withBudget = placed([language, rest, budget.left]);
			const before = (await memo.find(key, start, budget)) ?? (await memo.find(withBudget, start, budget));
			if (before) return before;
			const mark = budget.mark();
			const { around, asked } = recorded(start);
			const watched: ProgramStart = { ...start, files: around.files, environment: around.environment };
			const shelf = new Shelf(watched.files, budget, grammars, cache);
			const meter = { charged: 0 };
			await budget.pause();
			let run = attempt(watched, shelf, meter, evaluate);
			for (let round = 0; round < MOST_ROUNDS && (await shelf.fetch()); round++) {
				await budget.pause();
				const next = attempt(watched, shelf, meter, evaluate);
				// A budget that runs out in the middle of a round takes nothing away that was found before.
				if (!budget.exhausted || next.calls.length >= run.calls.length) run = next;
			}
			await budget.pause();
			const gaps: Gap[] = [...run.gaps, ...syntaxErrors(shelf, language)];
			if (budget.exhausted) gaps.push({ reason: budget.exhausted });
			const program: Program = {
				calls: run.calls,
				gaps,
				strangers: run.showsUsage ? [] : strangers(run),
				...(run.exported ? { exported: toArgument(run.exported, CONFIGURATION_DEPTH) } : {}),
			};
			memo.keep(budget.exhausted ? withBudget : key, asked, program, budget.spentSince(mark));
			return program;
		},
		async declared(name, start) {
			const { language, grammar, naming } = DECLARED[name];
			const { files, args, callees, budget } = start;
			const paths = files.map(({ path }) => path);
			const key = placed([name, args, [...callees], paths]);
			const withBudget = placed([name, args, [...callees], paths, budget.left]);
			const given: Around = { environment: start.environment, setting: start.setting, files: filesAmong(files) };
			const before = (await memo.find(key, given, budget)) ?? (await memo.find(withBudget, given, budget));
			if (before) return before;
			const mark = budget.mark();
			const { around, asked } = recorded(given);
			await Promise.all(paths.map((path) => around.files.read(path)));
			const parse = await grammars.parser(grammar).catch(() => undefined);
			if (!parse) return { calls: [], gaps: [{ reason: t("the {0} grammar is not installed", grammar) }], strangers: [] };
			const sources: SourceFile[] = [];
			for (const { path, file } of files) {
				await budget.pause();
				sources.push(new SourceFile(path, file, cache.parsed(grammar, file.text, parse)));
			}
			try {
				const program = evaluateDeclared(language, naming, sources, { ...start, environment: around.environment, setting: around.setting });
				memo.keep(budget.exhausted ? withBudget : key, asked, program, budget.spentSince(mark));
				return program;
			} catch {
				return { calls: [], gaps: [{ reason: t("source that is too intricate to follow") }], strangers: [] };
			}
		},
	};
}

/** Files that were read before. */
function filesAmong(files: DeclaredStart["files"]): ImageFiles {
	const byPath = new Map(files.map(({ path, file }) => [path, file]));
	return {
		async read(path) {
			const file = byPath.get(path);
			return file ? { kind: "text", file } : { kind: "absent" };
		},
		look: async (path) => ({ kind: byPath.has(path) ? "file" : "absent" }),
		list: async () => [],
	};
}

/** One round. Source that brings the evaluator itself down is a gap like any other, and what was found before it stays. */
function attempt(start: ProgramStart, shelf: Shelf, meter: Meter, evaluate: Evaluator["evaluate"]): Run {
	const run = new Run(start, shelf, meter);
	try {
		evaluate(run);
	} catch {
		run.gap(t("source that is too intricate to follow"), start.evidence.at(-1));
	}
	return run;
}

/**
 * A file with an error may do more than its sound parts tell. What a compiler took has none: there the grammar fell short, which
 * matters only where something may listen.
 */
function syntaxErrors(shelf: Shelf, language: SourceLanguage): Gap[] {
	const isCompiled = language === "go" || language === "rust";
	return shelf.sources.flatMap((file) => {
		if (!file.root?.broken || (isCompiled && !mayListen(file, file.root))) return [];
		return [syntaxError(file, file.root)];
	});
}

function mayListen(file: SourceFile, root: SyntaxNode): boolean {
	const broken = root.children.filter((one) => one.broken || one.type === "ERROR");
	return broken.some((one) => /(?:listen|serve|bind|launch|main)\w*\s*\(|\.(?:run|start)\(/.test(file.textOf(one).toLowerCase()));
}

function syntaxError(file: SourceFile, root: SyntaxNode): Gap {
	let node = root;
	for (let next = node.children.find((one) => one.broken); next && node.type !== "ERROR"; next = node.children.find((one) => one.broken))
		node = next;
	return { reason: t("{0} has a syntax error", nameOf(file.path)), evidence: file.evidence(node) };
}
