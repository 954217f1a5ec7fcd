import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { runPs } from "../../server/src/cli/ps.ts";
import type { ContainerReport } from "../../server/src/protocol.ts";
import { imageSkip } from "../support/engine/available.ts";
import { type Observer, observe } from "../support/engine/observe.ts";
import { type SeedContainers, startSeedContainers } from "../support/engine/seed.ts";
import { waitFor } from "../support/engine/wait.ts";

suite("the first promise: a port that nobody documented, and one that somebody did", { skip: await imageSkip("webapp:noexpose") }, () => {
	// Names of this run's own: a person may have the seed containers up.
	const names = { flask: `portlight-${process.pid}-flask`, web: `portlight-${process.pid}-web` };
	let seed: SeedContainers;
	let observer: Observer;
	before(async () => {
		seed = await startSeedContainers(names);
		observer = observe();
	});
	after(async () => {
		observer?.watch.dispose();
		await seed?.remove();
	});

	test("flask: its address, 80/tcp live and not exposed", async () => {
		const report = await observer.until(names.flask, "80/tcp live 0.0.0.0 python = not-exposed");
		assert.deepEqual(report.networks, [{ name: "bridge", ip: seed.flask.ip, ip6: null }]);
		assert.equal(report.id, seed.flask.id);
		assert.equal(report.image, "webapp:noexpose");
		assert.equal(report.command, "python app.py");
	});

	test("web: its address, 80/tcp exposed and live", async () => {
		const report = await observer.until(names.web, "80/tcp exposed live :: httpd = ok");
		assert.deepEqual(report.networks, [{ name: "bridge", ip: seed.web.ip, ip6: null }]);
	});

	test("the address answers as the example promises", async () => {
		const page = await waitFor("Flask's page", async () => {
			const response = await fetch(`http://${seed.flask.ip}:80/`, { signal: AbortSignal.timeout(2_000) });
			return response.ok && response.text();
		});
		assert.match(page, new RegExp(`<b>Hostname:</b> ${seed.flask.id.slice(0, 12)}<br/>`));
		assert.match(page, /<b>Remote IP:<\/b> \d+\.\d+\.\d+\.\d+/);
	});

	test("portlight ps, as a table and as JSON", async () => {
		await observer.until(names.flask, "80/tcp live 0.0.0.0 python = not-exposed");
		const table = await ps();
		const row = (name: string) =>
			table
				.split("\n")
				.find((line) => line.includes(name))
				?.split(/ {2,}/);
		assert.deepEqual(row(names.flask), [seed.flask.id.slice(0, 12), names.flask, "webapp:noexpose", seed.flask.ip, "80/tcp"]);
		assert.deepEqual(row(names.web), [seed.web.id.slice(0, 12), names.web, "web:exposed", seed.web.ip, "80/tcp", "80/tcp"]);
		const reports = JSON.parse(await ps("--format", "json")) as ContainerReport[];
		const flask = reports.find(({ name }) => name === names.flask);
		assert.deepEqual(flask?.ports, [
			{
				port: 80,
				protocol: "tcp",
				exposed: false,
				published: [],
				live: true,
				addresses: ["0.0.0.0"],
				process: "python",
				verdict: "not-exposed",
			},
		]);
		assert.ok(flask?.sockets.known);
		assert.equal(flask.sockets.via, "kernel");
		assert.match(flask.status, /^Up /);
	});

	async function ps(...args: string[]): Promise<string> {
		let out = "";
		const code = await runPs(args, {
			out: (text) => {
				out += text;
			},
			err: (text) => assert.equal(text, ""),
			columns: undefined,
		});
		assert.equal(code, 0);
		return out;
	}
});
