import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { isComposeFileName } from "../../../server/src/compose/fileName.ts";

suite("names of compose files", () => {
	for (const name of [
		"compose.yaml",
		"compose.yml",
		"docker-compose.yml",
		"docker-compose.prod.yaml",
		"docker-compose-dev.yml",
		"compose.override.yaml",
		"podman-compose.yml",
	])
		test(name, () => assert.ok(isComposeFileName(name)));
	for (const name of ["compose.json", "my-compose.yaml.bak", "composer.yaml", "docker-stack.txt", "notcompose.yaml", "compose"])
		test(`not ${name}`, () => assert.ok(!isComposeFileName(name)));
});
