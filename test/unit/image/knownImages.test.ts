import assert from "node:assert/strict";
import { test } from "node:test";
import records from "../../../server/src/image/baseImages.json" with { type: "json" };
import { knownImages } from "../../../server/src/image/knownImages.ts";

test("every record is well-formed, names its source, and is found by its name", async () => {
	for (const record of records) {
		assert.match(record.source, /^https:\/\//);
		const image = await knownImages.find(record.name);
		assert.ok(image, record.name);
		assert.ok(image.cmd.length > 0 || image.entrypoint.length > 0, `${record.name} starts something`);
	}
});

test("official images under their other names", async () => {
	assert.deepEqual((await knownImages.find("docker.io/library/httpd:2.4"))?.exposed, [{ port: 80, protocol: "tcp" }]);
	assert.equal((await knownImages.find("redis:7-alpine"))?.listens[0]?.port, 6379);
});

test("images of the same name in other repositories are strangers", async () => {
	for (const reference of ["acme/nginx", "ghcr.io/acme/node", "nginx-exporter", ""])
		assert.equal(await knownImages.find(reference), undefined);
});
