import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import { dictionary, each, lengthOf, library, list, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import { namedChildren, type SyntaxNode } from "../syntax.ts";
import { pointee } from "./assign.ts";
import { evaluate } from "./expressions.ts";
import type { Go, Scope } from "./go.ts";
import { isWhole } from "./operators.ts";
import { resolveType, zeroOf, zeroValue } from "./types.ts";

type Builtin = (go: Go, given: readonly SyntaxNode[], scope: Scope, at: Evidence) => Thing;

/** Go's built-in functions, as far as they take part in making a port or an address. */
export const BUILTINS: Readonly<Record<string, Builtin>> = {
	len: (go, given, scope) =>
		each(first(go, given, scope), (whole) => {
			const one = pointee(go, whole);
			if (one.kind === "list") return lengthOf(one);
			if (one.kind === "plain" && typeof one.value === "string" && isWhole(one)) return plain(byteLength(one.value));
			if (one.kind === "structure" && one.shape === "dictionary" && !one.open) return plain(one.fields.size);
			return one.kind === "nothing" ? plain(0) : unclear(t("a length that is not known"));
		}),
	append: (go, given, scope, at) => {
		const [target, ...items] = given;
		const held = target ? evaluate(go, target, scope) : NOTHING;
		const added: Thing[] = [];
		let open = false;
		for (const item of items) {
			if (item.type !== "variadic_argument") added.push(evaluate(go, item, scope));
			else {
				const inner = namedChildren(item)[0];
				const spread = inner ? evaluate(go, inner, scope) : NOTHING;
				if (spread.kind === "list") added.push(...spread.items);
				if (spread.kind === "list" ? spread.open : spread.kind !== "nothing") open = true;
			}
		}
		return each(held, (before) => {
			const isOpen = open || (before.kind === "list" ? before.open : before.kind !== "nothing");
			return { ...list([...(before.kind === "list" ? before.items : []), ...added], at), open: isOpen };
		});
	},
	make: (go, given, scope, at) => {
		const [type] = given;
		if (type?.type === "map_type") return dictionary(new Map(), at);
		if (type?.type === "slice_type") {
			const length = given[1] ? evaluate(go, given[1], scope) : plain(0);
			const isEmpty = length.kind === "plain" && length.value === 0;
			return { ...list([], at), open: !isEmpty };
		}
		if (type?.type === "channel_type") return library("chan{}");
		return type ? zeroValue(go, type, scope) : NOTHING;
	},
	new: (go, given, scope) => {
		const [type] = given;
		if (!type) return NOTHING;
		// `new("text")`: the address of a value.
		if (/_literal$|_expression$|^(true|false)$/.test(type.type) && type.type !== "parenthesized_expression")
			return evaluate(go, type, scope);
		const resolved = resolveType(go, type, scope);
		return resolved ? zeroOf(go, resolved) : zeroValue(go, type, scope);
	},
	panic: (go, given, scope) => {
		first(go, given, scope);
		go.run.aborting = true;
		return NOTHING;
	},
	min: (go, given, scope) => extreme(go, given, scope, (a, b) => a < b),
	max: (go, given, scope) => extreme(go, given, scope, (a, b) => a > b),
	cap: () => unclear(t("a length that is not known")),
	copy: () => unclear(t("a length that is not known")),
	recover: () => NOTHING,
	close: () => NOTHING,
	delete: () => NOTHING,
	clear: () => NOTHING,
	print: () => NOTHING,
	println: () => NOTHING,
};

export function isBuiltin(name: string): boolean {
	return Object.hasOwn(BUILTINS, name);
}

function first(go: Go, given: readonly SyntaxNode[], scope: Scope): Thing {
	return given[0] ? evaluate(go, given[0], scope) : NOTHING;
}

/** Bytes of the text in UTF-8, as Go counts. */
function byteLength(text: string): number {
	return new TextEncoder().encode(text).length;
}

function extreme(go: Go, given: readonly SyntaxNode[], scope: Scope, better: (a: number, b: number) => boolean): Thing {
	const values = given.map((one) => evaluate(go, one, scope));
	const [one, ...others] = values;
	if (!one) return NOTHING;
	return others.reduce(
		(a, b) =>
			each(a, (x) =>
				each(b, (y) =>
					x.kind === "plain" && y.kind === "plain"
						? better(Number(y.value), Number(x.value))
							? y
							: x
						: unclear(t("one of several values that are not known")),
				),
			),
		one,
	);
}
