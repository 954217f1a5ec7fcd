import { parse } from "smol-toml";
import { matches } from "../../context/glob.ts";
import type { ImageFiles } from "../../context/imageFiles.ts";
import { resolve } from "../../source/core/paths.ts";

/** A program that a crate makes. */
export interface Binary {
	readonly name: string;
	readonly package: string;
	/** The file with its `main`. */
	readonly path: string;
}

type Table = Readonly<Record<string, unknown>>;

/** Members of a workspace beyond this are not looked at. */
const MOST_MEMBERS = 120;

/** The programs of the crate or workspace in a folder (The Cargo Book, "Cargo Targets", "Workspaces"); empty without a manifest. */
export async function binariesIn(files: ImageFiles, folder: string): Promise<Binary[]> {
	const manifest = await manifestIn(files, folder);
	if (!manifest) return [];
	const own = await binariesOf(files, folder, manifest);
	const members = list(table(manifest.workspace).members);
	const folders = (await Promise.all(members.map((one) => expand(files, folder, one)))).flat().slice(0, MOST_MEMBERS);
	const others: Binary[] = [];
	for (const one of folders) {
		const inner = one === folder ? undefined : await manifestIn(files, one);
		if (inner) others.push(...(await binariesOf(files, one, inner)));
	}
	return [...own, ...others];
}

async function manifestIn(files: ImageFiles, folder: string): Promise<Table | undefined> {
	const read = await files.read(resolve(folder, "Cargo.toml"));
	if (read.kind !== "text") return undefined;
	try {
		return parse(read.file.text) as Table;
	} catch {
		return undefined;
	}
}

async function binariesOf(files: ImageFiles, folder: string, manifest: Table): Promise<Binary[]> {
	const name = text(table(manifest.package).name);
	if (name === undefined) return [];
	const found: Binary[] = [];
	const add = (bin: string, path: string): void => {
		const whole = resolve(folder, path);
		if (!found.some((one) => one.name === bin || one.path === whole)) found.push({ name: bin, package: name, path: whole });
	};
	const declared = manifest.bin;
	for (const one of Array.isArray(declared) ? declared.map(table) : []) {
		const bin = text(one.name) ?? name;
		const path = text(one.path) ?? (bin === name ? "src/main.rs" : `src/bin/${bin}.rs`);
		add(bin, path);
	}
	if ((await files.look(resolve(folder, "src/main.rs"))).kind === "file") add(name, "src/main.rs");
	for (const entry of await files.list(resolve(folder, "src/bin"))) {
		if (entry.endsWith(".rs")) add(entry.slice(0, -3), `src/bin/${entry}`);
		else if ((await files.look(resolve(folder, `src/bin/${entry}/main.rs`))).kind === "file") add(entry, `src/bin/${entry}/main.rs`);
	}
	return found;
}

/** `crates/*`: one folder deep for each star. */
async function expand(files: ImageFiles, folder: string, pattern: string): Promise<string[]> {
	let paths = [folder];
	for (const part of pattern.split("/").filter((one) => one !== "" && one !== ".")) {
		const next: string[] = [];
		for (const path of paths) {
			if (!/[*?]/.test(part)) next.push(resolve(path, part));
			else for (const name of await files.list(path)) if (matches(name, part === "**" ? "*" : part)) next.push(resolve(path, name));
		}
		paths = next.slice(0, MOST_MEMBERS);
	}
	return paths;
}

function table(value: unknown): Table {
	return typeof value === "object" && value !== null ? (value as Table) : {};
}

function text(value: unknown): string | undefined {
	return typeof value === "string" ? value : undefined;
}

function list(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
