import { known, likelyText, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";

/**
 * Rack and Rails listen on the loopback interface while they are developed and on every interface otherwise. `names` are the
 * variables that say which it is, the first one that is set counts; without any it is development.
 */
export function addressByEnvironment(process: Process, names: readonly string[], given?: Value): Value {
	const at = process.evidence.at(-1);
	const bySetting = (text: string): Value => known(text === "development" ? "127.0.0.1" : "0.0.0.0", ...(at ? [at] : []));
	const set = given ?? names.map((name) => process.environment.get(name)).find((one) => one !== undefined);
	return bySetting(likelyText(set) ?? "development");
}
