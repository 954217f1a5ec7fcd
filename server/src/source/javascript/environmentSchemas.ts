import type { Evidence } from "../../model/text.ts";
import { type Call, dictionary, each, type Fields, type Library, NOTHING, plain, type Structure, type Thing } from "../core/thing.ts";
import { callThing } from "./calls.ts";
import { chainOf } from "./chains.ts";
import type { JavaScript } from "./javascript.ts";
import type { Model } from "./libraries.ts";
import { member } from "./members.ts";
import { toNumber } from "./operators.ts";

/**
 * Libraries that read the environment through a schema with defaults (manuals of Zod, Joi, Yup, Valibot, envalid, envsafe, znv,
 * T3 Env, env-schema).
 */
export const ENVIRONMENT_SCHEMAS: Readonly<Record<string, Model>> = {
	zod: chainedSchema,
	"zod/v4": chainedSchema,
	"zod/v3": chainedSchema,
	joi: chainedSchema,
	"@hapi/joi": chainedSchema,
	yup: chainedSchema,
	valibot: (js, call, callee) =>
		/\.(parse|safeParse)$/.test(callee.origin) ? result(js, callee.origin, call.positional[0], call.positional[1], call) : undefined,
	envalid: (js, call, callee) =>
		callee.origin.endsWith(".cleanEnv") ? ofShape(js, call.positional[1], call.positional[0], call.at) : undefined,
	envsafe: (js, call, callee) => (callee.origin === "envsafe.envsafe" ? ofShape(js, call.positional[0], undefined, call.at) : undefined),
	znv: (js, call, callee) => (callee.origin === "znv.parseEnv" ? ofShape(js, call.positional[1], call.positional[0], call.at) : undefined),
	"@t3-oss/env-core": t3Environment,
	"@t3-oss/env-nextjs": t3Environment,
	"@t3-oss/env-nuxt": t3Environment,
	"env-schema": (js, call) => {
		const options = call.positional[0];
		return options?.kind === "structure" ? ofShape(js, options.fields.get("schema"), undefined, call.at) : undefined;
	},
};

const PARSES = /\.(parse|parseAsync|safeParse|safeParseAsync|validate|validateAsync|validateSync|cast|attempt|assert)$/;

/** `z.object({ PORT: z.coerce.number().default(3000) }).parse(process.env)`. */
function chainedSchema(js: JavaScript, call: Call, callee: Library): Thing | undefined {
	if (!PARSES.test(callee.origin)) return undefined;
	const standsAlone = /\.(attempt|assert)$/.test(callee.origin);
	return result(js, callee.origin, standsAlone ? call.positional[1] : callee.of, call.positional[0], call);
}

function result(js: JavaScript, method: string, schema: Thing | undefined, input: Thing | undefined, call: Call): Thing | undefined {
	if (!schema) return undefined;
	const shape = shapeOf(schema);
	const value = shape ? ofShape(js, shape, input, call.at) : input && fieldValue(js, schema, input, call.at);
	if (!value) return undefined;
	const wrapped = (entries: readonly [string, Thing][]): Thing => dictionary(new Map(entries), call.at);
	if (/\.safeParse/.test(method))
		return wrapped([
			["success", plain(true)],
			["data", value],
			["output", value],
			["error", NOTHING],
		]);
	if (/^(@hapi\/)?joi.*\.validate$/.test(method))
		return wrapped([
			["value", value],
			["error", NOTHING],
		]);
	return value;
}

/** The fields that a schema of an object names, with those added later. */
function shapeOf(schema: Thing): Structure | undefined {
	if (schema.kind === "structure") return schema;
	if (schema.kind !== "library") return undefined;
	const fields: Fields = new Map();
	let found: Structure | undefined;
	for (const method of ["object", "strictObject", "looseObject", "Object", "keys", "shape", "extend"]) {
		const given = chainOf(schema, method)?.[0];
		if (given?.kind !== "structure") continue;
		found = given;
		for (const [name, one] of given.fields) fields.set(name, one);
	}
	return found && { ...found, fields };
}

/** The values of a shape's fields. Without an input it is the environment. */
function ofShape(js: JavaScript, schema: Thing | undefined, input: Thing | undefined, at: Evidence): Thing | undefined {
	const shape = schema && shapeOf(schema);
	if (!shape) return undefined;
	// A JSON schema lists its fields under `properties`.
	const properties = shape.fields.get("properties");
	const described = properties?.kind === "structure" ? properties : shape;
	const fields: Fields = new Map();
	for (const [name, one] of described.fields) {
		const isEnvironment = input === undefined || input.kind === "nothing";
		const raw = isEnvironment ? js.run.variable(name, NOTHING, at) : member(js, input, name, at);
		fields.set(name, fieldValue(js, one, raw, at));
	}
	return { ...dictionary(fields, at), open: true };
}

function fieldValue(js: JavaScript, schema: Thing, raw: Thing, at: Evidence): Thing {
	const inner = schema.kind === "library" ? chainOf(schema, "preprocess")?.[1] : undefined;
	if (inner) return fieldValue(js, inner, raw, at);
	const missing = defaultOf(js, schema, at);
	const isNumber = schema.kind === "library" && /(^|\.)(number|int|num|port|Number|Integer)\(\)/.test(schema.origin);
	const change = schema.kind === "library" ? chainOf(schema, "transform")?.[0] : undefined;
	return each(raw, (one) => {
		const value = one.kind === "nothing" ? missing : one;
		if (change?.kind === "callable") return callThing(js, change, { positional: [value], keywords: new Map(), self: undefined, at });
		return isNumber && value.kind === "plain" ? toNumber(value) : value;
	});
}

function defaultOf(js: JavaScript, schema: Thing, at: Evidence): Thing {
	// znv, JSON schema: `{ schema, defaults }`, `{ type: "number", default: 3000 }`.
	if (schema.kind === "structure") return schema.fields.get("default") ?? NOTHING;
	if (schema.kind !== "library") return NOTHING;
	for (const method of ["default", "prefault", "catch", "failover"]) {
		const given = chainOf(schema, method)?.[0];
		if (given?.kind === "callable") return callThing(js, given, { positional: [], keywords: new Map(), self: undefined, at });
		if (given) return given;
	}
	// Valibot: `optional(schema, default)`; envalid and TypeBox: options of the validator.
	const optional = chainOf(schema, "optional")?.[1] ?? chainOf(schema, "fallback")?.[1];
	if (optional) return optional;
	const options = [...schema.fields.values()].flatMap((one) => (one.kind === "list" ? one.items : [])).at(-1);
	if (options?.kind !== "structure") return NOTHING;
	const mode = js.run.start.environment.get("NODE_ENV");
	const isDevelopment = mode?.kind === "known" && mode.text !== "production";
	return (isDevelopment ? options.fields.get("devDefault") : undefined) ?? options.fields.get("default") ?? NOTHING;
}

/** T3 Env, "Create your schema". */
function t3Environment(js: JavaScript, call: Call, callee: Library): Thing | undefined {
	const options = call.positional[0];
	if (!callee.origin.endsWith(".createEnv") || options?.kind !== "structure") return undefined;
	const input = options.fields.get("runtimeEnv") ?? options.fields.get("runtimeEnvStrict");
	const fields: Fields = new Map();
	for (const part of ["shared", "client", "server"]) {
		const values = ofShape(js, options.fields.get(part), input, call.at);
		if (values?.kind === "structure") for (const [name, value] of values.fields) fields.set(name, value);
	}
	return { ...dictionary(fields, call.at), open: true };
}
