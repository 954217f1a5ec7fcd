import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { cacheFolder } from "../../../server/src/io/compileCache.ts";

test("each system has its folder for what programs can do without", () => {
	assert.equal(cacheFolder({}, "linux", "/home/me"), path.join("/home/me", ".cache"));
	assert.equal(cacheFolder({ XDG_CACHE_HOME: "/fast" }, "linux", "/home/me"), "/fast");
	assert.equal(cacheFolder({ XDG_CACHE_HOME: "" }, "linux", "/home/me"), path.join("/home/me", ".cache"));
	assert.equal(cacheFolder({}, "darwin", "/Users/me"), path.join("/Users/me", "Library", "Caches"));
	assert.equal(cacheFolder({ LOCALAPPDATA: "C:\\local" }, "win32", "C:\\me"), "C:\\local");
});
