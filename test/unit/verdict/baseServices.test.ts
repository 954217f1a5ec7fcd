import assert from "node:assert/strict";
import { test } from "node:test";
import { portsOf } from "../../support/ports.ts";

const service = {
	"root/etc/s6-overlay/s6-rc.d/svc-api/type": "longrun\n",
	"root/etc/s6-overlay/s6-rc.d/svc-api/run":
		"#!/usr/bin/with-contenv sh\nexec s6-notifyoncheck -d s6-setuidgid abc python3 -m http.server 8000\n",
};
const from = (image: string, rest = "") => ({ Dockerfile: `FROM ${image}\n${rest}COPY root/ /\n`, ...service });

test("the services of a base image's s6-overlay run beside those that are added", async () => {
	assert.deepEqual(await portsOf(from("ghcr.io/linuxserver/baseimage-alpine-nginx:3.21")), [
		"80/tcp convention",
		"443/tcp convention",
		"8000/tcp certain",
	]);
	assert.deepEqual(await portsOf(from("ghcr.io/linuxserver/baseimage-alpine:3.21")), ["8000/tcp certain"]);
});

test("another entrypoint starts none of them", async () => {
	const files = from("ghcr.io/linuxserver/baseimage-alpine-nginx:3.21", 'ENTRYPOINT ["python3", "-m", "http.server", "9000"]\n');
	assert.deepEqual(await portsOf(files), ["9000/tcp certain"]);
});
