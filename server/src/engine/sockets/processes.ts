import type { ProcFileSystem } from "./proc.ts";

/**
 * The processes of every container on this machine, by full container identifier. One pass over /proc serves all
 * containers. A container inside a container counts for both.
 */
export async function containerProcesses(proc: ProcFileSystem): Promise<ReadonlyMap<string, readonly number[]>> {
	const processes = new Map<string, number[]>();
	const pids = (await proc.list("").catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
	await Promise.all(
		pids.map(async (pid) => {
			const cgroup = await proc.read(`${pid}/cgroup`).catch(() => "");
			for (const id of new Set(cgroup.match(/[0-9a-f]{64}/g))) processes.set(id, [...(processes.get(id) ?? []), pid]);
		}),
	);
	return processes;
}

export interface SocketOwners {
	/** Socket inode to the name of a process that holds it. */
	readonly names: ReadonlyMap<number, string>;
	/** False when some process could not be looked into, so that an inode without a name says nothing. */
	readonly complete: boolean;
}

/** Who holds which socket, from the links in /proc/<pid>/fd. Only the same user, or root, may read those. */
export async function socketOwners(proc: ProcFileSystem, pids: readonly number[]): Promise<SocketOwners> {
	let complete = true;
	const owned = await Promise.all(
		[...pids]
			.sort((a, b) => b - a)
			.map(async (pid) => {
				const inodes = await socketInodes(proc, pid).catch((error: NodeJS.ErrnoException) => {
					complete &&= error.code === "ENOENT" || error.code === "ESRCH";
					return [];
				});
				return { inodes, name: inodes.length > 0 ? await processName(proc, pid) : "" };
			}),
	);
	// Workers share their parent's socket; the parent, which has the lower number, has the last word.
	return { names: new Map(owned.flatMap(({ inodes, name }) => inodes.map((inode) => [inode, name] as const))), complete };
}

async function socketInodes(proc: ProcFileSystem, pid: number): Promise<number[]> {
	const descriptors = await proc.list(`${pid}/fd`);
	// A descriptor may be closed between the two calls: then its link is gone, and so is its socket.
	const links = await Promise.all(descriptors.map((fd) => proc.link(`${pid}/fd/${fd}`).catch(() => "")));
	return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []).map(Number);
}

/**
 * What people call the process: the file name it was started by. Not /proc/<pid>/comm, which threads rename (Node shows
 * MainThread). Servers write a title there, `nginx: master process …`, of which the first word is the name.
 */
async function processName(proc: ProcFileSystem, pid: number): Promise<string> {
	const started = (await proc.read(`${pid}/cmdline`).catch(() => "")).split("\0")[0] ?? "";
	const name = (started.split(/[\s:]/)[0] ?? "").replace(/^.*\//, "").replace(/^-/, "");
	return name || (await proc.read(`${pid}/comm`).catch(() => "")).trim();
}
