import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { listeningSockets, type SocketTables, splitTables } from "../../../../server/src/engine/sockets/procNet.ts";

// Recorded from sockets that a script opened in a network namespace of its own.
const recorded: SocketTables = { tcp: table("tcp"), tcp6: table("tcp6"), udp: table("udp"), udp6: table("udp6") };

function table(name: string): string {
	return readFileSync(new URL(`../../../fixtures/procNet/${name}.txt`, import.meta.url), "utf8");
}

function names(tables: SocketTables, endianness?: "LE" | "BE"): string[] | undefined {
	return listeningSockets(tables, endianness)
		?.map(({ protocol, address, port }) => `${protocol} ${address} ${port}`)
		.sort();
}

const TCP_HEADER = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const UDP_HEADER = `${TCP_HEADER.trimEnd()} ref pointer drops\n`;
const row = (local: string, state: string, inode: number) =>
	`   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100 0 0 10 0\n`;
const empty: SocketTables = { tcp: TCP_HEADER, tcp6: undefined, udp: UDP_HEADER, udp6: undefined };

test("a recorded namespace: listening sockets only, each once, Docker's resolver left out", () => {
	assert.deepEqual(names(recorded), [
		"tcp 0.0.0.0 7002",
		"tcp 0.0.0.0 80",
		"tcp 0.0.0.0 8123",
		"tcp 10.77.0.6 8081",
		"tcp 127.0.0.1 7003",
		"tcp 127.0.0.1 9000",
		"tcp 127.0.0.11 53",
		"tcp 127.0.0.53 53",
		"tcp :: 443",
		"tcp :: 7000",
		"tcp ::1 7001",
		"tcp fd00:77::6 7004",
		"udp 0.0.0.0 46993",
		"udp 0.0.0.0 5353",
		"udp 127.0.0.1 5355",
		"udp 224.0.0.251 5354",
		"udp :: 5353",
		"udp ::1 5356",
	]);
});

test("sockets that share a port keep all their inodes", () => {
	const shared = listeningSockets(recorded)?.find(({ port }) => port === 8123);
	assert.deepEqual([...(shared?.inodes ?? [])].sort(), [30366, 30367, 30368]);
});

test("no header is no measurement, a table with only a header is none", () => {
	assert.deepEqual(names(empty), []);
	for (const text of [undefined, "", "\n", "cat: can't open '/proc/net/tcp'", row("00000000:0050", "0A", 1)]) {
		assert.equal(names({ ...empty, tcp: text }), undefined, `tcp: ${text}`);
		assert.equal(names({ ...empty, udp: text }), undefined, `udp: ${text}`);
		if (text !== undefined) assert.equal(names({ ...empty, tcp6: text }), undefined, `tcp6: ${text}`);
	}
});

test("a table that was cut in the middle is no measurement", () => {
	const whole = TCP_HEADER + row("00000000:0050", "0A", 1) + row("00000000:0051", "0A", 2);
	for (let length = 0; length < whole.length; length++) {
		const answer = names({ ...empty, tcp: whole.slice(0, length) });
		// Cut after a line it looks whole: nothing can tell.
		if (whole[length - 1] !== "\n") assert.equal(answer, undefined, whole.slice(0, length));
	}
	for (const bad of ["garbage\n", "   0: \n", "\n"]) assert.equal(names({ ...empty, tcp: TCP_HEADER + bad }), undefined);
});

test("tables that were printed one after the other are told apart by their headers", () => {
	const { tcp = "", tcp6 = "", udp = "", udp6 = "" } = recorded;
	assert.deepEqual(splitTables(tcp + tcp6 + udp + udp6), recorded);
	assert.deepEqual(splitTables(udp6 + tcp), { tcp, tcp6: undefined, udp: undefined, udp6 });
	for (const text of ["", "cat: not found\n", `sh: 1: cat: not found\n${tcp}`])
		assert.equal(listeningSockets(splitTables(text)), undefined, text);
	assert.equal(listeningSockets(splitTables(tcp + udp.slice(0, -20))), undefined, "the last one is not whole");
});

test("rows that no socket has are passed over", () => {
	for (const bad of [row("0000:0050", "0A", 1), row("00000000:0000", "0A", 1), row("ZZZZZZZZ:0050", "0A", 1)]) {
		assert.deepEqual(names({ ...empty, tcp: TCP_HEADER + bad + row("00000000:0051", "0A", 2) }), ["tcp 0.0.0.0 81"], bad);
	}
});

test("big-endian machines print the bytes the other way round", () => {
	assert.deepEqual(names({ ...empty, tcp: TCP_HEADER + row("7F000001:0050", "0A", 1) }, "BE"), ["tcp 127.0.0.1 80"]);
});

for (const [words, address] of [
	["00000000000000000000000000000000", "::"],
	["00000000000000000000000001000000", "::1"],
	["B80D0120000000000000000001000000", "2001:db8::1"],
	["B80D0120000000000000010001000000", "2001:db8::1:0:0:1"],
	["B80D0120010001000100010001000100", "2001:db8:1:1:1:1:1:1"],
	["B80D0120000001000100010001000100", "2001:db8:1:0:1:1:1:1"],
	["000080FE00000000FF005450BA98FEFE", "fe80::5054:ff:fefe:98ba"],
	["0000000000000000FFFF00000100007F", "127.0.0.1"],
] as const) {
	test(`IPv6 ${words} is ${address}`, () => {
		const text = TCP_HEADER + row(`${words}:0050`, "0A", 1);
		assert.deepEqual(names({ ...empty, tcp6: text }), [`tcp ${address} 80`]);
	});
}

test("of several pairs on 127.0.0.11 the one with the nearest inodes is Docker's", () => {
	const on = (port: number) => `0B00007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
	const tcp = TCP_HEADER + row(on(40001), "0A", 500) + row(on(40002), "0A", 900);
	const udp = UDP_HEADER + row(on(41001), "07", 502) + row(on(41002), "07", 700);
	assert.deepEqual(names({ ...empty, tcp, udp }), ["tcp 127.0.0.11 40002", "udp 127.0.0.11 41002"]);
});

test("a lone socket on 127.0.0.11 is the application's", () => {
	assert.deepEqual(names({ ...empty, tcp: TCP_HEADER + row("0B00007F:9C41", "0A", 500) }), ["tcp 127.0.0.11 40001"]);
});

test("the first and the last port are ports, none is not", () => {
	const tcp = `${TCP_HEADER}${row("00000000:0001", "0A", 1)}${row("00000000:FFFF", "0A", 2)}${row("00000000:0000", "0A", 3)}`;
	assert.deepEqual(names({ ...empty, tcp }), ["tcp 0.0.0.0 1", "tcp 0.0.0.0 65535"]);
});

test("Docker's resolver is on 127.0.0.11 alone, from the first ephemeral port on", () => {
	const both = (local: string) => ({ ...empty, tcp: TCP_HEADER + row(local, "0A", 10), udp: UDP_HEADER + row(local, "07", 11) });
	assert.deepEqual(names(both("0B00007F:8000")), []);
	assert.deepEqual(names(both("0B00007F:7FFF")), ["tcp 127.0.0.11 32767", "udp 127.0.0.11 32767"]);
	assert.deepEqual(names(both("0100007F:8000")), ["tcp 127.0.0.1 32768", "udp 127.0.0.1 32768"]);
});

test("an IPv6 address is mapped only behind ten bytes of nothing", () => {
	const tcp6 = `${TCP_HEADER}${row("0000000100000000FFFF00000100007F:0050", "0A", 1)}`;
	assert.deepEqual(names({ ...empty, tcp6 }), ["tcp 100::ffff:7f00:1 80"]);
});

test("a row without its inode was cut off", () => {
	const cut = row("00000000:0050", "0A", 1).split(/\s+/).slice(1, 10).join(" ");
	assert.equal(names({ ...empty, tcp: `${TCP_HEADER}${cut}\n` }), undefined);
});
