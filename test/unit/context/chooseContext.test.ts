import assert from "node:assert/strict";
import { test } from "node:test";
import { analyseFiles } from "../../support/analysis.ts";
import { ROOT, uriOf } from "../../support/memoryFiles.ts";

async function contextOf(files: Record<string, string>, path: string): Promise<string> {
	return (await analyseFiles(files, { path })).context.replace(ROOT, "") || "/";
}

test("the Dockerfile's own folder, when the sources are there", async () => {
	assert.equal(await contextOf({ "api/Dockerfile": "FROM a\nCOPY app.py .", "api/app.py": "", "app.py": "" }, "api/Dockerfile"), "/api");
});

test("a folder above, when the sources are only there", async () => {
	assert.equal(await contextOf({ "docker/api/Dockerfile": "FROM a\nCOPY src /x", "src/app.py": "" }, "docker/api/Dockerfile"), "/");
});

test("the one with most of the sources, when none has all", async () => {
	const files = { "d/Dockerfile": "FROM a\nCOPY a b gone /x/", "d/a": "", a: "", b: "" };
	assert.equal(await contextOf(files, "d/Dockerfile"), "/");
});

test("a folder above with the project, when a build tool runs on all of it", async () => {
	const packaged = "FROM golang\nCOPY . .\nRUN apk add make && make api";
	const files = { "packaging/docker/Dockerfile": packaged, "packaging/systemd/api.service": "", Makefile: "", "main.go": "" };
	assert.equal(await contextOf(files, "packaging/docker/Dockerfile"), "/");
});

test("the Dockerfile's own folder, when a folder in it holds the project, or nothing is built", async () => {
	const web = "FROM node\nCOPY . .\nRUN cd app && npm ci";
	assert.equal(await contextOf({ "web/Dockerfile": web, "web/app/package.json": "{}", "package.json": "{}" }, "web/Dockerfile"), "/web");
	const plain = { "site/Dockerfile": "FROM nginx\nCOPY . /usr/share/nginx/html", "site/logo.txt": "", "package.json": "{}" };
	assert.equal(await contextOf(plain, "site/Dockerfile"), "/site");
});

test("a folder above that holds the folder in which a build tool runs", async () => {
	const nested = "FROM sdk\nCOPY . /app\nWORKDIR /app/src/Api\nRUN dotnet publish Api.csproj";
	const files = { "src/Api/Dockerfile": nested, "src/Api/Api.csproj": "", "All.sln": "" };
	assert.equal(await contextOf(files, "src/Api/Dockerfile"), "/");
	const made = "FROM gcc\nCOPY . /app\nWORKDIR /app/out\nRUN make";
	assert.equal(await contextOf({ "lib/Dockerfile": made, "lib/Makefile": "", Makefile: "" }, "lib/Dockerfile"), "/lib");
});

test("the nearest folder with a project, when a build makes all sources first", async () => {
	const prebuilt = "FROM java\nCOPY target/app/*.jar /deployments/\nCOPY target/lib/ /deployments/lib/";
	const files = { "api/src/main/docker/Dockerfile.jvm": prebuilt, "api/pom.xml": "<project/>", "pom.xml": "<project/>" };
	assert.equal(await contextOf(files, "api/src/main/docker/Dockerfile.jvm"), "/api");
	assert.equal(await contextOf({ "docker/Dockerfile": prebuilt, "README.md": "" }, "docker/Dockerfile"), "/docker");
});

test("no folder outside of the workspace", async () => {
	const files = { Dockerfile: "FROM a\nCOPY app.py .", "/app.py": "" };
	assert.equal(await contextOf(files, "Dockerfile"), "/");
	assert.equal((await analyseFiles(files)).context, ROOT);
});

test("up to the root of the disk, when that is the workspace", async () => {
	const files = { "d/Dockerfile": "FROM a\nCOPY src /x", "/src/app.py": "" };
	assert.equal((await analyseFiles(files, { path: "d/Dockerfile", roots: ["file:///"] })).context, "file:///");
});

test("the context that was asked for", async () => {
	const analysis = await analyseFiles(
		{ "d/Dockerfile": "FROM a\nCOPY a /x", "d/a": "" },
		{ path: "d/Dockerfile", context: uriOf("other") },
	);
	assert.equal(analysis.context, uriOf("other"));
});

test("an untitled document is built in the workspace's first folder", async () => {
	const analysis = await analyseFiles({ "app.py": "" }, { uri: "untitled:Untitled-1", text: "FROM a\nCOPY app.py ." });
	assert.equal(analysis.context, ROOT);
});

test("pip installs a project that stands above, also in a heredoc", async () => {
	for (const run of ["RUN ./venv/bin/pip install .", "RUN <<EOF\n  pip install -r requirements.txt\nEOF"]) {
		const files = {
			"docker/Dockerfile": `FROM python\nCOPY . .\n${run}\n`,
			"docker/other.Dockerfile": "",
			"requirements.txt": "",
			"app/main.py": "",
		};
		assert.equal(await contextOf(files, "docker/Dockerfile"), "/");
	}
});
