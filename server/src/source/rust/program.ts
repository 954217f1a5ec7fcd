import { t } from "../../model/message.ts";
import { nameOf } from "../core/paths.ts";
import type { Run } from "../core/run.ts";
import type { SourceFile } from "../core/sourceFile.ts";
import { child, type SyntaxNode } from "../syntax.ts";
import { crateAround } from "./crates.ts";
import { folderOfModules, openModule } from "./modules.ts";
import type { Crate, Rust } from "./rust.ts";

/** Evaluates a Rust program from the file that holds its `main`. */
export function evaluateRust(run: Run): void {
	const rs: Rust = { run, modules: new Map(), types: new Map(), crates: new Map(), builtArguments: new Map() };
	const { entry, evidence } = run.start;
	const path = entry.kind === "path" ? entry.path : entry.name;
	const read = run.shelf.read(path, "rust");
	if (read.kind === "absent") run.gap(read.reason ?? t("{0} is not in the image", nameOf(path)), evidence.at(-1));
	else if (read.kind === "unknown") run.gap(read.reason, evidence.at(-1));
	if (read.kind !== "file" || !read.file.root) return;
	const { file } = read;
	const { root } = read.file;
	const crate = crateAround(rs, path);
	// The entry is a crate of its own beside the library.
	const main: Crate | undefined = crate && { ...crate, root: undefined };
	const self = openModule(rs, file, root, { folder: folderOfModules(path), crate: main, parent: undefined });
	const start = rs.modules.get(self)?.items.get(launchedBy(file, root))?.();
	if (start?.kind !== "callable") {
		run.gap(t("{0} has no main function", nameOf(path)), evidence.at(-1));
		return;
	}
	start.invoke({ positional: [], keywords: new Map(), self: undefined, at: file.evidenceBetween(0, 0) });
}

/** `main`, or the function that Rocket's `#[launch]` makes it from. */
function launchedBy(file: SourceFile, root: SyntaxNode): string {
	const launch = root.children.findIndex((one) => one.type === "attribute_item" && /^#\[(rocket::)?launch\]/.test(file.textOf(one)));
	const name = launch < 0 ? undefined : root.children.slice(launch).find((one) => one.type === "function_item");
	const written = name && child(name, "name");
	return written ? file.textOf(written) : "main";
}

/** Crates that open no port, among those that programs use most. */
const QUIET: ReadonlySet<string> = new Set(
	"anyhow thiserror serde serde_json serde_yaml serde_derive toml clap structopt argh log env_logger tracing tracing_subscriber tracing_appender chrono time rand regex lazy_static once_cell itertools futures futures_util async_trait bytes uuid url reqwest ureq sha2 sha1 md5 hex base64 csv walkdir glob dirs directories tempfile indicatif console colored termcolor dialoguer crossterm rayon crossbeam num num_traits num_cpus strum strum_macros bitflags dotenv dotenvy envy config figment sqlx diesel postgres tokio_postgres rusqlite redis mongodb mysql sea_orm aws_config aws_sdk_s3 aws_sdk_sqs rusoto_core rusoto_s3 lapin rdkafka nom pest pest_derive syn quote proc_macro2 flate2 zip tar memchr ahash hashbrown indexmap parking_lot dashmap semver notify which libc nix human_panic color_eyre eyre handlebars tera askama minijinja tempdir humantime owo_colors ansi_term atty unicode_width textwrap prettytable comfy_table image mimalloc jemallocator tikv_jemallocator snmalloc_rs kube k8s_openapi octocrab git2".split(
		" ",
	),
);

/** Libraries that the manifest names and of which nobody here knows that they stay quiet. */
export function rustStrangers(run: Run): readonly string[] {
	const rs: Rust = { run, modules: new Map(), types: new Map(), crates: new Map(), builtArguments: new Map() };
	const { entry } = run.start;
	const crate = entry.kind === "path" ? crateAround(rs, entry.path) : undefined;
	const sockets = run.shelf.sources.some((file) => /\b(TcpListener|UdpSocket)\b/.test(file.text));
	if (!crate) return ["an unknown crate"];
	return [...crate.dependencies.filter((name) => !QUIET.has(name) && !crate.paths.has(name)), ...(sockets ? ["std::net"] : [])];
}
