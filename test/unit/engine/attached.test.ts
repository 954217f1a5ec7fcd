import assert from "node:assert/strict";
import { Duplex } from "node:stream";
import { test } from "node:test";
import { attachedContainer } from "../../../server/src/engine/attached.ts";
import { EngineProblem } from "../../../server/src/engine/engine.ts";

/** A connection that the test speaks at the other end of. */
function connection() {
	let written = "";
	let closed = 0;
	const stream = new Duplex({
		read() {},
		write(chunk, _, done) {
			written += chunk;
			done();
		},
	});
	const container = attachedContainer(stream, () => closed++);
	const say = (text: string) => {
		const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
		header.writeUInt32BE(Buffer.byteLength(text), 4);
		stream.push(Buffer.concat([header, Buffer.from(text)]));
	};
	return { stream, container, say, written: () => written, closed: () => closed };
}

test("output is read piece by piece, whether it is there already or comes later", async () => {
	const { container, say, written } = connection();
	container.write("1\n");
	say("one\0two\0thr");
	assert.equal(await container.readUntil(0, 1_000), "one");
	assert.equal(await container.readUntil(0, 1_000), "two");
	const third = container.readUntil(0, 1_000);
	say("ee\0");
	assert.equal(await third, "three");
	assert.equal(written(), "1\n");
	container.close();
});

test("a container that ends leaves nobody waiting, and is closed once", async () => {
	const { stream, container, say, closed } = connection();
	say("half");
	const reading = container.readUntil(0, 10_000);
	stream.push(null);
	await assert.rejects(reading, EngineProblem);
	container.close();
	assert.equal(closed(), 1);
	await assert.rejects(container.readUntil(0, 10_000), EngineProblem);
	container.write("too late");
});

test("a container that says nothing is closed when patience ends", async () => {
	const { stream, container, closed } = connection();
	await assert.rejects(container.readUntil(0, 5), EngineProblem);
	assert.equal(closed(), 1);
	assert.ok(stream.destroyed);
});

test("a connection that breaks is an end", async () => {
	const { stream, container, closed } = connection();
	const reading = container.readUntil(0, 10_000);
	stream.destroy(new Error("reset"));
	await assert.rejects(reading, EngineProblem);
	assert.equal(closed(), 1);
});
