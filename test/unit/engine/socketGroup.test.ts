import assert from "node:assert/strict";
import { test } from "node:test";
import { readGroups, remedy } from "../../../server/src/engine/socketGroup.ts";

const groups = readGroups("root:x:0:\ndocker:x:999:bob,ann\nbroken\n:x:1:\nengine:x:77:\nbad:x:y:\n");

test("groups are read, broken lines are left out", () => {
	assert.deepEqual(groups, [
		{ name: "root", gid: 0, members: [] },
		{ name: "docker", gid: 999, members: ["bob", "ann"] },
		{ name: "engine", gid: 77, members: [] },
	]);
});

const DOCKER = "/var/run/docker.sock";
for (const [title, socket, user, words] of [
	["the socket's own group", { path: DOCKER, gid: 77, mode: 0o140660 }, "ann", /--groups engine \$USER/],
	["not in the group", { path: DOCKER, gid: 999, mode: 0o140660 }, "eve", /--groups docker \$USER/],
	[
		"in the group since a moment",
		{ path: DOCKER, gid: 999, mode: 0o140660 },
		"ann",
		/in the group docker, but were not.*log out and in again/,
	],
	["root's alone", { path: DOCKER, gid: 0, mode: 0o140660 }, "ann", /belongs to root alone/],
	["closed to its group", { path: DOCKER, gid: 999, mode: 0o140600 }, "ann", /belongs to root alone/],
	["a group without a name", { path: DOCKER, gid: 4, mode: 0o140660 }, "ann", /belongs to root alone/],
	["Podman of root", { path: "/run/podman/podman.sock", gid: 0, mode: 0o140660 }, "ann", /systemctl --user start podman\.socket/],
] as const) {
	test(title, () => assert.match(remedy(socket, groups, user), words));
}
