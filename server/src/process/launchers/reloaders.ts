import { parse as parseToml } from "smol-toml";
import { t } from "../../model/message.ts";
import { known, knownText, likelyText } from "../../model/value.ts";
import { withArgv } from "../process.ts";
import { firstFile, gapOf, type Launcher, operandsOf, optionOf, shellOf, textsOf, together } from "./launcher.ts";

/** air: what it builds with `go build` is what it runs (github.com/air-verse/air, .air.toml). */
export const air: Launcher = async (process, files) => {
	const given = optionOf(process, "-c", "--c");
	const { file, reason } = await firstFile(process.cwd, given === undefined ? [".air.toml", ".air.conf"] : [given], files);
	if (!file) {
		if (given !== undefined || reason !== undefined) return gapOf(reason ?? t("{0} is not in the image", given ?? ".air.toml"));
		// Without a file it builds the folder that it stands in.
		return together([withArgv(process, [known("go"), known("run"), known(".")])]);
	}
	let settings: Record<string, unknown>;
	try {
		const build: unknown = parseToml(file.text).build;
		settings = typeof build === "object" && build !== null && !Array.isArray(build) ? (build as Record<string, unknown>) : {};
	} catch {
		return gapOf(t("{0} is not valid TOML", given ?? ".air.toml"));
	}
	const command = typeof settings.cmd === "string" ? settings.cmd : "go build -o ./tmp/main .";
	const args = Array.isArray(settings.args_bin) ? settings.args_bin.map(String) : [];
	const full = typeof settings.full_bin === "string" ? settings.full_bin : "";
	// Behind the binary stand its own arguments.
	const behind = full
		.split(/\s+/)
		.filter((word) => !/^[A-Z_]\w*=/.test(word))
		.slice(1);
	const source = /\bgo build\b(.*)$/.exec(command)?.[1]?.trim().split(/\s+/) ?? [];
	const operand = source
		.filter((word, i) => !word.startsWith("-") && !["-o", "-ldflags", "-tags", "-gcflags"].includes(source[i - 1] ?? ""))
		.at(-1);
	if (!/\bgo build\b/.test(command))
		return together([shellOf(process, full || (typeof settings.bin === "string" ? settings.bin : "./tmp/main"))]);
	return together([
		withArgv(
			process,
			["go", "run", operand ?? ".", ...behind, ...args].map((word) => known(word)),
		),
	]);
};

/** cargo watch -x run, cargo watch -- command (github.com/watchexec/cargo-watch). */
export const cargoWatch: Launcher = async (process) => {
	if (knownText(process.argv[1]) !== "watch" && knownText(process.argv[0]) !== "cargo-watch") return undefined;
	const shell = optionOf(process, "-s", "--shell");
	if (shell !== undefined) return together([shellOf(process, shell)]);
	const dashes = process.argv.findIndex((word) => knownText(word) === "--");
	if (dashes > 0) return together([withArgv(process, process.argv.slice(dashes + 1))]);
	const texts = textsOf(process);
	const run = texts.filter((_, i) => texts[i - 1] === "-x" || texts[i - 1] === "--exec").at(-1);
	return run === undefined ? undefined : together([shellOf(process, `cargo ${run}`)]);
};

/** CompileDaemon -build="go build …" -command="./app" (github.com/githubnemo/CompileDaemon). */
export const compileDaemon: Launcher = async (process) => {
	const texts = textsOf(process);
	const command =
		texts.map((text) => /^--?command=(.*)$/.exec(text ?? "")?.[1]).find((text) => text !== undefined) ??
		optionOf(process, "-command", "--command");
	const build = texts.map((text) => /^--?build=(.*)$/.exec(text ?? "")?.[1]).find((text) => text !== undefined) ?? "go build";
	if (command === undefined) return undefined;
	const source = /\bgo build\b(.*)$/.exec(build)?.[1]?.trim().split(/\s+/) ?? [];
	const operand = source.filter((word, i) => word !== "" && !word.startsWith("-") && source[i - 1] !== "-o").at(-1) ?? ".";
	return together([
		withArgv(
			process,
			["go", "run", operand, ...command.split(/\s+/).slice(1)].map((word) => known(word)),
		),
	]);
};

/** watchfiles "command" paths (watchfiles.helpmanual.io/cli): a function is no command. */
export const watchfiles: Launcher = async (process) => {
	const [first] = operandsOf(process, ["--filter", "--args", "--verbosity", "--target-type", "--ignore-paths", "--sigint-timeout"]);
	const text = likelyText(first?.value);
	return text?.includes(" ") ? together([shellOf(process, text)]) : undefined;
};
