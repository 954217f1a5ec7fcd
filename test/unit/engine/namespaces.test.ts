import assert from "node:assert/strict";
import { test } from "node:test";
import { joinedContainer, namespaceOf } from "../../../server/src/engine/namespaces.ts";

const modes: Readonly<Record<string, string>> = {
	own: "bridge",
	guest: "container:own",
	second: "container:guest",
	onHost: "host",
	sidecar: "container:onHost",
	left: "container:right",
	right: "container:left",
	podman: "ns:/run/netns/x",
	orphan: "container:gone",
};

const of = (id: string) => namespaceOf({ id, networkMode: modes[id] ?? "" }, (other) => modes[other]);

test("a container is in its own network, or in that of the one it joined, over several steps", () => {
	assert.equal(of("own"), "own");
	assert.equal(of("guest"), "own");
	assert.equal(of("second"), "own");
});

test("the host's network is told, also through another container", () => {
	assert.equal(of("onHost"), "host");
	assert.equal(of("sidecar"), "host");
});

test("unknown: the one that it joined is gone, the path of a namespace, containers that join each other", () => {
	assert.equal(of("orphan"), null);
	assert.equal(of("podman"), null);
	assert.equal(of("left"), null);
});

test("which container was joined", () => {
	assert.equal(joinedContainer("container:abc"), "abc");
	assert.equal(joinedContainer("bridge"), undefined);
});
