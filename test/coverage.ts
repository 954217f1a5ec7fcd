// npm run coverage [-- TESTS]
// What the unit tests never reach, as a map and not as a target: for each file of server/ and client/, worst first, the share of its
// lines and the functions that nothing calls. What stands here is tested or deleted.
import { spawn } from "node:child_process";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const tests = process.argv.length > 2 ? process.argv.slice(2) : ["test/unit/**/*.test.ts"];
const args = ["--test", "--experimental-test-coverage", "--test-reporter=lcov", "--test-coverage-include=server/src/**"];
const child = spawn(process.execPath, [...args, "--test-coverage-include=client/src/**", ...tests], {
	cwd: root,
	stdio: ["ignore", "pipe", "inherit"],
});
let report = "";
child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
	report += chunk;
});
await new Promise((resolve) => child.once("close", resolve));

const files = report
	.split("end_of_record\n")
	.filter((record) => record.includes("SF:"))
	.map((record) => {
		const all = (key: string) => [...record.matchAll(new RegExp(`^${key}:(.*)$`, "gm"))].map(([, value = ""]) => value);
		const [file = ""] = all("SF");
		const lines = new Map(all("FN").map((one) => [one.slice(one.indexOf(",") + 1), one.slice(0, one.indexOf(","))]));
		const uncalled = all("FNDA").flatMap((one) => (one.startsWith("0,") ? [one.slice(2)] : []));
		return {
			file: path.relative(root, path.resolve(root, file)),
			share: Number(all("LH")[0] ?? 0) / Math.max(1, Number(all("LF")[0] ?? 0)),
			uncalled: uncalled.map((name) => `${name}:${lines.get(name) ?? "?"}`),
		};
	})
	.filter(({ share, uncalled }) => share < 1 || uncalled.length > 0)
	.sort((a, b) => a.share - b.share);
for (const { file, share, uncalled } of files)
	process.stdout.write(`${(share * 100).toFixed(0).padStart(3)} %  ${file}  ${uncalled.join(", ")}\n`);
process.stdout.write(`${files.length} files with something that no test reaches\n`);
