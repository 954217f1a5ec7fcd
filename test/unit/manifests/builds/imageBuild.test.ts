import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { imageBuilds } from "../../../../server/src/manifests/builds/imageBuild.ts";
import type { Files } from "../../../support/analysis.ts";
import { memoryFiles, ROOT } from "../../../support/memoryFiles.ts";

/** The Dockerfile, context and target that build an image; a question mark when the names alone say so. */
async function buildOf(files: Files, reference: string): Promise<string> {
	const builds = await imageBuilds(memoryFiles(files), ROOT);
	const place = { file: { uri: `${ROOT}/k8s/web.yaml`, text: "", origin: { line: 0, character: 0 } }, start: 0, end: 0 };
	const found = await builds.of(reference, place);
	if (!found) return "";
	const { dockerfile, context, target } = found.build;
	const parts = [dockerfile, context].map((uri) => uri?.replace(ROOT, "."));
	return [...parts, target, found.guessed ? "?" : ""].filter(Boolean).join(" ");
}

const makefile = (command: string) => ({ Makefile: `all:\n\t${command}\n`, "app/Dockerfile": "", "web/Dockerfile": "" });

suite("who builds an image", () => {
	for (const [name, files, reference, expected] of [
		[
			"a compose service, under any tag",
			{ "compose.yaml": "services:\n  w:\n    image: acme/web:1\n    build: {context: app, target: t}\n", "app/Dockerfile": "" },
			"acme/web@sha256:00",
			"./app/Dockerfile ./app t",
		],
		[
			"a compose service, under another registry",
			{ "compose.yaml": "services:\n  w:\n    image: web\n    build: app\n" },
			"ghcr.io/acme/web:2",
			"./app/Dockerfile ./app ?",
		],
		[
			"an artifact of skaffold",
			{ "skaffold.yaml": "build:\n  artifacts:\n  - image: a/web\n    context: src\n    docker: {dockerfile: D, target: t}\n" },
			"a/web",
			"./src/D ./src t",
		],
		["an artifact that Docker does not build", { "skaffold.yaml": "build:\n  artifacts:\n  - image: a/web\n    jib: {}\n" }, "a/web", ""],
		["a Makefile", makefile("docker build -t acme/shop:$(TAG) app"), "acme/shop", "./app/Dockerfile ./app"],
		["with a Dockerfile of its own", makefile("@docker build --pull --tag=acme/shop -f app/D ."), "acme/shop", "./app/D ."],
		[
			"joined lines, buildx",
			makefile("docker buildx build --platform linux/amd64 \\\n\t\t-t acme/shop \\\n\t\tapp"),
			"acme/shop",
			"./app/Dockerfile ./app",
		],
		["a name on a variable", makefile("docker build -t $(IMAGE) app"), "acme/shop", ""],
		["a context on a variable", makefile("docker build -t acme/shop $(DIR)"), "acme/shop", ""],
		["another folder", makefile("cd x && docker build -t acme/shop app"), "acme/shop", ""],
		["a comment", makefile("# docker build -t acme/shop app"), "acme/shop", ""],
		["two that disagree", makefile("docker build -t acme/shop app; docker build -t acme/shop web"), "acme/shop", ""],
		[
			"the folder's name",
			{ "services/web/Dockerfile": "" },
			"registry.example:5000/acme/web:1",
			"./services/web/Dockerfile ./services/web ?",
		],
		["two folders of one name", { "a/web/Dockerfile": "", "b/web/Dockerfile": "" }, "web", ""],
		["the folder that is opened", { Dockerfile: "" }, "acme/ws", "./Dockerfile . ?"],
		["nobody", { "app/Dockerfile": "" }, "acme/web", ""],
	] as const) {
		test(name, async () => assert.equal(await buildOf(files, reference), expected));
	}
	test("of many folders, names say nothing", async () => {
		const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`f${i}/x`, ""]));
		assert.equal(await buildOf({ ...many, "web/Dockerfile": "" }, "web"), "");
	});
});
