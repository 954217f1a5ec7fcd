import { t } from "../../../model/message.ts";
import { fromValue, type Library, library, list, NOTHING, plain, type Thing, unclear } from "../../core/thing.ts";
import { setPointee } from "../assign.ts";
import type { Go } from "../go.ts";
import { flagThing } from "./flags.ts";
import { converted, type Model, textOf } from "./model.ts";
import { made } from "./values.ts";

const KINGPIN = /^(gopkg\.in|github\.com)\/alecthomas\/kingpin\b/;

/** kingpin: flags as a chain of calls that ends with the type of the value. */
export const kingpin: Model = (go, call, callee) => {
	if (callee.origin.startsWith("kingpin.Flag{}.")) return clause(go, call, callee);
	if (callee.origin.startsWith("kingpin.Command{}.")) {
		if (callee.origin.endsWith(".FullCommand")) return callee.of?.fields.get("Name") ?? NOTHING;
		if (/\.(Flag|Arg|Command)$/.test(callee.origin)) return start(callee.origin, call.positional[0]);
		if (callee.origin.endsWith(".Default"))
			go.run.journal.set(go.run.ownEnvironment, DEFAULT_COMMAND, callee.of?.fields.get("Name") ?? NOTHING);
		return callee.of;
	}
	if (callee.origin === "github.com/prometheus/exporter-toolkit/web/kingpinflag.AddFlags")
		return exporterFlags(go, call.positional[1], call.at);
	if (!KINGPIN.test(callee.origin)) return undefined;
	if (/\.(Flag|Arg|Command)$/.test(callee.origin)) return start(callee.origin, call.positional[0]);
	if (/\.MustParse$/.test(callee.origin)) return call.positional[0] ?? NOTHING;
	if (/\.Parse$/.test(callee.origin)) return chosenCommand(go);
	return undefined;
};

/** Set on the program's own environment, where no variable can have this name. */
const DEFAULT_COMMAND = "#kingpin command";

function start(origin: string, name: Thing | undefined): Thing {
	if (origin.endsWith(".Arg")) return library("kingpin.Flag{}");
	return made(origin.endsWith(".Flag") ? "kingpin.Flag{}" : "kingpin.Command{}", { Name: name ?? NOTHING });
}

function chosenCommand(go: Go): Thing {
	const first = go.run.start.args.map((one) => fromValue(one, plain(""))).find((one) => !textOf(one)?.startsWith("-"));
	return first ?? go.run.ownEnvironment.get(DEFAULT_COMMAND) ?? plain("");
}

const CONFIGURES =
	/^(Short|Required|PlaceHolder|Hidden|Action|PreAction|HintOptions|HintAction|NoEnvar|Help|IsSetByUser|Default|Envar|OverrideDefaultFromEnvar)$/;

const TYPES = /^(String|Strings|Int\d*|Uint\d*|Float\d*|Bool|Duration|TCP|TCPList|URL|Enum|IP|ExistingFile|File|Bytes|Counter)(Var)?$/;

function clause(go: Go, call: Parameters<Model>[1], callee: Library): Thing | undefined {
	const flag = callee.of;
	const name = callee.origin.slice(callee.origin.lastIndexOf(".") + 1);
	if (!flag) return undefined;
	if (CONFIGURES.test(name)) {
		const given = call.positional.length > 1 ? list(call.positional, call.at) : (call.positional[0] ?? NOTHING);
		const field = name === "OverrideDefaultFromEnvar" ? "Envar" : name;
		flag.fields.set(field, given);
		return flag;
	}
	const type = TYPES.exec(name);
	if (!type) return undefined;
	const value = clauseValue(go, flag, type[1] ?? "String", call.at);
	if (!type[2]) return value;
	if (call.positional[0]) setPointee(go, call.positional[0], value);
	return NOTHING;
}

function clauseValue(go: Go, flag: Library, type: string, at: Parameters<Model>[1]["at"]): Thing {
	const name = textOf(flag.fields.get("Name"));
	const short = flag.fields.get("Short");
	const letter = short?.kind === "plain" && typeof short.value === "number" ? String.fromCodePoint(short.value) : undefined;
	const written = flag.fields.get("Default");
	const zero = /^(U?int|Float)/i.test(type) ? plain(0) : type === "Bool" ? plain(false) : plain("");
	const byDefault = written ? converted(type, written) : zero;
	if (name === undefined) return unclear(t("an argument that is not known"), at);
	const value = flagThing(go, { spellings: [`--${name}`, ...(letter ? [`-${letter}`] : [])], type, byDefault, at });
	const variable = textOf(flag.fields.get("Envar"));
	const whole = variable !== undefined && value.kind === "argument" ? converted(type, go.run.variable(variable, value, at)) : value;
	return /^(Strings|TCPList)$/.test(type) && whole.kind === "plain" ? list([whole], at) : whole;
}

/** exporter-toolkit, "web": --web.listen-address, which may be given several times. */
export function exporterFlags(go: Go, byDefault: Thing | undefined, at: Parameters<Model>[1]["at"]): Thing {
	const address = flagThing(go, { spellings: ["--web.listen-address"], type: "String", byDefault: byDefault ?? plain(""), at });
	return made("github.com/prometheus/exporter-toolkit/web.FlagConfig{}", { WebListenAddresses: list([address], at) });
}
