import type { Value } from "../../model/value.ts";
import { knownText } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";

/** How a command starts a .NET program. */
export type DotnetCommand =
	/** An assembly (`dotnet App.dll`) or an executable (`./App`), by its path in the container. */
	| { readonly kind: "program"; readonly path: string; readonly args: readonly Value[] }
	/** `dotnet run`, `dotnet watch`: a project file or a folder, by its path in the container. */
	| { readonly kind: "project"; readonly path: string; readonly profile: string | undefined; readonly args: readonly Value[] }
	/** A tool of the SDK that opens no port: `dotnet test`, `dotnet ef database update`. */
	| { readonly kind: "tool" };

/** Options of `dotnet run` and of `dotnet watch` that take the next word (.NET CLI, "dotnet run", "dotnet watch"). */
const WITH_VALUE = new Set([
	"-c",
	"--configuration",
	"-f",
	"--framework",
	"-r",
	"--runtime",
	"-a",
	"--arch",
	"--os",
	"-v",
	"--verbosity",
	"-e",
	"--environment",
	"--property",
	"-lp",
	"--launch-profile",
	"-p",
	"--project",
]);

/** Options of the host before the assembly (.NET CLI, "dotnet command", "Runtime options"). */
const HOST_WITH_VALUE = new Set([
	"--additionalprobingpath",
	"--depsfile",
	"--fx-version",
	"--roll-forward",
	"--runtimeconfig",
	"--additional-deps",
]);

/** Programs of the distribution: the shell that an image of the SDK starts. */
const SYSTEM = /^\/(usr\/)?s?bin\//;

/** Reads `dotnet …` and programs started by their path; undefined for anything else. */
export function readDotnet(process: Process): DotnetCommand | undefined {
	const argv = withoutInstrumentation(process.argv);
	const [first, ...rest] = argv;
	const program = knownText(first);
	if (program === undefined) return undefined;
	if (!/^dotnet(\.exe)?$/i.test(programName(program)))
		return program.includes("/") && !SYSTEM.test(program) && !/\.\w{1,3}$/.test(programName(program))
			? { kind: "program", path: absolute(process.cwd, program), args: rest }
			: undefined;
	let at = 0;
	while (at < rest.length && knownText(rest[at])?.startsWith("-")) at += HOST_WITH_VALUE.has(knownText(rest[at]) ?? "") ? 2 : 1;
	const verb = knownText(rest[at]);
	if (verb === undefined)
		return rest.length > at ? { kind: "program", path: absolute(process.cwd, "program.dll"), args: rest.slice(at + 1) } : { kind: "tool" };
	if (verb === "exec") return readDotnet({ ...process, argv: [first as Value, ...rest.slice(at + 1)] });
	if (/\.(dll|exe)$/i.test(verb)) return { kind: "program", path: absolute(process.cwd, verb), args: rest.slice(at + 1) };
	if (verb === "run" || verb === "watch") return readRun(process, rest.slice(at + 1));
	return { kind: "tool" };
}

function readRun(process: Process, words: readonly Value[]): DotnetCommand {
	let path = process.cwd;
	let profile: string | undefined = "";
	for (let i = 0; i < words.length; i++) {
		const text = knownText(words[i]) ?? "";
		if (text === "--") return { kind: "project", path, profile, args: words.slice(i + 1) };
		const [flag = "", attached] = text.startsWith("--") ? text.split(/=(.*)/s) : [text];
		const value = attached ?? (WITH_VALUE.has(flag) ? knownText(words[++i]) : undefined);
		if ((flag === "--project" || flag === "-p") && value !== undefined && !value.includes("=")) path = absolute(process.cwd, value);
		else if (flag === "--launch-profile" || flag === "-lp") profile = value;
		else if (flag === "--no-launch-profile") profile = undefined;
		else if (!text.startsWith("-")) {
			if (text === "test" || text === "build") return { kind: "tool" };
			if (text !== "run") return { kind: "project", path, profile, args: words.slice(i) };
		} else if (!WITH_VALUE.has(flag) && /^--(urls|\w+:)/i.test(flag)) return { kind: "project", path, profile, args: words.slice(i) };
	}
	return { kind: "project", path, profile, args: [] };
}

/** OpenTelemetry's `instrument.sh` runs its arguments (opentelemetry-dotnet-instrumentation, "Instrument a .NET application"). */
function withoutInstrumentation(argv: readonly Value[]): readonly Value[] {
	return programName(knownText(argv[0]) ?? "") === "instrument.sh" && argv.length > 1 ? argv.slice(1) : argv;
}

/** An absolute POSIX path; the host takes Windows separators too. */
export function absolute(cwd: string, path: string): string {
	const parts: string[] = [];
	const text = path.replaceAll("\\", "/").replace(/^[A-Za-z]:\//, "/");
	for (const part of (text.startsWith("/") ? text : `${cwd}/${text}`).split("/")) {
		if (part === "..") parts.pop();
		else if (part !== "" && part !== ".") parts.push(part);
	}
	return `/${parts.join("/")}`;
}
