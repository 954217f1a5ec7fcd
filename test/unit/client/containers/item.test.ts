import assert from "node:assert/strict";
import { test } from "node:test";
import { items, problems } from "../../../../client/src/containers/item.ts";
import type { Item } from "../../../../client/src/containers/row.ts";
import { DEFAULT_VIEW, type ViewSettings } from "../../../../client/src/containers/viewSettings.ts";
import type { ContainerReport } from "../../../../server/src/protocol.ts";
import { container, engine, port, report } from "../../../support/containerReports.ts";

/** The tree as text, two blanks a level. */
function drawn(rows: readonly Item[], indent = ""): string[] {
	return rows.flatMap(({ label, description, children }) => [
		`${indent}${label}${description === "" ? "" : ` | ${description}`}`,
		...drawn(children, `${indent}  `),
	]);
}

function drawnContainer(changes: Partial<ContainerReport>): string[] {
	return drawn(items(report(container(changes))));
}

test("a container, its address and its ports", () => {
	assert.deepEqual(drawnContainer({ ports: [port({ exposed: false, verdict: "not-exposed" })] }), [
		"flask | webapp:noexpose · 172.17.0.3",
		"  172.17.0.3 | bridge",
		"  80/tcp | live · not exposed",
	]);
});

test("compose projects come first and hold their containers", () => {
	const all = report(container({ name: "alone" }), container({ name: "db", project: "shop" }), container({ name: "web", project: "shop" }));
	assert.deepEqual(
		drawn(items(all)).filter((row) => !row.includes("172.17.0.3 | bridge")),
		[
			"shop | compose project, 2 containers",
			"  db | webapp:noexpose · 172.17.0.3",
			"  web | webapp:noexpose · 172.17.0.3",
			"alone | webapp:noexpose · 172.17.0.3",
		],
	);
});

test("tasks of a swarm are grouped by stack, or by a service without one", () => {
	const task = (name: string, project: string, labels: Record<string, string>) => container({ name, project, labels });
	const alone = { "com.docker.swarm.service.name": "cache" };
	const stacked = { "com.docker.swarm.service.name": "shop_web", "com.docker.stack.namespace": "shop" };
	const all = report(task("cache.1.x", "cache", alone), task("cache.2.y", "cache", alone), task("shop_web.1.z", "shop", stacked));
	const rows = items(all, viewWith({ description: ["compose"] }));
	assert.deepEqual(
		drawn(rows).filter((row) => !row.includes("172.17.0.3 | bridge")),
		[
			"cache | swarm service, 2 containers",
			"  cache.1.x | cache",
			"  cache.2.y | cache",
			"shop | swarm stack, 1 container",
			"  shop_web.1.z | shop/web",
		],
	);
});

test("each network and each family has its row", () => {
	const networks = [
		{ name: "front", ip: "172.18.0.2", ip6: "fd00::2" },
		{ name: "back", ip: "172.19.0.2", ip6: null },
	];
	assert.deepEqual(drawnContainer({ networkMode: "front", networks }), [
		"flask | webapp:noexpose · 172.18.0.2 +2",
		"  172.18.0.2 | front",
		"  fd00::2 | front",
		"  172.19.0.2 | back",
	]);
});

test("network modes without an address of their own are told in words", () => {
	const networks: ContainerReport["networks"] = [{ name: "host", ip: null, ip6: null }];
	assert.deepEqual(drawnContainer({ networkMode: "host", networks }), [
		"flask | webapp:noexpose · host network",
		"  host network | has the host's own IP addresses",
	]);
	assert.deepEqual(drawnContainer({ networkMode: "none", networks: [] }), [
		"flask | webapp:noexpose · no network",
		"  no network | has no IP address, cannot be reached",
	]);
	assert.deepEqual(drawnContainer({ networkMode: "front", networks: [{ name: "front", ip: null, ip6: null }] }), [
		"flask | webapp:noexpose · no IP address",
		"  no IP address | front",
	]);
});

test("a container in another one's network names it", () => {
	const owner = container({ name: "proxy", id: "a".repeat(64) });
	const guest = container({ name: "guest", networkMode: `container:${owner.id}`, networks: [] });
	assert.deepEqual(drawn(items(report(guest, owner))).slice(0, 2), [
		"guest | webapp:noexpose · network of proxy",
		"  network of proxy | has the IP addresses of container proxy",
	]);
	assert.deepEqual(drawn(items(report(guest)))[1], "  network of aaaaaaaaaaaa | has the IP addresses of container aaaaaaaaaaaa");
});

test("unknown sockets are said and never drawn as silence", () => {
	const sockets = { known: false, via: null, reason: "no permission to look inside the container", remedy: null } as const;
	const ports = [
		port({ port: 80, live: null, addresses: [], verdict: "unknown" }),
		port({
			port: 90,
			exposed: false,
			published: [{ hostIp: "127.0.0.1", hostPort: 9090 }],
			live: null,
			addresses: [],
			verdict: "unknown",
		}),
	];
	const rows = drawnContainer({ sockets, ports });
	assert.deepEqual(rows.slice(2), [
		"  80/tcp | exposed",
		"  90/tcp | published 127.0.0.1:9090",
		"  ports unknown: no permission to look inside the container",
	]);
});

test("problems are counted at the container and in all", () => {
	const broken = container({
		name: "web",
		ports: [
			port({ port: 80, live: false, addresses: [], verdict: "nothing-listens" }),
			port({ port: 81, addresses: ["127.0.0.1"], verdict: "loopback-only" }),
			port({ port: 82, exposed: false, verdict: "not-exposed" }),
		],
	});
	const all = report(broken, container());
	assert.equal(items(all)[1]?.description, "webapp:noexpose · 172.17.0.3 · 2 problems");
	assert.equal(problems(all), 2);
	assert.equal(problems(report(container())), 0);
});

test("identifiers are unique, and the same when a container is made anew", () => {
	const ids = (rows: readonly Item[]): string[] => rows.flatMap(({ id, children }) => [id, ...ids(children)]);
	const ports = [port(), port({ protocol: "udp" }), port({ port: 81 })];
	const first = ids(items(report(container({ ports }), container({ name: "web", ports, project: "shop" }))));
	const again = ids(items(report(container({ ports, id: "b".repeat(64) }), container({ name: "web", ports, project: "shop" }))));
	assert.equal(new Set(first).size, first.length);
	assert.deepEqual(again, first);
});

test("control characters and marks of direction do not reach the screen", () => {
	const nasty = "we\u001b[31mb\u202e\r\n";
	const all = JSON.stringify(
		items(report(container({ name: nasty, image: nasty, ports: [port({ process: nasty })] }))).map(({ id: _, children, ...row }) => [
			row,
			children.map(({ id: _id, ...child }) => child),
		]),
	);
	assert.doesNotMatch(all, /\\u001b|\u202e|\\r/);
	assert.match(all, /we\[31mb/);
});

const viewWith = (changes: Partial<ViewSettings>) => ({ ...DEFAULT_VIEW, ...changes });
const labels = (rows: readonly Item[]) => rows.map(({ label }) => label);

test("stopped containers are shown when they are wanted, with how they ended and what they expose", () => {
	const old = container({ name: "old", running: false, state: "exited", exitCode: 1, ports: [port({ live: null, verdict: "unknown" })] });
	assert.deepEqual(items(report(old)), []);
	assert.deepEqual(drawn(items(report(old), viewWith({ showStopped: true }))), [
		"old | webapp:noexpose · exited (1)",
		"  80/tcp | exposed",
	]);
});

test("label and description are what the settings say", () => {
	const shop = container({ status: "Up 3 minutes", project: "shop", labels: { "com.docker.compose.service": "web" }, ports: [port()] });
	const row = (settings: Partial<ViewSettings>) => {
		const [first] = items(report(shop), viewWith({ groupBy: "none", ...settings }));
		return `${first?.label} | ${first?.description}`;
	};
	assert.equal(row({ label: "image", description: ["name", "status"] }), "webapp:noexpose | flask · Up 3 minutes");
	assert.equal(row({ label: "id", description: ["command", "ports", "compose"] }), "f9dc192442ee | python app.py · 80/tcp · shop/web");
	assert.equal(row({ description: [] }), "flask | ");
	assert.equal(row({ label: "name", description: ["name", "ip"] }), "flask | 172.17.0.3");
});

test("what is out of the ordinary is said, unless the status says it", () => {
	const sick = container({ health: "unhealthy", status: "Up 3 minutes (unhealthy)" });
	assert.match(items(report(sick))[0]?.description ?? "", /· unhealthy$/);
	assert.equal(items(report(sick), viewWith({ description: ["status"] }))[0]?.description, "Up 3 minutes (unhealthy)");
	assert.match(items(report(container({ state: "paused" })))[0]?.description ?? "", /· paused$/);
});

test("by network a container stands in each of its networks, under identifiers of their own", () => {
	const networks = [
		{ name: "back", ip: "172.19.0.2", ip6: null },
		{ name: "front", ip: "172.18.0.2", ip6: null },
	];
	const rows = items(
		report(container({ name: "web", networks }), container({ name: "host", networkMode: "host", networks: [] })),
		viewWith({ groupBy: "network" }),
	);
	assert.deepEqual(
		rows.map(({ label, children }) => [label, ...labels(children)]),
		[
			["back", "web"],
			["front", "web"],
			["host", "host"],
		],
	);
	const ids = (all: readonly Item[]): string[] => all.flatMap(({ id, children }) => [id, ...ids(children)]);
	assert.equal(new Set(ids(rows)).size, ids(rows).length);
});

test("by image, and a group counts the problems in it", () => {
	const broken = container({ name: "a", ports: [port({ live: false, addresses: [], verdict: "nothing-listens" })] });
	const rows = items(report(broken, container({ name: "b", image: "httpd" })), viewWith({ groupBy: "image" }));
	assert.deepEqual(
		rows.map(({ label, description }) => `${label} | ${description}`),
		["httpd | image, 1 container", "webapp:noexpose | image, 1 container · 1 problem"],
	);
});

test("several engines are roots, in their order; one that is away says why below its own", () => {
	const podman = engine({ name: "podman", kind: "podman", endpoint: "unix:///run/podman/podman.sock" });
	const away = engine({ name: "remote", state: "denied", message: "You have no permission.", endpoint: "ssh://x", kind: null });
	const all = { engines: [engine(), podman, away], containers: [container(), container({ engine: "podman", name: "db" })] };
	assert.deepEqual(drawn(items(all)), [
		"default | docker · unix:///var/run/docker.sock",
		"  flask | webapp:noexpose · 172.17.0.3",
		"    172.17.0.3 | bridge",
		"podman | podman · unix:///run/podman/podman.sock",
		"  db | webapp:noexpose · 172.17.0.3",
		"    172.17.0.3 | bridge",
		"remote | no permission · ssh://x",
		"  You have no permission.",
	]);
	assert.deepEqual(items(all)[2]?.traits, ["denied"]);
	const empty = { engines: [engine(), podman], containers: [] };
	assert.deepEqual(
		drawn(items(empty)).filter((row) => row.startsWith("  ")),
		["  no containers are running", "  no containers are running"],
	);
	assert.match(drawn(items(all, DEFAULT_VIEW, "nothing like it")).join("\n"), /no container matches the filter/);
});

test("the filter leaves what matches, in its groups", () => {
	const all = report(container({ name: "db", project: "shop" }), container({ name: "proxy", project: "shop" }));
	const [shop, ...others] = items(all, DEFAULT_VIEW, "PROXY");
	assert.deepEqual([shop?.description, labels(shop?.children ?? []), others], ["compose project, 1 container", ["proxy"], []]);
});

test("many containers are folded at first", () => {
	const many = (count: number) => report(...Array.from({ length: count }, (_, index) => container({ name: `c${index}` })));
	assert.equal(
		items(many(40)).some(({ folded }) => folded),
		false,
	);
	assert.equal(
		items(many(41)).every(({ folded }) => folded),
		true,
	);
});

test("menus find what a container can do in its traits", () => {
	const traits = (changes: Partial<ContainerReport>) => items(report(container(changes)), viewWith({ showStopped: true }))[0]?.traits;
	assert.deepEqual(traits({}), ["running", "addressed"]);
	assert.deepEqual(traits({ running: false, state: "exited", networks: [] }), ["stopped"]);
	const ports = [port({ published: [{ hostIp: "0.0.0.0", hostPort: 8080 }], exposed: false, verdict: "not-exposed" })];
	const sockets = { known: false, via: null, reason: "no", remedy: "helper" } as const;
	assert.deepEqual(traits({ state: "paused", ports, sockets }), ["running", "paused", "published", "undocumented", "addressed", "helper"]);
});

test("unknown ports that the helper can read say so", () => {
	const sockets = { known: false, via: null, reason: "has no cat", remedy: "helper" } as const;
	const row = items(report(container({ sockets })))[0]?.children.at(-1);
	assert.deepEqual([row?.kind, row?.traits], ["unknown", ["helper"]]);
	assert.match(row?.spoken ?? "", /Measure with Helper Container/);
});
