import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import type { PortlightApi } from "../../../client/src/extension.ts";
import { test, until } from "./harness.ts";
import { shownContainers } from "./shownContainers.ts";

async function docker(...args: string[]): Promise<void> {
	await promisify(execFile)("docker", args);
}

/** A container's rows as they read, without the process, whose name is the image's business. */
function read(rows: ReturnType<PortlightApi["containers"]>["rows"], name: string): string[] | undefined {
	return rows.find(({ label }) => label === name)?.children.map(({ label, description }) => `${label} ${description.split("\u2003")[0]}`);
}

if (process.env.PORTLIGHT_TEST_ENGINE === "seeded") {
	test("the tree shows flask's address and its live port that is not exposed", async () => {
		const containers = await shownContainers();
		const rows = await until(
			"the row",
			() => read(containers().rows, "flask"),
			(found) => found?.some((row) => row.includes("live")) === true,
		);
		assert.match(rows?.[0] ?? "", /^\d+\.\d+\.\d+\.\d+ bridge$/);
		assert.deepEqual(rows?.slice(1), ["80/tcp live · not exposed"]);
	});

	test("the tree shows web's address and its exposed, live port", async () => {
		const containers = await shownContainers();
		const rows = await until(
			"the row",
			() => read(containers().rows, "web"),
			(found) => found?.some((row) => row.includes("live")) === true,
		);
		assert.match(rows?.[0] ?? "", /^\d+\.\d+\.\d+\.\d+ bridge$/);
		assert.deepEqual(rows?.slice(1), ["80/tcp exposed · live"]);
		assert.equal(containers().state, "connected");
	});

	test("Copy IP Address copies the address of the row", async () => {
		const containers = await shownContainers();
		const ip = containers()
			.rows.find(({ label }) => label === "flask")
			?.children.find(({ kind }) => kind === "ip");
		assert.ok(ip?.address);
		await vscode.commands.executeCommand("portlight.copyIpAddress", ip);
		await until(
			"the clipboard",
			() => vscode.env.clipboard.readText(),
			(text) => text === ip.address,
		);
	});

	test("a container that stops leaves the tree, and comes back with its port when it starts", async () => {
		const containers = await shownContainers();
		await docker("kill", "web");
		await until(
			"web is gone",
			() => containers().rows.map(({ label }) => label),
			(labels) => !labels.includes("web") && labels.includes("flask"),
		);
		await docker("start", "web");
		await until(
			"web is back",
			() => read(containers().rows, "web"),
			(found) => found?.includes("80/tcp exposed · live") === true,
		);
	});

	test("the rows come back when the language server is restarted", async () => {
		const containers = await shownContainers();
		await vscode.commands.executeCommand("portlight.restartServer");
		await until(
			"the row",
			() => read(containers().rows, "flask"),
			(found) => found?.includes("80/tcp live · not exposed") === true,
		);
	});
}

if (process.env.PORTLIGHT_TEST_ENGINE === "missing") {
	test("without an engine the view is empty and says so", async () => {
		const containers = await shownContainers();
		const { state, rows } = await until("the state", containers, (now) => now.state !== "connecting");
		assert.equal(state, "absent");
		assert.deepEqual(rows, []);
	});

	test("Refresh asks again and stays calm", async () => {
		const containers = await shownContainers();
		await vscode.commands.executeCommand("portlight.refreshContainers");
		await until(
			"the state",
			() => containers().state,
			(state) => state === "absent",
		);
	});
}
