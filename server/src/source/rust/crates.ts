import { parse } from "smol-toml";
import { folderOf, resolve } from "../core/paths.ts";
import type { Crate, Rust } from "./rust.ts";

type Table = Readonly<Record<string, unknown>>;

/** The crate whose Cargo.toml stands in a folder (The Cargo Book, "The Manifest Format"). */
export function crateOf(rs: Rust, folder: string): Crate | undefined {
	if (rs.crates.has(folder)) return rs.crates.get(folder);
	const manifest = manifestIn(rs, folder);
	const made = manifest && readCrate(rs, folder, manifest);
	if (made) rs.crates.set(folder, made);
	return made;
}

/** The crate that a source file belongs to: the nearest manifest above it. */
export function crateAround(rs: Rust, path: string): Crate | undefined {
	for (let folder = folderOf(path), i = 0; i < 8; folder = folderOf(folder), i++) {
		const found = crateOf(rs, folder);
		if (found) return found;
		if (folder === "/") return undefined;
	}
	return undefined;
}

function manifestIn(rs: Rust, folder: string): Table | undefined {
	const read = rs.run.shelf.read(resolve(folder, "Cargo.toml"));
	if (read.kind !== "file") return undefined;
	try {
		return parse(read.file.text) as Table;
	} catch {
		return undefined;
	}
}

function readCrate(rs: Rust, folder: string, manifest: Table): Crate | undefined {
	const name = text(table(manifest.package).name);
	if (name === undefined) return undefined;
	const library = table(manifest.lib);
	const dependencies = table(manifest.dependencies);
	const paths = new Map<string, string>();
	for (const [key, value] of Object.entries(dependencies)) {
		const path = text(table(value).path);
		if (path !== undefined) paths.set(inSource(key), resolve(folder, path));
		else if (table(value).workspace === true) {
			const found = inWorkspace(rs, folder, key);
			if (found !== undefined) paths.set(inSource(key), found);
		}
	}
	return {
		folder,
		name: inSource(text(library.name) ?? name),
		paths,
		dependencies: Object.keys(dependencies).map(inSource),
		library: resolve(folder, text(library.path) ?? "src/lib.rs"),
		root: undefined,
	};
}

/** `name.workspace = true`: the workspace's root says where it is. */
function inWorkspace(rs: Rust, folder: string, name: string): string | undefined {
	for (let above = folderOf(folder), i = 0; i < 6; above = folderOf(above), i++) {
		const manifest = manifestIn(rs, above);
		const workspace = manifest && table(manifest.workspace);
		if (workspace && Object.keys(workspace).length > 0) {
			const path = text(table(table(workspace.dependencies)[name]).path);
			return path === undefined ? undefined : resolve(above, path);
		}
		if (above === "/") return undefined;
	}
	return undefined;
}

function inSource(name: string): string {
	return name.replaceAll("-", "_");
}

function table(value: unknown): Table {
	return typeof value === "object" && value !== null ? (value as Table) : {};
}

function text(value: unknown): string | undefined {
	return typeof value === "string" ? value : undefined;
}
