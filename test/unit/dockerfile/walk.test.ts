import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDockerfile } from "../../../server/src/dockerfile/parse.ts";
import { resolvePath, walkGlobalArgs, walkStage } from "../../../server/src/dockerfile/walk.ts";
import { likelyText, outcomes } from "../../../server/src/model/value.ts";

function walk(text: string, build: Record<string, string> = {}) {
	const dockerfile = parseDockerfile("u", text);
	const stage = dockerfile.stages[0];
	assert.ok(stage);
	const args = new Map(Object.entries(build));
	return walkStage(dockerfile, stage, { environment: new Map(), workdir: "/" }, walkGlobalArgs(dockerfile, args), args);
}

function env(text: string, name: string, build: Record<string, string> = {}): string | undefined {
	return likelyText(walk(text, build).environment.get(name));
}

test("both syntaxes of ENV", () => {
	assert.equal(env("FROM a\nENV A=1 B='x y'\nENV C d e", "B"), "x y");
	assert.equal(env("FROM a\nENV A=1 B='x y'\nENV C d e", "C"), "d e");
});

test("the pairs of one ENV see the values from before it", () => {
	assert.equal(env("FROM a\nENV A=1\nENV A=2 B=$A", "B"), "1");
});

test("a variable that is not set is empty for the builder", () => {
	assert.equal(env("FROM a\nENV B=$NOPE", "B"), "");
});

test("ARG reaches ENV as a default that a build argument replaces", () => {
	const text = "FROM a\nARG P=80\nENV PORT=$P";
	assert.equal(env(text, "PORT"), "80");
	assert.equal(outcomes(walk(text).environment.get("PORT") ?? assert.fail()).known[0]?.overriddenBy, "P");
	assert.equal(env(text, "PORT", { P: "90" }), "90");
});

test("a global ARG reaches a stage only when the stage asks for it", () => {
	assert.equal(env("ARG P=80\nFROM a\nARG P\nENV PORT=$P", "PORT"), "80");
	assert.equal(env("ARG P=80\nFROM a\nENV PORT=$P", "PORT"), "");
});

test("the platform's arguments reach FROM lines without an ARG", () => {
	const globals = walkGlobalArgs(parseDockerfile("u", "FROM a-${TARGETARCH}"), new Map());
	assert.equal(likelyText(globals.get("TARGETARCH")), "amd64");
	assert.equal(env("FROM a\nENV A=$TARGETARCH", "A"), "");
	assert.equal(env("FROM a\nARG TARGETARCH\nENV A=$TARGETARCH", "A"), "amd64");
	assert.equal(env("FROM a\nARG TARGETARCH\nENV A=$TARGETARCH", "A", { TARGETARCH: "arm64" }), "arm64");
});

test("ENV wins over an ARG of the same name", () => {
	assert.equal(env("FROM a\nENV P=1\nARG P=2\nENV Q=$P", "Q"), "1");
});

test("ARG is gone when the container runs", () => {
	assert.equal(walk("FROM a\nARG P=80").environment.has("P"), false);
});

test("WORKDIR adds up", () => {
	assert.equal(walk("FROM a\nENV D=app\nWORKDIR /srv\nWORKDIR $D\nWORKDIR ../x/").workdir, "/srv/x");
	assert.equal(resolvePath("/a", "b//c/"), "/a/b/c");
	assert.equal(resolvePath("/a", "/"), "/");
});

test("arguments that double themselves, and long chains of them, end", () => {
	const doubling = Array.from({ length: 60 }, () => "ARG A=${A}${A}").join("\n");
	assert.equal(env(`FROM a\nARG A=x\n${doubling}\nENV B=$A C=80`, "C"), "80");
	const chain = Array.from({ length: 5000 }, (_, i) => `ARG A${i + 1}=\${A${i}}`).join("\n");
	assert.equal(env(`FROM a\nARG A0=x\n${chain}\nENV B=$A5000 C=80`, "C"), "80");
	assert.equal(env(`FROM a\nARG A0=x\n${chain}\nENV B=$A9`, "B"), "x");
});

test("paths of Windows", () => {
	assert.equal(walk("# escape=`\nFROM a\nWORKDIR C:\\app\nWORKDIR sub").workdir, "/C:/app/sub");
	assert.equal(resolvePath("/C:/app", "C:/app/x"), "/C:/app/x");
});
