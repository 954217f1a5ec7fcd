import { t } from "../../model/message.ts";
import { type Container, type Engine, EngineProblem } from "../engine.ts";
import { inParallel } from "../parallel.ts";
import type { Timers } from "../timers.ts";
import { type Answer, notItsOwn, type Strategy, TOO_EARLY } from "./live.ts";
import { type Endianness, listeningSockets, splitTables } from "./procNet.ts";

/**
 * Asks inside the container: runs `cat` there, or where there is none a shell's own words, and reads what they print of
 * /proc/net. Works wherever the engine is, and in sandboxes (whose own tables they are), but costs the engine a process and an
 * event each time. So it is done at most every `APART` milliseconds for a container, and never on Podman, where each one
 * leaves two processes behind for minutes.
 */
export function execSockets(engine: Engine, endianness: () => Endianness, timers: Timers): Strategy {
	/** By image: which of `WAYS` is the first that may work. */
	const ways = new Map<string, number>();
	/** When a container, or rather its current process, was asked last. */
	const asked = new Map<string, number>();
	let apart = APART;

	async function readOne(container: Container): Promise<Answer> {
		for (let way = ways.get(container.imageId) ?? 0; way < WAYS.length; way++) {
			const result = await engine.exec(container.id, WAYS[way] ?? []);
			if (result === undefined) return t("the container is no longer running");
			// POSIX: 126 when a program cannot be run, 127 when there is none. Engines say so too.
			if (result.exitCode === 126 || result.exitCode === 127) {
				ways.set(container.imageId, way + 1);
				continue;
			}
			const sockets = listeningSockets(splitTables(result.output), endianness());
			return (
				sockets?.map(({ protocol, address, port }) => ({ protocol, address, port, process: null })) ?? t("the socket tables cannot be read")
			);
		}
		return t("the image has neither cat nor a shell");
	}

	return {
		unfit(target) {
			const { container } = target;
			if (engine.about().kind === "podman") return t("Podman is not asked inside containers");
			if (container.state === "paused") return t("the container is paused");
			if (ways.get(container.imageId) === WAYS.length) return t("the image has neither cat nor a shell");
			return notItsOwn(target);
		},
		async read(targets) {
			const answers = new Map<string, Answer>();
			const began = timers.now();
			for (const key of asked.keys()) if (began - (asked.get(key) ?? 0) > 10 * apart) asked.delete(key);
			/** Containers of one network have the same sockets. */
			const namespaces = new Map<string, Promise<Answer>>();
			await inParallel(targets, AT_ONCE, async ({ container, namespace, age }) => {
				const key = `${container.id} ${container.pid} ${container.startedAt}`;
				if (age < SETTLED || began - (asked.get(key) ?? Number.NEGATIVE_INFINITY) < apart) {
					answers.set(container.id, TOO_EARLY);
					return;
				}
				asked.set(key, began);
				const before = namespaces.get(namespace ?? "") ?? Promise.resolve("");
				const reading = before.then((answer) => (typeof answer === "string" ? readOne(container).catch(problem) : answer));
				namespaces.set(namespace ?? "", reading);
				answers.set(container.id, await reading);
			});
			// However many containers there are, the engine's machine spends a small part of its time on this.
			apart = Math.max(APART, (timers.now() - began) * IDLE);
			return answers;
		},
	};
}

const FILES = ["/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6"];

/** A shell without `cat` still has `read`. Nothing is printed for a file that is not there, as with `cat`. */
const WAYS: readonly (readonly string[])[] = [
	["cat", ...FILES],
	["sh", "-c", `for file in ${FILES.join(" ")}; do while IFS= read -r line; do echo "$line"; done <"$file"; done 2>/dev/null; exit 0`],
];

const AT_ONCE = 3;
/** Milliseconds between two questions to a container. */
const APART = 30_000;
/** How many times as long as a round of questions the pause after it is at the least. */
const IDLE = 20;
/** Milliseconds after a start. A server needs a while, and the next question comes only much later. */
const SETTLED = 5_000;

function problem(error: unknown): string {
	if (error instanceof EngineProblem && error.state === "denied") return t("no permission to run anything inside the container");
	return t("the engine could not run anything inside the container");
}
