import assert from "node:assert/strict";
import { test } from "node:test";
import { identityDoubt } from "../../../../server/src/engine/sockets/identity.ts";
import { container, idOf, type ProcText, procOf, STARTED } from "../../../support/engine/facts.ts";

const BOOT = STARTED / 1000 - 1000;
const stat = (ticks: number) => `100 (a) b) S 1 100 100 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 ${ticks} 0 0`;
const rootless: ProcText = {
	"100/cgroup": "0::/\n",
	"100/stat": stat(100_000),
	stat: `cpu 1\nbtime ${BOOT}\n`,
	"100/cmdline": "httpd\0-f\0",
};

for (const [title, proc, doubt] of [
	["version 1 names the container", { "100/cgroup": `9:pids:/docker/${idOf(1)}\n0::/\n` }, undefined],
	["version 2 names it in a systemd scope", { "100/cgroup": `0::/system.slice/docker-${idOf(1)}.scope\n` }, undefined],
	["another container's process", { "100/cgroup": `0::/docker/${idOf(2)}\n` }, /not on this machine/],
	["no such process", {}, /not on this machine/],
	["somebody else's, hidden", { "100/cgroup": "EACCES" }, /no permission/],
	["rootless: start time and command agree", rootless, undefined],
	["rootless: an interpreter in front", { ...rootless, "100/cmdline": "/bin/sh\0/usr/bin/httpd\0-f\0" }, undefined],
	["rootless: another start time", { ...rootless, "100/stat": stat(100_400) }, /not on this machine/],
	["rootless: another command", { ...rootless, "100/cmdline": "httpd\0-g\0" }, /not on this machine/],
	["rootless: a longer word with the same end", { ...rootless, "100/cmdline": "httpd\0x-f\0" }, /not on this machine/],
	["rootless: no command, a zombie", { ...rootless, "100/cmdline": "" }, /not on this machine/],
	["rootless: no boot time", { ...rootless, stat: "cpu 1\n" }, /not on this machine/],
] as const) {
	test(title, async () => {
		const answer = await identityDoubt(container(), procOf(proc as ProcText));
		if (doubt === undefined) assert.equal(answer, undefined);
		else assert.match(answer ?? "", doubt);
	});
}

test("a command that is not known proves nothing", async () => {
	assert.match((await identityDoubt(container({ argv: [] }), procOf(rootless))) ?? "", /not on this machine/);
});
