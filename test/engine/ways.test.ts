import { endianness } from "node:os";
import { after, before, suite, test } from "node:test";
import { type Engine, EngineProblem } from "../../server/src/engine/engine.ts";
import { watchContainers } from "../../server/src/engine/engines.ts";
import { hostHelper } from "../../server/src/engine/helper/helper.ts";
import { socketChain } from "../../server/src/engine/sockets/chain.ts";
import { execSockets } from "../../server/src/engine/sockets/exec.ts";
import { helperSockets } from "../../server/src/engine/sockets/helper.ts";
import { kernelSockets } from "../../server/src/engine/sockets/kernel.ts";
import type { SocketReader, Strategy } from "../../server/src/engine/sockets/live.ts";
import { kernelProc } from "../../server/src/engine/sockets/proc.ts";
import { systemTimers } from "../../server/src/engine/timers.ts";
import { realEngineWorld } from "../../server/src/engine/world.ts";
import { engineSkip, imageSkip } from "../support/engine/available.ts";
import { type Case, casesOf, httpd } from "../support/engine/cases.ts";
import { lab } from "../support/engine/containers.ts";
import { ensureImage } from "../support/engine/images.ts";
import { type Observer, observing } from "../support/engine/observe.ts";
import { docker } from "../support/engine/run.ts";

/** One way to read sockets and no other, with what it cannot tell: by case, or by image, the reason that it must give. */
interface Way {
	reader(engine: Engine): SocketReader;
	readonly unknown: Readonly<Record<string, string>>;
}

const HOST = "shares the host's network: cannot tell its sockets apart";
const NO_CAT = "the image has neither cat nor a shell";
const RESTARTING = "the container is restarting";

const nothing: Strategy = { unfit: () => "not tried", read: async () => new Map() };
const only = (part: object, probe: "kernel" | "exec" | "off", dispose = () => {}) =>
	socketChain({ kernel: nothing, exec: nothing, helper: nothing, ...part }, async () => new Map(), systemTimers, dispose, probe);
const machine = { platform: process.platform, endianness: endianness(), proc: kernelProc, connect: async () => false };

function byHelper(engine: Engine): SocketReader {
	const helper = hostHelper(engine);
	const reader = only({ helper: helperSockets(engine, helper, () => "LE") }, "off", () => helper.dispose());
	return {
		...reader,
		read(targets) {
			reader.allowHelper(targets.map(({ container }) => container.id));
			return reader.read(targets);
		},
	};
}

const ways: Readonly<Record<string, Way>> = {
	kernel: { reader: () => only({ kernel: kernelSockets(machine, true) }, "kernel"), unknown: { restarting: RESTARTING } },
	"inside the container": {
		reader: (engine) => only({ exec: execSockets(engine, () => "LE", systemTimers) }, "exec"),
		unknown: {
			restarting: RESTARTING,
			"host-network": HOST,
			paused: "the container is paused",
			scratch: NO_CAT,
			"webapp:noexpose": NO_CAT,
		},
	},
	"helper container": { reader: byHelper, unknown: { restarting: RESTARTING, "host-network": HOST } },
	"helper container in each network": {
		reader: (engine) =>
			byHelper({
				...engine,
				runAttached: (config) =>
					(config as { HostConfig: { PidMode?: string } }).HostConfig.PidMode === "host"
						? Promise.reject(new EngineProblem("denied", "not allowed here"))
						: engine.runAttached(config),
			}),
		unknown: { restarting: RESTARTING, "host-network": HOST },
	},
};

const ours = lab();
const { start, network, full, removeAll } = ours;
const BUSYBOX = "portlight-test/busybox";
const skipPython = await imageSkip("webapp:noexpose");

suite("every way to read sockets is right, or says why it does not know", { skip: await engineSkip() }, () => {
	const cases = casesOf(ours);
	const skipOf = ({ image }: Case) => image === "webapp:noexpose" && skipPython;
	before(async () => {
		await network("net");
		await network("v6", "--ipv6", "--subnet", `fd00:${(process.pid % 65536).toString(16)}::/64`);
		const startable = cases.filter((one) => !skipOf(one));
		for (const image of new Set(startable.map(({ image }) => image ?? BUSYBOX))) await ensureImage(image);
		await Promise.all(startable.map((one) => start(one.name, one.image ?? BUSYBOX, one.options, one.command)));
		await docker("pause", full("paused"));
		await start("joined", BUSYBOX, ["--network", `container:${full("joined-by")}`], httpd("3100"));
	});
	after(removeAll);

	for (const [name, way] of Object.entries(ways)) {
		suite(name, () => {
			let observer: Observer;
			before(() => {
				observer = observing((onChange) => watchContainers({ ...realEngineWorld(), sockets: way.reader }, systemTimers, onChange));
			});
			after(() => observer?.watch.dispose());
			for (const one of cases) {
				test(one.name, { skip: skipOf(one) }, async () => {
					const reason = way.unknown[one.name] ?? way.unknown[one.image ?? ""];
					const expected = reason === undefined || one.expected.includes("unknown: ") ? one.expected : unknownOf(one.expected, reason);
					await observer.until(full(one.name), name === "kernel" ? expected : withoutProcesses(expected), 30_000);
				});
			}
		});
	}
});

/** What is configured stays known; what listens does not. */
function unknownOf(expected: string, reason: string): string {
	const ports = expected
		.split("; ")
		.flatMap((port) => (/ (exposed|published)/.test(port) ? [`${port.replace(/ live .*| =.*/, "")} = unknown`] : []));
	return `${ports.join("; ") || "no ports"} (unknown: ${reason})`;
}

/** Only the kernel's own machine tells which process it is. */
function withoutProcesses(expected: string): string {
	return expected.replaceAll(/ (httpd|python)(?= )/g, "");
}
