import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readJson } from "../../../../server/src/config/json.ts";
import { type DevContainer, readDevContainer, workspaceOf } from "../../../../server/src/manifests/devcontainer/devContainer.ts";
import { likelyText } from "../../../../server/src/model/value.ts";

function read(content: object, path = ".devcontainer/devcontainer.json"): DevContainer {
	const { root } = readJson({ uri: `file:///ws/shop/${path}`, text: JSON.stringify(content), origin: { line: 0, character: 0 } });
	return readDevContainer(root ?? assert.fail());
}

suite("dev container files", () => {
	for (const [path, folder] of [
		[".devcontainer/devcontainer.json", "file:///ws/shop"],
		[".devcontainer/python/devcontainer.json", "file:///ws/shop"],
		[".devcontainer.json", "file:///ws/shop"],
		["app/.devcontainer/devcontainer.json", "file:///ws/shop/app"],
	] as const) {
		test(`${path} is of the folder ${folder}`, () => assert.equal(workspaceOf(`file:///ws/shop/${path}`), folder));
	}

	test("a build: paths start beside the file, the context is the Dockerfile's folder", () => {
		const { source } = read({ build: { dockerfile: "../docker/Dockerfile", target: "dev", args: { A: "1", B: "${localEnv:X:2}" } } });
		assert.ok(source?.kind === "build");
		const { context, dockerfile, target, args } = source.build;
		assert.deepEqual([context, dockerfile, target], ["file:///ws/shop/docker", "file:///ws/shop/docker/Dockerfile", "dev"]);
		assert.deepEqual(Object.fromEntries(args), { A: "1", B: "2" });
	});

	test("a context of its own, and the older form", () => {
		const contexts = [{ build: { dockerfile: "D", context: ".." } }, { dockerFile: "D", context: ".." }].map((one) => {
			const { source } = read(one);
			return source?.kind === "build" ? source.build.context : undefined;
		});
		assert.deepEqual(contexts, ["file:///ws/shop", "file:///ws/shop"]);
	});

	test("images and builds sleep, services start, overrideCommand decides", () => {
		const starts = [
			{ image: "x" },
			{ dockerComposeFile: "c.yaml", service: "s" },
			{ image: "x", overrideCommand: false },
			{ dockerComposeFile: "c.yaml", service: "s", overrideCommand: true },
		].map((one) => read(one).starts);
		assert.deepEqual(starts, [false, true, true, false]);
	});

	test("the folder is mounted, and so is what mounts names", () => {
		const { mounts } = read({
			image: "x",
			mounts: [
				"source=${localWorkspaceFolder}/conf,target=/etc/app,type=bind",
				{ type: "volume", source: "cache", target: "/cache" },
				"none",
			],
		});
		assert.deepEqual(
			mounts.map(({ source, target }) => [source, target]),
			[
				["file:///ws/shop", "/workspaces/shop"],
				["file:///ws/shop/conf", "/etc/app"],
				[undefined, "/cache"],
			],
		);
	});

	test("workspaceMount and workspaceFolder", () => {
		const { mounts, workspaceFolder } = read({
			image: "x",
			workspaceMount: "source=${localWorkspaceFolder},target=/src,type=bind",
			workspaceFolder: "/src",
		});
		assert.deepEqual([mounts.map(({ source, target }) => [source, target]), workspaceFolder], [[["file:///ws/shop", "/src"]], "/src"]);
	});

	test("commands: a text for a shell, words, several at once", () => {
		const { commands } = read({ image: "x", postStartCommand: "a b", postAttachCommand: { one: ["c", "d e"], two: "f", three: {} } });
		assert.deepEqual(
			commands.map(({ words }) => words.map(likelyText)),
			[
				["/bin/sh", "-c", "a b"],
				["c", "d e"],
				["/bin/sh", "-c", "f"],
			],
		);
	});

	test("senseless values are passed over", () => {
		const { ports, mounts } = read({
			image: 5,
			forwardPorts: [{}, null, [], true, -1, 70000],
			appPort: {},
			portsAttributes: [],
			mounts: 3,
			runArgs: "-e",
		});
		assert.ok(ports.every(({ reason }) => reason !== undefined));
		assert.equal(mounts.length, 1);
	});
});
