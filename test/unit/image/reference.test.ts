import assert from "node:assert/strict";
import { test } from "node:test";
import { parseReference } from "../../../server/src/image/reference.ts";

for (const [reference, name, version] of [
	["nginx", "nginx", undefined],
	["nginx:1.25-alpine", "nginx", "1.25"],
	["python:2.7-slim", "python", "2.7"],
	["node:v22", "node", "22"],
	["node:lts", "node", undefined],
	["docker.io/library/redis:7", "redis", "7"],
	["library/redis", "redis", undefined],
	["docker.io/bitnami/redis:7.2", "bitnami/redis", "7.2"],
	["public.ecr.aws/docker/library/python:3.12", "python", "3.12"],
	["localhost:5000/team/app", "localhost:5000/team/app", undefined],
	["localhost:5000/team/app:2", "localhost:5000/team/app", "2"],
	["nginx@sha256:abc", "nginx", undefined],
	["nginx:1.27@sha256:abc", "nginx", "1.27"],
	["", "", undefined],
] as const) {
	test(`${JSON.stringify(reference)}`, () => {
		const { tag: _, ...parts } = parseReference(reference);
		assert.deepEqual(parts, { name, version });
	});
}
