/** How a wrapper's own words end: after how many words that are no flags the wrapped program stands. */
export interface Wrapper {
	/** Words that must follow its name: `run` of `poetry run`; "" stands for none. */
	readonly verbs?: readonly string[];
	/** Words of its own that are no flags: the user of `gosu USER program`. */
	readonly operands?: number;
	/** Whether such a word names the folder that the program runs in. */
	readonly folderOperand?: boolean;
	/** Whether such a word names the user that the program runs as. */
	readonly userOperand?: boolean;
	/** Flags that take the next word as their value. */
	readonly withValue?: readonly string[];
	/** Flags whose value names the user. */
	readonly userFlags?: readonly string[];
	/** Whether NAME=value words set the program's environment. */
	readonly assigns?: boolean;
	/** The program stands behind `--`; `always`: without one, nothing is wrapped. */
	readonly untilDashes?: "always" | "preferred";
	/** Flags whose value is a text for a shell. */
	readonly shellFlags?: readonly string[];
	/** Flags behind which a Python module is named. */
	readonly moduleFlags?: readonly string[];
	/** Whether the wrapped program is one word that a shell runs. */
	readonly runsText?: boolean;
	/** Whether words that nobody knows follow: those that `xargs` reads. */
	readonly isFed?: boolean;
	/** Whether a file that ends in .py is run by Python. */
	readonly runsPython?: boolean;
}

const PYTHON_RUN: Wrapper = { verbs: ["run"], runsPython: true };
const CONDA: Wrapper = {
	verbs: ["run"],
	withValue: ["-n", "--name", "-p", "--prefix", "--cwd", "-e", "--env", "-r", "--root-prefix", "-a", "--attach"],
	runsPython: true,
};
const STEP_DOWN: Wrapper = { operands: 1, userOperand: true };
const WAITS: Wrapper = { untilDashes: "always" };
const NPX: Wrapper = { withValue: ["-p", "--package", "--registry", "--cache"], shellFlags: ["-c", "--call"] };

/** Programs that start another one in their place, each as its manual says. */
export const WRAPPERS: Readonly<Record<string, Wrapper | undefined>> = {
	__proto__: null as never,
	authbind: {},
	"aws-vault": { verbs: ["exec"], untilDashes: "always" },
	berglas: { verbs: ["exec"], untilDashes: "always" },
	bundle: { verbs: ["exec"] },
	bunx: { withValue: ["-p", "--package"] },
	catatonit: {},
	// execline's, behind programs that run their arguments without a shell.
	cd: { operands: 1, folderOperand: true },
	chamber: { verbs: ["exec"], untilDashes: "always" },
	chpst: { userFlags: ["-u"], withValue: ["-U", "-e", "-/", "-n", "-l", "-L", "-m", "-d", "-o", "-p", "-f", "-c", "-b"] },
	chroot: { operands: 1 },
	chrt: { operands: 1 },
	conda: CONDA,
	"cross-env": { assigns: true },
	"cross-env-shell": { assigns: true },
	"dbus-run-session": {},
	"ddtrace-run": {},
	doas: { userFlags: ["-u"], withValue: ["-C"] },
	"docker-init": {},
	"docker-php-entrypoint": {},
	dockerize: {
		withValue: [
			"-wait",
			"--wait",
			"-timeout",
			"--timeout",
			"-template",
			"--template",
			"-stdout",
			"-stderr",
			"-env",
			"-env-section",
			"-env-header",
			"-delims",
			"-wait-retry-interval",
			"-wait-http-header",
			"-poll",
		],
	},
	doppler: {
		verbs: ["run"],
		untilDashes: "preferred",
		shellFlags: ["--command"],
		withValue: ["-p", "--project", "-c", "--config", "-t", "--token", "--fallback", "--mount", "--mount-template", "--name-transformer"],
	},
	dotenv: {
		verbs: ["run", ""],
		untilDashes: "preferred",
		withValue: ["-e", "-f", "--file", "-v", "-p", "-c"],
	},
	dotenvx: { verbs: ["run"], untilDashes: "preferred", withValue: ["-f", "--env-file", "-e", "--env", "-fk"] },
	"dumb-init": { withValue: ["-r", "--rewrite"] },
	eatmydata: {},
	"elasticapm-run": {},
	entr: {},
	"entrypoint-demoter": { withValue: ["--match", "--stdin-on-term", "--debug-wait"] },
	env: { assigns: true, withValue: ["-u", "--unset", "-C", "--chdir"], shellFlags: ["-S", "--split-string"] },
	"env-cmd": { withValue: ["-f", "--file", "-e", "--environments", "-r", "--rc-file"] },
	envconsul: { withValue: ["-prefix", "-secret", "-config", "-consul-addr", "-vault-addr", "-service", "-log-level"] },
	exec: {},
	firejail: {},
	fixuid: {},
	flock: { operands: 1, withValue: ["-w", "--timeout", "-E", "--conflict-exit-code"] },
	gosu: STEP_DOWN,
	gow: { verbs: ["run"] },
	infisical: {
		verbs: ["run"],
		untilDashes: "preferred",
		shellFlags: ["--command"],
		withValue: ["--env", "--path", "--token", "--projectId", "--domain", "-e", "-t"],
	},
	ionice: { withValue: ["-c", "-n", "--class", "--classdata"] },
	linux32: {},
	linux64: {},
	mamba: CONDA,
	micromamba: CONDA,
	"newrelic-admin": { verbs: ["run-program"] },
	nice: { withValue: ["-n", "--adjustment"] },
	nohup: {},
	npx: NPX,
	nsenter: { withValue: ["-t", "--target", "-S", "--setuid", "-G", "--setgid"] },
	numactl: { withValue: ["-C", "-m", "-N", "-i"] },
	op: { verbs: ["run"], untilDashes: "always" },
	"opentelemetry-instrument": {
		withValue: [
			"--traces_exporter",
			"--metrics_exporter",
			"--logs_exporter",
			"--service_name",
			"--exporter_otlp_endpoint",
			"--exporter_otlp_traces_endpoint",
			"--propagators",
			"--id_generator",
			"--resource_attributes",
		],
	},
	pid1: {},
	pipenv: PYTHON_RUN,
	poetry: { ...PYTHON_RUN, withValue: ["-C", "--directory", "-P", "--project"] },
	prlimit: { withValue: ["-o", "--output"] },
	proxychains4: { withValue: ["-f"] },
	proot: { withValue: ["-r", "-b", "-w"] },
	reflex: {
		untilDashes: "preferred",
		withValue: ["-r", "--regex", "-R", "--inverse-regex", "-g", "--glob", "-G", "--inverse-glob", "-d", "--decoration", "-t"],
	},
	rye: PYTHON_RUN,
	"s6-applyuidgid": { withValue: ["-u", "-g", "-G"] },
	"s6-notifyoncheck": { withValue: ["-3", "-c", "-n", "-s", "-t", "-T", "-w"] },
	"s6-setuidgid": STEP_DOWN,
	setpriv: {
		userFlags: ["--reuid"],
		withValue: ["--regid", "--groups", "--bounding-set", "--inh-caps", "--ambient-caps", "--securebits", "--pdeathsig", "--selinux-label"],
	},
	scl: { verbs: ["enable"], operands: 1, runsText: true },
	setarch: { operands: 1 },
	setsid: {},
	setuser: STEP_DOWN,
	setuidgid: STEP_DOWN,
	sops: { verbs: ["exec-env"], operands: 1, runsText: true },
	stdbuf: { withValue: ["-i", "-o", "-e"] },
	strace: { withValue: ["-e", "-o", "-p", "-s", "-P", "-E", "-u"] },
	"su-exec": STEP_DOWN,
	sudo: { assigns: true, userFlags: ["-u", "--user"], withValue: ["-g", "--group", "-h", "--host", "-p", "-C", "-D", "-R", "-T", "-U"] },
	summon: { withValue: ["-f", "-p", "-e", "--provider", "--environment"] },
	"systemd-cat": { withValue: ["-t", "-p", "--identifier", "--priority"] },
	taskset: { operands: 1 },
	teller: { verbs: ["run"], untilDashes: "always" },
	time: { withValue: ["-f", "-o"] },
	timeout: { operands: 1, withValue: ["-k", "-s", "--kill-after", "--signal"] },
	tini: { withValue: ["-p", "-e"] },
	"tini-static": { withValue: ["-p", "-e"] },
	torify: {},
	torsocks: {},
	tsocks: {},
	unbuffer: {},
	unshare: {},
	uv: {
		...PYTHON_RUN,
		moduleFlags: ["-m", "--module"],
		withValue: [
			"--package",
			"-p",
			"--python",
			"--with",
			"--with-requirements",
			"--with-editable",
			"--extra",
			"--group",
			"--only-group",
			"--no-group",
			"--project",
			"--directory",
			"--env-file",
			"--index-url",
			"--cache-dir",
			"--config-file",
		],
	},
	uvx: { withValue: ["--from", "--with", "-p", "--python", "--index-url"] },
	valgrind: {},
	"vault-env": {},
	"wait-for": WAITS,
	"wait-for-it": WAITS,
	"wait-for-it.sh": WAITS,
	"wait-for.sh": WAITS,
	"wait-port": {},
	waitforit: WAITS,
	watchexec: {
		untilDashes: "preferred",
		withValue: [
			"-e",
			"--exts",
			"-w",
			"--watch",
			"-i",
			"--ignore",
			"-f",
			"--filter",
			"-s",
			"--signal",
			"-d",
			"--debounce",
			"--stop-signal",
			"--shell",
		],
	},
	watchmedo: {
		verbs: ["auto-restart", "shell-command"],
		untilDashes: "preferred",
		shellFlags: ["--command", "-c"],
		withValue: [
			"-d",
			"--directory",
			"-p",
			"--pattern",
			"--patterns",
			"-i",
			"--ignore-patterns",
			"--signal",
			"--kill-after",
			"--debounce-interval",
		],
	},
	"with-contenv": {},
	xargs: { withValue: ["-a", "-d", "-E", "-I", "-L", "-n", "-P", "-s"], isFed: true },
	yasu: STEP_DOWN,
	"xvfb-run": { withValue: ["-s", "-n", "-e", "-f", "-w", "-p", "--server-args", "--server-num", "--error-file", "--auth-file"] },
};
