import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { engineSkip, imageSkip } from "../support/engine/available.ts";
import { lab } from "../support/engine/containers.ts";
import { ensureImage, type TestImage } from "../support/engine/images.ts";
import { type Observer, observe } from "../support/engine/observe.ts";
import { docker } from "../support/engine/run.ts";

interface Case {
	readonly name: string;
	readonly image?: TestImage;
	readonly options?: readonly string[];
	readonly command?: readonly string[];
	/** As `describe` of the test support puts it. */
	readonly expected: string;
}

const httpd = (on: string) => ["httpd", "-f", "-p", on, "-h", "/www"];

/** Busybox opens no UDP sockets; Python opens what it is told: kind, address and port. */
function python(
	...sockets: readonly (readonly ["udp" | "udp-connected" | "tcp-shared", string, number])[]
): Pick<Case, "image" | "command"> {
	const program = `
import json, socket, sys, time
kept = []
for kind, address, port in json.loads(sys.argv[1]):
    if kind == "tcp-shared":
        one = socket.create_server((address, port), reuse_port=True)
    else:
        one = socket.socket(type=socket.SOCK_DGRAM)
        (one.connect if kind == "udp-connected" else one.bind)((address, port))
    kept.append(one)
time.sleep(1e6)`;
	return { image: "webapp:noexpose", command: ["python", "-c", program, JSON.stringify(sockets)] };
}

const { start, network, full, removeAll } = lab();

const cases: readonly Case[] = [
	{ name: "noexpose", expected: "80/tcp live :: httpd = not-exposed" },
	{
		name: "exposed",
		image: "web:exposed",
		options: ["--publish", "127.0.0.1::80"],
		expected: "80/tcp exposed published live :: httpd = ok",
	},
	{ name: "joined-by", image: "web:exposed", expected: "80/tcp exposed live :: httpd = ok; 3100/tcp live :: httpd = not-exposed" },
	{ name: "expose-option", options: ["--expose", "80"], expected: "80/tcp exposed live :: httpd = ok" },
	{ name: "publish-only", options: ["--publish", "127.0.0.1::80"], expected: "80/tcp published live :: httpd = not-exposed" },
	{
		name: "loopback",
		command: httpd("127.0.0.1:9000"),
		options: ["--publish", "127.0.0.1::9000"],
		expected: "9000/tcp published live 127.0.0.1 httpd = loopback-only",
	},
	{
		name: "wrong-expose",
		image: "portlight-test/wrong-expose",
		expected: "80/tcp exposed = nothing-listens; 8000/tcp live :: httpd = not-exposed; 9999/udp exposed = nothing-listens",
	},
	{
		name: "udp",
		...python(["udp", "0.0.0.0", 5353], ["udp", "127.0.0.1", 5355]),
		expected: "5353/udp live 0.0.0.0 python = not-exposed; 5355/udp live 127.0.0.1 python = loopback-only",
	},
	{
		name: "udp-exposed",
		...python(["udp", "0.0.0.0", 40_000]),
		options: ["--expose", "40000/udp"],
		expected: "40000/udp exposed live 0.0.0.0 python = ok",
	},
	{
		name: "udp-clients",
		...python(["udp", "0.0.0.0", 40_000], ["udp-connected", "127.0.0.1", 9]),
		expected: "40000/udp python maybe a client = unknown",
	},
	{
		name: "shared-port",
		...python(["tcp-shared", "0.0.0.0", 8123], ["tcp-shared", "0.0.0.0", 8123]),
		expected: "8123/tcp live 0.0.0.0 python = not-exposed",
	},
	{ name: "scratch", image: "portlight-test/scratch", expected: "8080/tcp live :: httpd = not-exposed" },
	{ name: "silent", command: ["sleep", "100000"], expected: "no ports" },
	{
		name: "locked-down",
		options: ["--user", "65534", "--read-only", "--cap-drop", "ALL"],
		command: httpd("8080"),
		expected: "8080/tcp live :: httpd = not-exposed",
	},
	{ name: "no-network", options: ["--network", "none"], expected: "80/tcp live :: httpd = not-exposed" },
	{
		name: "host-network",
		options: ["--network", "host"],
		command: httpd("127.0.0.1:39871"),
		expected: "39871/tcp live 127.0.0.1 httpd = loopback-only",
	},
	{ name: "user-network", options: ["--network", full("net")], expected: "80/tcp live :: httpd = not-exposed" },
	{
		name: "own-dns",
		options: ["--network", full("net")],
		command: httpd("127.0.0.11:53"),
		expected: "53/tcp live 127.0.0.11 httpd = loopback-only",
	},
	{ name: "paused", expected: "80/tcp live :: httpd = not-exposed" },
	{ name: "restarting", options: ["--restart", "always"], command: ["false"], expected: "no ports (unknown: the container is restarting)" },
];

const BUSYBOX = "portlight-test/busybox";
const skipEngine = await engineSkip();
const skipPython = await imageSkip("webapp:noexpose");

suite("containers with known listeners", { skip: skipEngine }, () => {
	const skipOf = ({ image }: Case) => image === "webapp:noexpose" && skipPython;
	let observer: Observer;
	before(async () => {
		await network("net");
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
