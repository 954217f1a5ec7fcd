import assert from "node:assert/strict";
import { test } from "node:test";
import { type Actionable, perform } from "../../../server/src/engine/actions.ts";
import type { ContainerAction } from "../../../server/src/protocol.ts";

/** A container of dockerode that notes what is asked of it, and fails with the error if there is one. */
function fake(error?: object): { readonly asked: string[]; readonly container: Actionable } {
	const asked: string[] = [];
	const note = async (name: string) => {
		asked.push(name);
		if (error) throw Object.assign(new Error("(HTTP code) words for programmers"), error);
	};
	const container: Actionable = {
		start: () => note("start"),
		stop: () => note("stop"),
		restart: () => note("restart"),
		pause: () => note("pause"),
		unpause: () => note("unpause"),
		remove: ({ force }) => note(`remove ${force ? "by force" : ""}`),
	};
	return { asked, container };
}

for (const action of ["start", "stop", "restart", "pause", "unpause"] as const) {
	test(`${action} does just that`, async () => {
		const { asked, container } = fake();
		assert.equal(await perform(container, action), null);
		assert.deepEqual(asked, [action]);
	});
}

test("what runs is stopped to be removed", async () => {
	const { asked, container } = fake();
	assert.equal(await perform(container, "remove"), null);
	assert.deepEqual(asked, ["remove by force"]);
});

for (const [name, action, error, outcome] of [
	["one that runs is started", "start", { statusCode: 304 }, null],
	["one that is gone is removed", "remove", { statusCode: 404 }, null],
	["one that is gone is started", "start", { statusCode: 404 }, "There is no such container any more."],
	[
		"a host port is taken",
		"start",
		{ statusCode: 500, json: { message: "Bind for 0.0.0.0:80 failed: port is already allocated" } },
		"Bind for 0.0.0.0:80 failed: port is already allocated",
	],
	["the engine says nothing", "pause", { statusCode: 500 }, "(HTTP code) words for programmers"],
] as const satisfies readonly (readonly [string, ContainerAction, object, string | null])[]) {
	test(`${name}: ${outcome ?? "nothing to complain of"}`, async () => {
		assert.equal(await perform(fake(error).container, action), outcome);
	});
}

test("no answer is no refusal", async () => {
	await assert.rejects(perform(fake({ code: "ECONNRESET" }).container, "stop"), { code: "ECONNRESET" });
});
