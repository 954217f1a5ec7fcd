import type { Structure, Thing } from "../core/thing.ts";
import type { SyntaxNode } from "../syntax.ts";
import { fillFromConfiguration, isConfiguration } from "./configuration.ts";
import { readSettings } from "./derived.ts";
import { resolveType } from "./modules.ts";
import type { Rust, Scope } from "./rust.ts";

/** Libraries that fill a struct from variables, named by how they are asked. */
const SETTINGS: Readonly<Record<string, "envy" | "argh">> = {
	"envy::from_env()": "envy",
	"envy::prefixed()": "envy",
	"argh::from_env()": "argh",
};

/** What a library fills in takes its shape from the type that the program expects: `let config: Config = envy::from_env()?`. */
export function coerce(rs: Rust, value: Thing, type: SyntaxNode, scope: Scope): Thing {
	if (value.kind !== "library" || !(SETTINGS[value.origin] || isConfiguration(value))) return value;
	const wanted = resolveType(rs, type, scope);
	return wanted.kind === "structure" ? fill(rs, value, wanted) : value;
}

/** The same for `envy::from_env::<Config>()`. */
export function fill(rs: Rust, value: Thing, type: Structure): Thing {
	if (value.kind !== "library") return value;
	const how = SETTINGS[value.origin];
	if (!how) return isConfiguration(value) ? fillFromConfiguration(rs, value, type) : value;
	const prefix = value.fields.get("prefixed");
	return readSettings(rs, type, how, prefix?.kind === "plain" ? String(prefix.value) : "");
}
