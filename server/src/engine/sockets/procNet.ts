/**
 * The socket tables of a network namespace, `/proc/<pid>/net/{tcp,tcp6,udp,udp6}`, as proc(5) and the kernel's
 * net/ipv4/tcp_ipv4.c, net/ipv4/udp.c and their IPv6 siblings print them. Pure: text in, sockets out.
 */
export interface ListeningSocket {
	readonly protocol: "tcp" | "udp";
	/** `0.0.0.0`, `::`, `127.0.0.1`, … IPv4 addresses mapped into IPv6 are written as IPv4. */
	readonly address: string;
	readonly port: number;
	/** More than one with SO_REUSEPORT. They lead to the processes that hold the socket. */
	readonly inodes: readonly number[];
}

/** Undefined: the file could not be read. */
export interface SocketTables {
	readonly tcp: string | undefined;
	/** Missing where IPv6 is switched off, which is no fault. */
	readonly tcp6: string | undefined;
	readonly udp: string | undefined;
	readonly udp6: string | undefined;
}

/** The byte order of the machine that printed the tables: the kernel prints each 32-bit word of an address in its own. */
export type Endianness = "LE" | "BE";

/** Every socket that accepts traffic. Undefined when a table is not one: nothing was measured, which is not "none". */
export function listeningSockets(tables: SocketTables, endianness: Endianness = "LE"): readonly ListeningSocket[] | undefined {
	const rows: Row[] = [];
	for (const [text, protocol, required] of [
		[tables.tcp, "tcp", true],
		[tables.tcp6, "tcp", false],
		[tables.udp, "udp", true],
		[tables.udp6, "udp", false],
	] as const) {
		const parsed = text === undefined ? undefined : parseTable(text, protocol, endianness);
		if (parsed) rows.push(...parsed);
		else if (required || text !== undefined) return undefined;
	}
	return merge(withoutDockerDns(rows));
}

/**
 * The tables one after the other, as one program printed them: their headers tell them apart, and a table that is not there was
 * not printed. A text that does not begin with a header holds no tables.
 */
export function splitTables(text: string): SocketTables {
	const tables: Record<keyof SocketTables, string | undefined> = { tcp: undefined, tcp6: undefined, udp: undefined, udp6: undefined };
	for (const part of text.split(/^(?= *sl +local_address )/m)) {
		const header = part.slice(0, part.indexOf("\n"));
		if (!isHeader(header)) return { ...tables, tcp: undefined };
		const protocol = /\sdrops\b/.test(header) ? "udp" : "tcp";
		tables[/\sremote_address\s/.test(header) ? (`${protocol}6` as const) : protocol] = part;
	}
	return tables;
}

interface Row {
	readonly protocol: "tcp" | "udp";
	readonly address: string;
	readonly port: number;
	readonly inode: number;
}

/** include/net/tcp_states.h: TCP_LISTEN, and TCP_CLOSE, which is what a UDP socket without a peer shows. */
const ACCEPTING = { tcp: "0A", udp: "07" } as const;

/** Which field of a row, counted from 0 */
const INODE = 9;

function isHeader(line: string): boolean {
	return /^\s*sl\s+local_address\s/.test(line);
}

function parseTable(text: string, protocol: "tcp" | "udp", endianness: Endianness): Row[] | undefined {
	const [header = "", ...lines] = text.split("\n");
	// The kernel ends every line; what comes after the last end is the beginning of a line that was cut off.
	if (!isHeader(header) || lines.pop() !== "") return undefined;
	const rows = lines.map((line) => line.trim().split(/\s+/));
	if (rows.some((fields) => fields.length <= INODE)) return undefined;
	return rows.flatMap((fields) => {
		if (fields[3] !== ACCEPTING[protocol]) return [];
		const [word = "", portText = ""] = (fields[1] ?? "").split(":");
		const address = readAddress(word, endianness);
		const port = Number.parseInt(portText, 16);
		const inode = Number(fields[INODE]);
		return address && port >= 1 && port <= 65535 ? [{ protocol, address, port, inode }] : [];
	});
}

/**
 * Docker's resolver on user-defined networks: one UDP and one TCP socket on 127.0.0.11, on ports that the kernel chose
 * (libnetwork/resolver.go). Both are opened one after the other, so of several pairs it is the one whose inodes are
 * nearest; they are not always consecutive. An application's own socket on 127.0.0.11:53 stays.
 */
function withoutDockerDns(rows: readonly Row[]): readonly Row[] {
	const candidates = rows.filter((row) => row.address === "127.0.0.11" && row.port >= FIRST_EPHEMERAL_PORT);
	const pairs = candidates
		.filter((row) => row.protocol === "udp")
		.flatMap((udp) => candidates.filter((row) => row.protocol === "tcp").map((tcp) => ({ udp, tcp })))
		.sort((a, b) => Math.abs(a.udp.inode - a.tcp.inode) - Math.abs(b.udp.inode - b.tcp.inode));
	const resolver = pairs[0];
	return resolver ? rows.filter((row) => row !== resolver.udp && row !== resolver.tcp) : rows;
}

/** The kernel's default net.ipv4.ip_local_port_range, from which sockets without a port of their own get one. */
export const FIRST_EPHEMERAL_PORT = 32_768;
export const LAST_EPHEMERAL_PORT = 60_999;

/** Several sockets on one address and port (SO_REUSEPORT) are one to whoever connects. */
function merge(rows: readonly Row[]): ListeningSocket[] {
	const sockets = new Map<string, ListeningSocket>();
	for (const { inode, ...row } of rows) {
		const key = `${row.protocol} ${row.address} ${row.port}`;
		sockets.set(key, { ...row, inodes: [...(sockets.get(key)?.inodes ?? []), inode] });
	}
	return [...sockets.values()];
}

function readAddress(hex: string, endianness: Endianness): string | undefined {
	if (!/^(?:[0-9A-F]{8}){1,4}$/i.test(hex) || (hex.length !== 8 && hex.length !== 32)) return undefined;
	const bytes: number[] = [];
	for (let word = 0; word < hex.length; word += 8) {
		const four = [0, 2, 4, 6].map((at) => Number.parseInt(hex.slice(word + at, word + at + 2), 16));
		bytes.push(...(endianness === "LE" ? four.reverse() : four));
	}
	if (bytes.length === 4) return bytes.join(".");
	const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
	return mapped ? bytes.slice(12).join(".") : formatIPv6(bytes);
}

/** RFC 5952: no leading zeros, the longest run of two or more zero groups becomes `::`, the first of equals wins. */
function formatIPv6(bytes: readonly number[]): string {
	const groups = Array.from({ length: 8 }, (_, i) => (((bytes[i * 2] ?? 0) << 8) | (bytes[i * 2 + 1] ?? 0)).toString(16));
	let best = { start: 0, length: 1 };
	for (let start = 0; start < 8; start++) {
		let length = 0;
		while (groups[start + length] === "0") length++;
		if (length > best.length) best = { start, length };
	}
	if (best.length < 2) return groups.join(":");
	return `${groups.slice(0, best.start).join(":")}::${groups.slice(best.start + best.length).join(":")}`;
}
