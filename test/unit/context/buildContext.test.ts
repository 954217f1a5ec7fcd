import assert from "node:assert/strict";
import { test } from "node:test";
import { openContext } from "../../../server/src/context/buildContext.ts";
import { type MemoryFile, memoryFiles, ROOT, uriOf } from "../../support/memoryFiles.ts";

function open(files: Record<string, MemoryFile>, dockerfile = "Dockerfile") {
	return openContext(memoryFiles(files), ROOT, uriOf(dockerfile));
}

test("files and folders of the context", async () => {
	const context = await open({ "src/a.py": "x" });
	assert.equal(await context.look(""), "folder");
	assert.equal(await context.look("src"), "folder");
	assert.equal(await context.look("src/a.py"), "file");
	assert.equal(await context.look("src/b.py"), "absent");
	assert.deepEqual(await context.read("src/a.py"), { kind: "text", text: "x" });
});

test(".dockerignore leaves files out, and exceptions bring them back", async () => {
	const context = await open({ ".dockerignore": "*.py\n!keep.py\n", "a.py": "", "keep.py": "" });
	assert.equal(await context.look("a.py"), "ignored");
	assert.equal(await context.look("keep.py"), "file");
	assert.deepEqual(await context.read("a.py"), { kind: "absent" });
});

test("the Dockerfile's own ignore file wins", async () => {
	const files = { ".dockerignore": "a.py\n", "api.Dockerfile.dockerignore": "b.py\n", "a.py": "", "b.py": "" };
	const context = await open(files, "api.Dockerfile");
	assert.equal(await context.look("a.py"), "file");
	assert.equal(await context.look("b.py"), "ignored");
});

test("links inside the context count, links that lead out do not", async () => {
	const context = await open({ "real.py": "x", "in.py": { link: "real.py" }, "out.py": { link: "/etc/passwd" }, "/etc/passwd": "secret" });
	assert.equal(await context.look("in.py"), "file");
	assert.equal(await context.look("out.py"), "outside");
	assert.deepEqual(await context.read("out.py"), { kind: "refused", reason: "out.py leads out of the build context" });
});

test("a folder behind a link that leads out is not looked into", async () => {
	const context = await open({ Dockerfile: "", deps: { link: "/other" }, "/other/a.py": "secret" });
	assert.equal(await context.look("deps/a.py"), "outside");
});

test("a context that is no folder has nothing in it", async () => {
	const context = await openContext(memoryFiles({ ctx: "a file" }), uriOf("ctx"), uriOf("Dockerfile"));
	assert.equal(await context.look(""), "absent");
	assert.equal(await context.look("app.py"), "absent");
});
