import type { ImageFiles } from "../../context/imageFiles.ts";
import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { likelyText, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { folderOf, resolve } from "../../source/core/paths.ts";
import { openQuestion } from "../claims.ts";
import { flagValue, textOf } from "../commandLine.ts";
import { mergePredictions } from "../listener.ts";
import { predictCalls } from "../program.ts";
import type { Build, Scene, Technology } from "../technology.ts";
import { type Binary, binariesIn } from "./crates.ts";
import { RUST_CALLS } from "./libraries.ts";
import { predictRocket } from "./rocket.ts";

/**
 * Programs in Rust: a binary is followed to the `cargo build` or `cargo install` that made it, and from there to the crate's
 * `main`; `cargo run` starts there at once (The Cargo Book, "cargo build", "cargo install", "cargo run").
 */
export const rustProgram: Technology = {
	name: "rust",
	title: "Rust",
	calls: { rust: RUST_CALLS },
	command: predictRust,
};

/** Where programs stand that are started by their name. */
const FOLDERS = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/local/cargo/bin", "/root/.cargo/bin", "/usr/local/sbin", "/usr/sbin", "/sbin"];

/** How a crate was built: where, and what of it. */
interface CargoCall {
	readonly folder: string;
	readonly bin: string | undefined;
	readonly package: string | undefined;
	readonly release: boolean;
	/** `cargo run`: what comes after `--`. */
	readonly args: readonly Value[];
}

async function predictRust(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const program = textOf(process.argv[0]);
	if (program === undefined) return undefined;
	const running = cargoCall(process, ["run", "r", "watch"]);
	if (running) return predictBinary(process, scene, scene.files, running, undefined);
	if (/\.(py|[cm]?js|ts|rb|php|sh|jar)$/.test(program)) return undefined;
	const places = program.includes("/") ? [resolve(process.cwd, program)] : [...FOLDERS, ""].map((folder) => `${folder}/${program}`);
	for (const path of places) {
		const build = await scene.buildOf(path);
		const calls = build.commands.flatMap(
			(command) => cargoCall(command, ["build", "b", "install", "zigbuild", "rustc", "auditable"]) ?? [],
		);
		const call = calls.at(-1);
		const copied = !call && build.copiedFrom ? await predictCopied(process, scene, build.copiedFrom) : undefined;
		if (copied) return copied;
		if (!call || !(await isFromBuild(scene, path, build.path))) continue;
		return predictBinary(
			process,
			scene,
			build.files,
			{ ...call, args: process.argv.slice(1) },
			programName(build.path).replace(/\.wasm$/, ""),
			calls,
		);
	}
	return undefined;
}

/** A program that was built before and is copied: the crate around it in the build context. */
async function predictCopied(process: Process, scene: Scene, copied: NonNullable<Build["copiedFrom"]>): Promise<Prediction | undefined> {
	const name = programName(copied.path);
	for (let folder = folderOf(copied.path), i = 0; i < 8; folder = folderOf(folder), i++) {
		const binaries = await binariesIn(copied.files, folder);
		if (binaries.some((one) => one.name === name))
			return predictBinary(
				process,
				scene,
				copied.files,
				{ folder, bin: name, package: undefined, release: true, args: process.argv.slice(1) },
				name,
			);
		if (folder === "/" || binaries.length > 0) return undefined;
	}
	return undefined;
}

/** Whether the program comes out of the stage that built: copied from there, or made in the same one. */
async function isFromBuild(scene: Scene, path: string, there: string): Promise<boolean> {
	if (there !== path || /\/target\//.test(path) || /\/cargo\/bin\//.test(path)) return true;
	return (await scene.files.look(path)).kind !== "file";
}

function cargoCall(command: Process, verbs: readonly string[]): CargoCall | undefined {
	const program = programName(likelyText(command.argv[0]) ?? "");
	if (program !== "cargo" && program !== "cross" && program !== "cargo-zigbuild") return undefined;
	const words = command.argv.slice(1).filter((one) => !likelyText(one)?.startsWith("+"));
	const end = words.findIndex((one) => textOf(one) === "--");
	const own = end < 0 ? words : words.slice(0, end);
	if (!verbs.includes(likelyText(own.find((one) => !likelyText(one)?.startsWith("-"))) ?? "")) return undefined;
	const manifest = likelyText(flagValue(own, ["--manifest-path"]));
	const path = likelyText(flagValue(own, ["--path"]));
	const folder = manifest !== undefined ? folderOf(resolve(command.cwd, manifest)) : resolve(command.cwd, path ?? ".");
	return {
		folder,
		bin: likelyText(flagValue(own, ["--bin"])),
		package: likelyText(flagValue(own, ["-p", "--package"])),
		release:
			own.some((one) => /^(--release|-r|install)$/.test(likelyText(one) ?? "")) || likelyText(flagValue(own, ["--profile"])) === "release",
		args: end < 0 ? [] : words.slice(end + 1),
	};
}

async function predictBinary(
	process: Process,
	scene: Scene,
	files: ImageFiles,
	call: CargoCall,
	name: string | undefined,
	calls: readonly CargoCall[] = [call],
): Promise<Prediction | undefined> {
	const found = new Map<string, Binary>();
	for (const folder of new Set(calls.map((one) => one.folder)))
		for (const binary of await binariesIn(files, folder)) found.set(binary.path, binary);
	const binaries = [...found.values()];
	if (binaries.length === 0) return openQuestion(process, t("the crate's Cargo.toml is not in view"));
	const binary = choose(binaries, call, name);
	if (!binary) return openQuestion(process, t("which crate makes {0} is not clear", name ?? t("the program")));
	const program = await scene.sources.run("rust", {
		entry: { kind: "path", path: binary.path },
		main: true,
		args: call.args,
		cwd: process.cwd,
		environment: process.environment,
		files,
		budget: scene.budget,
		evidence: process.evidence,
	});
	const rocket = await predictRocket(process, scene, program, call.release);
	const predicted = predictCalls(
		process,
		rocket ? { ...program, strangers: [] } : program,
		new Map(Object.entries(RUST_CALLS)),
		binary.name,
	);
	return rocket ? mergePredictions([rocket, predicted]) : predicted;
}

function choose(binaries: readonly Binary[], call: CargoCall, name: string | undefined): Binary | undefined {
	const wanted = [name, call.bin].filter((one) => one !== undefined);
	for (const one of wanted) {
		const same = binaries.filter((binary) => binary.name === one);
		const [first] = call.package === undefined ? same : [...same.filter((binary) => binary.package === call.package), ...same];
		if (first) return first;
	}
	const inPackage = call.package === undefined ? binaries : binaries.filter((binary) => binary.package === call.package);
	return inPackage.length === 1 ? inPackage[0] : undefined;
}
