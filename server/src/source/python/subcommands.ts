import type { Call, Callable, Fields } from "../core/thing.ts";
import type { Python } from "./python.ts";

/** The name of a command: as it was registered, else its function's with dashes (Click and Typer, "Commands"). */
export function commandName(command: Callable, registered: Call): string {
	const given = registered.keywords.get("name") ?? registered.positional[0];
	if (given?.kind === "plain") return String(given.value);
	const own = command.fields.get("__name__");
	return own?.kind === "plain" ? String(own.value).toLowerCase().replaceAll("_", "-") : "";
}

/** The command that the start command's words name, the first that matches. */
export function chooseCommand(py: Python, commands: Fields): Callable | undefined {
	for (const arg of py.run.start.args) {
		const found = arg.kind === "known" ? commands.get(arg.text) : undefined;
		if (found?.kind === "callable") return found;
	}
	return undefined;
}
