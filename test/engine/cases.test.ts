import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { engineSkip, imageSkip } from "../support/engine/available.ts";
import { type Case, casesOf, httpd } from "../support/engine/cases.ts";
import { lab } from "../support/engine/containers.ts";
import { ensureImage } from "../support/engine/images.ts";
import { type Observer, observe } from "../support/engine/observe.ts";
import { docker } from "../support/engine/run.ts";

const ours = lab();
const { start, network, full, removeAll } = ours;
const cases = casesOf(ours);

const BUSYBOX = "portlight-test/busybox";
const skipEngine = await engineSkip();
const skipPython = await imageSkip("webapp:noexpose");

suite("containers with known listeners", { skip: skipEngine }, () => {
	const skipOf = ({ image }: Case) => image === "webapp:noexpose" && skipPython;
	let observer: Observer;
	before(async () => {
		await network("net");
		await network("v6", "--ipv6", "--subnet", `fd00:${(process.pid % 65536).toString(16)}::/64`);
		const startable = cases.filter((one) => !skipOf(one));
		for (const image of new Set(startable.map(({ image }) => image ?? BUSYBOX))) await ensureImage(image);
		await Promise.all(startable.map((one) => start(one.name, one.image ?? BUSYBOX, one.options, one.command)));
		await docker("pause", full("paused"));
		await start("joined", BUSYBOX, ["--network", `container:${full("joined-by")}`], httpd("3100"));
		observer = observe();
	});
	after(async () => {
		observer?.watch.dispose();
		await removeAll();
	});

	for (const one of cases) {
		test(one.name, { skip: skipOf(one) }, async () => {
			await observer.until(full(one.name), one.expected);
		});
	}

	test("another container's network: its sockets, and both containers' EXPOSE", async () => {
		const expected = "80/tcp exposed live :: httpd = ok; 3100/tcp live :: httpd = not-exposed";
		const joined = await observer.until(full("joined"), expected);
		assert.deepEqual(joined.networks, []);
		assert.match(joined.networkMode, /^container:[0-9a-f]{64}$/);
	});

	test("networks: an address for each, none for host and none", async () => {
		const { containers } = await observer.watch.report();
		const of = (name: string) => containers.find((container) => container.name === full(name));
		assert.deepEqual([of("host-network")?.networkMode, of("host-network")?.networks], ["host", []]);
		assert.deepEqual([of("no-network")?.networkMode, of("no-network")?.networks], ["none", []]);
		assert.equal(of("paused")?.state, "paused");
		assert.deepEqual(
			of("user-network")?.networks.map(({ name }) => name),
			[full("net")],
		);
		assert.match(of("user-network")?.networks[0]?.ip ?? "", /^\d+\.\d+\.\d+\.\d+$/);
	});

	test("published ports are the real ones", async () => {
		const report = await observer.until(full("exposed"), "80/tcp exposed published live :: httpd = ok");
		const [binding] = report.ports[0]?.published ?? [];
		assert.equal(`${binding?.hostIp}:${binding?.hostPort}`, await docker("port", full("exposed"), "80/tcp"));
	});
});
