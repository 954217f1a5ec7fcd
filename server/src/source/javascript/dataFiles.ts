import { parse } from "yaml";
import { t } from "../../model/message.ts";
import { dataThing } from "../core/data.ts";
import type { SourceFile } from "../core/sourceFile.ts";
import { type Thing, unclear } from "../core/thing.ts";

/** A YAML file as a program sees it. */
export function yamlThing(file: SourceFile): Thing {
	try {
		return dataThing(file, parse(file.text, { maxAliasCount: 100 }));
	} catch {
		return unclear(t("{0} is not valid YAML", file.path));
	}
}
