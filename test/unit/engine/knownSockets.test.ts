import assert from "node:assert/strict";
import { test } from "node:test";
import { knownSockets } from "../../../server/src/engine/knownSockets.ts";

const ann = { env: {}, home: "/home/ann", platform: "linux", uid: 1000 };
const urls = (places: Partial<Parameters<typeof knownSockets>[0]>) => knownSockets({ ...ann, ...places }).map(({ url }) => url);

for (const [title, places, socket, maker] of [
	["Docker, and so first", {}, "unix:///var/run/docker.sock", "Docker"],
	["Docker Desktop on Linux", {}, "unix:///home/ann/.docker/desktop/docker.sock", "Docker Desktop"],
	["Docker Desktop on macOS", { platform: "darwin" }, "unix:///home/ann/.docker/run/docker.sock", "Docker Desktop"],
	["rootless", { env: { XDG_RUNTIME_DIR: "/run/u" } }, "unix:///run/u/docker.sock", "Rootless Docker"],
	["rootless, in a session without XDG_RUNTIME_DIR", {}, "unix:///run/user/1000/docker.sock", "Rootless Docker"],
	["Podman", {}, "unix:///run/user/1000/podman/podman.sock", "Podman"],
	["Podman as root", {}, "unix:///run/podman/podman.sock", "Podman as root"],
	["Colima", {}, "unix:///home/ann/.colima/default/docker.sock", "Colima"],
	["Colima in the XDG folder", { env: { XDG_CONFIG_HOME: "/c" } }, "unix:///c/colima/default/docker.sock", "Colima"],
	["OrbStack", { platform: "darwin" }, "unix:///home/ann/.orbstack/run/docker.sock", "OrbStack"],
	["Rancher Desktop", {}, "unix:///home/ann/.rd/docker.sock", "Rancher Desktop"],
	[
		"a Podman machine",
		{ platform: "darwin", env: { TMPDIR: "/var/folders/x/" } },
		"unix:///var/folders/x/podman/podman-machine-default-api.sock",
		"Podman machine",
	],
	["Windows", { platform: "win32", uid: null }, "npipe:////./pipe/docker_engine", "Docker"],
	["Docker Desktop on Windows", { platform: "win32" }, "npipe:////./pipe/dockerDesktopLinuxEngine", "Docker Desktop, Linux containers"],
	["a Podman machine on Windows", { platform: "win32" }, "npipe:////./pipe/podman-machine-default", "Podman machine"],
] as const) {
	test(title, () => {
		const found = knownSockets({ ...ann, ...places });
		assert.equal(found.find(({ url }) => url === socket)?.maker, maker);
		if (title.includes("first") || title === "Windows") assert.equal(found[0]?.url, socket);
	});
}

test("nothing is looked for in places that have no name", () => {
	assert.ok(!urls({ uid: null }).some((url) => url.includes("undefined") || url.includes("/run/user")));
	assert.ok(!urls({ platform: "win32" }).some((url) => url.startsWith("unix:")));
});
