import { t } from "../../model/message.ts";
import type { Container } from "../engine.ts";
import type { ProcFileSystem } from "./proc.ts";

/**
 * Whether the process with the number `container.pid` on this machine really is the container's: an engine in a virtual
 * machine, in WSL or behind a forwarded socket counts processes of its own, and the same number here is somebody else.
 *
 * Proof is the container's identifier in /proc/<pid>/cgroup. Rootless engines on cgroup version 1 show `/` there; then
 * the start time and the command must both agree. Answers `undefined` when proven, else the reason.
 */
export async function identityDoubt(container: Container, proc: ProcFileSystem): Promise<string | undefined> {
	const { pid } = container;
	try {
		const cgroup = await proc.read(`${pid}/cgroup`);
		if (namesContainer(cgroup, container.id)) return undefined;
		// Another container's process is certainly not this one's.
		if (/[0-9a-f]{64}/.test(cgroup)) return notHere();
		const [stat, system, cmdline] = await Promise.all([proc.read(`${pid}/stat`), proc.read("stat"), proc.read(`${pid}/cmdline`)]);
		const born = startTime(stat, system);
		const claimed = Date.parse(container.startedAt ?? "");
		if (born === undefined || !(Math.abs(born - claimed) < START_TOLERANCE)) return notHere();
		return sameCommand(cmdline, container.argv) ? undefined : notHere();
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		if (code === "EACCES" || code === "EPERM") return noPermission();
		return (await hidden(proc)) ? t("no permission: /proc is mounted with hidepid") : notHere();
	}
}

/**
 * Whether these lines of /proc/<pid>/cgroup are those of a process of this container. Engines put the identifier into the path in
 * their own ways (`/docker/<id>`, `/system.slice/docker-<id>.scope`, `libpod-<id>.scope/container`, `/../<id>` where the reader has a
 * cgroup namespace of its own). The innermost one counts: an engine inside a container nests its containers below.
 */
export function namesContainer(cgroup: string, id: string): boolean {
	return cgroup.split("\n").some((line) => line.match(/[0-9a-f]{64}/g)?.at(-1) === id);
}

/** Mounted with hidepid=2 (or 4, by the newer words invisible and ptraceable), /proc denies that other users' processes exist. */
async function hidden(proc: ProcFileSystem): Promise<boolean> {
	const mounts = await proc.read("self/mountinfo").catch(() => "");
	return mounts.split("\n").some((line) => / \/proc .* - proc /.test(line) && /\bhidepid=(2|4|invisible|ptraceable)\b/.test(line));
}

export const noPermission = () => t("no permission to look inside the container");
const notHere = () => t("its process is not on this machine");

/** Milliseconds. `btime` has whole seconds, and the engine notes the start a little after the kernel. */
const START_TOLERANCE = 3_000;
/** Clock ticks a second in /proc, fixed by the kernel's interface for every architecture that Node runs on (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** Milliseconds since 1970: field 22 of /proc/<pid>/stat on top of `btime` of /proc/stat. */
function startTime(stat: string, system: string): number | undefined {
	// The second field is the process's name in parentheses and may itself contain blanks and parentheses.
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	const ticks = Number(fields[19]);
	const boot = Number(/^btime (\d+)$/m.exec(system)?.[1]);
	return Number.isFinite(ticks) && Number.isFinite(boot) ? (boot + ticks / TICKS_PER_SECOND) * 1000 : undefined;
}

/** A script's interpreter stands in front of what was started, so the ends must agree, whole words only. */
function sameCommand(cmdline: string, argv: readonly string[]): boolean {
	const words = cmdline.split("\0").slice(0, -1);
	if (argv.length === 0 || words.length < argv.length) return false;
	const tail = words.slice(-argv.length);
	return tail.every((word, index) => word === argv[index] || (index === 0 && baseName(word) === baseName(argv[0] ?? "")));
}

function baseName(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}
