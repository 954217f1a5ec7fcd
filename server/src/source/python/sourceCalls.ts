import { t } from "../../model/message.ts";
import { resolve } from "../core/paths.ts";
import type { Read } from "../core/shelf.ts";
import { type Call, dictionary, type Fields, type Library, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import { runModule, runSource } from "./imports.ts";
import { pathText } from "./pathlib.ts";
import type { Python } from "./python.ts";

/**
 * Calls that run source: `exec(open("x.py").read())`, Python 2's `execfile("x.py")` (docs.python.org, "Built-in Functions")
 * and `runpy`. What they run is followed when it is a file that is named; other source stays out of view.
 */
export const SOURCE_CALLS: Readonly<Record<string, (py: Python, call: Call, callee: Library) => Thing>> = {
	compile: (_, call) => call.positional[0] ?? NOTHING,
	exec: (py, call) => {
		const source = call.positional[0];
		const name = source?.kind === "library" && source.origin === "open()" ? source.fields.get("name") : undefined;
		return name?.kind === "plain" ? runAmong(py, String(name.value), call) : outOfView(call);
	},
	execfile: (py, call) => {
		const path = pathText(call.positional[0]);
		return path === undefined ? outOfView(call) : runAmong(py, path, call);
	},
	"runpy.run_path": (py, call) => {
		const path = pathText(call.positional[0] ?? call.keywords.get("path_name"));
		const read = path === undefined ? undefined : readFile(py, path);
		if (read?.kind !== "file") return outOfView(call);
		const fields: Fields = new Map();
		runModule(py, read.file, runName(call, "<run_path>"), "", fields);
		return dictionary(fields, call.at);
	},
	"runpy.run_module": (py, call) => {
		const name = call.positional[0] ?? call.keywords.get("mod_name");
		if (name?.kind !== "plain") return outOfView(call);
		const path = String(name.value).replaceAll(".", "/");
		const candidates = py.searchPath.flatMap((folder) => [resolve(folder, path, "__main__.py"), resolve(folder, `${path}.py`)]);
		// All are asked for at once, so that one round finds them.
		const reads = candidates.map((candidate) => py.run.shelf.read(candidate, "python"));
		const read = reads.find((one) => one.kind === "file");
		if (read?.kind !== "file") return outOfView(call);
		const fields: Fields = new Map();
		runModule(py, read.file, runName(call, String(name.value)), String(name.value).split(".").slice(0, -1).join("."), fields);
		return dictionary(fields, call.at);
	},
};

/** Runs a file among the names that stand behind it. */
function runAmong(py: Python, path: string, call: Call): Thing {
	const names = call.positional[1];
	const read = readFile(py, path);
	if (read.kind !== "file") return outOfView(call);
	runSource(py, read.file, names?.kind === "structure" ? names.fields : new Map([["__name__", plain("builtins")]]));
	return NOTHING;
}

function readFile(py: Python, path: string): Read {
	return py.run.shelf.read(resolve(py.run.start.cwd, path), "python");
}

function runName(call: Call, byDefault: string): string {
	const name = call.keywords.get("run_name") ?? call.positional[2];
	return name?.kind === "plain" ? String(name.value) : byDefault;
}

function outOfView(call: Call): Thing {
	return unclear(t("source that is not in view"), call.at);
}
