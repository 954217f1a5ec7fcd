import "./linearRegex.ts";
import { spawn } from "node:child_process";
import { homedir } from "node:os";
import readline from "node:readline";
import { runCheck } from "./cli/check.ts";
import { runLsp } from "./cli/lsp.ts";
import { EXIT, type Output } from "./cli/output.ts";
import { printable } from "./cli/printable.ts";
import { runPs } from "./cli/ps.ts";
import { runVerify } from "./cli/verify.ts";
import { watchContainers } from "./engine/engines.ts";
import { systemTimers } from "./engine/timers.ts";
import { realEngineWorld } from "./engine/world.ts";
import { packageVersion, realRuntime } from "./runtime.ts";

const USAGE = `Usage: portlight COMMAND

Tells which ports a container really listens on.

Commands:
  check [PATH...]   what images and services will listen on, and what EXPOSE and compose files get wrong
  ps                running containers with their addresses and live ports
  verify PATH       builds and starts an image, locked up, and compares what it listens on with the prediction
  lsp --stdio       the language server, for any editor

portlight COMMAND --help tells more. portlight --version prints the version.
`;

const output: Output = {
	out: (text) => void process.stdout.write(text),
	err: (text) => void process.stderr.write(text),
	get columns() {
		return process.stdout.columns;
	},
	get rows() {
		return process.stdout.rows;
	},
	onResize(callback) {
		process.stdout.on("resize", callback);
		return () => process.stdout.off("resize", callback);
	},
	interrupted: () =>
		new Promise((resolve) => {
			for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
		}),
};

const [command, ...args] = process.argv.slice(2);
// A reader that has seen enough (portlight check | head) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? EXIT.clean : EXIT.failed));

process.on("uncaughtException", fail);

run().then((status) => {
	// The language server lives until its editor says exit.
	if (status !== undefined) process.exitCode = status;
}, fail);

/** What nobody foresaw, in words: a stack through the bundle helps nobody who reads it in a terminal. */
function fail(error: unknown): void {
	const gone = (error as NodeJS.ErrnoException | undefined)?.syscall === "uv_cwd";
	const message = error instanceof Error ? error.message : String(error);
	output.err(`portlight: ${gone ? "the current folder does not exist any more" : message}\n`);
	process.exit(EXIT.failed);
}

async function run(): Promise<number | undefined> {
	switch (command) {
		case "check":
			return runCheck(args, realRuntime(__dirname), output, packageVersion(__dirname));
		case "ps":
			return runPs(args, output);
		case "verify": {
			const watch = (onChange: () => void, contexts: readonly string[]) =>
				watchContainers(realEngineWorld(), systemTimers, onChange, contexts);
			return runVerify(
				args,
				{ analysis: realRuntime(__dirname), timers: systemTimers, watch, run: runProgram, cwd: process.cwd() },
				output,
			);
		}
		case "lsp":
			return runLsp(args, () => realRuntime(__dirname), output);
		case "--version":
		case "-v":
			output.out(`portlight ${packageVersion(__dirname)}\n`);
			return EXIT.clean;
		case "--help":
		case "-h":
		case "help":
			output.out(USAGE);
			return EXIT.clean;
		default:
			output.err(
				command === undefined
					? USAGE
					: `portlight: there is no command ${/^[\w-]+$/.test(command) ? command : JSON.stringify(command)}\n\n${USAGE}`,
			);
			return EXIT.failed;
	}
}

/**
 * What it says on its error output is shown, made safe for a terminal; there is no shell that could read its arguments otherwise. Windows
 * looks for a program in the working folder first, which here is somebody's project.
 */
function runProgram([program = "", ...args]: readonly string[]): Promise<{ status: number; out: string }> {
	return new Promise((resolve, reject) => {
		const cwd = process.platform === "win32" ? homedir() : process.cwd();
		const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
		readline.createInterface({ input: child.stderr }).on("line", (line) => output.err(printable(`${line}\n`)));
		let out = "";
		child.stdout.on("data", (chunk) => {
			out += chunk;
		});
		child.on("error", reject);
		child.on("close", (status) => resolve({ status: status ?? EXIT.failed, out }));
	});
}
