import assert from "node:assert/strict";
import { test } from "node:test";
import { findContainerDockerfile } from "../../server/src/containerDockerfile.ts";
import type { ImageConfig } from "../../server/src/engine/engine.ts";
import { knownImages } from "../../server/src/image/knownImages.ts";
import { memoryFiles } from "../support/memoryFiles.ts";

const image = (changes: Partial<ImageConfig>): ImageConfig => ({
	id: "sha256:1",
	exposed: [],
	env: [],
	entrypoint: [],
	cmd: [],
	workingDir: "",
	user: "",
	layers: [],
	...changes,
});

const TREE = {
	"/shop/compose.yaml": "services:\n  web:\n    build: ./web\n  db:\n    image: postgres:16\n",
	"/shop/web/Dockerfile": 'FROM python:3\nWORKDIR /app\nCMD ["python", "app.py"]\n',
	"/shop/api/Dockerfile": "FROM python:3\nWORKDIR /app\nCMD python api.py\n",
	"/shop/other/Dockerfile": 'FROM python:3\nWORKDIR /srv\nCMD ["python", "app.py"]\n',
	"/shop/plain/Dockerfile": "FROM httpd:2.4\nCOPY . .\n",
};
const uri = (path: string) => `file://${path}`;
const world = { files: memoryFiles(TREE), baseImages: knownImages };
const candidates = Object.keys(TREE)
	.filter((path) => path.endsWith("Dockerfile"))
	.map(uri);

const find = (labels: Record<string, string>, config: ImageConfig | undefined, from = candidates) =>
	findContainerDockerfile(world, { labels, image: config, candidates: from });

const compose = (service: string, files = "/shop/compose.yaml") => ({
	"com.docker.compose.project.config_files": files,
	"com.docker.compose.service": service,
});

test("compose's own labels lead to what its service builds", async () => {
	assert.deepEqual(await find(compose("web"), undefined), { dockerfiles: [uri("/shop/web/Dockerfile")], by: "compose" });
	assert.deepEqual(await find(compose("web", "/gone.yaml,/shop/compose.yaml"), undefined, []), {
		dockerfiles: [uri("/shop/web/Dockerfile")],
		by: "compose",
	});
});

test("a service that builds nothing, one that is gone, and a path of another machine name no Dockerfile", async () => {
	for (const labels of [
		compose("db"),
		compose("gone"),
		compose("web", "\\\\server\\share\\compose.yaml"),
		compose("web", "//server/compose.yaml"),
		{},
	])
		assert.deepEqual(await find(labels, undefined), { dockerfiles: [], by: "start" });
});

test("the start command and its folder tell a Dockerfile, in exec and in shell form", async () => {
	assert.deepEqual((await find({}, image({ cmd: ["python", "app.py"], workingDir: "/app" }))).dockerfiles, [uri("/shop/web/Dockerfile")]);
	assert.deepEqual((await find({}, image({ cmd: ["/bin/sh", "-c", "python api.py"], workingDir: "/app" }))).dockerfiles, [
		uri("/shop/api/Dockerfile"),
	]);
	assert.deepEqual((await find({}, image({ cmd: ["python", "app.py"], workingDir: "/" }))).dockerfiles, []);
});

test("a start command that comes with the base image is no sign", async () => {
	assert.deepEqual((await find({}, image({ cmd: ["httpd-foreground"], workingDir: "/usr/local/apache2" }))).dockerfiles, []);
});

test("several that fit are all told", async () => {
	const twice = [...candidates, uri("/shop/web/Dockerfile")];
	assert.equal((await find({}, image({ cmd: ["python", "app.py"], workingDir: "/app" }), twice)).dockerfiles.length, 2);
});
