import type { ImageFiles } from "../../server/src/context/imageFiles.ts";

/**
 * An image that holds these files: absolute container path to text. Everything else is absent, or, when `elsewhere`
 * gives a reason, unknown.
 */
export function imageOf(files: Readonly<Record<string, string>>, elsewhere?: string): ImageFiles {
	const nowhere = elsewhere === undefined ? ({ kind: "absent" } as const) : ({ kind: "unknown", reason: elsewhere } as const);
	return {
		async look(path) {
			if (Object.hasOwn(files, path)) return { kind: "file" };
			if (Object.keys(files).some((file) => file.startsWith(path === "/" ? "/" : `${path}/`))) return { kind: "folder" };
			return nowhere;
		},
		async read(path) {
			const text = Object.hasOwn(files, path) ? files[path] : undefined;
			if (text === undefined) return nowhere;
			return { kind: "text", file: { uri: `file://${path}`, text, origin: { line: 0, character: 0 } } };
		},
		async list(path) {
			const prefix = path === "/" ? "/" : `${path}/`;
			const inside = Object.keys(files).filter((file) => file.startsWith(prefix));
			return [...new Set(inside.map((file) => file.slice(prefix.length).split("/")[0] ?? ""))].sort();
		},
	};
}
