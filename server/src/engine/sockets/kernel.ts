import { t } from "../../model/message.ts";
import { inParallel } from "../parallel.ts";
import { identityDoubt, noPermission } from "./identity.ts";
import { type Answer, hiddenFromKernel, type LiveSocket, notItsOwn, type Strategy, type Target } from "./live.ts";
import type { ProcFileSystem } from "./proc.ts";
import { containerProcesses, type SocketOwners, socketOwners } from "./processes.ts";
import { type Endianness, type ListeningSocket, listeningSockets } from "./procNet.ts";

/** Where sockets can be read from. Everything outside is injected; the real one is in `world.ts`. */
export interface Machine {
	/** As `process.platform`. Only Linux has /proc. */
	readonly platform: string;
	readonly endianness: Endianness;
	readonly proc: ProcFileSystem;
	/** Whether something answers at this address of this machine. Never rejects. */
	readonly connect: (host: string, port: number) => Promise<boolean>;
}

/**
 * Reads sockets from the kernel: the tables of the network namespace of the container's first process. Costs the engine
 * nothing, needs no root, works for paused containers and images without a shell. `local` is the engine's.
 */
export function kernelSockets(machine: Machine, local: boolean): Strategy {
	return {
		unfit(target) {
			if (!local) return t("the engine is on another machine");
			if (machine.platform !== "linux") return t("the engine runs in a virtual machine");
			return hiddenFromKernel(target);
		},
		async read(targets) {
			const pass = startPass(machine);
			const answers = new Map<string, Answer>();
			await inParallel(targets, AT_ONCE, async (target) => {
				answers.set(target.container.id, await readOne(target, machine, pass));
			});
			return answers;
		},
	};
}

/** More at once is not faster: each table read walks the kernel's whole hash table. */
const AT_ONCE = 4;

/** What one pass over several containers reads only once. */
interface Pass {
	/** By network namespace. */
	readonly tables: Map<string, Promise<readonly ListeningSocket[]>>;
	/** By container. */
	readonly processes: () => Promise<ReadonlyMap<string, readonly number[]>>;
	/** Owners among the processes of all containers, whoever's they are. */
	readonly allOwners: () => Promise<SocketOwners>;
}

function startPass({ proc }: Machine): Pass {
	const processes = once(() => containerProcesses(proc));
	const allOwners = once(async () => socketOwners(proc, [...new Set([...(await processes()).values()].flat())]));
	return { tables: new Map(), processes, allOwners };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
	let result: Promise<T> | undefined;
	return () => {
		result ??= work();
		return result;
	};
}

async function readOne(target: Target, machine: Machine, pass: Pass): Promise<Answer> {
	const doubt = await identityDoubt(target.container, machine.proc);
	if (doubt !== undefined) return doubt;
	let sockets: readonly ListeningSocket[];
	try {
		sockets = await readTables(target, machine, pass);
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		return code === "EACCES" || code === "EPERM" ? noPermission() : unreadable();
	}
	const owners = await readOwners(target, machine, pass, sockets);
	// The process may have ended, and its number may have been given away, while its tables were read.
	const laterDoubt = await identityDoubt(target.container, machine.proc);
	if (laterDoubt !== undefined) return laterDoubt;
	const foreign = notItsOwn(target);
	if (foreign !== undefined) {
		if (!owners.complete) return foreign;
		sockets = sockets.filter(({ inodes }) => inodes.some((inode) => owners.names.has(inode)));
	}
	return sockets.map((socket) => describe(socket, owners));
}

export const unreadable = () => t("the socket tables cannot be read");

function readTables({ container, namespace }: Target, machine: Machine, pass: Pass): Promise<readonly ListeningSocket[]> {
	const key = namespace ?? container.id;
	const reading = pass.tables.get(key) ?? readNamespace(container.pid, machine);
	pass.tables.set(key, reading);
	return reading;
}

async function readNamespace(pid: number, { proc, endianness }: Machine): Promise<readonly ListeningSocket[]> {
	const optional = (path: string) =>
		proc.read(path).catch((error: NodeJS.ErrnoException) => {
			if (error.code === "ENOENT") return undefined;
			throw error;
		});
	const [tcp, tcp6, udp, udp6] = await Promise.all([
		proc.read(`${pid}/net/tcp`),
		optional(`${pid}/net/tcp6`),
		proc.read(`${pid}/net/udp`),
		optional(`${pid}/net/udp6`),
	]);
	const sockets = listeningSockets({ tcp, tcp6, udp, udp6 }, endianness);
	if (!sockets) throw new Error("not a socket table");
	return sockets;
}

/** Complete when every process of the container could be looked into. */
async function readOwners(target: Target, machine: Machine, pass: Pass, sockets: readonly ListeningSocket[]): Promise<SocketOwners> {
	if (sockets.length === 0) return { names: new Map(), complete: true };
	const pids = (await pass.processes()).get(target.container.id) ?? [];
	const { names, complete } = await socketOwners(machine.proc, pids);
	const own = { names, complete: complete && pids.length > 0 };
	if (notItsOwn(target) !== undefined || sockets.every((socket) => socket.inodes.some((inode) => names.has(inode)))) return own;
	// The rest belongs to containers that share this network, and a container is not told who joined it.
	return { names: new Map([...(await pass.allOwners()).names, ...names]), complete: own.complete };
}

function describe(socket: ListeningSocket, owners: SocketOwners): LiveSocket {
	const name = socket.inodes.map((inode) => owners.names.get(inode)).find((found) => found !== undefined);
	return { protocol: socket.protocol, address: socket.address, port: socket.port, process: name ?? null };
}
