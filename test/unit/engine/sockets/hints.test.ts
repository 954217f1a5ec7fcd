import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { test } from "node:test";
import { connectBriefly, publishedHints } from "../../../../server/src/engine/sockets/hints.ts";
import { container, tcp, udp } from "../../../support/engine/facts.ts";
import { handTimers } from "../../../support/engine/handTimers.ts";

const published = [
	{ ...tcp(80), hostIp: "0.0.0.0", hostPort: 8080 },
	{ ...tcp(80), hostIp: "::", hostPort: 8080 },
	{ ...tcp(81), hostIp: "192.0.2.1", hostPort: 8081 },
	{ ...udp(53), hostIp: "0.0.0.0", hostPort: 5353 },
];

function hints(local = true) {
	const tried: string[] = [];
	const timers = handTimers(0);
	const ask = publishedHints(
		local,
		async (host, port) => {
			tried.push(`${host} ${port}`);
			return host !== "192.0.2.1";
		},
		timers,
	);
	return { ask, tried, timers };
}

test("every published TCP port is tried, where it is on this machine", async () => {
	const { ask, tried } = hints();
	assert.deepEqual(
		[...(await ask(container({ published })))],
		[
			["0.0.0.0 8080", true],
			[":: 8080", true],
			["192.0.2.1 8081", false],
		],
	);
	assert.deepEqual(tried, ["127.0.0.1 8080", "::1 8080", "192.0.2.1 8081"]);
});

test("not again within 30 s, never for engines elsewhere or containers that are paused or stopped", async () => {
	const { ask, tried, timers } = hints();
	for (let second = 0; second < 59; second++) {
		await ask(container({ published }));
		await timers.turn(1_000);
	}
	assert.equal(tried.length, 6);
	const away = hints(false);
	await away.ask(container({ published }));
	await hints().ask(container({ published, state: "paused" }));
	assert.deepEqual(away.tried, []);
});

for (const [title, onConnection, expected] of [
	["who listens and waits answers", () => {}, true],
	["who greets answers", (socket: Socket) => socket.write("220 hello\r\n"), true],
	["who hangs up at once does not", (socket: Socket) => socket.end(), false],
	["nor who resets", (socket: Socket) => socket.resetAndDestroy(), false],
] as const) {
	test(title, async (t) => {
		const server = createServer((socket) => {
			socket.on("error", () => {});
			onConnection(socket);
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		t.after(() => server.close());
		assert.equal(await connectBriefly("127.0.0.1", (server.address() as { port: number }).port), expected);
	});
}

test("where nobody listens nobody answers", async () => {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as { port: number };
	await new Promise((resolve) => server.close(resolve));
	assert.equal(await connectBriefly("127.0.0.1", port), false);
});
