/** A rule: what it needs first, and its recipe, one shell text a line. */
interface Rule {
	readonly needs: readonly string[];
	readonly recipe: readonly string[];
}

/**
 * The shell texts that `make` runs for a target, prerequisites first (GNU make manual). Variables are expanded as far as they
 * are plain; functions are left empty. Undefined when the file has no such target.
 */
export function recipesOf(text: string, target: string | undefined, given: ReadonlyMap<string, string>): string[] | undefined {
	const variables = new Map(given);
	const { rules, first } = readRules(text, variables, given);
	const goal = target ?? expand(variables.get(".DEFAULT_GOAL") ?? "", variables, 0) ?? first;
	const wanted = goal === "" ? first : goal;
	if (wanted === undefined || !rules.has(wanted)) return undefined;
	const recipes: string[] = [];
	const seen = new Set<string>();
	const run = (name: string): void => {
		const rule = rules.get(name);
		// A makefile may need itself in a circle.
		if (!rule || seen.has(name) || seen.size > 100) return;
		seen.add(name);
		for (const needed of rule.needs) run(needed);
		const inside = new Map([...variables, ["@", name], ["<", rule.needs[0] ?? ""]]);
		for (const line of rule.recipe) recipes.push(expand(line, inside, 0).replace(/^[@\-+\s]+/, ""));
	};
	run(wanted);
	return recipes;
}

/** Lines are bounded, so that a hostile file costs no more than its length. */
const MOST_LINES = 5_000;

function readRules(text: string, variables: Map<string, string>, given: ReadonlyMap<string, string>) {
	const rules = new Map<string, Rule>();
	let first: string | undefined;
	let current: string[] = [];
	const conditions: boolean[] = [];
	for (const line of text.replace(/\\\r?\n\s*/g, " ").split(/\r?\n/, MOST_LINES)) {
		if (line.startsWith("\t")) {
			if (conditions.includes(false)) continue;
			for (const name of current) {
				const rule = rules.get(name);
				if (rule) rules.set(name, { ...rule, recipe: [...rule.recipe, line.trim()] });
			}
			continue;
		}
		const written = line.replace(/(^|\s)#.*$/, "").trim();
		if (takeConditional(written, conditions, variables) || conditions.includes(false)) continue;
		const assignment = /^(?:export\s+|override\s+)?([\w.-]+)\s*(:{0,3}|\?|\+|!)=\s*(.*)$/.exec(written);
		if (assignment) {
			const [, name = "", operator, value = ""] = assignment;
			if (given.has(name) || operator === "!") continue;
			if (operator === "+") variables.set(name, [variables.get(name), value].filter(Boolean).join(" "));
			else if (operator === ":" || operator === "::") variables.set(name, expand(value, variables, 0));
			else if (operator !== "?" || !variables.has(name)) variables.set(name, value);
			continue;
		}
		const rule = /^([^:=]+)::?([^;]*)(?:;(.*))?$/.exec(written);
		if (!rule || rule[2]?.startsWith("=")) continue;
		const [, targets = "", needs = "", recipe] = rule;
		current = expand(targets, variables, 0).split(/\s+/).filter(Boolean);
		for (const name of current) {
			const before = rules.get(name);
			const all = expand(needs.replace(/\|/g, " "), variables, 0).split(/\s+/).filter(Boolean);
			rules.set(name, {
				needs: [...(before?.needs ?? []), ...all],
				recipe: [...(before?.recipe ?? []), ...(recipe ? [recipe.trim()] : [])],
			});
			if (first === undefined && !/^[.%]/.test(name)) first = name;
		}
	}
	return { rules, first };
}

/** `ifdef`, `ifeq`, `else`, `endif`; what hangs on a function counts as it would without a condition. */
function takeConditional(line: string, conditions: boolean[], variables: ReadonlyMap<string, string>): boolean {
	const [, word, rest = ""] = /^(ifn?def|ifn?eq|else|endif)\b\s*(.*)$/.exec(line) ?? [];
	if (word === undefined) return false;
	if (word === "endif") conditions.pop();
	else if (word === "else") {
		const before = conditions.pop() ?? true;
		const isOpen = OPEN_CONDITION.test(line) || rest !== "";
		conditions.push(isOpen || !before);
	} else conditions.push(holds(word, rest, variables));
	return true;
}

const OPEN_CONDITION = /\$[({]\w+[ ,]/;

function holds(word: string, rest: string, variables: ReadonlyMap<string, string>): boolean {
	if (OPEN_CONDITION.test(rest)) return true;
	if (word.endsWith("def")) return (word === "ifdef") === ((variables.get(expand(rest, variables, 0)) ?? "") !== "");
	const [, a, b] = /^\((.*?),\s*(.*)\)$/.exec(rest) ?? /^["'](.*?)["']\s+["'](.*?)["']$/.exec(rest) ?? [];
	if (a === undefined || b === undefined) return true;
	return (word === "ifeq") === (expand(a, variables, 0).trim() === expand(b, variables, 0).trim());
}

/** `$(X)`, `${X}` and `$@`; `$$` is the shell's own. */
function expand(text: string, variables: ReadonlyMap<string, string>, depth: number): string {
	if (depth > 10 || text.length > 20_000) return "";
	return text.replace(
		/\$(?:\$|\(([^()]*(?:\([^()]*\)[^()]*)*)\)|\{([^{}]*)\}|([@<^*]))/g,
		(whole, round: string | undefined, curly, automatic) => {
			if (whole === "$$") return "$";
			const name: string = round ?? curly ?? automatic ?? "";
			return expand(variables.get(name.trim()) ?? "", variables, depth + 1);
		},
	);
}
