import type { Evidence } from "../../model/text.ts";
import { resolve } from "../core/paths.ts";
import { type Call, type Fields, isOpen, type Library, library, NOTHING, type Structure, type Thing } from "../core/thing.ts";
import { pathText } from "./pathlib.ts";
import type { Python } from "./python.ts";
import { entriesOf } from "./settings.ts";

/** `Field(8000, env="PORT")`, `field(default=80)`: what it says is kept, the first argument as the default. */
export function keepField(_: Python, call: Call, callee: Library): Thing {
	const result = library(`${callee.origin}()`);
	for (const [name, value] of call.keywords) result.fields.set(name, value);
	const byDefault = call.positional[0];
	if (byDefault && !result.fields.has("default")) result.fields.set("default", byDefault);
	return result;
}

const FIELD = /(^|\.)(Field|field|ib|attrib|FieldInfo)\(\)$/;

/** The value that a class gives a field: through `Field(…)` its default or what its factory makes; NOTHING without any. */
function defaultOf(value: Thing): Thing {
	if (value.kind !== "library") return value;
	if (!FIELD.test(value.origin)) return value;
	const factory = value.fields.get("default_factory") ?? value.fields.get("factory");
	const call: Call = { positional: [], keywords: new Map(), self: undefined, at: UNKNOWN_PLACE };
	const made = factory?.kind === "callable" ? factory.invoke(call) : factory?.kind === "structure" ? factory.construct?.(call) : undefined;
	return value.fields.get("default") ?? made ?? NOTHING;
}

const UNKNOWN_PLACE: Evidence = { uri: "", range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "" };

/** Fields of a class and of its parents in the program, the nearest first. */
function* fieldsOf(type: Structure, depth = 0): Generator<readonly [string, Thing]> {
	yield* type.fields;
	if (depth < 20) for (const parent of type.parents) if (parent.kind === "structure") yield* fieldsOf(parent, depth + 1);
}

/** Instances get the defaults that stand behind `Field(…)`, unless they were made with other values. */
export function fillDefaults(py: Python, type: Structure, instance: Structure): void {
	for (const [name, value] of fieldsOf(type))
		if (value.kind === "library" && FIELD.test(value.origin) && !instance.fields.has(name))
			py.run.journal.set(instance.fields, name, defaultOf(value));
}

/**
 * Pydantic's settings read each field from the environment, by its alias, or its name after `env_prefix`, without regard to
 * case; then from `env_file`; then comes the default (pydantic-settings, "Environment variable names", "Dotenv support").
 */
export function readSettings(py: Python, type: Structure, instance: Structure, at: Evidence): void {
	const options = optionsOf(type);
	const before = textOf(options?.get("env_prefix")) ?? "";
	const file = pathText(options?.get("env_file"));
	const inFile = file === undefined ? new Map<string, Thing>() : upperCased(entriesOf(py, resolve(py.run.start.cwd, file)));
	for (const [name, value] of fieldsOf(type)) {
		if (value.kind === "callable" || name === "model_config" || name === "Config" || instance.fields.has(name)) continue;
		const byDefault = defaultOf(value);
		if (byDefault.kind === "structure" || byDefault.kind === "library") {
			if (byDefault !== value) py.run.journal.set(instance.fields, name, byDefault);
			continue;
		}
		py.run.journal.set(instance.fields, name, variableOf(py, namesOf(name, value, before), inFile, byDefault, at));
	}
}

/** Of several names the first that is set counts; one that the image sets in lower case is the same variable. */
function variableOf(py: Python, names: readonly string[], inFile: ReadonlyMap<string, Thing>, byDefault: Thing, at: Evidence): Thing {
	let fallback = byDefault;
	for (const name of [...names].reverse()) fallback = inFile.get(name.toUpperCase()) ?? fallback;
	for (const name of names)
		for (const spelling of [name.toUpperCase(), name, name.toLowerCase()]) {
			const value = py.run.variable(spelling, fallback, at);
			if (!isOpen(value) || value.name !== spelling) return value;
		}
	return py.run.variable((names[0] ?? "").toUpperCase(), fallback, at);
}

function namesOf(name: string, value: Thing, prefix: string): string[] {
	const fields = value.kind === "library" ? value.fields : undefined;
	for (const key of ["validation_alias", "env", "alias"]) {
		const given = fields?.get(key);
		if (given?.kind === "plain") return [String(given.value)];
		if (given?.kind === "list") return given.items.flatMap((one) => (one.kind === "plain" ? [String(one.value)] : []));
		const choices = given?.kind === "library" ? given.fields.get("(choices)") : undefined;
		if (choices?.kind === "list") return choices.items.flatMap((one) => (one.kind === "plain" ? [String(one.value)] : []));
	}
	return [prefix + name];
}

/** `AliasChoices("PORT", "HTTP_PORT")`. */
export function keepChoices(_: Python, call: Call, callee: Library): Thing {
	const result = library(`${callee.origin}()`);
	result.fields.set("(choices)", { kind: "list", items: [...call.positional], open: false, at: call.at });
	return result;
}

function optionsOf(type: Structure): Fields | undefined {
	for (const [name, value] of fieldsOf(type))
		if ((name === "model_config" || name === "Config") && (value.kind === "structure" || value.kind === "library")) return value.fields;
	return undefined;
}

function textOf(thing: Thing | undefined): string | undefined {
	return thing?.kind === "plain" ? String(thing.value) : undefined;
}

function upperCased(entries: ReadonlyMap<string, Thing>): Map<string, Thing> {
	return new Map([...entries].map(([name, value]) => [name.toUpperCase(), value]));
}
