import assert from "node:assert/strict";
import { test } from "node:test";
import { runPs } from "../../../server/src/cli/ps.ts";
import { type Container, EngineProblem } from "../../../server/src/engine/engine.ts";
import type { LiveSocket } from "../../../server/src/engine/sockets/live.ts";
import { container, idOf, image, tcp } from "../../support/engine/facts.ts";
import { type FakeWorld, fakeWorld, known, location, unknown } from "../../support/engine/fakeWorld.ts";

async function ps(world: FakeWorld, columns: number | undefined, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
	let out = "";
	let err = "";
	const output = {
		out: (text: string) => {
			out += text;
		},
		err: (text: string) => {
			err += text;
		},
		columns,
	};
	return { code: await runPs(args, output, world), out, err };
}

function socket(port: number, address = "0.0.0.0", protocol: "tcp" | "udp" = "tcp"): LiveSocket {
	return { port, address, protocol, process: null };
}

/** Containers numbered from 1, with their sockets. */
function world(...all: readonly (Partial<Container> & { live?: readonly LiveSocket[] | string })[]): FakeWorld {
	const made = fakeWorld(...all.map(({ live: _, ...facts }, index) => container({ id: idOf(index + 1), ...facts })));
	all.forEach(({ live = [] }, index) => {
		made.live.set(idOf(index + 1), typeof live === "string" ? unknown(live) : known(...live));
	});
	made.images.set("sha256:web", image(tcp(80)));
	return made;
}

const flask = { id: `f9dc192442ee${"0".repeat(52)}`, name: "flask", image: "webapp:noexpose", imageId: "sha256:webapp" };
const network = (ip: string, ip6: string | null = null) => [{ name: "bridge", ip, ip6 }];
const publishedTwice = [
	{ ...tcp(80), hostIp: "0.0.0.0", hostPort: 32768 },
	{ ...tcp(80), hostIp: "::", hostPort: 32768 },
];

function seed(): FakeWorld {
	const seeded = world({ networks: network("172.17.0.3"), live: [socket(80, "::")] });
	seeded.containers.set(flask.id, container({ ...flask, networks: network("172.17.0.2") }));
	seeded.live.set(flask.id, known(socket(80)));
	return seeded;
}

test("the seed case, as a table", async () => {
	const { code, out, err } = await ps(seed(), undefined);
	assert.equal(
		out,
		`CONTAINER ID  NAME   IMAGE            IP          EXPOSED  PUBLISHED  LIVE
f9dc192442ee  flask  webapp:noexpose  172.17.0.2                      80/tcp
000000000000  web    web:1            172.17.0.3  80/tcp              80/tcp
`,
	);
	assert.deepEqual([code, err], [0, ""]);
});

test("in 80 columns nothing is lost but the ends of names", async () => {
	const crowded = world({
		name: "a-container-with-a-very-long-name-indeed",
		image: "registry.example/team/project/service:2024-05-01",
		networks: network("172.18.0.10", "fd00:d0c:3674::6"),
		published: publishedTwice,
		live: [socket(80, "127.0.0.1"), socket(443), socket(8000), socket(8001), socket(8002)],
	});
	const { out } = await ps(crowded, 80);
	assert.equal(
		out,
		`CONTAINER ID  NAME      IMAGE    IP           EXPOSED  PUBLISHED      LIVE
000000000000  a-conta…  regist…  172.18.0.10  80/tcp   0.0.0.0:32768  443/tcp
                                 fd00:d0c:36           ->80/tcp       8000-8002/
                                 74::6                 [::]:32768     tcp
                                                       ->80/tcp       127.0.0.1
                                                                      :80/tcp
                                                                      loopback
                                                                      only
`,
	);
});

for (const width of [60, 80, 100, 120, 160, 200]) {
	test(`${width} columns: columns stay under their titles, no line is too long`, async () => {
		const crowded = world(
			{
				name: "n".repeat(30),
				image: "i".repeat(40),
				networks: network("172.18.0.10", "fd00:d0c:3674::6"),
				published: publishedTwice,
				live: [socket(80)],
			},
			{ name: "short", networkMode: "host", networks: [], live: "shares the host's network: cannot tell its sockets apart" },
			{ name: "zero", live: [] },
		);
		const { out } = await ps(crowded, width);
		const lines = out.trimEnd().split("\n");
		const longest = Math.max(...lines.map((line) => line.length));
		assert.ok(longest <= Math.max(width, 80), `${longest} characters`);
		const starts = ["NAME", "IMAGE", "IP", "EXPOSED", "PUBLISHED", "LIVE"].map((title) => lines[0]?.indexOf(title) ?? -1);
		for (const line of lines)
			for (const at of starts) assert.equal(line.slice(at - 2, at).trim(), "", `a gap before column ${at}: ${line}`);
	});
}

for (const [title, facts, column, cell] of [
	["nothing listens", { live: [] }, "LIVE", "none"],
	[
		"unknown is not none",
		{ live: "no permission to look inside the container" },
		"LIVE",
		"unknown: no permission to look inside the container",
	],
	[
		"neighbouring ports are a range",
		{ live: [socket(8000), socket(8001), socket(8002), socket(8001, "0.0.0.0", "udp")] },
		"LIVE",
		"8000-8002/tcp, 8001/udp",
	],
	[
		"loopback says so",
		{ live: [socket(9000, "127.0.0.1"), socket(9000, "::1")] },
		"LIVE",
		"127.0.0.1:9000/tcp loopback only, [::1]:9000/tcp loopback only",
	],
	["one address", { live: [socket(80, "172.17.0.2")] }, "LIVE", "172.17.0.2:80/tcp"],
	["published", { published: publishedTwice }, "PUBLISHED", "0.0.0.0:32768->80/tcp, [::]:32768->80/tcp"],
	["two addresses", { networks: network("172.17.0.2", "fd00::2") }, "IP", "172.17.0.2, fd00::2"],
	["the host's network", { networkMode: "host", networks: [] }, "IP", "host"],
	["no network", { networkMode: "none", networks: [] }, "IP", "none"],
	["a container's network that is in the list", { networkMode: `container:${idOf(1)}`, networks: [] }, "IP", "container:web"],
	["a container's network that is not", { networkMode: `container:${"ab".repeat(32)}`, networks: [] }, "IP", "container:abababababab"],
] as const) {
	test(`${column}: ${title}`, async () => {
		const { out } = await ps(world(facts), undefined);
		const [titles = "", row = ""] = out.split("\n");
		assert.ok(row.slice(titles.indexOf(column)).startsWith(cell), out);
	});
}

test("nothing in a name steers the terminal", async () => {
	const { out } = await ps(world({ name: "a\u001b[31mred\u0007\u009b2J\nb\u202ec", image: "x\ty" }), 80);
	assert.match(out, /a\[31mred2Jbc +xy/);
	assert.doesNotMatch(out.replaceAll("\n", ""), /[\x00-\x1f\x7f-\x9f\u202e]/);
	const json = await ps(world({ name: "a\u001b[31mred\u009b2J" }), 80, "--format", "json");
	assert.doesNotMatch(json.out.replaceAll("\n", ""), /[\x00-\x1f\x7f-\x9f]/);
	assert.equal(JSON.parse(json.out)[0].name, "a\u001b[31mred\u009b2J");
});

test("--format json is the contract and nothing else", async () => {
	for (const args of [["--format", "json"], ["--format=json"]]) {
		const { code, out } = await ps(seed(), 80, ...args);
		assert.equal(code, 0);
		const [{ status, sockets, ...first }] = JSON.parse(out);
		assert.match(status, /^Up \d+/);
		assert.deepEqual({ ...sockets, readAt: typeof sockets.readAt }, { known: true, via: "kernel", reason: null, readAt: "number" });
		assert.deepEqual(first, {
			engine: "default",
			id: flask.id,
			name: "flask",
			image: "webapp:noexpose",
			imageId: "sha256:webapp",
			command: "httpd -f",
			state: "running",
			running: true,
			health: null,
			exitCode: null,
			createdAt: "2024-05-01T10:00:00.000Z",
			startedAt: "2024-05-01T10:00:00.000Z",
			labels: {},
			project: null,
			networkMode: "bridge",
			networks: [{ name: "bridge", ip: "172.17.0.2", ip6: null }],
			ports: [
				{
					port: 80,
					protocol: "tcp",
					exposed: false,
					published: [],
					live: true,
					addresses: ["0.0.0.0"],
					process: null,
					verdict: "not-exposed",
				},
			],
		});
	}
});

test("no containers: the titles alone, and an empty array", async () => {
	assert.equal((await ps(fakeWorld(), 80)).out, "CONTAINER ID  NAME  IMAGE  IP  EXPOSED  PUBLISHED  LIVE\n");
	assert.equal((await ps(fakeWorld(), 80, "--format", "json")).out, "[]\n");
});

test("stopped containers are listed when they are asked for, by a filter too", async () => {
	const stopped = { name: "old", running: false, state: "exited", exitCode: 3, startedAt: null };
	const both = () => world({ name: "web" }, stopped);
	assert.deepEqual(names((await ps(both(), 80, "--format", "{{.Names}}")).out), ["web"]);
	for (const args of [["--all"], ["-a"]])
		assert.deepEqual(names((await ps(both(), 80, "--format", "{{.Names}}", ...args)).out), ["old", "web"]);
	assert.deepEqual(names((await ps(both(), 80, "--format", "{{.Names}}", "--filter", "status=exited")).out), ["old"]);
	assert.match((await ps(both(), undefined, "--all")).out, /^CONTAINER ID +NAME +IMAGE +STATUS +IP/);
});

test("--context names engines, each whose containers are listed; one that does not answer is said, and the others are shown", async () => {
	const several = seed();
	const asked: (string | null)[] = [];
	several.locate = async (name) => {
		asked.push(name);
		if (name === "away") return { ...location("away", []), problem: "The Docker context away does not exist." };
		return location(name ?? "default", [`unix:///${name}`]);
	};
	const { code, out, err } = await ps(several, undefined, "--context", "one", "--context", "away", "--context=two");
	assert.deepEqual(asked.sort(), ["away", "one", "two"]);
	assert.equal(err, "portlight ps: away: The Docker context away does not exist.\n");
	assert.equal(code, 2);
	assert.match(out, /^ENGINE +CONTAINER ID/);
	assert.deepEqual(
		out
			.split("\n")
			.slice(1, -1)
			.map((line) => line.split(/ +/).slice(0, 3).join(" ")),
		["one f9dc192442ee flask", "one 000000000000 web", "two f9dc192442ee flask", "two 000000000000 web"],
	);
});

test("without --context it is the engine that docker would use", async () => {
	const one = seed();
	const asked: (string | null)[] = [];
	one.locate = async (name) => {
		asked.push(name);
		return location("default", ["unix:///fake"]);
	};
	assert.doesNotMatch((await ps(one, undefined)).out, /ENGINE/);
	assert.deepEqual(asked, [null]);
});

test("--quiet prints identifiers, and says that it ignores a format", async () => {
	assert.equal((await ps(seed(), 80, "-q", "--filter", "name=flask")).out, "f9dc192442ee\n");
	const { out, err } = await ps(seed(), 80, "-q", "--no-trunc", "--filter", "name=flask", "--format", "{{.Names}}");
	assert.equal(out, `${flask.id}\n`);
	assert.match(err, /--format is ignored/);
});

test("--no-trunc cuts nothing, in a narrow window too", async () => {
	assert.match((await ps(seed(), 40, "--no-trunc")).out, new RegExp(`^CONTAINER ID +NAME .*\n${flask.id}  flask  webapp:noexpose `));
});

test("wide characters keep the columns straight", async () => {
	const { out } = await ps(world({ name: "日本語サービス", live: [socket(80)] }, { name: "b", live: [socket(80)] }), 70);
	assert.equal(
		out,
		`CONTAINER ID  NAME       IMAGE  IP          EXPOSED  PUBLISHED  LIVE
000000000000  b          web:1  172.17.0.2  80/tcp              80/tcp
000000000000  日本語サ…  web:1  172.17.0.2  80/tcp              80/tcp
`,
	);
});

test("a value that a function of the template cannot take is a mistake in words", async () => {
	const { code, err } = await ps(seed(), 80, "--format", '{{truncate .Names "x"}}');
	assert.deepEqual([code, err], [2, 'portlight ps: --format: truncate: "x" is not a count of characters\n']);
});

function names(out: string): string[] {
	return out.split("\n").filter((line) => line !== "");
}

test("--help goes to the output, without asking an engine", async () => {
	const idle = fakeWorld();
	const { code, out, err } = await ps(idle, 80, "--help");
	assert.match(out, /^Usage: portlight ps/);
	assert.deepEqual([code, err, idle.asked], [0, "", []]);
});

for (const [args, words] of [
	[["--nope"], /Unknown option '--nope'/],
	[["web"], /Unexpected argument 'web'/],
	[["--format"], /--format <value>' argument missing/],
	[["--format", "yaml"], /--format "yaml": table, json, or a template/],
	[["--format", ""], /--format "": table, json, or a template/],
	[["--format", "{{.Nope}}"], /--format: there is no field \.Nope; there are: ID/],
	[["--format", "{{.Names"], /--format: \{\{ is not closed/],
	[["--filter", "x"], /--filter "x": NAME=VALUE is wanted/],
	[["--filter", "nope=x"], /--filter nope: there is no such filter/],
	[["--context", ""], /--context: the name of a Docker context is missing/],
	[[""], /Unexpected argument ''/],
] as const) {
	test(`wrong usage: ${args.join(" ")}`, async () => {
		const { code, out, err } = await ps(fakeWorld(), 80, ...args);
		assert.deepEqual([code, out], [2, ""]);
		assert.match(err, words);
		assert.match(err, /Usage: portlight ps/);
	});
}

test("no engine: said on the error output, exit code 2, in JSON too", async () => {
	for (const args of [[], ["--format", "json"]]) {
		const none = fakeWorld();
		none.problem = new EngineProblem("denied", "You have no permission to talk to the engine.");
		const { code, out, err } = await ps(none, 80, ...args);
		assert.deepEqual([code, out, err], [2, "", "portlight ps: You have no permission to talk to the engine.\n"]);
	}
});
