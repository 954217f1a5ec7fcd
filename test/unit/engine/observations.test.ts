import assert from "node:assert/strict";
import { test } from "node:test";
import { observations } from "../../../server/src/engine/observations.ts";
import type { Live } from "../../../server/src/engine/sockets/live.ts";
import { container, idOf, image, STARTED, tcp } from "../../support/engine/facts.ts";

const live = (readAt: number, ...ports: number[]): Live => ({
	known: true,
	via: "kernel",
	readAt,
	sockets: ports.map((port) => ({ protocol: "tcp", address: "0.0.0.0", port, process: null })),
});

test("only what is different is news, and when it was read is not", () => {
	const known = observations("default");
	const web = { container: container(), image: image(tcp(80)), live: live(1, 80) };
	known.set(web);
	assert.equal(known.takeNews(), true);
	assert.equal(known.takeNews(), false);
	known.set({ ...web, live: live(2, 80) });
	assert.equal(known.takeNews(), false);
	const [report] = known.reports(STARTED);
	assert.equal(report?.sockets.known && report.sockets.readAt, 2, "but the report says it");
	known.set({ ...web, live: live(3, 80, 81) });
	assert.equal(known.takeNews(), true);
	known.delete(web.container.id);
	assert.equal(known.takeNews(), true);
	assert.deepEqual(known.reports(STARTED), []);
});

test("reports are sorted by name, and their status is of the moment", () => {
	const known = observations("default");
	for (const [number, name] of ["b", "c", "a"].entries()) {
		known.set({ container: container({ id: idOf(number + 1), name }), image: undefined, live: live(1) });
	}
	const status = (now: number) => known.reports(now).map((one) => `${one.name} ${one.status}`);
	assert.deepEqual(status(STARTED + 60_000), ["a Up About a minute", "b Up About a minute", "c Up About a minute"]);
	assert.equal(status(STARTED + 5_000)[0], "a Up 5 seconds");
});

test("what a neighbour in the same network exposes is exposed, as long as it is there", () => {
	const known = observations("default");
	const owner = { container: container(), image: image(tcp(80)), live: live(1, 80, 9000) };
	const guest = {
		container: container({ id: idOf(2), name: "worker", networkMode: `container:${idOf(1)}` }),
		image: image(tcp(9000)),
		live: live(1, 80, 9000),
	};
	const verdicts = () =>
		known
			.reports(STARTED)
			.find(({ name }) => name === "web")
			?.ports.map(({ port, verdict }) => `${port} ${verdict}`);
	known.set(owner);
	assert.deepEqual(verdicts(), ["80 ok", "9000 not-exposed"]);
	known.set(guest);
	assert.deepEqual(verdicts(), ["80 ok", "9000 ok"]);
	assert.equal(known.namespace(guest), idOf(1));
	known.delete(idOf(2));
	assert.deepEqual(verdicts(), ["80 ok", "9000 not-exposed"]);
});

test("the container whose network another joined is asked about once, and remembered when it is gone", () => {
	const known = observations("default");
	const guest = { container: container({ id: idOf(2), networkMode: `container:${idOf(1)}` }), image: undefined, live: live(1) };
	assert.equal(known.missing(guest.container), idOf(1));
	assert.equal(known.namespace(guest), null);
	known.remember(idOf(1), "bridge");
	assert.equal(known.missing(guest.container), undefined);
	assert.equal(known.namespace(guest), idOf(1));
});
