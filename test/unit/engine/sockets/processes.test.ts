import assert from "node:assert/strict";
import { test } from "node:test";
import { containerProcesses, socketOwners } from "../../../../server/src/engine/sockets/processes.ts";
import { idOf, procOf } from "../../../support/engine/facts.ts";

test("processes by container, in one pass; who is nobody's or gone is left out", async () => {
	const processes = await containerProcesses(
		procOf({
			"": ["1", "100", "101", "200", "300", "meminfo", "self"],
			"1/cgroup": "0::/init.scope\n",
			"100/cgroup": `1:cpu:/docker/${idOf(1)}\n2:pids:/docker/${idOf(1)}\n`,
			"101/cgroup": `0::/docker/${idOf(1)}\n`,
			"200/cgroup": `0::/docker/${idOf(2)}/docker/${idOf(3)}\n`,
			"300/cgroup": "ENOENT",
		}),
	);
	assert.deepEqual([...(processes.get(idOf(1)) ?? [])].sort(), [100, 101]);
	assert.deepEqual([processes.get(idOf(2)), processes.get(idOf(3)), processes.size], [[200], [200], 3]);
});

test("no /proc is no process", async () => {
	assert.equal((await containerProcesses(procOf({}))).size, 0);
});

test("sockets belong to the parent where workers share them", async () => {
	const owners = await socketOwners(
		procOf({
			"100/fd": ["0", "3"],
			"100/fd/0": "-> /dev/null",
			"100/fd/3": "-> socket:[7]",
			"100/cmdline": "gunicorn: master [app]\0",
			"101/fd": ["3", "4"],
			"101/fd/3": "-> socket:[7]",
			"101/fd/4": "-> socket:[8]",
			"101/cmdline": "/usr/bin/worker\0--x\0",
		}),
		[100, 101],
	);
	assert.deepEqual(owners, {
		names: new Map([
			[8, "worker"],
			[7, "gunicorn"],
		]),
		complete: true,
	});
});

test("what may not be looked into makes the picture incomplete, what is gone does not", async () => {
	const proc = procOf({ "100/fd": "EACCES", "101/fd": "ENOENT" });
	assert.equal((await socketOwners(proc, [101])).complete, true);
	assert.equal((await socketOwners(proc, [100, 101])).complete, false);
});

for (const [cmdline, name] of [
	["python\0app.py\0", "python"],
	["/usr/sbin/nginx\0-g\0", "nginx"],
	["nginx: master process nginx -g daemon off;\0", "nginx"],
	["-sh\0", "sh"],
	["", "kept-comm"],
] as const) {
	test(`the name of ${JSON.stringify(cmdline)} is ${name}`, async () => {
		const proc = procOf({ "1/fd": ["3"], "1/fd/3": "-> socket:[7]", "1/cmdline": cmdline, "1/comm": "kept-comm\n" });
		assert.equal((await socketOwners(proc, [1])).names.get(7), name);
	});
}
