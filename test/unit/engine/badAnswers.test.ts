import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { suite, test } from "node:test";
import { watchContainers } from "../../../server/src/engine/engines.ts";
import { systemTimers } from "../../../server/src/engine/timers.ts";
import { realEngineWorld } from "../../../server/src/engine/world.ts";
import type { ContainersReport } from "../../../server/src/protocol.ts";
import { idOf } from "../../support/engine/facts.ts";
import { type SimulatedEngine, simulateEngine } from "../../support/engine/simulatedEngine.ts";
import { waitFor } from "../../support/engine/wait.ts";

/** A watch on a simulated engine of a few containers that behaves as `prepare` makes it. */
async function watching(
	prepare: (engine: SimulatedEngine) => void,
	look: (report: () => Promise<ContainersReport>, engine: SimulatedEngine) => Promise<void>,
): Promise<void> {
	const engine = await simulateEngine(3);
	prepare(engine);
	const watch = watchContainers(realEngineWorld({ env: { DOCKER_HOST: engine.endpoint } }), systemTimers, () => {});
	try {
		await look(() => watch.complete(), engine);
	} finally {
		watch.dispose();
		await engine.close();
	}
}

const html = (response: ServerResponse) => response.writeHead(200, { "content-type": "text/html" }).end("<html>login</html>");
const half = (response: ServerResponse) => response.writeHead(200, { "content-type": "application/json" }).end('[{"Id":"0000');
const broken = (response: ServerResponse) => response.writeHead(500, { "content-type": "application/json" }).end('{"message":"boom"}');
const cut = (response: ServerResponse) => {
	response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
	response.write('{"Id":"');
	response.destroy();
};

suite("an engine that answers badly", () => {
	for (const [title, answer] of [
		["HTML", html],
		["half JSON", half],
		["an error", broken],
		["and breaks off", cut],
	] as const) {
		test(`${title}: for one container, the others are not given up`, () =>
			watching(
				(engine) => {
					engine.fault = ({ url }, response) => {
						if (url !== `/containers/${idOf(2)}/json`) return false;
						answer(response);
						return true;
					};
				},
				async (report) => {
					const { engines, containers } = await report();
					assert.equal(engines[0]?.state, "connected");
					assert.deepEqual(
						containers.map(({ sockets }) => (sockets.known ? "known" : sockets.reason)),
						["known", "the engine does not describe the container", "known"],
					);
				},
			));

		test(`${title}: for the list, nothing is shown, and why`, () =>
			watching(
				(engine) => {
					engine.fault = ({ url }, response) => {
						if (!url?.startsWith("/containers/json")) return false;
						answer(response);
						return true;
					};
				},
				async (report) => {
					const { engines, containers } = await report();
					assert.notEqual(engines[0]?.state, "connected");
					assert.match(engines[0]?.message ?? "", /\.$/);
					assert.deepEqual(containers, []);
				},
			));
	}

	test("a stream that is cut, and events that are none: the watch comes back and is right", () =>
		watching(
			() => {},
			async (report, engine) => {
				await report();
				engine.send("<html>\n{\n[]\nnull\n");
				engine.cut();
				engine.containers.delete(idOf(1));
				await waitFor("the other two", async () => {
					const { engines, containers } = await report();
					return engines[0]?.state === "connected" && containers.length === 2;
				});
			},
		));

	test("a container that dies between list and inspect", () =>
		watching(
			(engine) => {
				engine.fault = ({ url }) => {
					if (url === `/containers/${idOf(3)}/json`) engine.containers.delete(idOf(3));
					return false;
				};
			},
			async (report) => assert.equal((await report()).containers.length, 2),
		));

	test("names with every odd character", () => {
		const name = 'a"b\\c<d>&\u001b[31m\u202e\n${IFS}';
		return watching(
			(engine) => engine.change(idOf(1), { name }, "rename"),
			async (report) => assert.ok((await report()).containers.some((one) => one.name === name)),
		);
	});

	test("300 ports in one container, out of order and twice", () => {
		const ports = Array.from({ length: 300 }, (_, index) => 9_000 + ((index * 7) % 300));
		return watching(
			(engine) => engine.change(idOf(1), { ports: [...ports, ...ports] }, "start"),
			async (report) => {
				const found = (await report()).containers.find(({ id }) => id === idOf(1));
				const live = found?.ports.filter((port) => port.live).map(({ port }) => port);
				assert.deepEqual(
					live,
					Array.from({ length: 300 }, (_, index) => 9_000 + index),
				);
			},
		);
	});

	test("clocks that jump: a container that will start tomorrow is read now", () =>
		watching(
			(engine) => engine.change(idOf(1), { startedAt: new Date(Date.now() + 86_400_000).toISOString() }, "start"),
			async (report) => assert.ok((await report()).containers.every(({ sockets }) => sockets.known)),
		));
});
