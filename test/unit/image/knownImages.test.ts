import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import records from "../../../server/src/image/baseImages.json" with { type: "json" };
import { knownImages } from "../../../server/src/image/knownImages.ts";

test("every record is well-formed, names its source, and is found by its name", async () => {
	for (const record of records) {
		assert.match(record.source, /^https:\/\//);
		assert.match(record.from, /^\d+(\.\d+)*$/);
		const name = record.name.replace(/\*$/, "x");
		const image = await knownImages.find(record.tag === undefined ? name : `${name}:${record.from}-${record.tag.replace(/\*$/, "x")}`);
		assert.ok(image, record.name);
	}
});

test("records are sorted by name, one on each line", async () => {
	const names = records.map((record) => record.name);
	assert.deepEqual(names, [...names].sort());
	const text = await readFile(new URL("../../../server/src/image/baseImages.json", import.meta.url), "utf8");
	assert.equal(text.trimEnd().split("\n").length, records.length + 2);
});

test("a tag's words choose among variants", async () => {
	const cmd = async (reference: string) => (await knownImages.find(reference))?.cmd.join(" ");
	assert.equal(await cmd("php:8.3-apache"), "apache2-foreground");
	assert.equal(await cmd("php:8.3-fpm-alpine"), "php-fpm");
	assert.equal(await cmd("php:8.3-cli"), "php -a");
	assert.equal((await knownImages.find("rabbitmq:3-management-alpine"))?.listens.length, 5);
	assert.equal((await knownImages.find("rabbitmq:3.7-management"))?.listens.length, 4);
	assert.equal((await knownImages.find("rabbitmq:4.0"))?.listens.length, 4);
	assert.equal((await knownImages.find("mysql:5.7"))?.listens.length, 1);
	assert.equal((await knownImages.find("mysql"))?.listens.length, 2);
});

test("a short version means the newest of its kind, and nothing is known of what is older than all records", async () => {
	const ports = async (reference: string) => (await knownImages.find(reference))?.listens.map(({ port }) => port);
	assert.deepEqual(await ports("zookeeper:3"), [2181, 8080]);
	assert.deepEqual(await ports("zookeeper:3.4.14"), [2181]);
	assert.deepEqual(await ports("influxdb:3-core"), [8181]);
	assert.deepEqual(await ports("influxdb:2.7"), [8086]);
	assert.deepEqual(await ports("docker:18.09-dind"), [2375]);
	assert.deepEqual(await ports("docker:dind"), [2376]);
	assert.deepEqual(await ports("percona:5.7"), [3306]);
	assert.deepEqual(await ports("registry:3"), [5000, 5001]);
	assert.equal(await knownImages.find("elasticsearch:2.4"), undefined);
	assert.equal(await knownImages.find("pihole/pihole:v5.8.1"), undefined);
});

test("an image to build on is not the server", async () => {
	for (const reference of ["nextcloud:base-30", "php:8.3-apache-builder", "gitea/gitea:build", "caddy:2-builder", "node:8-onbuild"])
		assert.equal(await knownImages.find(reference), undefined, reference);
	assert.ok(await knownImages.find("nvidia/cuda:12.2.0-base-ubuntu22.04"));
});

test("a pattern stands for a family of images", async () => {
	assert.deepEqual((await knownImages.find("gcr.io/distroless/static-debian12:nonroot"))?.listens, []);
	assert.deepEqual((await knownImages.find("gcr.io/distroless/nodejs20-debian12"))?.entrypoint, ["/nodejs/bin/node"]);
});

test("official images under their other names", async () => {
	assert.deepEqual((await knownImages.find("docker.io/library/httpd:2.4"))?.exposed, [{ port: 80, protocol: "tcp" }]);
	assert.equal((await knownImages.find("arm64v8/redis:7"))?.listens[0]?.port, 6379);
	assert.equal((await knownImages.find("redis:7-alpine"))?.listens[0]?.port, 6379);
});

test("images of the same name in other repositories are strangers", async () => {
	for (const reference of ["acme/nginx", "ghcr.io/acme/node", "nginx-exporter", ""])
		assert.equal(await knownImages.find(reference), undefined);
});

test("the version of Jaeger whose OTLP receivers are local", async () => {
	const otlp = async (reference: string) => (await knownImages.find(reference))?.listens.find((one) => one.port === 4317)?.address;
	assert.equal(await otlp("jaegertracing/all-in-one:1.58"), "::");
	assert.equal(await otlp("jaegertracing/all-in-one:1.59"), "127.0.0.1");
	assert.equal(await otlp("jaegertracing/all-in-one:1.60"), "::");
});

test("applications that people host, under each registry's name", async () => {
	const ports = async (reference: string) => (await knownImages.find(reference))?.listens.map((one) => one.port);
	assert.deepEqual(await ports("ghcr.io/authelia/authelia:4.38"), [9091]);
	assert.deepEqual(await ports("lscr.io/linuxserver/qbittorrent:5.0.0"), [8080, 6881, 6881]);
	assert.deepEqual(await ports("jc21/nginx-proxy-manager:2"), [80, 81, 443]);
	// Without `serve` it only says how it is used.
	assert.deepEqual(await ports("binwiederhier/ntfy"), []);
});
