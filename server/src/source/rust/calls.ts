import { t } from "../../model/message.ts";
import { own } from "../../model/table.ts";
import type { Evidence } from "../../model/text.ts";
import { type Call, each, type Library, library, type Structure, type Thing, unclear } from "../core/thing.ts";
import { child, type SyntaxNode } from "../syntax.ts";
import { fill } from "./coerce.ts";
import { builtArgument, registerArguments } from "./commandLine.ts";
import { configuredValue, noteSource } from "./configuration.ts";
import { defaultInstance, parseArguments, readSettings } from "./derived.ts";
import { evaluate, readArguments } from "./expressions.ts";
import { LIBRARY_CALLS } from "./libraries.ts";
import { callBuiltIn } from "./methods.ts";
import { resolvePath, resolveType, segments } from "./modules.ts";
import { joinTexts } from "./operators.ts";
import { parts, type Rust, type Scope } from "./rust.ts";

/** `path::to::function(…)`, `value.method(…)`, `closure(…)`. */
export function evaluateCall(rs: Rust, node: SyntaxNode, scope: Scope): Thing {
	let target = child(node, "function");
	if (!target) return unclear(t("source that is not understood"));
	let turbofish: SyntaxNode | undefined;
	if (target.type === "generic_function") {
		turbofish = child(target, "type_arguments");
		target = child(target, "function") ?? target;
	}
	const { file } = scope.module;
	if (target.type === "field_expression") {
		const [object, name] = [child(target, "value"), child(target, "field")];
		if (!object || !name) return unclear(t("source that is not understood"));
		const on = evaluate(rs, object, scope);
		const call = { ...readArguments(rs, node, scope), at: callEvidence(node, name, scope) };
		const result = callMethod(rs, on, file.textOf(name), call, turbofish && file.textOf(turbofish));
		return filled(rs, result, turbofish, scope);
	}
	const text = file.textOf(target);
	const call = readArguments(rs, node, scope);
	if (node.broken) return unclear(t("source with a syntax error"), call.at);
	if (
		/^(?:(?:std::)?(?:option|result)::)?(?:Option::|Result::)?(Some|Ok|Box::new|Arc::new|Rc::new|String::from|Cow::from|Cow::Borrowed)$/.test(
			text,
		)
	)
		return call.positional[0] ?? unclear(t("source that is not understood"));
	if (/^(?:Result::)?Err$/.test(text)) return { kind: "nothing" };
	const named = target.type === "identifier" || target.type === "scoped_identifier";
	const callee = named ? resolvePath(rs, segments(text), scope) : evaluate(rs, target, scope);
	const result = callThing(rs, callee, call, named ? segments(text) : [], scope);
	return filled(rs, result, turbofish, scope);
}

/** `envy::from_env::<Config>()`, `config.try_deserialize::<Config>()`. */
function filled(rs: Rust, result: Thing, turbofish: SyntaxNode | undefined, scope: Scope): Thing {
	const wanted = turbofish && parts(turbofish)[0];
	const type = wanted ? resolveType(rs, wanted, scope) : undefined;
	return type?.kind === "structure" ? fill(rs, result, type) : result;
}

/** In a chain over several lines, the line with the method's name. */
function callEvidence(node: SyntaxNode, name: SyntaxNode, scope: Scope): Evidence {
	const { file } = scope.module;
	return file.position(node.start).line === file.position(name.start).line
		? file.evidence(node)
		: file.evidenceBetween(name.start, node.end);
}

function callThing(rs: Rust, callee: Thing, call: Call, path: readonly string[], scope: Scope): Thing {
	if (callee.kind === "callable") return callee.invoke(call);
	if (callee.kind === "structure") return callee.construct?.(call) ?? unclear(t("something that cannot be called"));
	if (callee.kind === "library") {
		const derived = path.length > 1 ? derivedFunction(rs, path, call, scope) : undefined;
		return derived ?? callLibrary(rs, callee.origin, undefined, call);
	}
	return callee.kind === "unknown" ? callee : unclear(t("something that cannot be called"), call.at);
}

/** Functions that a derive gives to an own type: `Args::parse()`, `Config::default()`. */
function derivedFunction(rs: Rust, path: readonly string[], call: Call, scope: Scope): Thing | undefined {
	const type = resolvePath(rs, path.slice(0, -1), scope);
	if (type.kind !== "structure" || !rs.types.has(type)) return undefined;
	switch (path.at(-1)) {
		case "parse":
		case "try_parse":
		case "from_args":
		case "parse_from":
		case "try_parse_from":
			return parseArguments(rs, type);
		case "init_from_env":
		case "init":
			return readSettings(rs, type, "envconfig");
		case "default":
			return defaultInstance(rs, type);
		default:
			return unclear(t("{0} is out of view", path.join("::")), call.at);
	}
}

/** A method of anything: of own types, of texts and options, of what libraries return. */
export function callMethod(rs: Rust, on: Thing, name: string, call: Call, turbofish?: string): Thing {
	if (on.kind === "unknown") {
		if (RUNS.test(name)) handOver(call);
		return on;
	}
	return each(on, (one) => {
		if (one.kind === "structure") {
			const method = methodOf(one, name);
			if (method) return method.invoke({ ...call, self: one });
		}
		if (one.kind === "library") return callOnLibrary(rs, one, name, call);
		return callBuiltIn(rs, one, name, call, turbofish) ?? unclear(t("{0} is not followed", name), call.at);
	});
}

function methodOf(instance: Structure, name: string): (Thing & { kind: "callable" }) | undefined {
	for (const type of [...instance.parents, instance]) {
		const found = type.kind === "structure" ? type.fields.get(name) : undefined;
		if (found?.kind === "callable") return found;
	}
	return undefined;
}

/** Methods that hand on what they are called on, whatever it is. */
const TRANSPARENT =
	/^(unwrap|expect|clone|await|as_ref|as_mut|to_owned|into|context|with_context|map_err|ok|borrow|iter|into_iter|unwrap_or_default)$/;

/** Builders answer themselves, so a chain keeps the name of what began it, and what was set on it. */
function callOnLibrary(rs: Rust, on: Library, name: string, call: Call): Thing {
	if (TRANSPARENT.test(name)) return on;
	const [first] = call.positional;
	if (name === "arg" || name === "args") registerArguments(rs, call);
	if (/^(get_one|value_of|value_of_t|value_of_os|get_flag|is_present|try_get_one|remove_one)$/.test(name) && first?.kind === "plain") {
		const found = builtArgument(rs, String(first.value), call.at);
		if (found) return found;
	}
	const configured = configuredValue(rs, on, name, call);
	if (configured) return configured;
	noteSource(rs, on, name, call);
	if (/^unwrap_or(_else)?$/.test(name)) return unclear(t("the value comes from {0}", on.origin), call.at);
	const callee = `${on.origin}.${name}`;
	const model = own(LIBRARY_CALLS, callee);
	if (model) return model(rs, call);
	rs.run.record(callee, call, on);
	if (RUNS.test(name)) handOver(call);
	if (first) on.fields.set(name, first);
	return on;
}

function callLibrary(rs: Rust, origin: string, on: Thing | undefined, call: Call): Thing {
	const model = own(LIBRARY_CALLS, origin);
	if (model) return model(rs, call);
	rs.run.record(origin, call, on);
	if (RUNS.test(origin.split("::").at(-1) ?? "")) handOver(call);
	const made = library(`${origin}()`);
	const [first] = call.positional;
	const name = origin.split("::").at(-1);
	if (first && name) made.fields.set(name, first);
	return made;
}

/** Functions that run what they are given as the program starts; handlers and callbacks run when somebody calls. */
const RUNS = /^(new|spawn|spawn_\w+|block_on|run|run_\w+|scope|enter|with|start|launch|timeout|select|join|join_all|race|try_join)$/;

/** Runs the functions among the arguments: `tokio::spawn`, `thread::spawn(move || …)`. */
function handOver(call: Call): void {
	for (const one of call.positional)
		if (one.kind === "callable" && one.own) one.invoke({ positional: [], keywords: new Map(), self: undefined, at: call.at });
}

/** `[host, ":", port].concat()`. */
export function concatenate(items: readonly Thing[]): Thing {
	return items.reduce<Thing>((left, right) => joinTexts(left, right), { kind: "plain", value: "", from: [] });
}
