import type { ImageFiles } from "../../context/imageFiles.ts";
import { t } from "../../model/message.ts";
import { known, likelyText, mapText, type Value } from "../../model/value.ts";
import { type Process, programName } from "../process.ts";
import { evidenceAt, firstFile, gapOf, type Launcher, operandsOf, optionOf, shellOf, together } from "./launcher.ts";

/** The first port and the distance to the next type of process (ddollar.github.io/foreman, honcho, overmind: 5000 and 100). */
const FIRST_PORT = "5000";
const PORT_STEP = 100;

/** foreman, forego, honcho, overmind, hivemind and goreman: every process of the Procfile, each with a PORT of its own. */
export const procfile: Launcher = async (process, files) => {
	const words = operandsOf(process, [
		"-f",
		"--procfile",
		"-e",
		"--env",
		"-m",
		"--formation",
		"-c",
		"--concurrency",
		"-p",
		"--port",
		"-l",
		"-d",
		"--root",
		"-t",
	]);
	const [verb, ...names] = words.map((word) => word.text);
	// hivemind takes the Procfile as its only word.
	const isHivemind = programName(likelyText(process.argv[0]) ?? "") === "hivemind";
	if (!isHivemind && verb !== undefined && verb !== "start" && verb !== "run" && verb !== "s") return undefined;
	const given = optionOf(process, "-f", "--procfile") ?? (isHivemind ? verb : undefined);
	const { file, reason } = await firstFile(process.cwd, [given ?? "Procfile"], files);
	if (!file) return gapOf(reason ?? t("{0} is not in the image", "Procfile"));
	const entries = [...file.text.matchAll(/^([A-Za-z0-9_-]+):[ \t]*(\S.*)$/gm)];
	if (verb === "run") {
		const entry = entries.find((one) => one[1] === names[0]);
		return entry ? together([shellOf(process, entry[2] ?? "", [evidenceAt(file, entry.index, entry.index + entry[0].length)])]) : undefined;
	}
	const environment = await withDotenv(process, files);
	const wanted = optionOf(process, "-l") === undefined ? names : (optionOf(process, "-l") ?? "").split(",");
	const base = basePort(optionOf(process, "-p", "--port"), environment.get("PORT"));
	return together(
		entries.flatMap((entry, index) => {
			if (wanted.length > 0 && !isHivemind && !wanted.includes(entry[1] ?? "")) return [];
			const port = mapText(base, (text, from) => known(String(Number(text) + index * PORT_STEP), ...from));
			const one = shellOf(process, entry[2] ?? "", [evidenceAt(file, entry.index, entry.index + entry[0].length)]);
			return [{ ...one, environment: new Map([...environment, ["PORT", port]]) }];
		}),
	);
};

/** All of them read the `.env` beside the Procfile, or what -e names; what the container sets stands over it. */
async function withDotenv(process: Process, files: ImageFiles): Promise<ReadonlyMap<string, Value>> {
	const { file } = await firstFile(process.cwd, (optionOf(process, "-e", "--env") ?? ".env").split(","), files);
	const environment = new Map<string, Value>();
	for (const line of file?.text.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/gm) ?? []) {
		const [, name = "", written = ""] = line;
		const text = written.replace(/^(["'])(.*)\1$/, "$2");
		if (file) environment.set(name, known(text, evidenceAt(file, line.index, line.index + line[0].length)));
	}
	for (const [name, value] of process.environment) environment.set(name, value);
	return environment;
}

function basePort(flag: string | undefined, variable: Value | undefined): Value {
	if (flag !== undefined) return known(flag);
	if (variable && likelyText(variable) !== undefined) return variable;
	return { kind: "variable", name: "PORT", fallback: known(FIRST_PORT), from: [] };
}
