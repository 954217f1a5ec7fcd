import { parseArgs } from "node:util";
import { readBuildArguments } from "./buildArguments.ts";
import { mistakeOf } from "./mistake.ts";

export const VERIFY_USAGE = `Usage: portlight verify [options] PATH

Builds the image of the Dockerfile at PATH (or in the folder PATH), starts it without any network and with all
capabilities dropped, reads which ports it listens on, and compares them with the prediction. Runs what the Dockerfile
says: use it on your own files. The container is removed afterwards, and the image if it is new.

Options:
      --context DIR        the build context, as docker build takes it; found by looking when not given
      --target STAGE       the stage to build; the last one when not given
      --build-arg K=V      a build argument; may be repeated
      --engine NAME        the Docker context or address to use; the one that docker would use when not given
      --seconds N          how long to look at most (20)
      --format FORMAT      text (default) or json
  -h, --help               this text

Exit status: 0 the prediction holds, 1 it does not, 2 wrong usage, a build that fails, or nothing could be seen.
`;

export interface VerifyOptions {
	readonly path: string;
	readonly context?: string;
	readonly target?: string;
	readonly buildArguments: ReadonlyMap<string, string>;
	readonly engine?: string;
	readonly seconds: number;
	readonly format: "text" | "json";
}

/** What the arguments after `verify` ask for; what is wrong with them as a sentence. */
export function readVerifyOptions(args: readonly string[]): VerifyOptions | "help" | string {
	let parsed: ReturnType<typeof parse>;
	try {
		parsed = parse(args);
	} catch (error) {
		return mistakeOf(error);
	}
	const { values, positionals } = parsed;
	if (values.help) return "help";
	const [path, ...more] = positionals;
	if (path === undefined) return "Name a Dockerfile or its folder. This folder is called . (a dot).";
	if (path === "") return "The path is empty. This folder is called . (a dot).";
	if (more.length > 0) return "One Dockerfile at a time.";
	for (const name of ["context", "target", "engine"] as const) if (values[name] === "") return `--${name} is empty`;
	if (values.format !== "text" && values.format !== "json") return `--format ${values.format}: text or json`;
	if (!/^\d+$/.test(values.seconds) || Number(values.seconds) < 1 || Number(values.seconds) > 3_600)
		return `--seconds ${values.seconds}: a number from 1 to 3600`;
	const buildArguments = readBuildArguments(values["build-arg"], process.env);
	if (typeof buildArguments === "string") return buildArguments;
	return {
		path,
		buildArguments,
		seconds: Number(values.seconds),
		format: values.format,
		...(values.context === undefined ? {} : { context: values.context }),
		...(values.target === undefined ? {} : { target: values.target }),
		...(values.engine === undefined ? {} : { engine: values.engine }),
	};
}

function parse(args: readonly string[]) {
	return parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			context: { type: "string" },
			target: { type: "string" },
			"build-arg": { type: "string", multiple: true, default: [] },
			engine: { type: "string" },
			seconds: { type: "string", default: "20" },
			format: { type: "string", default: "text" },
			help: { type: "boolean", short: "h", default: false },
		},
	});
}
