import { t } from "../../model/message.ts";
import { each, type Structure, type Thing, unclear } from "../core/thing.ts";
import { type Truth, truthOf } from "../core/truth.ts";
import { child, type SyntaxNode } from "../syntax.ts";
import { evaluate } from "./expressions.ts";
import { resolvePath, segments } from "./modules.ts";
import { compare, rustTruth } from "./operators.ts";
import { parts, type Rust, type Scope } from "./rust.ts";

/** Whether a value has the shape, and the names that it then gives. */
export interface Match {
	readonly truth: Truth;
	bind(scope: Scope): void;
}

const ALWAYS: Truth = { kind: "known", value: true };
const UNDECIDED: Truth = { kind: "undecided" };

/** Names of a pattern that is taken to fit. */
export function bindPattern(rs: Rust, pattern: SyntaxNode, value: Thing, scope: Scope): void {
	matchPattern(rs, pattern, value, scope).bind(scope);
}

export function matchPattern(rs: Rust, pattern: SyntaxNode, value: Thing, scope: Scope): Match {
	const text = scope.module.file.textOf(pattern);
	switch (pattern.type) {
		case "match_pattern": {
			const only = parts(pattern)[0];
			return only && only.field !== "condition" ? matchPattern(rs, only, value, scope) : nothingBound(ALWAYS);
		}
		case "identifier":
		case "shorthand_field_identifier":
			return identifier(rs, text, value, scope);
		case "scoped_identifier":
			return path(rs, segments(text), value, scope);
		case "tuple_struct_pattern":
			return tupleStruct(rs, pattern, value, scope);
		case "struct_pattern":
			return struct(rs, pattern, value, scope);
		case "tuple_pattern":
		case "slice_pattern":
			return all(
				ALWAYS,
				parts(pattern).map((one, index) => matchPattern(rs, one, elementAt(value, index), scope)),
			);
		case "captured_pattern": {
			const [name, rest] = parts(pattern);
			const match = rest ? matchPattern(rs, rest, value, scope) : nothingBound(UNDECIDED);
			return all(match.truth, [match, name ? matchPattern(rs, name, value, scope) : match]);
		}
		case "or_pattern": {
			const matches = parts(pattern).map((one) => matchPattern(rs, one, value, scope));
			const sure = matches.find((one) => one.truth.kind === "known" && one.truth.value);
			return sure ?? matches.find((one) => one.truth.kind !== "known") ?? nothingBound({ kind: "known", value: false });
		}
		case "ref_pattern":
		case "reference_pattern":
		case "mut_pattern": {
			const only = parts(pattern)[0];
			return only ? matchPattern(rs, only, value, scope) : nothingBound(ALWAYS);
		}
		case "range_pattern":
			return nothingBound(UNDECIDED);
		default: {
			if (text === "_" || text === "..") return nothingBound(ALWAYS);
			const literal = parts(pattern).length > 0 || /literal|identifier/.test(pattern.type) ? evaluate(rs, pattern, scope) : undefined;
			return nothingBound(literal ? rustTruth(compare("==", value, literal)) : UNDECIDED);
		}
	}
}

function nothingBound(truth: Truth): Match {
	return { truth, bind: () => undefined };
}

function all(truth: Truth, matches: readonly Match[]): Match {
	const truths = [truth, ...matches.map((one) => one.truth)];
	const no = truths.find((one) => one.kind === "known" && !one.value);
	return {
		truth: no ?? truths.find((one) => one.kind !== "known") ?? ALWAYS,
		bind: (scope) => {
			for (const match of matches) match.bind(scope);
		},
	};
}

/** A name that begins with a capital is a constant or a variant; `None` is what is missing. */
function identifier(rs: Rust, name: string, value: Thing, scope: Scope): Match {
	if (name === "None") return nothingBound(presence(value, false));
	if (/^[A-Z]/.test(name)) return path(rs, [name], value, scope);
	return { truth: ALWAYS, bind: (to) => rs.run.journal.set(to.names, name, value) };
}

function path(rs: Rust, names: readonly string[], value: Thing, scope: Scope): Match {
	const wanted = resolvePath(rs, names, scope);
	if (wanted.kind === "structure") return nothingBound(isOf(value, wanted));
	return nothingBound(wanted.kind === "plain" ? rustTruth(compare("==", value, wanted)) : UNDECIDED);
}

function tupleStruct(rs: Rust, pattern: SyntaxNode, value: Thing, scope: Scope): Match {
	const type = child(pattern, "type");
	const name = type ? scope.module.file.textOf(type).split("::").at(-1) : "";
	const fields = pattern.children.filter((one) => one !== type && (one.named || one.type === "_"));
	const [first] = fields;
	if (name === "Some" || name === "Ok") {
		const present = each(value, (one) => (one.kind === "nothing" ? unclear(t("a value that is missing")) : one));
		const rest = first?.named ? matchPattern(rs, first, present, scope) : nothingBound(ALWAYS);
		return all(presence(value, true), [rest]);
	}
	if (name === "Err") {
		const rest = first?.named ? matchPattern(rs, first, unclear(t("an error")), scope) : nothingBound(ALWAYS);
		return { truth: presence(value, false), bind: rest.bind };
	}
	const wanted = type ? resolvePath(rs, segments(scope.module.file.textOf(type)), scope) : unclear(t("a type"));
	const inside = fields.map((one, index) => (one.named ? matchPattern(rs, one, elementAt(value, index), scope) : nothingBound(ALWAYS)));
	return all(wanted.kind === "structure" ? isOf(value, wanted) : UNDECIDED, inside);
}

function struct(rs: Rust, pattern: SyntaxNode, value: Thing, scope: Scope): Match {
	const type = child(pattern, "type");
	const wanted = type ? resolvePath(rs, segments(scope.module.file.textOf(type)), scope) : unclear(t("a type"));
	const fields = parts(pattern).filter((one) => one.type === "field_pattern");
	const inside = fields.map((one) => {
		const [name, inner] = [child(one, "name"), child(one, "pattern")];
		if (!name) return nothingBound(ALWAYS);
		return matchPattern(rs, inner ?? name, fieldOf(value, scope.module.file.textOf(name)), scope);
	});
	const isVariant = type?.type === "scoped_type_identifier" || type?.type === "scoped_identifier";
	return all(wanted.kind === "structure" ? isOf(value, wanted) : isVariant ? UNDECIDED : ALWAYS, inside);
}

/** Whether something is there: `Some` and `Ok` against `None` and `Err`. */
function presence(value: Thing, wanted: boolean): Truth {
	return truthOf(value, (one) => (one.kind === "library" ? undefined : (one.kind !== "nothing") === wanted));
}

/** Whether a value is this variant; of another type nothing can be said. */
function isOf(value: Thing, type: Structure): Truth {
	return truthOf(value, (one) => {
		if (one.kind !== "structure") return undefined;
		return one === type || one.parents[0] === type;
	});
}

function elementAt(value: Thing, index: number): Thing {
	return each(value, (one) => {
		if (one.kind === "list") return one.items[index] ?? unclear(t("an element that is not known"));
		return fieldOf(one, String(index));
	});
}

export function fieldOf(value: Thing, name: string): Thing {
	return each(value, (one) => {
		if (one.kind === "structure" || one.kind === "library") return one.fields.get(name) ?? unclear(t("{0} is not set in view", name));
		return unclear(t("{0} is not set in view", name));
	});
}
