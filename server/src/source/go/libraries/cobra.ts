import { t } from "../../../model/message.ts";
import { type Call, fromValue, type Library, list, NOTHING, plain, type Thing, unclear } from "../../core/thing.ts";
import { pointee } from "../assign.ts";
import { callThing } from "../calls.ts";
import type { Go } from "../go.ts";
import type { Models } from "./model.ts";
import { textOf } from "./model.ts";

const COMMAND = "github.com/spf13/cobra.Command{}";

/** Cobra's user guide: a tree of commands, of which the arguments name one. */
export const COBRA: Models = {
	[`${COMMAND}.AddCommand`]: (_, call, callee) => {
		const parent = callee.of;
		for (const one of call.positional.flatMap((given) => (given.kind === "list" ? given.items : [given])))
			if (parent && one.kind === "library") addChild(parent, one);
		return NOTHING;
	},
	[`${COMMAND}.Execute`]: (go, call, callee) => execute(go, callee.of, call),
	[`${COMMAND}.ExecuteC`]: (go, call, callee) => execute(go, callee.of, call),
	[`${COMMAND}.ExecuteContext`]: (go, call, callee) => execute(go, callee.of, call),
	[`${COMMAND}.ExecuteContextC`]: (go, call, callee) => execute(go, callee.of, call),
	"k8s.io/component-base/cli.Run": (go, call) => execute(go, asLibrary(call.positional[0]), call),
	"k8s.io/component-base/cli.RunNoErrOutput": (go, call) => execute(go, asLibrary(call.positional[0]), call),
	"github.com/charmbracelet/fang.Execute": (go, call) => execute(go, asLibrary(call.positional[1]), call),
	"github.com/spf13/cobra.OnInitialize": (go, call) => {
		go.initializers.push(...call.positional);
		return NOTHING;
	},
	[`${COMMAND}.Context`]: () => undefined,
	[`${COMMAND}.SetArgs`]: (_, call, callee) => {
		callee.of?.fields.set("#args", call.positional[0] ?? NOTHING);
		return NOTHING;
	},
};

function asLibrary(thing: Thing | undefined): Library | undefined {
	return thing?.kind === "library" ? thing : undefined;
}

function addChild(parent: Library, one: Library): void {
	const kept = parent.fields.get("#children");
	const children = kept?.kind === "list" ? kept.items : [];
	parent.fields.set("#children", list([...children, one]));
	one.fields.set("#parent", parent);
}

function childrenOf(command: Library): Library[] {
	const kept = command.fields.get("#children");
	return kept?.kind === "list" ? kept.items.flatMap((one) => (one.kind === "library" ? [one] : [])) : [];
}

function execute(go: Go, root: Library | undefined, call: Call): Thing {
	if (!root) return NOTHING;
	const { command, rest } = choose(go, root);
	for (const one of go.initializers) run(go, one, [], call);
	const args: Thing = {
		...list([...rest, { kind: "argument", name: t("an argument"), fallback: unclear(t("an argument is not given")), from: [] }], call.at),
		open: true,
		given: rest.length,
	};
	const given = [command, args];
	const runs = command.fields.get("RunE") ?? command.fields.get("Run");
	if (!runs) {
		if (childrenOf(command).length > 0) showUsage(go, root, call);
		return NOTHING;
	}
	for (let one: Library | undefined = command; one; one = asLibrary(one.fields.get("#parent"))) {
		const before: Thing | undefined = one.fields.get("PersistentPreRunE") ?? one.fields.get("PersistentPreRun");
		if (!before) continue;
		run(go, before, given, call);
		break;
	}
	const before = command.fields.get("PreRunE") ?? command.fields.get("PreRun");
	if (before) run(go, before, given, call);
	return run(go, runs, given, call);
}

/** A command that only holds others prints its help, unless the program itself puts a command where the arguments are. */
function showUsage(go: Go, root: Library, call: Call): void {
	if (root.fields.has("#args") || go.libraries.get("os")?.fields.has("Args")) go.run.gap(t("no command is given"), call.at);
	else go.run.showsUsage = true;
}

function run(go: Go, thing: Thing, positional: readonly Thing[], call: Call): Thing {
	const target = pointee(go, thing);
	if (target.kind === "nothing") return NOTHING;
	return callThing(go, target, { positional, keywords: new Map(), self: undefined, at: call.at });
}

/** The command that the arguments name, and those behind its name. A word behind a flag may be that flag's value. */
function choose(go: Go, root: Library): { readonly command: Library; readonly rest: readonly Thing[] } {
	let command = root;
	let rest: Thing[] = [];
	let behindFlag = false;
	for (const arg of go.run.start.args) {
		const thing = fromValue(arg, plain(""));
		const text = textOf(thing) ?? "";
		const child = text.startsWith("-") ? undefined : childrenOf(command).find((one) => namesOf(one).includes(text));
		if (text.startsWith("-")) behindFlag = !text.includes("=");
		else {
			if (child) {
				command = child;
				rest = [];
			} else if (!behindFlag) rest.push(thing);
			behindFlag = false;
		}
	}
	return { command, rest };
}

function namesOf(command: Library): string[] {
	const use = textOf(command.fields.get("Use"))?.split(/\s/)[0];
	const aliases = command.fields.get("Aliases");
	const others = aliases?.kind === "list" ? aliases.items.map(textOf) : [];
	return [use, ...others].filter((one) => one !== undefined);
}
