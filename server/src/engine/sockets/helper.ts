import { t } from "../../model/message.ts";
import { type Engine, EngineProblem } from "../engine.ts";
import { type Helper, type ProcessFiles, readWithin } from "../helper/helper.ts";
import { helperImage } from "../helper/image.ts";
import { inParallel } from "../parallel.ts";
import { namesContainer } from "./identity.ts";
import { unreadable } from "./kernel.ts";
import { type Answer, hiddenFromKernel, notItsOwn, type Strategy, type Target } from "./live.ts";
import { type Endianness, listeningSockets } from "./procNet.ts";

/**
 * Reads the kernel's tables through a helper container on the engine's machine: one for all containers, or where that is not
 * allowed one after the other in each container's network. Sees scratch images and paused containers, on any engine.
 */
export function helperSockets(engine: Engine, helper: Helper, endianness: () => Endianness): Strategy {
	/** The engine lets nobody into its machine's process namespace. */
	let refused = false;

	function describe(files: ProcessFiles | undefined): Answer {
		const { "net/tcp": tcp, "net/tcp6": tcp6, "net/udp": udp, "net/udp6": udp6 } = files ?? NOTHING;
		if (tcp === null || tcp6 === null || udp === null || udp6 === null) return unreadable();
		const sockets = listeningSockets({ tcp, tcp6, udp, udp6 }, endianness());
		return sockets?.map(({ protocol, address, port }) => ({ protocol, address, port, process: null })) ?? unreadable();
	}

	/** The number of a process that has ended may be another's by now: its control group tells, else the engine does. */
	async function stillThere({ container }: Target, files: ProcessFiles): Promise<boolean> {
		if (namesContainer(files.cgroup ?? "", container.id)) return true;
		const now = await engine.inspect(container.id);
		return now?.running === true && now.pid === container.pid && now.startedAt === container.startedAt;
	}

	async function readTogether(targets: readonly Target[], answers: Map<string, Answer>): Promise<void> {
		const representatives = targets.filter(({ namespace }, index) => targets.findIndex((one) => one.namespace === namespace) === index);
		const read = await helper.read(representatives.map(({ container }) => container.pid));
		const byNamespace = new Map<string | null, Answer>();
		await inParallel(representatives.entries(), AT_ONCE, async ([index, target]) => {
			const files = read[index];
			byNamespace.set(target.namespace, files && (await stillThere(target, files)) ? describe(files) : t("its process has ended"));
		});
		for (const { container, namespace } of targets) answers.set(container.id, byNamespace.get(namespace) ?? unreadable());
	}

	async function readApart(targets: readonly Target[], answers: Map<string, Answer>): Promise<void> {
		const readings = new Map<string | null, Promise<Answer>>();
		await inParallel(targets, AT_ONCE, async ({ container, namespace }) => {
			const reading = readings.get(namespace) ?? readWithin(engine, container.id).then(describe, problem);
			readings.set(namespace, reading);
			answers.set(container.id, await reading);
		});
	}

	return {
		unfit: (target) => hiddenFromKernel(target) ?? notItsOwn(target) ?? unsupported(engine),
		async read(targets) {
			const answers = new Map<string, Answer>();
			try {
				if (!refused) await readTogether(targets, answers);
			} catch (error) {
				if (error instanceof EngineProblem && error.state === "denied") refused = true;
				else for (const { container } of targets) answers.set(container.id, problem(error));
			}
			if (refused) await readApart(targets, answers);
			return answers;
		},
	};
}

const NOTHING: ProcessFiles = {
	cgroup: undefined,
	"net/tcp": undefined,
	"net/tcp6": undefined,
	"net/udp": undefined,
	"net/udp6": undefined,
};
const AT_ONCE = 2;

function unsupported(engine: Engine): string | undefined {
	const { architecture } = engine.about();
	return helperImage(architecture) ? undefined : t("the helper does not run on {0} machines", architecture || t("unknown"));
}

function problem(error: unknown): string {
	if (error instanceof EngineProblem && error.state === "denied") return t("the engine does not allow the helper container");
	return t("the helper container could not be run");
}
