import { predictServer, QUIET } from "../claims.ts";
import { textOf } from "../commandLine.ts";
import type { Technology } from "../technology.ts";
import { rubyCommand } from "./rubyCommand.ts";

/** Background workers, schedulers and tools that open no port, by their commands. */
const COMMANDS: ReadonlySet<string> = new Set([
	"backburner",
	"clockwork",
	"delayed_job",
	"gem",
	"inst-jobs",
	"irb",
	"karafka",
	"resque",
	"resque-pool",
	"resque-scheduler",
	"rspec",
	"rubocop",
	"shoryuken",
	"sidekiq",
	"sidekiqmon",
	"sidekiqswarm",
	"sneakers",
	"whenever",
]);

/**
 * Ruby's workers. GoodJob opens a port for probes only when it is told one (GoodJob, README "CLI HTTP health check probes":
 * GOOD_JOB_PROBE_PORT, `--probe-port`).
 */
export const rubyWorkers: Technology = {
	name: "ruby-workers",
	title: "Ruby workers",
	async command(process) {
		const command = rubyCommand(process);
		if (!command) return undefined;
		if (command.name === "good_job") {
			const port = process.environment.get("GOOD_JOB_PROBE_PORT");
			return port ? predictServer(process, { port, address: undefined }, { port: "0", address: "0.0.0.0" }) : QUIET;
		}
		// Solid Queue's `bin/jobs`; by its bare name it could be anything.
		const isJobs = command.name === "jobs" && (command.script !== undefined || textOf(process.argv[0])?.endsWith("bin/jobs") === true);
		return isJobs || COMMANDS.has(command.name) ? QUIET : undefined;
	},
};
