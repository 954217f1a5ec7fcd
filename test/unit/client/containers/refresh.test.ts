import assert from "node:assert/strict";
import { test } from "node:test";
import { createRefresher } from "../../../../client/src/containers/refresh.ts";
import type { ContainersReport } from "../../../../server/src/protocol.ts";
import { container, report } from "../../../support/containerReports.ts";

/** A server that answers when it is told to, and a clock that moves when it is told to. */
function world() {
	const happened: string[] = [];
	const questions: PromiseWithResolvers<ContainersReport>[] = [];
	let timers: (() => void)[] = [];
	const refresher = createRefresher({
		ask: () => {
			happened.push("ask");
			const question = Promise.withResolvers<ContainersReport>();
			questions.push(question);
			return question.promise;
		},
		tellVisible: async (visible) => void happened.push(visible ? "visible" : "hidden"),
		show: (shown) => happened.push(shown === undefined ? "show nothing" : `show ${shown.containers.length}`),
		after: (_, callback) => {
			timers.push(callback);
			return () => {
				timers = timers.filter((timer) => timer !== callback);
			};
		},
	});
	return {
		refresher,
		/** What happened since the last call. */
		happened: () => happened.splice(0),
		async answer(count: number) {
			questions.shift()?.resolve(report(...Array.from({ length: count }, () => container())));
			await settled();
		},
		async fail() {
			questions.shift()?.reject(new Error("gone"));
			await settled();
		},
		wait() {
			for (const timer of timers.splice(0)) timer();
		},
	};
}

/** All that can go on without an answer or the clock has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("nothing is asked before somebody looks", () => {
	const { refresher, happened, wait } = world();
	refresher.serverStarted();
	refresher.changed();
	wait();
	assert.deepEqual(happened(), []);
	refresher.visible(true);
	assert.deepEqual(happened(), ["visible", "ask"]);
});

test("a view that was open before the server is told and filled when it starts", async () => {
	const { refresher, happened, answer } = world();
	refresher.visible(true);
	assert.deepEqual(happened(), []);
	refresher.serverStarted();
	await answer(2);
	assert.deepEqual(happened(), ["visible", "ask", "show 2"]);
});

test("a burst of changes asks once", async () => {
	const { refresher, happened, answer, wait } = world();
	refresher.visible(true);
	refresher.serverStarted();
	await answer(1);
	happened();
	refresher.changed();
	refresher.changed();
	refresher.changed();
	wait();
	assert.deepEqual(happened(), ["ask"]);
});

test("a change while the answer is under way is not lost", async () => {
	const { refresher, happened, answer, wait } = world();
	refresher.visible(true);
	refresher.serverStarted();
	refresher.changed();
	wait();
	await answer(1);
	await answer(2);
	assert.deepEqual(happened(), ["visible", "ask", "show 1", "ask", "show 2"]);
});

test("hidden, the server is told, and the badge still follows changes", async () => {
	const { refresher, happened, answer, wait } = world();
	refresher.visible(true);
	refresher.serverStarted();
	await answer(1);
	happened();
	refresher.visible(false);
	refresher.changed();
	wait();
	assert.deepEqual(happened(), ["hidden", "ask"]);
});

test("a server that ends takes its rows along, and the next one is asked again", async () => {
	const { refresher, happened, answer, fail } = world();
	refresher.visible(true);
	refresher.serverStarted();
	refresher.serverStopped();
	await fail();
	assert.deepEqual(happened(), ["visible", "ask", "show nothing"]);
	refresher.serverStarted();
	await answer(1);
	assert.deepEqual(happened(), ["visible", "ask", "show 1"]);
});

test("an answer of a server that has ended is not shown", async () => {
	const { refresher, happened, answer } = world();
	refresher.visible(true);
	refresher.serverStarted();
	refresher.serverStopped();
	await answer(3);
	assert.deepEqual(happened(), ["visible", "ask", "show nothing"]);
});
