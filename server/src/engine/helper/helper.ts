import { t } from "../../model/message.ts";
import { type AttachedContainer, type Engine, EngineProblem } from "../engine.ts";
import { HELPER_LABEL, HELPER_PATH, helperImage } from "./image.ts";
import { HELPER_FILES } from "./program.ts";

/** The texts of a process's files, by `HELPER_FILES`. Undefined: there is no such file. Null: it could not be read. */
export type ProcessFiles = Readonly<Record<(typeof HELPER_FILES)[number], string | undefined | null>>;

/** A helper container, started when it is first asked and again when it has ended. */
export interface Helper {
	/**
	 * The files of processes, by the numbers that the engine gives them. Rejects with an `EngineProblem` when the helper cannot
	 * be started or does not answer.
	 */
	read(pids: readonly number[]): Promise<readonly ProcessFiles[]>;
	/** Ends the container; the engine then removes it. */
	dispose(): void;
}

/** Milliseconds for an answer. Each table read walks the kernel's whole hash table. */
const PATIENCE = 20_000;

/** One helper in the process namespace of the engine's machine, for all containers. */
export function hostHelper(engine: Engine): Helper {
	return helper(engine, { PidMode: "host", UsernsMode: "host", CgroupnsMode: "host", NetworkMode: "none" });
}

/** A helper in the network of one container, for machines that let nobody into their process namespace. It reads what it sees itself. */
export async function readWithin(engine: Engine, containerId: string): Promise<ProcessFiles | undefined> {
	const one = helper(engine, { NetworkMode: `container:${containerId}` });
	try {
		return (await one.ask(["self"]))[0];
	} finally {
		one.dispose();
	}
}

function helper(engine: Engine, place: object): Helper & { ask(words: readonly string[]): Promise<readonly ProcessFiles[]> } {
	let running: Promise<AttachedContainer> | undefined;
	/** Questions wait for the ones before: the answers come one after the other. */
	let last: Promise<unknown> = Promise.resolve();
	let over = false;

	async function start(): Promise<AttachedContainer> {
		const image = helperImage(engine.about().architecture);
		if (!image)
			throw new EngineProblem("foreign", t("The helper does not run on {0} machines.", engine.about().architecture || t("unknown")));
		const there = await engine.inspectImage(image.reference);
		// It sees every process of the machine: what only has its name is replaced.
		const isOwn = there !== undefined && (there.layers.length === 0 || (there.layers.length === 1 && there.layers[0] === image.layer));
		if (!isOwn) await engine.importImage(image.reference, image.tar, image.platform, LABELS);
		await removeLeftovers(engine);
		return engine.runAttached({
			Image: image.reference,
			Entrypoint: [HELPER_PATH],
			Labels: LABELS,
			User: "65534:65534",
			HostConfig: { ...CAGE, ...place },
		});
	}

	async function exchange(words: readonly string[]): Promise<readonly ProcessFiles[]> {
		running ??= start();
		const container = await running;
		container.write(words.map((word) => `${word}\n`).join(""));
		const files: (string | undefined | null)[] = [];
		while (files.length < words.length * HELPER_FILES.length) files.push(readFile(await container.readUntil(0, PATIENCE)));
		return words.map((_, index) => {
			const own = files.slice(index * HELPER_FILES.length, (index + 1) * HELPER_FILES.length);
			return Object.fromEntries(HELPER_FILES.map((name, at) => [name, own[at]])) as ProcessFiles;
		});
	}

	async function ask(words: readonly string[]): Promise<readonly ProcessFiles[]> {
		if (over) throw new EngineProblem("silent", t("The helper has ended."));
		const before = running;
		try {
			return await exchange(words);
		} catch (error) {
			end();
			// It ends by itself when nobody has asked for a while.
			if (!before || over) throw error;
			return exchange(words);
		}
	}

	function end(): void {
		running?.then(
			(container) => container.close(),
			() => {},
		);
		running = undefined;
	}

	const inTurn = (words: readonly string[]) => {
		const answer = last.then(() => ask(words));
		last = answer.catch(() => {});
		return answer;
	};
	return {
		ask: inTurn,
		read: (pids) => (pids.length === 0 ? Promise.resolve([]) : inTurn(pids.map(String))),
		dispose() {
			over = true;
			end();
		},
	};
}

/** Milliseconds after which a helper that was created is not about to be started by somebody else. */
const FORGOTTEN = 60_000;

/** Helpers of a process that was killed between creating and starting them: the engine removes only what has run. */
async function removeLeftovers(engine: Engine): Promise<void> {
	for (const { id, labels, state, createdAt } of await engine.list(true))
		if (HELPER_LABEL in labels && state === "created" && Date.parse(createdAt) < Date.now() - FORGOTTEN) await engine.act(id, "remove");
}

const LABELS = { [HELPER_LABEL]: "1" };

/**
 * What the helper may do: nothing but look. It ends with the connection that feeds it (see `runAttached`), the engine removes it
 * then, and it keeps no log.
 */
const CAGE = {
	AutoRemove: true,
	ReadonlyRootfs: true,
	CapDrop: ["ALL"],
	SecurityOpt: ["no-new-privileges"],
	IpcMode: "none",
	Memory: 16 << 20,
	PidsLimit: 4,
	LogConfig: { Type: "none" },
};

/** The mark that the program puts at the end of a file (see `helperProgram`); tables and control groups end with a newline. */
function readFile(text: string): string | undefined | null {
	if (text.endsWith("!")) return null;
	return text.endsWith("-") ? undefined : text;
}
