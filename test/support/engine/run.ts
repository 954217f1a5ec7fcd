import { execFile } from "node:child_process";

/** Runs a program and answers its standard output; rejects with its own words when it fails. `timeout` in milliseconds. */
export function run(program: string, args: readonly string[], timeout = 120_000): Promise<string> {
	return new Promise((resolve, reject) => {
		execFile(program, [...args], { timeout, maxBuffer: 16_000_000, encoding: "utf8" }, (error, stdout, stderr) => {
			if (!error) resolve(stdout);
			else reject(new Error(`${program} ${args.slice(0, 3).join(" ")}: ${stderr.trim() || error.message}`, { cause: error }));
		});
	});
}

/** The docker command line, which finds the engine by its own rules: the tests then compare like with like. */
export async function docker(...args: string[]): Promise<string> {
	return (await run("docker", args)).trim();
}
