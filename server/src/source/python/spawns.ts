import { type Call, dictionary, type Library, type Thing } from "../core/thing.ts";
import type { Python } from "./python.ts";

/** Calls that start another program (Python, `subprocess`, `os`, `asyncio`: "Subprocesses"). */
const SPAWNS =
	/^(?:subprocess\.(?:run|call|check_call|check_output|Popen)|os\.(?:exec[lv]p?e?|system|popen)|asyncio\.create_subprocess_\w+)$/;

/** The call with the environment that the other program gets, as far as this one has changed it: `os.environ["PORT"] = "80"`. */
export function withEnvironment(py: Python, callee: Library, call: Call): Call {
	const own = py.run.ownEnvironment;
	if (own.size === 0 || !SPAWNS.test(callee.origin)) return call;
	const given = call.keywords.get("env");
	if (given && !isOwn(given)) return call;
	const changed = given?.kind === "library" ? given.fields : [];
	const env = { ...dictionary(new Map([...own, ...changed]), call.at), open: true };
	return { ...call, keywords: new Map([...call.keywords, ["env", env]]) };
}

/** `os.environ`, or a copy of it that may have been changed. */
function isOwn(given: Thing): boolean {
	return given.kind === "nothing" || (given.kind === "library" && given.origin.startsWith("os.environ"));
}
