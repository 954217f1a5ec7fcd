// Child processes for the scripts. Nothing here may need node_modules: it runs before the installation.
import { spawn } from "node:child_process";

const windows = process.platform === "win32";

/**
 * Runs a command to its end, with its output on this terminal. A SIGTERM to this process ends the command, not its waiting.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<number>} The exit code; 1 when a signal ended it.
 */
export function run(command, args, options = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: "inherit", ...options });
		const terminate = () => child.kill("SIGTERM");
		process.once("SIGTERM", terminate);
		child.on("error", reject);
		child.on("close", (code) => {
			process.off("SIGTERM", terminate);
			resolve(code ?? 1);
		});
	});
}

/**
 * Runs a command to its end and keeps what it prints.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} Both streams, as they came.
 */
export function capture(command, args, options = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
		let output = "";
		const keep = (chunk) => {
			output += chunk;
		};
		child.stdout.setEncoding("utf8").on("data", keep);
		child.stderr.setEncoding("utf8").on("data", keep);
		child.on("error", reject);
		child.on("close", (code) => resolve({ code: code ?? 1, output }));
	});
}

/**
 * Runs npm and says every ten seconds that it is still at it.
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {(line: string) => void} say
 * @throws When npm fails, with its last lines.
 */
export async function npm(args, cwd, say) {
	const started = Date.now();
	const beat = setInterval(() => say(`… ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
	try {
		// npm is a shell script on Windows, and only a shell starts those.
		const { code, output } = await capture("npm", args, { cwd, shell: windows });
		if (code !== 0) throw new Error(`npm ${args.join(" ")} failed in ${cwd}:\n${output.trim().split("\n").slice(-30).join("\n")}`);
	} finally {
		clearInterval(beat);
	}
}
