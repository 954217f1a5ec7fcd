import { parse as parseToml } from "smol-toml";
import type { ImageFiles } from "../../context/imageFiles.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { runShell } from "../../process/shell.ts";
import { flagValue } from "../commandLine.ts";
import { absolute, readGoCommand } from "./goBuild.ts";

/** The package that a development tool builds again whenever a file changes, and runs. */
interface Reloaded {
	readonly cwd: string;
	readonly name: string;
	readonly args: readonly Value[];
}

/**
 * air (github.com/air-verse/air, air_example.toml: `go build -o ./tmp/main .` by default), CompileDaemon
 * (github.com/githubnemo/CompileDaemon: -build, -command), fresh, and wgo, which stands before `go run`'s words.
 */
export async function reloaded(process: Process, files: ImageFiles): Promise<Reloaded | undefined> {
	const program = (likelyText(process.argv[0]) ?? "").replace(/^.*\//, "");
	const args = process.argv.slice(1);
	switch (program) {
		case "air":
			return air(process, args, files);
		case "CompileDaemon": {
			const build = likelyText(flagValue(args, ["-build", "--build"])) ?? "go build";
			const command = likelyText(flagValue(args, ["-command", "--command"]));
			return fromBuild(build, process, command?.split(/\s+/).slice(1) ?? []);
		}
		case "fresh":
			return { cwd: process.cwd, name: ".", args: [] };
		case "wgo": {
			const go = readGoCommand({ ...process, argv: [known("go"), ...args] });
			return go?.verb === "run" ? { cwd: go.cwd, name: go.packages[0] ?? ".", args: go.args } : undefined;
		}
		default:
			return undefined;
	}
}

async function air(process: Process, args: readonly Value[], files: ImageFiles): Promise<Reloaded> {
	const written = likelyText(flagValue(args, ["-c", "--c"]));
	const end = args.findIndex((word) => likelyText(word) === "--");
	const given = end < 0 ? [] : args.slice(end + 1);
	for (const name of written === undefined ? [".air.toml", ".air.conf"] : [written]) {
		const read = await files.read(absolute(process.cwd, name));
		const settings = read.kind === "text" ? parsed(read.file.text) : undefined;
		if (!settings) continue;
		const root = absolute(process.cwd, settings.root);
		const own = settings.arguments.map((one) => known(one));
		const found = fromBuild(settings.command, { ...process, cwd: root }, []);
		return { ...(found ?? { cwd: root, name: "." }), args: given.length > 0 ? given : own };
	}
	return { cwd: process.cwd, name: ".", args: given };
}

function parsed(text: string): { readonly root: string; readonly command: string; readonly arguments: readonly string[] } | undefined {
	try {
		const { root, build } = parseToml(text);
		const section =
			typeof build === "object" && build !== null && !Array.isArray(build) ? (build as Readonly<Record<string, unknown>>) : {};
		const given = Array.isArray(section.args_bin) ? section.args_bin.filter((one) => typeof one === "string") : [];
		return {
			root: typeof root === "string" ? root : ".",
			command: typeof section.cmd === "string" ? section.cmd : "go build -o ./tmp/main .",
			arguments: given,
		};
	} catch {
		return undefined;
	}
}

function fromBuild(text: string, process: Process, args: readonly string[]): Reloaded | undefined {
	for (const one of runShell({ text, args: [], script: "sh" }, process).processes) {
		const go = readGoCommand(one);
		if (go?.verb === "build") return { cwd: go.cwd, name: go.packages[0] ?? ".", args: args.map((word) => known(word)) };
	}
	return undefined;
}
