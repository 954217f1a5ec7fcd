import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { isDockerfileName } from "../../../server/src/dockerfile/fileName.ts";

suite("names of Dockerfiles", () => {
	for (const name of [
		"Dockerfile",
		"dockerfile",
		"Containerfile",
		"Dockerfile.prod",
		"Dockerfile-alpine",
		"Dockerfile_dev",
		"Dockerfile.ubi9",
		"Dockerfile.template",
		"web.Dockerfile",
		"api.dockerfile",
		"x.containerfile",
		"Dockerfile.jvm",
	])
		test(name, () => assert.ok(isDockerfileName(name)));
	for (const name of [
		"Dockerfile.dockerignore",
		"dockerfile.js",
		"dockerfile.ts",
		"Dockerfile.md",
		"dockerfile_parser.py",
		"Dockerfiles",
		"dockerfile-utils.go",
		"mydockerfile",
		"Dockerfile.yaml",
		"docker",
	])
		test(`not ${name}`, () => assert.ok(!isDockerfileName(name)));
});
