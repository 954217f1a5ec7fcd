import { stat } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { URI } from "vscode-uri";
import { analyseDockerfile } from "../compose/analyseDockerfile.ts";
import type { ContainerWatch } from "../engine/engines.ts";
import type { Timers } from "../engine/timers.ts";
import type { ContainerReport } from "../protocol.ts";
import type { World } from "../verdict/analyse.ts";
import { EXIT, type Output } from "./output.ts";
import { printable, printableJson } from "./printable.ts";
import { readVerifyOptions, VERIFY_USAGE, type VerifyOptions } from "./verifyOptions.ts";
import { comparePorts, type VerifiedPort, verifyTable } from "./verifyTable.ts";

/** What `portlight verify` needs of the machine. */
export interface VerifyWorld {
	readonly analysis: World;
	/** Watches the engine's containers, stopped ones too, until it is disposed. */
	watch(onChange: () => void, contexts: readonly string[]): ContainerWatch;
	readonly timers: Timers;
	/** Runs a program of the user's, its error output shown; never through a shell. Rejects when there is no such program. */
	run(argv: readonly string[]): Promise<{ readonly status: number; readonly out: string }>;
	readonly cwd: string;
}

/** Marks the containers that are made here, so that they can be told and found. */
const LABEL = "portlight.verify";

/**
 * `portlight verify PATH`: builds the image, starts it without a network and without capabilities, reads which ports it
 * listens on and compares them with the prediction. Answers the exit status: 0 when they agree, 1 when not, 2 for wrong usage,
 * when the build fails, and when nothing could be seen. Leaves no container behind, and no image that was not there before.
 */
export async function runVerify(args: readonly string[], world: VerifyWorld, output: Output): Promise<number> {
	const options = readVerifyOptions(args);
	const fail = (text: string) => {
		output.err(printable(`portlight verify: ${text}\n`));
		return EXIT.failed;
	};
	if (options === "help") {
		output.out(VERIFY_USAGE);
		return EXIT.clean;
	}
	if (typeof options === "string") return fail(`${options}\n\n${VERIFY_USAGE}`);
	const dockerfile = await dockerfileAt(resolve(world.cwd, options.path));
	if (dockerfile === undefined) return fail(`${options.path}: there is no Dockerfile.`);
	const uri = URI.file(dockerfile).toString();
	const read = await world.analysis.files.read(uri);
	if (read.kind !== "text") return fail(`${options.path} ${read.kind === "absent" ? "does not exist" : read.reason}.`);
	const { analysis } = await analyseDockerfile(
		world.analysis,
		{
			uri,
			text: read.text,
			roots: [URI.file(world.cwd).toString()],
			...(options.context === undefined ? {} : { context: URI.file(resolve(world.cwd, options.context)).toString() }),
			...(options.target === undefined ? {} : { target: options.target }),
			buildArguments: options.buildArguments,
		},
		"last stage",
	);
	const { target } = analysis;
	if (!target) return fail(options.target === undefined ? "The Dockerfile has no stage." : `There is no stage ${options.target}.`);

	let changed = () => {};
	const watch = world.watch(() => changed(), options.engine === undefined ? [] : [options.engine]);
	watch.setVisible(true, true);
	const made: { container?: string; image?: string } = {};
	let command: readonly string[] = [];
	try {
		const { engines } = await watch.report();
		const engine = engines.find(({ state }) => state === "connected");
		if (!engine) return fail(engines[0]?.message ?? "No container engine was found.");
		command = engine.command;
		output.err(`Building ${printable(relative(world.cwd, dockerfile) || basename(dockerfile))} …\n`);
		const before = new Set((await world.run([...command, "images", "--all", "--quiet", "--no-trunc"])).out.split(/\s+/));
		const built = await world.run([...command, ...buildArguments(options, dockerfile, URI.parse(analysis.context).fsPath)]);
		const image = built.out.trim().split(/\s+/).at(-1) ?? "";
		// What follows the options is run: it must be an image and nothing else.
		if (built.status !== 0 || !/^(sha256:)?[0-9a-f]{12,64}$/.test(image)) return fail("The image could not be built.");
		if (!before.has(image)) made.image = image;
		const started = await world.run([...command, ...RUN, image]);
		// `docker run` says the identifier even when the start fails.
		if (/^[0-9a-f]{12,64}$/.test(started.out.trim())) made.container = started.out.trim();
		if (started.status !== 0 || made.container === undefined) return fail("The container could not be started.");
		output.err("Started without a network and without capabilities; looking which ports open …\n");
		const id = made.container;
		const seen = await observe(watch, id, target.listeners, options.seconds, world.timers, (notify) => {
			changed = notify;
		});
		if (!seen) return fail("The container went away before it could be looked into.");
		if (!seen.running) return fail(`The container ended with status ${seen.exitCode ?? "unknown"} before it could be looked into.`);
		if (!seen.sockets.known) return fail(`Live ports unknown: ${seen.sockets.reason}.`);
		const ports = comparePorts(target.listeners, target.gaps.length > 0, seen.ports);
		output.out(options.format === "json" ? `${printableJson(jsonOf(ports))}\n` : verifyTable(ports, target.gaps, output.columns));
		return ports.some(({ verdict }) => verdict === "missing" || verdict === "unexpected") ? EXIT.findings : EXIT.clean;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return fail(`${command[0]} is not installed.`);
		throw error;
	} finally {
		if (made.container !== undefined) await world.run([...command, "rm", "--force", "--volumes", made.container]).catch(() => undefined);
		if (made.image !== undefined) await world.run([...command, "rmi", "--no-prune", made.image]).catch(() => undefined);
		watch.dispose();
	}
}

const RUN = [
	"run",
	"--detach",
	"--network=none",
	"--cap-drop=ALL",
	"--security-opt=no-new-privileges",
	"--pids-limit=512",
	"--restart=no",
	`--label=${LABEL}=1`,
];

function buildArguments(options: VerifyOptions, dockerfile: string, context: string): readonly string[] {
	const args = [...options.buildArguments].flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]);
	const target = options.target === undefined ? [] : ["--target", options.target];
	// A context that begins with a dash would be taken for an option.
	// A step that fails would leave its container behind.
	return ["build", "--quiet", "--force-rm", "--file", dockerfile, ...target, ...args, "--", context];
}

async function dockerfileAt(path: string): Promise<string | undefined> {
	try {
		if (!(await stat(path)).isDirectory()) return path;
	} catch {
		return undefined;
	}
	for (const name of ["Dockerfile", "Containerfile"]) {
		const file = join(path, name);
		if (
			await stat(file).then(
				(found) => found.isFile(),
				() => false,
			)
		)
			return file;
	}
	return undefined;
}

/** Looks until every predicted port is there and none came for a moment, or time is over. Undefined when the container is gone. */
async function observe(
	watch: ContainerWatch,
	id: string,
	predicted: readonly { readonly port: number; readonly protocol: string }[],
	seconds: number,
	timers: Timers,
	listen: (notify: () => void) => void,
): Promise<ContainerReport | undefined> {
	const end = timers.now() + seconds * 1_000;
	let last: ContainerReport | undefined;
	let quietSince = timers.now();
	for (;;) {
		const { containers } = await watch.report();
		const now = containers.find((one) => one.id.startsWith(id));
		if (JSON.stringify(now?.ports) !== JSON.stringify(last?.ports)) quietSince = timers.now();
		last = now ?? last;
		const all =
			now?.sockets.known &&
			predicted.every(({ port, protocol }) => now.ports.some((one) => one.port === port && one.protocol === protocol && one.live));
		if (last && !last.running && last.state !== "created") return last;
		if (timers.now() >= end || (all && timers.now() - quietSince >= QUIET)) return last;
		await new Promise<void>((wake) => {
			listen(wake);
			timers.after(Math.min(LOOK, Math.max(end - timers.now(), 0)), wake);
		});
	}
}

/** Milliseconds without a new port after which a server is taken to have opened all. */
const QUIET = 2_500;
/** Milliseconds between looks at what is known. */
const LOOK = 500;

function jsonOf(ports: readonly VerifiedPort[]) {
	return {
		version: 1,
		agrees: !ports.some(({ verdict }) => verdict === "missing" || verdict === "unexpected"),
		ports: ports.map(({ port, protocol, predicted, live, verdict }) => ({ port, protocol, predicted, live, verdict })),
	};
}
