import assert from "node:assert/strict";
import { test } from "node:test";
import type { Container } from "../../../server/src/engine/engine.ts";
import { statusOf } from "../../../server/src/engine/status.ts";
import { container, STARTED } from "../../support/engine/facts.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

for (const [seconds, words] of [
	[-5, "Less than a second"],
	[0.4, "Less than a second"],
	[1, "1 second"],
	[59, "59 seconds"],
	[MINUTE, "About a minute"],
	[59 * MINUTE, "59 minutes"],
	[HOUR, "About an hour"],
	[1.6 * HOUR, "2 hours"],
	[2 * DAY, "2 days"],
	[15 * DAY, "2 weeks"],
	[70 * DAY, "2 months"],
	[800 * DAY, "2 years"],
] as const) {
	test(`${seconds} seconds after the start: Up ${words}`, () => {
		assert.equal(statusOf(container(), STARTED + seconds * 1000), `Up ${words}`);
	});
}

const finishedAt = new Date(STARTED + 60_000).toISOString();
const stopped: Partial<Container> = { running: false, state: "exited", exitCode: 137, finishedAt };
for (const [title, facts, words] of [
	["healthy", { health: "healthy" }, "Up 5 minutes (healthy)"],
	["health not known yet", { health: "starting" }, "Up 5 minutes (health: starting)"],
	["paused", { state: "paused", health: "healthy" }, "Up 5 minutes (Paused)"],
	["restarting", { state: "restarting", exitCode: 1, finishedAt }, "Restarting (1) 4 minutes ago"],
	["exited", stopped, "Exited (137) 4 minutes ago"],
	["created", { running: false, state: "created", startedAt: null }, "Created"],
	["being removed", { ...stopped, state: "removing" }, "Removal In Progress"],
	["dead", { ...stopped, state: "dead" }, "Dead"],
	["an engine that does not say when", { startedAt: "yesterday" }, "Up Less than a second"],
] as const) {
	test(title, () => assert.equal(statusOf(container(facts), STARTED + 300_000), words));
}
