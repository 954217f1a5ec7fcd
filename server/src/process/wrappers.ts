import { known, knownText, likelyText, mapText, type Value } from "../model/value.ts";
import { type Process, programName, withArgv } from "./process.ts";

/** How a wrapper's own words end: after how many words that are no flags the wrapped program stands. */
interface Wrapper {
	/** Words that must follow its name: `run` of `poetry run`. */
	readonly verb?: string;
	/** Words of its own that are no flags: the user of `gosu USER program`. */
	readonly operands?: number;
	/** Flags that take the next word as their value. */
	readonly withValue?: readonly string[];
	/** Whether NAME=value words set the program's environment. */
	readonly assigns?: boolean;
}

/** Programs that start another one in their place, each as its manual page says. */
const WRAPPERS: Readonly<Record<string, Wrapper>> = {
	"cross-env": { assigns: true },
	"docker-init": {},
	"dumb-init": { withValue: ["-r", "--rewrite"] },
	env: { assigns: true, withValue: ["-u", "--unset", "-C", "--chdir"] },
	exec: {},
	gosu: { operands: 1 },
	nice: { withValue: ["-n"] },
	nohup: {},
	npx: { withValue: ["-p", "--package"] },
	pipenv: { verb: "run" },
	poetry: { verb: "run" },
	setsid: {},
	stdbuf: { withValue: ["-i", "-o", "-e"] },
	"su-exec": { operands: 1 },
	time: {},
	timeout: { operands: 1, withValue: ["-k", "-s"] },
	tini: { withValue: ["-p", "-e"] },
	uv: { verb: "run" },
};

/** The program behind one wrapper; undefined when this process is none. */
export function peelWrapper(process: Process): Process | undefined {
	const wrapper = WRAPPERS[programName(knownText(process.argv[0]) ?? "")];
	if (!wrapper) return undefined;
	let at = 1;
	if (wrapper.verb !== undefined && knownText(process.argv[at++]) !== wrapper.verb) return undefined;
	let operands = wrapper.operands ?? 0;
	const environment = new Map(process.environment);
	for (; at < process.argv.length; at++) {
		const word = process.argv[at];
		const text = likelyText(word);
		if (text === undefined || word === undefined) break;
		if (text === "--") {
			at++;
			break;
		}
		const assignment = wrapper.assigns ? /^([A-Za-z_]\w*)=/.exec(text) : undefined;
		if (assignment?.[1] !== undefined) environment.set(assignment[1], cut(word, assignment[0].length));
		else if (text.startsWith("-")) {
			if (wrapper.withValue?.includes(text)) at++;
		} else if (operands > 0) operands--;
		else break;
	}
	const argv = process.argv.slice(at);
	return argv.length > 0 ? { ...withArgv(process, argv), environment } : undefined;
}

function cut(value: Value, length: number): Value {
	return mapText(value, (text, from) => known(text.slice(length), ...from));
}
