import assert from "node:assert/strict";
import { test } from "node:test";
import { portsOf } from "../../../support/ports.ts";

for (const [port, expected] of [
	["*:9001", ["9001/tcp certain"]],
	["9001", ["9001/tcp certain"]],
	["127.0.0.1:9001", ["127.0.0.1:9001/tcp certain"]],
	["%(ENV_ADMIN)s", ["9002/tcp certain"]],
] as const)
	test(`inet_http_server on ${port}`, async () => {
		const Dockerfile = "FROM debian\nENV ADMIN=9002\nCOPY s.conf /etc/supervisord.conf\nCMD supervisord -n -c /etc/supervisord.conf\n";
		assert.deepEqual(
			await portsOf({ Dockerfile, "s.conf": `[inet_http_server]\nport=${port}\n[program:cron]\ncommand=cron -f\n` }),
			expected,
		);
	});

test("a socket of its own is no port", async () => {
	const Dockerfile = "FROM debian\nCOPY s.conf /etc/supervisord.conf\nCMD supervisord -n\n";
	assert.deepEqual(await portsOf({ Dockerfile, "s.conf": "[unix_http_server]\nfile=/run/s.sock\n[program:cron]\ncommand=cron -f\n" }), []);
});
