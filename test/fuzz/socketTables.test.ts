/** Socket tables of the kernel: what is printed of sockets is read back as these sockets, and spoilt texts are no sockets. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { type ListeningSocket, listeningSockets, splitTables } from "../../server/src/engine/sockets/procNet.ts";
import { fuzz } from "../support/fuzz.ts";
import { editsOf, mutated } from "./generators/mutations.ts";

const HEADER = {
	tcp: "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
	tcp6: "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
	udp: "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops",
	udp6: "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops",
} as const;
type Table = keyof typeof HEADER;

interface Row {
	readonly table: Table;
	readonly bytes: readonly number[];
	readonly port: number;
	readonly state: string;
	readonly inode: number;
}

const byte = fc.oneof(fc.constant(0), fc.nat(255));
const rows: fc.Arbitrary<readonly Row[]> = fc.array(
	fc.constantFrom<Table>("tcp", "tcp6", "udp", "udp6").chain((table) =>
		fc.record({
			table: fc.constant(table),
			bytes: table.endsWith("6") ? fc.array(byte, { minLength: 16, maxLength: 16 }) : fc.array(byte, { minLength: 4, maxLength: 4 }),
			port: fc.nat(65_535),
			state: fc.constantFrom("0A", "07", "01", "06"),
			inode: fc.integer({ min: 1, max: 0xffff_ffff }),
		}),
	),
	{ maxLength: 8 },
);

const inputs = fc.record({
	rows,
	endianness: fc.constantFrom<"LE" | "BE">("LE", "BE"),
	edits: fc.oneof(fc.constant([]), editsOf(["0A", "00000000:0050", "sl", "\n  sl  local_address \n"])),
});

fuzz(
	"socketTables",
	inputs,
	({ rows, endianness, edits }) => {
		const tables = (["tcp", "tcp6", "udp", "udp6"] as const).map((table) =>
			print(
				table,
				rows.filter((row) => row.table === table),
				endianness,
			),
		);
		const text = mutated(tables.join(""), edits);
		const sockets = listeningSockets(splitTables(text), endianness);
		for (const { port, address, inodes } of sockets ?? []) {
			assert.ok(Number.isInteger(port) && port >= 1 && port <= 65_535, `port ${port}`);
			assert.match(address, /^[\d.]+$|^[\da-f:]+$/);
			assert.ok(inodes.length > 0);
		}
		assert.deepEqual(listeningSockets(splitTables(text), endianness), sockets);
		if (edits.length > 0) return;
		assert.deepEqual(shown(sockets ?? assert.fail("no tables")), expected(rows));
	},
	{ runs: 2_000 },
);

/** As net/ipv4/tcp_ipv4.c prints it: words of four bytes in the machine's own order. */
function print(table: Table, rows: readonly Row[], endianness: "LE" | "BE"): string {
	const hex = (bytes: readonly number[]) => bytes.map((one) => one.toString(16).toUpperCase().padStart(2, "0")).join("");
	const lines = rows.map(({ bytes, port, state, inode }, i) => {
		const words = Array.from({ length: bytes.length / 4 }, (_, word) => {
			const four = bytes.slice(word * 4, word * 4 + 4);
			return hex(endianness === "LE" ? four.reverse() : four);
		}).join("");
		const remote = "0".repeat(bytes.length * 2);
		const end = table.startsWith("udp") ? "2 0000000000000000 0" : "1 0000000000000000 100 0 0 10 0";
		return `${String(i).padStart(4)}: ${words}:${hex([port >> 8, port & 255])} ${remote}:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} ${end}`;
	});
	return [HEADER[table], ...lines].map((line) => `${line}\n`).join("");
}

function expected(rows: readonly Row[]): readonly string[] {
	const accepting = rows.filter(({ table, state, port }) => state === (table.startsWith("tcp") ? "0A" : "07") && port > 0);
	return [...new Set(accepting.map(({ table, bytes, port }) => `${table.slice(0, 3)} ${plainly(bytes)} ${port}`))].sort();
}

function shown(sockets: readonly ListeningSocket[]): readonly string[] {
	return sockets.map(({ protocol, address, port }) => `${protocol} ${address.includes(":") ? canonical(address) : address} ${port}`).sort();
}

function plainly(bytes: readonly number[]): string {
	if (bytes.length === 4) return bytes.join(".");
	const mapped = bytes.slice(0, 12).join(",") === "0,0,0,0,0,0,0,0,0,0,255,255";
	return mapped
		? bytes.slice(12).join(".")
		: canonical(Array.from({ length: 8 }, (_, i) => ((bytes[i * 2] ?? 0) * 256 + (bytes[i * 2 + 1] ?? 0)).toString(16)).join(":"));
}

/** The platform's own way to write an address of IPv6. */
function canonical(address: string): string {
	return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}
