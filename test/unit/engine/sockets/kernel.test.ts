import assert from "node:assert/strict";
import { test } from "node:test";
import type { Container } from "../../../../server/src/engine/engine.ts";
import { kernelSockets, type Machine } from "../../../../server/src/engine/sockets/kernel.ts";
import type { Answer, Target } from "../../../../server/src/engine/sockets/live.ts";
import type { ProcFileSystem } from "../../../../server/src/engine/sockets/proc.ts";
import { container, idOf, listening, type ProcText, procOf, TCP_HEADER, UDP_HEADER } from "../../../support/engine/facts.ts";

const ANY = "00000000";
const LOOPBACK = "0100007F";

/** The process `pid` of the container `id`, which listens on what `tcp` says; it holds the inodes of its `fd`. */
function processText(pid: number, id: string, tcp: string, inodes: readonly number[]): ProcText {
	return {
		[`${pid}/cgroup`]: `0::/docker/${id}\n`,
		[`${pid}/cmdline`]: "/usr/sbin/httpd\0-f\0",
		[`${pid}/net/tcp`]: TCP_HEADER + tcp,
		[`${pid}/net/udp`]: UDP_HEADER,
		[`${pid}/fd`]: inodes.map(String),
		...Object.fromEntries(inodes.map((inode) => [`${pid}/fd/${inode}`, `-> socket:[${inode}]`])),
	};
}

const web: ProcText = { "": ["100"], ...processText(100, idOf(1), listening(ANY, 80, 7) + listening(LOOPBACK, 9000, 8), [7, 8]) };

function machine(proc: ProcFileSystem, platform = "linux"): Machine {
	return { platform, endianness: "LE", proc, connect: async () => false };
}

function target(facts: Partial<Container> = {}, namespace?: string | null): Target {
	const one = container(facts);
	return { container: one, namespace: namespace === undefined ? (facts.networkMode === "host" ? "host" : one.id) : namespace, age: 1e9 };
}

async function read(text: ProcText, facts: Partial<Container> = {}, local = true, platform = "linux"): Promise<Answer | undefined> {
	const one = target(facts);
	const strategy = kernelSockets(machine(procOf(text), platform), local);
	return strategy.unfit(one) ?? (await strategy.read([one])).get(one.container.id);
}

const words = (answer: Answer | undefined) =>
	Array.isArray(answer) ? answer.map(({ protocol, address, port, process }) => `${address}:${port}/${protocol} ${process}`) : answer;

test("what the kernel says, with the process's name", async () => {
	assert.deepEqual(words(await read(web)), ["0.0.0.0:80/tcp httpd", "127.0.0.1:9000/tcp httpd"]);
});

test("a paused container still listens", async () => {
	assert.deepEqual(words(await read(web, { state: "paused" })), ["0.0.0.0:80/tcp httpd", "127.0.0.1:9000/tcp httpd"]);
});

test("names are a nicety: sockets are known without", async () => {
	assert.deepEqual(words(await read({ ...web, "100/fd": "EACCES" })), ["0.0.0.0:80/tcp null", "127.0.0.1:9000/tcp null"]);
});

test("measured, and nothing listens", async () => {
	assert.deepEqual(await read({ ...web, "100/net/tcp": TCP_HEADER }), []);
});

for (const [title, text, facts, local, platform, reason] of [
	["a remote engine", web, {}, false, "linux", "the engine is on another machine"],
	["a Mac", web, {}, true, "darwin", "the engine runs in a virtual machine"],
	["a sandbox", web, { runtime: "runsc" }, true, "linux", "the runtime runsc hides its sockets"],
	[
		"another process with that number",
		{ ...web, "100/cgroup": `0::/docker/${idOf(2)}\n` },
		{},
		true,
		"linux",
		"its process is not on this machine",
	],
	["hidden tables", { ...web, "100/net/tcp": "EACCES" }, {}, true, "linux", "no permission to look inside the container"],
	["hidden IPv6 table", { ...web, "100/net/tcp6": "EPERM" }, {}, true, "linux", "no permission to look inside the container"],
	["a table that is none", { ...web, "100/net/tcp": "" }, {}, true, "linux", "the socket tables cannot be read"],
	["no table", { ...web, "100/net/udp": "ENOENT" }, {}, true, "linux", "the socket tables cannot be read"],
] as const) {
	test(`unknown: ${title}`, async () => {
		assert.deepEqual(await read(text as ProcText, facts, local, platform), reason);
	});
}

test("the process ends, and its number is given away, while its tables are read", async () => {
	const proc = procOf(web);
	let tables = 0;
	const changing: ProcFileSystem = {
		...proc,
		read(path) {
			if (path.startsWith("100/net/")) tables++;
			return path === "100/cgroup" && tables > 0 ? Promise.resolve(`0::/docker/${idOf(9)}\n`) : proc.read(path);
		},
	};
	const live = (await kernelSockets(machine(changing), true).read([target()])).get(idOf(1));
	assert.deepEqual(live, "its process is not on this machine");
});

test("the host's network: only the container's own sockets, and only when all of its processes can be looked into", async () => {
	const shared: ProcText = { "": ["100"], ...processText(100, idOf(1), listening(ANY, 22, 5) + listening(ANY, 80, 7), [7]) };
	assert.deepEqual(words(await read(shared, { networkMode: "host" })), ["0.0.0.0:80/tcp httpd"]);
	const hidden = await read({ ...shared, "100/fd": "EACCES" }, { networkMode: "host" });
	assert.deepEqual(words(hidden), "shares the host's network: cannot tell its sockets apart");
});

test("another container's network: its sockets, read once, named for the processes of both", async () => {
	const both: ProcText = {
		...web,
		"": ["100", "200"],
		...processText(200, idOf(2), "", []),
		"200/cmdline": "joined\0",
		"200/fd": ["3"],
		"200/fd/3": "-> socket:[9]",
		"100/net/tcp": TCP_HEADER + listening(ANY, 80, 7) + listening(ANY, 3100, 9),
	};
	let reads = 0;
	const proc = procOf(both);
	const counting: ProcFileSystem = {
		...proc,
		read(path) {
			if (path.endsWith("/net/tcp")) reads++;
			return proc.read(path);
		},
	};
	const joined = target({ id: idOf(2), name: "joined", pid: 200, networkMode: `container:${idOf(1)}` }, idOf(1));
	const answers = await kernelSockets(machine(counting), true).read([target(), joined]);
	for (const id of [idOf(1), idOf(2)]) assert.deepEqual(words(answers.get(id)), ["0.0.0.0:80/tcp httpd", "0.0.0.0:3100/tcp joined"]);
	assert.equal(reads, 1);
});

test("every container has its answer", async () => {
	const many = Array.from({ length: 20 }, (_, index) => target({ id: idOf(index + 1) }));
	const answers = await kernelSockets(machine(procOf(web)), true).read(many);
	assert.equal(answers.size, 20);
	assert.equal([...answers.values()].filter(Array.isArray).length, 1);
});
