import type { Call, Library, Thing } from "../../core/thing.ts";
import type { Go } from "../go.ts";
import { beego } from "./beego.ts";
import { COBRA } from "./cobra.ts";
import { decode } from "./configFiles.ts";
import { declareFlag } from "./flags.ts";
import { ini } from "./ini.ts";
import { kingpin } from "./kingpin.ts";
import { koanf } from "./koanf.ts";
import type { Model, Models } from "./model.ts";
import { STANDARD } from "./standard.ts";
import { runCommand } from "./structCommands.ts";
import { addToParser, readStruct } from "./structTags.ts";
import { runUrfave } from "./urfave.ts";
import { lookUp, viper } from "./viper.ts";

const BY_NAME: Models = { ...STANDARD, ...COBRA };

/** Models that recognize their calls themselves, by more than a name. */
const OTHERS: readonly Model[] = [
	lookUp,
	declareFlag,
	kingpin,
	viper,
	koanf,
	beego,
	readStruct,
	addToParser,
	runCommand,
	ini,
	runUrfave,
	(go, call, callee) => decode(go, callee.origin, callee.of, call.positional),
	// Readers, loggers and clients keep the file that they were made with.
	(_, call, callee) => (/\.(NewDecoder|NewReader|NewBuffer)$/.test(callee.origin) ? decoderOf(call, callee) : undefined),
];

/** What a call of a library returns, when the library makes or moves values; all other calls are recorded. */
export function libraryCall(go: Go, call: Call, callee: Library): Thing | undefined {
	const named = Object.hasOwn(BY_NAME, callee.origin) ? BY_NAME[callee.origin]?.(go, call, callee) : undefined;
	if (named) return named;
	for (const model of OTHERS) {
		const answer = model(go, call, callee);
		if (answer) return answer;
	}
	return undefined;
}

function decoderOf(call: Call, callee: Library): Thing | undefined {
	const source = call.positional[0];
	const path = source?.kind === "library" ? source.fields.get("Path") : undefined;
	if (!path) return undefined;
	return { kind: "library", origin: `${callee.origin}()`, of: callee.of, fields: new Map([["Path", path]]), attributes: new Map() };
}
