import { t } from "../../model/message.ts";
import { folderOf, nameOf, resolve } from "../core/paths.ts";
import { type Call, type Library, library, list, plain, type Thing, unclear } from "../core/thing.ts";
import type { Python } from "./python.ts";

/** Paths as objects (Python, "pathlib"). */
const ORIGIN = "pathlib.Path()";
const TEXT = "(path)";

function makePath(text: string): Library {
	const result = library(ORIGIN);
	result.fields.set(TEXT, plain(text));
	return result;
}

/** The path that a text or a path object stands for. */
export function pathText(thing: Thing | undefined): string | undefined {
	if (thing?.kind === "plain") return String(thing.value);
	const text = thing?.kind === "library" && thing.origin === ORIGIN ? thing.fields.get(TEXT) : undefined;
	return text?.kind === "plain" ? String(text.value) : undefined;
}

/** `folder / "name"`; undefined when no path object takes part. */
export function joinPaths(left: Thing, right: Thing): Thing | undefined {
	const isPath = (one: Thing) => one.kind === "library" && one.origin === ORIGIN;
	if (!isPath(left) && !isPath(right)) return undefined;
	const [a, b] = [pathText(left), pathText(right)];
	return a === undefined || b === undefined ? unclear(t("a path that is not known")) : makePath(join(a, b));
}

function join(a: string, b: string): string {
	return b.startsWith("/") ? b : a === "" ? b : `${a.replace(/\/$/, "")}/${b}`;
}

/** `path.parent`, `path.parents`, `path.name`; undefined for anything else. */
export function pathAttribute(py: Python, object: Library, name: string): Thing | undefined {
	const text = object.origin === ORIGIN ? pathText(object) : undefined;
	if (text === undefined) return undefined;
	const whole = resolve(py.run.start.cwd, text);
	switch (name) {
		case "parent":
			return makePath(folderOf(whole));
		case "parents": {
			const all: Thing[] = [];
			for (let folder = folderOf(whole); all.length < 20; folder = folderOf(folder)) {
				all.push(makePath(folder));
				if (folder === "/") break;
			}
			return list(all);
		}
		case "name":
			return plain(nameOf(whole));
		case "stem":
			return plain(nameOf(whole).replace(/(.)\.[^.]*$/, "$1"));
		default:
			return undefined;
	}
}

type Model = (py: Python, call: Call, callee: Library) => Thing;

const itself: Model = (py, _, callee) => {
	const text = pathText(callee.of);
	return text === undefined ? unclear(t("a path that is not known")) : makePath(resolve(py.run.start.cwd, text));
};

const opened: Model = (py, _, callee) => {
	const text = pathText(callee.of);
	const result = library("open()");
	if (text !== undefined) result.fields.set("name", plain(resolve(py.run.start.cwd, text)));
	return result;
};

const make: Model = (_, call) => {
	const parts = call.positional.map(pathText);
	return parts.every((one) => one !== undefined)
		? makePath(parts.reduce<string>((a, b) => join(a, b ?? ""), ""))
		: unclear(t("a path that is not known"), call.at);
};

export const PATH_CALLS: Readonly<Record<string, Model>> = {
	"pathlib.Path": make,
	"pathlib.PurePath": make,
	"pathlib.PosixPath": make,
	"pathlib.Path.cwd": (py) => makePath(py.run.start.cwd),
	[`${ORIGIN}.resolve`]: itself,
	[`${ORIGIN}.absolute`]: itself,
	[`${ORIGIN}.expanduser`]: itself,
	[`${ORIGIN}.joinpath`]: (py, call, callee) =>
		callee.of ? make(py, { ...call, positional: [callee.of, ...call.positional] }, callee) : unclear(t("a path that is not known")),
	[`${ORIGIN}.as_posix`]: (_, __, callee) => plain(pathText(callee.of) ?? ""),
	[`${ORIGIN}.open`]: opened,
	[`${ORIGIN}.read_text`]: opened,
	[`${ORIGIN}.read_bytes`]: opened,
};
