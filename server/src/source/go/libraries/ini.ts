import { t } from "../../../model/message.ts";
import { type Library, list, NOTHING, plain, type Thing, unclear } from "../../core/thing.ts";
import { pointee } from "../assign.ts";
import type { Go } from "../go.ts";
import { configFile, fill } from "./configFiles.ts";
import { converted, type Model, textOf } from "./model.ts";
import { made } from "./values.ts";

const CALLEE = /^(?:github\.com\/go-ini\/ini|gopkg\.in\/ini)\.(?:File\{\}\.|Section\{\}\.|Key\{\}\.)?(\w+)$/;

/** go-ini: a file of sections with keys, read one by one or mapped to structs (ini.unknwon.io). */
export const ini: Model = (go, call, callee) => {
	const name = CALLEE.exec(callee.origin)?.[1];
	const on = callee.of;
	const [first] = call.positional;
	switch (name) {
		case "Load":
		case "LooseLoad":
		case "InsensitiveLoad":
		case "LoadSources":
			return list([load(go, call.positional[name === "LoadSources" ? 1 : 0]), NOTHING], call.at);
		case "MapTo":
		case "StrictMapTo": {
			const source = call.positional[1] ? load(go, call.positional[1]) : on;
			const target = on?.fields.has("Data") ? first : (first ?? NOTHING);
			if (target && source) fill(go, pointee(go, target), dataOf(source), "ini", missingOf(source));
			return NOTHING;
		}
		case "Section":
		case "GetSection": {
			const section = on && sectionOf(on, textOf(first) ?? "");
			return name === "Section" ? section : section && list([section, NOTHING], call.at);
		}
		case "Key":
		case "GetKey": {
			const key = on && keyOf(on, textOf(first) ?? "");
			return name === "Key" ? key : key && list([key, NOTHING], call.at);
		}
		default:
			return name === undefined || !on?.origin.endsWith("Key{}") ? undefined : keyValue(on, name, first);
	}
};

function load(go: Go, source: Thing | undefined): Library {
	const path = textOf(source && pointee(go, source));
	const data = path === undefined ? unclear(t("a configuration that is not in view")) : configFile(go, path, "ini");
	const missing = path === undefined ? t("a configuration that is not in view") : t("{0} is not in the image", path.replace(/^.*\//, ""));
	return made("gopkg.in/ini.File{}", { Data: data ?? unclear(missing), Missing: plain(missing) });
}

function dataOf(one: Library): Thing | undefined {
	const data = one.fields.get("Data");
	return data?.kind === "unknown" ? undefined : data;
}

function missingOf(one: Library): string {
	return textOf(one.fields.get("Missing")) ?? t("a configuration that is not in view");
}

/** The default section's keys stand beside the other sections. */
function sectionOf(file: Library, name: string): Library {
	const data = file.fields.get("Data") ?? NOTHING;
	const inside = name === "" || name.toUpperCase() === "DEFAULT" || data.kind !== "structure" ? data : (data.fields.get(name) ?? NOTHING);
	return made("gopkg.in/ini.Section{}", { Data: inside, Missing: plain(missingOf(file)) });
}

function keyOf(section: Library, name: string): Library {
	const data = section.fields.get("Data") ?? NOTHING;
	return made("gopkg.in/ini.Key{}", { Data: data.kind === "structure" ? (data.fields.get(name) ?? NOTHING) : data });
}

/** `String()`, `Int()` with an error behind it, and `MustInt(8080)` with the default for what the file lacks. */
function keyValue(key: Library, method: string, byDefault: Thing | undefined): Thing | undefined {
	const data = key.fields.get("Data") ?? NOTHING;
	const type = method.replace(/^Must/, "");
	if (!/^(String|Value|Int|Int64|Uint|Uint64|Bool|Float64|Duration|In)$/.test(type)) return undefined;
	const isEmpty = data.kind === "nothing" || (data.kind === "plain" && data.value === "");
	if (isEmpty && method.startsWith("Must")) return byDefault ?? converted(type, plain(type === "String" ? "" : 0));
	const value = converted(type, isEmpty ? plain("") : data);
	return method.startsWith("Must") || /^(String|Value|In)$/.test(type) ? value : list([value, NOTHING]);
}
