import type { Container, ImageConfig } from "../../../server/src/engine/engine.ts";
import type { ProcFileSystem } from "../../../server/src/engine/sockets/proc.ts";
import type { Port } from "../../../server/src/model/port.ts";

/** A container for tests: an httpd on the bridge network, started at `STARTED`, with what the test is about. */
export function container(facts: Partial<Container> = {}): Container {
	return {
		id: idOf(1),
		name: "web",
		image: "web:1",
		imageId: "sha256:web",
		argv: ["httpd", "-f"],
		state: "running",
		running: true,
		pid: 100,
		createdAt: new Date(STARTED).toISOString(),
		startedAt: new Date(STARTED).toISOString(),
		finishedAt: null,
		exitCode: 0,
		health: null,
		labels: {},
		project: null,
		networkMode: "bridge",
		runtime: "runc",
		networks: [{ name: "bridge", ip: "172.17.0.2", ip6: null }],
		declared: [],
		requested: [],
		published: [],
		...facts,
	};
}

export function image(...exposed: Port[]): ImageConfig {
	return { id: "sha256:web", exposed, env: [], entrypoint: [], cmd: [], workingDir: "", user: "", layers: [] };
}

export function tcp(port: number): Port {
	return { port, protocol: "tcp" };
}

export function udp(port: number): Port {
	return { port, protocol: "udp" };
}

/** A full container identifier that ends in `number`. */
export function idOf(number: number): string {
	return String(number).padStart(64, "0");
}

/** Milliseconds since 1970. */
export const STARTED = Date.UTC(2024, 4, 1, 10, 0, 0);

/** /proc as text: a string is a file, an array a folder, `-> target` a link, an error code what reading it fails with. */
export type ProcText = Readonly<Record<string, string | readonly string[]>>;

export function procOf(text: ProcText): ProcFileSystem {
	const at = (path: string): string | readonly string[] => {
		const entry = text[path] ?? "ENOENT";
		if (typeof entry === "string" && /^E[A-Z]+$/.test(entry)) throw Object.assign(new Error(entry), { code: entry });
		return entry;
	};
	return {
		read: async (path) => at(path) as string,
		list: async (path) => at(path) as readonly string[],
		link: async (path) => (at(path) as string).replace(/^-> /, ""),
	};
}

export const TCP_HEADER = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
export const UDP_HEADER =
	"   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n";

/** One row of /proc/net/tcp: a listening socket. `address` in the kernel's hexadecimal, as a little-endian machine prints it. */
export function listening(address: string, port: number, inode: number): string {
	const hex = port.toString(16).toUpperCase().padStart(4, "0");
	return `   0: ${address}:${hex} 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100 0 0 10 0\n`;
}
