import { findNodeAtLocation, parse, parseTree } from "jsonc-parser";
import { parse as parseYaml } from "yaml";
import type { ImageFiles } from "../../context/imageFiles.ts";
import { resolvePath } from "../../dockerfile/walk.ts";
import { t } from "../../model/message.ts";
import { known, knownText, likelyText, type Value } from "../../model/value.ts";
import { type Process, type Started, withArgv } from "../process.ts";
import { firstFile, gapOf, type Launcher, operandsOf, optionOf, together } from "./launcher.ts";

/** Calls that manage what runs. */
const BESIDE: ReadonlySet<string> = new Set([
	"install",
	"save",
	"delete",
	"stop",
	"logs",
	"link",
	"kill",
	"resurrect",
	"startup",
	"set",
	"flush",
	"ls",
	"list",
	"monit",
]);

/** PM2 in the foreground: a script, a package manager, or the apps of an ecosystem file (pm2.keymetrics.io/docs/usage/application-declaration). */
export const pm2: Launcher = async (process, files) => {
	const operands = operandsOf(process, [
		"-i",
		"--instances",
		"-n",
		"--name",
		"--env",
		"-o",
		"-e",
		"-l",
		"--max-memory-restart",
		"--interpreter",
		"--node-args",
		"--cwd",
		"--only",
		"-p",
		"--secret",
		"--public",
		"--machine-name",
		"--web",
	]);
	const first = operands[0]?.text === "start" ? operands[1] : operands[0];
	// They manage what runs, and start nothing of the image.
	if (first && BESIDE.has(first.text)) return together([]);
	if (!first) return undefined;
	const dashes = process.argv.findIndex((word) => knownText(word) === "--");
	const args = dashes < 0 ? [] : process.argv.slice(dashes + 1);
	if (/\.(config\.[cm]?js|json|ya?ml)$/.test(first.text)) return ecosystem(process, first.text, files);
	if (/^(npm|yarn|pnpm)$/.test(first.text)) return together([withArgv(process, [first.value, ...args])]);
	const interpreter = optionOf(process, "--interpreter");
	return together([appOf(process, first.value, interpreter, args)]);
};

function appOf(process: Process, script: Value, interpreter: string | undefined, args: readonly Value[]): Process {
	const text = likelyText(script) ?? "";
	if (interpreter === "none") return withArgv(process, [script, ...args]);
	const program =
		interpreter ??
		(/\.py$/.test(text)
			? "python3"
			: /\.sh$/.test(text)
				? "bash"
				: /\.tsx?$/.test(text)
					? "ts-node"
					: /\.[cm]?js$/.test(text)
						? "node"
						: undefined);
	return withArgv(process, program === undefined && !text.includes("/") ? [script, ...args] : [known(program ?? "node"), script, ...args]);
}

async function ecosystem(process: Process, name: string, files: ImageFiles): Promise<Started> {
	const { file, reason } = await firstFile(process.cwd, [name], files);
	if (!file) return gapOf(reason ?? t("{0} is not in the image", name));
	const only = optionOf(process, "--only")?.split(",");
	const apps = appsIn(file.text, name);
	if (!apps || apps.length === 0) return gapOf(t("{0} is not followed", name));
	return together(
		apps
			.filter((app) => only === undefined || only.includes(stringOf(app.name) ?? ""))
			.map((app) => {
				const environment = new Map(process.environment);
				const chosen = optionOf(process, "--env");
				for (const block of [app.env, chosen === undefined ? undefined : app[`env_${chosen}`]])
					if (isRecord(block))
						for (const [key, value] of Object.entries(block))
							if (["string", "number"].includes(typeof value)) environment.set(key, known(String(value)));
				const args = Array.isArray(app.args) ? app.args.map(String) : (stringOf(app.args) ?? "").split(/\s+/).filter(Boolean);
				const script = known(stringOf(app.script) ?? "index.js");
				const cwd = resolvePath(process.cwd, stringOf(app.cwd) ?? ".");
				return {
					...appOf(
						process,
						script,
						stringOf(app.interpreter) ?? stringOf(app.exec_interpreter),
						args.map((arg) => known(arg)),
					),
					cwd,
					environment,
				};
			}),
	);
}

/** The apps of an ecosystem file: YAML, JSON, or a JavaScript literal behind `module.exports =`. */
function appsIn(text: string, name: string): Record<string, unknown>[] | undefined {
	const read = (): unknown => {
		if (/\.ya?ml$/.test(name)) {
			try {
				return parseYaml(text);
			} catch {
				return undefined;
			}
		}
		const start = /\.json$/.test(name) ? 0 : /(?:module\.exports\s*=|export\s+default)\s*/.exec(text);
		const literal = typeof start === "number" ? text : start ? text.slice(start.index + start[0].length) : undefined;
		return literal === undefined ? undefined : parseLiteral(literal);
	};
	const found = read();
	const apps: unknown = isRecord(found) ? (found.apps ?? found) : found;
	const all = Array.isArray(apps) ? apps : [apps];
	return all.every(isRecord) ? all : undefined;
}

/** A literal of JavaScript without expressions, read as JSON; undefined when it holds more. */
function parseLiteral(text: string): unknown {
	const json = text
		.replace(/'((?:[^'\\\n]|\\.)*)'|`([^`$\\]*)`/g, (_, single?: string, template?: string) =>
			JSON.stringify((single ?? template ?? "").replace(/\\'/g, "'")),
		)
		.replace(/([{,]\s*(?:\/\/[^\n]*\n\s*)*)([A-Za-z_$][\w$]*)\s*:/g, '$1"$2":')
		.replace(/;?\s*$/, "");
	const tree = parseTree(json, [], { allowTrailingComma: true });
	if (!tree) return undefined;
	const apps = findNodeAtLocation(tree, ["apps"]);
	return apps || tree.type === "array" ? parse(json, [], { allowTrailingComma: true }) : undefined;
}

function stringOf(value: unknown): string | undefined {
	return typeof value === "string" ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
