import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerWatch } from "../../server/src/engine/engines.ts";
import { knownImages } from "../../server/src/image/knownImages.ts";
import { createLiveImages } from "../../server/src/liveImages.ts";
import { memoryFiles } from "../support/memoryFiles.ts";

const TREE = {
	"/a/Dockerfile": 'FROM python:3\nCMD ["python", "a.py"]\n',
	"/b/Dockerfile": 'FROM python:3\nCMD ["python", "b.py"]\n',
	"/twin/Dockerfile": 'FROM python:3\nCMD ["python", "b.py"]\n',
};

/** Containers by name, with the program of their image and the ports that are seen. */
function watchOf(containers: Record<string, { program: string; ports: number[]; loopback?: boolean; known?: boolean }>) {
	let inspections = 0;
	const reports = Object.entries(containers).map(([name, { ports, loopback, known = true }]) => ({
		engine: "default",
		name,
		imageId: `sha256:${name}`,
		running: true,
		labels: {},
		sockets: { known },
		ports: ports.map((port) => ({ port, protocol: "tcp", live: true, addresses: [loopback ? "127.0.0.1" : "0.0.0.0"] })),
	}));
	const watch = {
		report: async () => ({ engines: [], containers: reports }),
		engine: () => ({
			inspectImage: async (id: string) => {
				inspections++;
				return { entrypoint: [], cmd: ["python", containers[id.slice("sha256:".length)]?.program], workingDir: "", exposed: [], env: [] };
			},
		}),
	} as unknown as ContainerWatch;
	return { watch, inspections: () => inspections };
}

const world = { files: memoryFiles(TREE), baseImages: knownImages };
const uri = (folder: string) => `file:///${folder}/Dockerfile`;

test("the containers of a Dockerfile, told when they change", async () => {
	const { watch, inspections } = watchOf({
		web: { program: "a.py", ports: [80] },
		inner: { program: "a.py", ports: [90], loopback: true },
		blind: { program: "a.py", ports: [91], known: false },
		other: { program: "x.py", ports: [92] },
	});
	const live = createLiveImages(world, () => watch);
	assert.equal(await live.update([uri("a"), uri("b")]), true);
	assert.deepEqual(live.of(uri("a")), [
		{ name: "web", ports: [{ port: 80, protocol: "tcp" }] },
		{ name: "inner", ports: [] },
	]);
	assert.deepEqual(live.of(uri("b")), []);
	assert.equal(await live.update([uri("a"), uri("b")]), false);
	assert.equal(inspections(), 3, "each image is asked for once");
});

test("of two Dockerfiles that start the same nobody is told", async () => {
	const { watch } = watchOf({ web: { program: "b.py", ports: [80] } });
	const live = createLiveImages(world, () => watch);
	await live.update([uri("b"), uri("twin")]);
	assert.deepEqual([live.of(uri("b")), live.of(uri("twin"))], [[], []]);
});

test("a storm of changes is looked at once more, not once for each", async () => {
	let reports = 0;
	const { watch } = watchOf({});
	const report = () => {
		reports++;
		return watch.report();
	};
	const live = createLiveImages(world, () => ({ ...watch, report }));
	await Promise.all(Array.from({ length: 100 }, () => live.update([uri("a")])));
	assert.ok(reports <= 2, String(reports));
});

test("no engine was asked for yet", async () => {
	const live = createLiveImages(world, () => undefined);
	assert.equal(await live.update([uri("a")]), false);
});
