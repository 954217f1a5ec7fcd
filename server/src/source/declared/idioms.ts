import { t } from "../../model/message.ts";
import { known, knownText, lookUp, mapText, unknown, type Value } from "../../model/value.ts";
import type { SyntaxNode } from "../syntax.ts";
import type { Scope } from "./declarations.ts";
import type { Evaluator } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import { type Found, orElse } from "./found.ts";

/** What the standard libraries' functions answer, wrapped because null is an answer too; undefined for any other call. */
export function idiom(
	evaluator: Evaluator,
	expression: Extract<Expression, { kind: "call" | "index" | "member" }>,
	node: SyntaxNode,
	scope: Scope,
): { readonly value: Found } | undefined {
	const object = expression.object;
	const objectText = object ? scope.file.textOf(object) : "";
	const argument = (at: number): Found | undefined => {
		const given =
			expression.kind === "call" ? expression.given.positional[at] : expression.kind === "index" && at === 0 ? expression.index : undefined;
		return given && evaluator.value(given, scope);
	};
	const name = expression.kind === "index" ? "" : expression.name;
	const key = () => knownText(argument(0));
	const at = scope.file.evidence(node);
	const open = (value: Value | undefined, called: string, kind: "variable" | "argument" = "argument"): Value =>
		value ?? { kind, name: called, from: [at] };

	if (expression.kind === "index" && objectText === "args") {
		const position = Number(key() ?? Number.NaN);
		return { value: open(evaluator.around.args[position], t("an argument")) };
	}
	if (expression.kind === "index" && object && isEnvironment(objectText)) return { value: variable() };
	if (object && isConfiguration(evaluator, object, scope)) {
		if (expression.kind === "index" || name === "GetValue" || name === "GetSection") return { value: setting() };
		if (name === "Value" || name === "Get") return { value: evaluator.value(object, scope) };
	}
	if (expression.kind === "index") return undefined;
	if (expression.kind === "member") return name === "Value" && object ? { value: evaluator.value(object, scope) } : undefined;

	switch (`${objectText.replace(/^java\.lang\.|^System\.(?=Environment|Convert)/, "")}.${name}`) {
		case "System.getenv":
		case "Environment.GetEnvironmentVariable":
			return expression.given.positional.length > 0 ? { value: variable() } : undefined;
		case "System.getenv().get":
			return { value: variable() };
		case "System.getenv().getOrDefault":
			return { value: orElse(variable(), () => argument(1)) };
		case "System.getProperty":
		case "Integer.getInteger": {
			const property = key();
			if (property === undefined) return { value: unknown(t("the property's name is not known"), at) };
			return { value: orElse(open(evaluator.around.setting(property), `-D${property}`), () => argument(1)) };
		}
		case "Optional.ofNullable":
		case "Optional.of":
		case "Integer.parseInt":
		case "Integer.valueOf":
		case "Integer.toString":
		case "Integer.decode":
		case "Short.parseShort":
		case "Long.parseLong":
		case "String.valueOf":
		case "Boolean.parseBoolean":
		case "Boolean.valueOf":
		case "Objects.requireNonNull":
		case "int.Parse":
		case "Int32.Parse":
		case "ushort.Parse":
		case "bool.Parse":
		case "Convert.ToInt32":
		case "Convert.ToUInt16":
		case "Convert.ToString":
		case "Convert.ToBoolean":
			return { value: trimmed(argument(0)) };
		case "Objects.requireNonNullElse":
		case "MoreObjects.firstNonNull":
		case "ObjectUtils.defaultIfNull":
		case "StringUtils.defaultIfEmpty":
		case "StringUtils.defaultIfBlank":
		case "StringUtils.defaultString":
			return { value: orElse(argument(0), () => argument(1)) };
		case "String.format":
		case "string.Format":
			return undefined;
	}
	if (!object) return undefined;
	switch (name) {
		case "orElse":
			return { value: orElse(evaluator.value(object, scope), () => argument(0)) };
		case "map":
		case "filter":
		case "trim":
		case "Trim":
		case "strip":
		case "toString":
		case "ToString":
		case "intValue":
		case "toLowerCase":
			return { value: evaluator.value(object, scope) };
		case "getInteger":
		case "getLong":
		case "getString":
		case "getBoolean":
			return isVertxConfiguration(evaluator, object, scope) ? { value: configured() } : undefined;
		case "IsDevelopment":
			return { value: environmentIs("Development") };
		case "IsProduction":
			return { value: environmentIs("Production") };
		case "IsStaging":
			return { value: environmentIs("Staging") };
		default:
			return undefined;
	}

	function variable(): Value {
		const called = key();
		return called === undefined ? unknown(t("the variable's name is not known"), at) : lookUp(evaluator.around.environment, called, at);
	}

	function setting(): Found {
		const called = configurationKey(evaluator, expression, scope);
		if (called === undefined) return unknown(t("the setting's name is not known"), at);
		return orElse(open(evaluator.around.setting(called), called.replaceAll(":", "__"), "variable"), () =>
			name === "GetValue" ? argument(1) : undefined,
		);
	}

	/** A key of Vert.x's configuration: `-conf`, and with ConfigRetriever variables of that name (Vert.x Config, "Default config"). */
	function configured(): Found {
		const called = key();
		if (called === undefined) return unknown(t("the setting's name is not known"), at);
		const { imports } = evaluator.declarations;
		const retrieved = [...imports.values()].some(
			({ names, packages }) => names.get("ConfigRetriever") ?? packages.includes("io.vertx.config"),
		);
		const value = retrieved ? lookUp(evaluator.around.environment, called, at) : open(undefined, "-conf");
		return orElse(value, () => argument(1));
	}

	/** ASPNETCORE_ENVIRONMENT is Production unless it is set (ASP.NET Core, "Use multiple environments"). */
	function environmentIs(wanted: string): Value {
		const { environment } = evaluator.around;
		const set = environment.get("ASPNETCORE_ENVIRONMENT") ?? environment.get("DOTNET_ENVIRONMENT");
		const actual = set ?? ({ kind: "variable", name: "ASPNETCORE_ENVIRONMENT", fallback: known("Production"), from: [] } as const);
		return mapText(actual, (text, from) => known(String(text.toLowerCase() === wanted.toLowerCase()), ...from));
	}
}

function isEnvironment(text: string): boolean {
	return /(^|\.)(GetEnvironmentVariables|getenv)\(\)$/.test(text);
}

function isConfiguration(evaluator: Evaluator, object: SyntaxNode, scope: Scope): boolean {
	const expression = evaluator.read(object, scope);
	if (expression.kind === "call" && expression.name === "GetSection") return true;
	if (expression.kind === "same") return isConfiguration(evaluator, expression.inner, scope);
	const name = expression.kind === "name" || expression.kind === "member" ? expression.name : "";
	return /^_?(config|configuration|cfg)$/i.test(name);
}

/** `config()` of a verticle, or the JsonObject that a method is handed. */
function isVertxConfiguration(evaluator: Evaluator, object: SyntaxNode, scope: Scope): boolean {
	const expression = evaluator.read(object, scope);
	if (expression.kind === "call") return expression.name === "config" && expression.given.positional.length === 0;
	return (
		expression.kind === "name" &&
		/^_?(config|conf|configuration|cfg)$/i.test(expression.name) &&
		evaluator.typeOf(object, scope) === "JsonObject"
	);
}

/** `Kestrel:Port` of `configuration.GetSection("Kestrel")["Port"]`. */
function configurationKey(evaluator: Evaluator, expression: Expression, scope: Scope): string | undefined {
	if (expression.kind !== "call" && expression.kind !== "index") return undefined;
	const node = expression.kind === "call" ? expression.given.positional[0] : expression.index;
	const own = node && knownText(evaluator.value(node, scope));
	const object = expression.object ? evaluator.read(expression.object, scope) : undefined;
	if (own === undefined || object?.kind !== "call" || object.name !== "GetSection") return own;
	const outer = configurationKey(evaluator, object, scope);
	return outer === undefined ? undefined : `${outer}:${own}`;
}

function trimmed(value: Found): Found {
	return value && mapText(value, (text, from) => known(text.trim(), ...from));
}
