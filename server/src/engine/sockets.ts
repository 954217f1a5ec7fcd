import type { Container } from "./engine.ts";
import { identityDoubt, NO_PERMISSION } from "./identity.ts";
import type { ProcFileSystem } from "./proc.ts";
import { containerProcesses, type SocketOwners, socketOwners } from "./processes.ts";
import { type Endianness, type ListeningSocket, listeningSockets } from "./procNet.ts";

export interface LiveSocket {
	readonly protocol: "tcp" | "udp";
	readonly address: string;
	readonly port: number;
	/** Null when it may not be known. */
	readonly process: string | null;
}

/** What a container listens on. The reason is a short phrase, fit for "ports unknown: …". */
export type Live = { readonly known: true; readonly sockets: readonly LiveSocket[] } | { readonly known: false; readonly reason: string };

/** Where sockets can be read from. Everything outside is injected; the real one is in `world.ts`. */
export interface Machine {
	/** As `process.platform`. Only Linux has /proc. */
	readonly platform: string;
	readonly endianness: Endianness;
	readonly proc: ProcFileSystem;
}

/** Reads the live sockets of several containers in one go; every one of them has its answer in the result. */
export type SocketReader = (containers: readonly Container[]) => Promise<ReadonlyMap<string, Live>>;

/**
 * Reads sockets from the kernel: the tables of the network namespace of the container's first process. Costs the engine
 * nothing, needs no root, works for paused containers and images without a shell. `local` is the engine's.
 */
export function kernelSockets(machine: Machine, local: boolean): SocketReader {
	return async (containers) => {
		const pass = startPass(machine);
		const answers = new Map<string, Live>();
		const waiting = [...containers];
		const work = async () => {
			for (let next = waiting.shift(); next; next = waiting.shift()) {
				const reason = unreadable(next, machine, local);
				answers.set(next.id, reason === undefined ? await readOne(next, machine, pass) : unknown(reason));
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, work));
		return answers;
	};
}

/** More at once is not faster: each table read walks the kernel's whole hash table. */
const AT_ONCE = 4;

/** Runtimes whose containers are ordinary processes. Others (gVisor, Kata) have a network stack or a kernel of their own. */
const PLAIN_RUNTIMES = new Set(["", "oci", "runc", "crun", "youki", "nvidia", "io.containerd.runc.v2", "io.containerd.runtime.v1.linux"]);

function unreadable(container: Container, machine: Machine, local: boolean): string | undefined {
	if (container.state === "restarting") return "the container is restarting";
	if (!container.running || container.pid === 0) return "the container is not running";
	if (!local) return "the engine is on another machine";
	if (machine.platform !== "linux") return "the engine runs in a virtual machine";
	if (!PLAIN_RUNTIMES.has(container.runtime)) return `the runtime ${container.runtime} hides its sockets`;
	return undefined;
}

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

async function readOne(container: Container, machine: Machine, pass: Pass): Promise<Live> {
	const doubt = await identityDoubt(container, machine.proc);
	if (doubt !== undefined) return unknown(doubt);
	let sockets: readonly ListeningSocket[];
	try {
		sockets = await readTables(container, machine, pass);
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		return unknown(code === "EACCES" || code === "EPERM" ? NO_PERMISSION : "the socket tables cannot be read");
	}
	const owners = await readOwners(container, machine, pass, sockets);
	// The process may have ended, and its number may have been given away, while its tables were read.
	const laterDoubt = await identityDoubt(container, machine.proc);
	if (laterDoubt !== undefined) return unknown(laterDoubt);
	if (container.networkMode === "host") {
		if (!owners.complete) return unknown("shares the host's network: cannot tell its sockets apart");
		sockets = sockets.filter(({ inodes }) => inodes.some((inode) => owners.names.has(inode)));
	}
	return { known: true, sockets: sockets.map((socket) => describe(socket, owners)) };
}

/** Docker's words for whose network a container is in: `host`, `container:<id>`, else its own. */
export function namespaceOf(container: Container): string {
	if (container.networkMode === "host") return "host";
	return container.networkMode.startsWith("container:") ? container.networkMode.slice("container:".length) : container.id;
}

function readTables(container: Container, machine: Machine, pass: Pass): Promise<readonly ListeningSocket[]> {
	const namespace = namespaceOf(container);
	const reading = pass.tables.get(namespace) ?? readNamespace(container.pid, machine);
	pass.tables.set(namespace, reading);
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
async function readOwners(container: Container, machine: Machine, pass: Pass, sockets: readonly ListeningSocket[]): Promise<SocketOwners> {
	if (sockets.length === 0) return { names: new Map(), complete: true };
	const pids = (await pass.processes()).get(container.id) ?? [];
	const { names, complete } = await socketOwners(machine.proc, pids);
	const own = { names, complete: complete && pids.length > 0 };
	if (container.networkMode === "host" || sockets.every((socket) => socket.inodes.some((inode) => names.has(inode)))) return own;
	// The rest belongs to containers that share this network, and a container is not told who joined it.
	return { names: new Map([...(await pass.allOwners()).names, ...names]), complete: own.complete };
}

function describe(socket: ListeningSocket, owners: SocketOwners): LiveSocket {
	const name = socket.inodes.map((inode) => owners.names.get(inode)).find((found) => found !== undefined);
	return { protocol: socket.protocol, address: socket.address, port: socket.port, process: name ?? null };
}

function unknown(reason: string): Live {
	return { known: false, reason };
}
