import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { tarOf } from "../../../../server/src/engine/helper/tar.ts";

const content = Buffer.from("#!/bin/true\n".repeat(60));

test("the archive is whole blocks, with a checksum that fits and two empty blocks at the end", () => {
	const tar = tarOf("helper", content);
	assert.equal(tar.length % 512, 0);
	assert.ok(tar.subarray(-1024).every((byte) => byte === 0));
	const header = Buffer.from(tar.subarray(0, 512));
	const written = Number.parseInt(header.toString("latin1", 148, 154), 8);
	header.fill(" ", 148, 156);
	assert.equal(
		written,
		header.reduce((sum, byte) => sum + byte, 0),
	);
	assert.deepEqual(tar.subarray(512, 512 + content.length), content);
});

test("the same content makes the same bytes", () => assert.deepEqual(tarOf("helper", content), tarOf("helper", content)));

test("tar reads it", { skip: spawnSync("tar", ["--version"]).error !== undefined && "there is no tar" }, () => {
	const listed = spawnSync("tar", ["-tvf", "-"], { input: tarOf("helper", content), encoding: "utf8" });
	assert.equal(listed.status, 0, listed.stderr);
	assert.match(listed.stdout, /^-r-xr-xr-x .*\b720\b.* helper\n$/);
	assert.equal(spawnSync("tar", ["-xOf", "-", "helper"], { input: tarOf("helper", content), encoding: "utf8" }).stdout, content.toString());
});
