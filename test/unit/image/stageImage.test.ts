import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDockerfile } from "../../../server/src/dockerfile/parse.ts";
import { knownImages } from "../../../server/src/image/knownImages.ts";
import { buildStageImages, type StageImage } from "../../../server/src/image/stageImage.ts";
import { likelyText } from "../../../server/src/model/value.ts";

async function lastImage(text: string, build: Record<string, string> = {}): Promise<StageImage> {
	const images = await buildStageImages(parseDockerfile("u", text), knownImages, new Map(Object.entries(build)));
	return images.at(-1) ?? assert.fail("no stage");
}

function words(command: StageImage["cmd"]): unknown {
	return command?.run.form === "exec" ? command.run.words.map(likelyText) : command?.run.text;
}

test("a stage inherits environment, folder, command and EXPOSE of the stage it starts from", async () => {
	const image = await lastImage('FROM x AS base\nENV A=1\nWORKDIR /srv\nEXPOSE 80\nCMD ["run"]\nFROM base\nENV B=2');
	assert.equal(likelyText(image.environment.get("A")), "1");
	assert.equal(image.workdir, "/srv");
	assert.deepEqual(words(image.cmd), ["run"]);
	assert.deepEqual(image.inheritedExposes, [{ first: 80, last: 80, protocol: "tcp", from: "base" }]);
});

test("a base image brings its command, folder and EXPOSE", async () => {
	const image = await lastImage("FROM redis:7");
	assert.deepEqual(words(image.cmd), ["redis-server"]);
	assert.equal(image.workdir, "/data");
	assert.deepEqual(image.inheritedExposes, [{ first: 6379, last: 6379, protocol: "tcp", from: "redis:7" }]);
});

test("setting ENTRYPOINT resets an inherited CMD, but not one of the same stage", async () => {
	assert.equal((await lastImage('FROM redis\nENTRYPOINT ["x"]')).cmd, undefined);
	assert.deepEqual(words((await lastImage('FROM redis\nCMD ["y"]\nENTRYPOINT ["x"]')).cmd), ["y"]);
});

test("only the last CMD and ENTRYPOINT count", async () => {
	assert.deepEqual(words((await lastImage('FROM a\nCMD ["x"]\nCMD ["y"]')).cmd), ["y"]);
});

test("FROM resolves global ARGs and build arguments", async () => {
	const text = "ARG IMAGE=redis\nFROM ${IMAGE}";
	assert.equal((await lastImage(text)).base.kind, "known");
	assert.deepEqual((await lastImage(text, { IMAGE: "acme/x" })).base, {
		kind: "unknown",
		reference: "acme/x",
		reason: "nothing is known about acme/x",
	});
});

test("FROM that hangs on a variable that is not set is unknown, with its name", async () => {
	assert.deepEqual((await lastImage("ARG IMAGE\nFROM $IMAGE")).base, { kind: "unknown", reference: "$IMAGE", reason: "$IMAGE is not set" });
	assert.equal((await lastImage("FROM")).base.kind, "unknown");
});

test("a tag that hangs on a variable that is not set, of an image whose versions do not differ", async () => {
	assert.deepEqual(words((await lastImage("ARG V\nFROM postgres:${V}-alpine$A")).cmd), ["postgres"]);
	assert.deepEqual(words((await lastImage("ARG V\nFROM php:${V}-apache")).cmd), ["apache2-foreground"]);
	for (const reference of ["mysql:${V}", "${NAME}:1", "nginx$X:1"])
		assert.equal((await lastImage(`ARG V\nFROM ${reference}`)).base.kind, "unknown");
});

test("scratch has nothing", async () => {
	const image = await lastImage("FROM scratch");
	assert.deepEqual([image.base.kind, image.cmd, image.workdir], ["scratch", undefined, "/"]);
});

test("a stage cannot start from itself or from a later one", async () => {
	assert.equal((await lastImage("FROM node AS node")).parent, undefined);
	assert.equal((await lastImage("FROM b AS a\nFROM x AS b\nFROM a")).parent?.stage.name, "a");
});

test("SHELL changes what runs the shell form", async () => {
	assert.deepEqual((await lastImage('FROM a\nSHELL ["/bin/bash", "-c"]\nCMD x')).shell, ["/bin/bash", "-c"]);
});

test("ONBUILD runs in the stages that are built on one, not in itself nor further up", async () => {
	const base = 'FROM x AS base\nENV A=1\nONBUILD ENV A=2\nONBUILD WORKDIR /srv\nONBUILD CMD ["run"]';
	assert.equal(likelyText((await lastImage(base)).environment.get("A")), "1");
	const child = await lastImage(`${base}\nFROM base\nENV B=$A`);
	assert.equal(likelyText(child.environment.get("B")), "2");
	assert.equal(child.workdir, "/srv");
	assert.deepEqual(words(child.cmd), ["run"]);
	const grandchild = await lastImage(`${base}\nFROM base AS child\nENV A=3\nFROM child`);
	assert.equal(likelyText(grandchild.environment.get("A")), "3");
});

test("an image with triggers is not known by the image without them", async () => {
	assert.equal((await lastImage("FROM node:8-onbuild")).base.kind, "unknown");
	assert.equal((await lastImage("FROM node:8")).base.kind, "known");
});
