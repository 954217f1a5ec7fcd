import { t } from "../../model/message.ts";
import { type Call, each, type Library, library, list, NOTHING, type Thing, unclear } from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { pointee } from "./assign.ts";
import { BUILTINS, isBuiltin } from "./builtins.ts";
import { evaluate } from "./expressions.ts";
import { declaring, type Go, type Scope } from "./go.ts";
import { libraryCall } from "./libraries/index.ts";
import { isBasicType, zeroOf } from "./types.ts";

/** A call or a conversion. */
export function evaluateCall(go: Go, node: SyntaxNode, scope: Scope): Thing {
	const target = child(node, "function");
	if (!target) return unclear(t("source that is not understood"));
	const name = target.type === "identifier" ? scope.file.source.textOf(target) : undefined;
	const isOwn = name !== undefined && (declaring(scope, name) !== undefined || scope.pkg.declarations.has(name));
	if (name !== undefined && !isOwn) {
		const written = child(node, "arguments");
		const given = written ? namedChildren(written) : [];
		if (isBuiltin(name)) return BUILTINS[name]?.(go, given, scope, scope.file.source.evidence(node)) ?? NOTHING;
		// `string(x)` is the value of x as far as ports go.
		if (isBasicType(name) && given[0]) return evaluate(go, given[0], scope);
	}
	// `[]byte(x)`, `(*T)(x)`, `func() { … }()`
	if (/^(slice|array|map|pointer)_type$/.test(target.type)) return firstOf(go, node, scope);
	// `env.ParseAs[Config]()` looks like an element.
	const generic = target.type === "index_expression" ? child(target, "operand") : undefined;
	const operand = generic?.type === "selector_expression" ? evaluate(go, generic, scope) : undefined;
	const isGeneric = operand?.kind === "library" && operand.of !== undefined && operand.of.of === undefined;
	const callee = isGeneric ? operand : evaluate(go, target, scope);
	const call = readArguments(go, node, scope);
	const own = isGeneric ? child(target, "index") : undefined;
	const type = own && evaluate(go, own, scope);
	if (type?.kind === "structure" && type.shape === "class") call.keywords.set(TYPE_ARGUMENT, zeroOf(go, type));
	// Half a call is not evidence of anything.
	if (node.broken && namedChildren(node).some((one) => one.type === "argument_list" && one.broken && hasError(one)))
		return unclear(t("source with a syntax error"), call.at);
	return callThing(go, callee, call);
}

/** The keyword that holds a new value of a call's first type argument. */
export const TYPE_ARGUMENT = "[T]";

function hasError(node: SyntaxNode): boolean {
	return node.children.some((one) => one.type === "ERROR");
}

function firstOf(go: Go, node: SyntaxNode, scope: Scope): Thing {
	const written = child(node, "arguments");
	const only = written ? namedChildren(written)[0] : undefined;
	return only ? evaluate(go, only, scope) : unclear(t("source that is not understood"));
}

/** Calls something. Functions that are handed to code out of sight are taken to be called there. */
export function callThing(go: Go, callee: Thing, call: Call): Thing {
	if (callee.kind === "unknown") return handOver(go, callee, "", call);
	return each(callee, (whole) => {
		const one = pointee(go, whole);
		if (one.kind === "callable") return one.invoke(call);
		if (one.kind === "library") return callLibrary(go, one, call);
		// A conversion to an own type: `Port(8080)`, `HandlerFunc(f)`.
		if (one.kind === "structure" && one.shape === "class") return call.positional[0] ?? NOTHING;
		return handOver(go, unclear(t("something that cannot be called"), call.at), "", call);
	});
}

function callLibrary(go: Go, callee: Library, call: Call): Thing {
	const modelled = libraryCall(go, call, callee);
	if (modelled) return modelled;
	const name = callee.origin.slice(callee.origin.lastIndexOf(".") + 1);
	if (MAY_LISTEN.test(name)) go.run.record(callee.origin, call, callee.of);
	if (ENDS.test(name)) go.run.aborting = true;
	handOver(go, NOTHING, name, call);
	const result = library(`${callee.origin}()`, callee.of);
	// Options are calls with a value: `http.Address(":8000")`.
	call.positional.forEach((one, index) => {
		if (index < 4) result.fields.set(String(index), one);
	});
	return result;
}

/** Names of calls that may listen; keeping all others, with all that they are handed, would cost more than the evaluation. */
const MAY_LISTEN = /^(Listen|Serve|Run|Start|Must|New|Default|SetPort|SetAddr|Spin)/;

/** Ends the process, or the goroutine, which comes to the same here: log, zap, logrus, zerolog, glog, slog's helpers, testing. */
const ENDS = /^(Fatal|Panic|Exit)(f|ln|w|Context|Depth)?$/;

/** Methods whose functions run when a request, a message or a tick comes in, not when the program starts. */
const LATER =
	/^(HandleFunc|Handle|Handler|HandlerFunc|Use|Get|GET|Post|POST|Put|PUT|Delete|DELETE|Patch|PATCH|Head|HEAD|Options|OPTIONS|Any|All|Match|Method|MethodFunc|NotFound|NoRoute|AfterFunc|AddFunc|Subscribe|OnStop|RegisterOnShutdown|NewServer|NewTLSServer|Collect|Register|SetErrorHandler|With|Sort|Slice|SliceStable|SortFunc|FilterFunc)$/;

/** Runs the functions among the arguments, as far as they run when all goes well: those that take nothing, or a context. */
function handOver(go: Go, result: Thing, method: string, call: Call): Thing {
	if (LATER.test(method)) return result;
	for (const thing of call.positional) {
		if (thing.kind !== "callable" || !thing.own) continue;
		const parameters = go.signatures.get(thing)?.parameters ?? [];
		if (!parameters.every((one) => one === "context.Context")) continue;
		thing.invoke({
			positional: parameters.map(() => library("context.Background()")),
			keywords: new Map(),
			self: undefined,
			at: call.at,
		});
		// Code out of sight decides when it is called, and what its failure means.
		go.run.aborting = false;
	}
	return result;
}

function readArguments(go: Go, node: SyntaxNode, scope: Scope): Call & { readonly keywords: Map<string, Thing> } {
	const positional: Thing[] = [];
	const keywords = new Map<string, Thing>();
	const written = child(node, "arguments");
	for (const one of written ? namedChildren(written) : []) {
		if (one.type !== "variadic_argument") {
			positional.push(evaluate(go, one, scope));
			continue;
		}
		const only = namedChildren(one)[0];
		const spread = only ? evaluate(go, only, scope) : NOTHING;
		// A function of the program takes the list as it is, a library its items.
		keywords.set("...", NOTHING);
		positional.push(spread.kind === "list" ? spread : list([spread]));
	}
	return { positional, keywords, self: undefined, at: callEvidence(node, scope) };
}

/** In a chain over several lines, the line that people would point at is the one with the method's name. */
function callEvidence(node: SyntaxNode, scope: Scope): Call["at"] {
	const source = scope.file.source;
	const target = child(node, "function");
	const name = target?.type === "selector_expression" ? child(target, "field") : undefined;
	if (target && name && source.position(target.start).line !== source.position(name.start).line)
		return source.evidenceBetween(name.start, node.end);
	return source.evidence(node);
}
