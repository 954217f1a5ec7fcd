import { predictServer, QUIET } from "../claims.ts";
import type { Technology } from "../technology.ts";
import { rubyCommand } from "./rubyCommand.ts";

/** Background workers, schedulers and tools that open no port, by their commands. */
const COMMANDS: ReadonlySet<string> = new Set([
	"backburner",
	"bundle",
	"bundler",
	"clockwork",
	"crono",
	"delayed_job",
	"gem",
	"inst-jobs",
	"irb",
	"jobs",
	"karafka",
	"que",
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
		return COMMANDS.has(command.name) ? QUIET : undefined;
	},
};
