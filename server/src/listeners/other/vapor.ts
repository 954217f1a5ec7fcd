import type { ImageFiles } from "../../context/imageFiles.ts";
import { t } from "../../model/message.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import type { Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { resolve } from "../../source/core/paths.ts";
import { openQuestion, predictServer } from "../claims.ts";
import { flagValue, operands, textOf } from "../commandLine.ts";
import { withoutComments } from "../plainCode.ts";
import type { Technology } from "../technology.ts";
import { predictFlags } from "./flagServers.ts";
import { type Dialect, plainValue } from "./plainValues.ts";

const BY_DEFAULT = { port: "8080", address: "127.0.0.1" };
const PORT = ["--port", "-p"];
const ADDRESS = ["--hostname", "-H"];
const BIND = ["--bind", "-b"];

const DIALECT: Dialect = {
	line: ["//"],
	block: true,
	quotes: '"',
	variable: /^Environment\.get\("(\w+)"\)!?$/,
	otherwise: "??",
	same: /^Int$/,
	suffix: /\.flatMap(?:\(Int\.init(?:\(_:\))?\)|\(?\s*\{\s*Int\(\$0\)\s*\}\s*\)?)$/,
	assignments: (name) =>
		new RegExp(`(?:\\b(?:let|var)[ \\t]+|^[ \\t]*)${name}(?:[ \\t]*:[ \\t]*\\w+)?[ \\t]*=(?!=)[ \\t]*([^\\n;]+)`, "gm"),
};

/**
 * Vapor: `App serve --hostname 0.0.0.0 --port 8080`, or `--bind`; what the flags leave open says
 * `app.http.server.configuration`, by default 127.0.0.1 and 8080 (Vapor, "Server").
 */
export const vapor: Technology = {
	name: "vapor",
	title: "Vapor",
	async command(process, scene) {
		const program = textOf(process.argv[0]);
		const args = process.argv.slice(1);
		if (program === undefined || !program.includes("/")) return undefined;
		const verb = textOf(operands(args, ["--env", "-e", ...ADDRESS, ...PORT, ...BIND])[0]?.value);
		if (verb !== "serve") return undefined;
		const build = await scene.buildOf(resolve(process.cwd, program));
		const swift = build.commands.findLast(
			({ argv }) => programName(textOf(argv[0]) ?? "") === "swift" && argv.some((one) => textOf(one) === "build"),
		);
		if (!swift) return undefined;
		const [port, address] = [flagValue(args, PORT), flagValue(args, ADDRESS)];
		if (flagValue(args, BIND) || (port && address))
			return predictFlags(process, args, { listen: BIND, port: PORT, address: ADDRESS, byDefault: BY_DEFAULT });
		const configured = await configurationIn(build.files, resolve(swift.cwd, "Sources"), process);
		if ("reason" in configured) return openQuestion(process, configured.reason);
		return predictServer(process, { port: port ?? configured.port, address: address ?? configured.address }, BY_DEFAULT);
	},
};

/** More files of one program than these are not looked through. */
const MOST_FILES = 80;

interface Configured {
	port?: Value;
	address?: Value;
}

/** What the sources assign to the server's configuration; a reason when that cannot be told. */
async function configurationIn(files: ImageFiles, folder: string, process: Process): Promise<Configured | { readonly reason: string }> {
	const found: Configured = {};
	const folders = [folder];
	for (let i = 0, read = 0; i < folders.length; i++)
		for (const name of await files.list(folders[i] ?? "")) {
			const path = `${folders[i]}/${name}`;
			if (!name.includes(".")) folders.push(path);
			if (!name.endsWith(".swift")) continue;
			if (++read > MOST_FILES) return { reason: t("the sources are too many to read") };
			const source = await files.read(path);
			if (source.kind !== "text") return { reason: source.reason ?? t("{0} is not in the image", name) };
			if (!readConfiguration(source.file, process, found)) return { reason: t("the server's configuration in {0} is not followed", name) };
		}
	return found;
}

/** False when something else than a port or a host name is assigned, or one is twice. */
function readConfiguration(file: TextFile, process: Process, found: Configured): boolean {
	const text = withoutComments(file.text, DIALECT);
	for (const one of text.matchAll(/\bhttp\.server\.configuration(?:\.(\w+))?[ \t]*=(?!=)[ \t]*([^\n;]+)/g)) {
		const [whole, name, written = ""] = one;
		if (name !== undefined && !/^(?:port|hostname|address)$/.test(name)) continue;
		const key = name === "port" ? "port" : "address";
		if (found[key] !== undefined || (name !== "port" && name !== "hostname")) return false;
		const value = plainValue(written, { file, text, environment: process.environment }, DIALECT);
		const at = evidenceIn(file, rangeBetween(file.text, one.index, one.index + whole.length), whole.trim());
		found[key] = value.kind === "known" ? { ...value, from: [at, ...value.from] } : value;
	}
	return true;
}
