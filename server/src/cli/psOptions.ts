import { parseArgs } from "node:util";
import { TemplateMistake } from "./goTemplate.ts";
import { mistakeOf } from "./mistake.ts";
import { type ContainerFilter, readFilters, wantsStopped } from "./psFilter.ts";
import { type PsFormat, readFormat } from "./psFormat.ts";

export const PS_USAGE = `Usage: portlight ps [options]

Lists the running containers with their IP addresses and, side by side, the ports
that are exposed, published and live.

Options:
  -a, --all              stopped containers too
      --context NAME     the containers of this Docker context, or of the engine at this address (unix://, tcp://,
                         ssh://); may be repeated; the one that docker would use when not given
  -f, --filter N=V       only containers that match: name, id, status, health, exited, label, network,
                         publish or expose; may be repeated
      --format FORMAT    table     for people (the default)
                         json      an array with one object a container
                         TEMPLATE  a line a container, as docker ps has it: '{{.Names}} {{.IP}} {{.Live}}'
                         'table TEMPLATE'  the same as columns with titles: 'table {{.Names}}\\t{{.Live}}'
      --no-trunc         whole identifiers and commands, nothing cut
  -q, --quiet            identifiers only
  -w, --watch            shows every change, until Ctrl+C
  -h, --help             this text

Fields of a template are those of docker ps (ID, Names, Image, Command, CreatedAt, RunningFor, Status, State, Ports,
Labels, Label "x", Networks), and Engine, Project, Service, Task, IP, Exposed, Published, Live.

Exit status: 0, or 2 for wrong usage and when an engine does not answer.
`;

export interface PsOptions {
	readonly all: boolean;
	/** Docker contexts and addresses, as given; empty: the one that docker would use. */
	readonly contexts: readonly string[];
	readonly filter: ContainerFilter;
	readonly format: PsFormat;
	readonly whole: boolean;
	readonly watch: boolean;
	/** To be said on the error output. */
	readonly warning: string | null;
}

/** What the arguments after `ps` ask for; what is wrong with them as a sentence. */
export function readPsOptions(args: readonly string[]): PsOptions | { readonly help: true } | { readonly mistake: string } {
	try {
		const { values } = parse(args);
		if (values.help) return { help: true };
		const filter = readFilters(values.filter);
		if (typeof filter === "string") return { mistake: filter };
		const empty = values.context.find((context) => context.trim() === "");
		if (empty !== undefined) return { mistake: "--context: the name of a Docker context is missing" };
		const format = readFormat(values.format);
		if (format === undefined) {
			return { mistake: `--format ${JSON.stringify(values.format)}: table, json, or a template such as {{.Names}} is wanted` };
		}
		return {
			all: values.all || wantsStopped(values.filter),
			contexts: values.context,
			filter,
			format: values.quiet ? { kind: "ids" } : format,
			whole: values["no-trunc"],
			watch: values.watch,
			warning: values.quiet && format.kind !== "table" ? "--format is ignored, because --quiet is given too" : null,
		};
	} catch (error) {
		return { mistake: error instanceof TemplateMistake ? `--format: ${error.message}` : mistakeOf(error) };
	}
}

function parse(args: readonly string[]) {
	return parseArgs({
		args: [...args],
		options: {
			all: { type: "boolean", short: "a", default: false },
			context: { type: "string", multiple: true, default: [] },
			filter: { type: "string", short: "f", multiple: true, default: [] },
			format: { type: "string", default: "table" },
			help: { type: "boolean", short: "h", default: false },
			"no-trunc": { type: "boolean", default: false },
			quiet: { type: "boolean", short: "q", default: false },
			watch: { type: "boolean", short: "w", default: false },
		},
	});
}
