import { type Call, type Library, library, NOTHING, type Thing } from "../core/thing.ts";
import type { Python } from "./python.ts";

type Model = (py: Python, call: Call, callee: Library) => Thing;

/** A socket remembers its family and type, given by place, and what it is bound to, for the call that listens. */
const SOCKET = "socket.socket";

/** Plain sockets and Django's management command: calls that listen together with others made before them. */
export const REMEMBERED_CALLS: Readonly<Record<string, Model>> = {
	[SOCKET]: (py, call, callee) => {
		py.run.record(callee.origin, call, callee.of);
		const result = library(`${SOCKET}()`);
		for (const [index, one] of call.positional.entries()) result.fields.set(`(${index})`, one);
		for (const [name, one] of call.keywords) result.fields.set(name, one);
		return result;
	},
	[`${SOCKET}().bind`]: (py, call, callee) => {
		const address = call.positional[0];
		if (callee.of && address) py.run.journal.set(callee.of.fields, "(bound)", address);
		py.run.record(callee.origin, call, callee.of);
		return NOTHING;
	},
	// What the program set on runserver's Command (`Command.default_port = "8080"`) is handed on as keywords.
	"django.core.management.execute_from_command_line": (py, call, callee) => {
		const set = COMMAND.reduce<Library | undefined>((object, name) => object?.attributes.get(name), py.libraries.get("django"));
		py.run.record(callee.origin, { ...call, keywords: new Map([...call.keywords, ...(set?.fields ?? [])]) }, callee.of);
		return NOTHING;
	},
};

const COMMAND = ["core", "management", "commands", "runserver", "Command"];
