import assert from "node:assert/strict";
import { test } from "node:test";
import { byName, type Observation, reportContainer } from "../../../server/src/engine/containers.ts";
import type { Container, ImageConfig } from "../../../server/src/engine/engine.ts";
import type { Live, LiveSocket } from "../../../server/src/engine/sockets/live.ts";
import type { Port } from "../../../server/src/model/port.ts";
import type { ContainerReport } from "../../../server/src/protocol.ts";
import { container, image, STARTED, tcp, udp } from "../../support/engine/facts.ts";
import { known, unknown } from "../../support/engine/fakeWorld.ts";

const UNKNOWN = unknown("no permission to look inside the container");

function on(address: string, port: Port, process: string | null = null): LiveSocket {
	return { address, port: port.port, protocol: port.protocol as "tcp" | "udp", process };
}

function report(observation: Observation, engine = "default"): ContainerReport {
	return reportContainer(engine, observation, STARTED + 180_000);
}

/** One line a port: what is exposed, published and live, with the verdict. */
function ports(facts: Partial<Container>, config: ImageConfig | undefined, live: Live | readonly LiveSocket[]): string[] {
	const measured = "known" in live ? live : known(...live);
	return report({ container: container(facts), image: config, live: measured }).ports.map((port) =>
		[
			`${port.port}/${port.protocol}`,
			port.exposed ? "exposed" : "",
			...port.published.map(({ hostIp, hostPort }) => `${hostIp}:${hostPort}`),
			port.live === null ? "?" : port.live ? `live ${port.addresses.join(",")}${port.process ? ` ${port.process}` : ""}` : "",
			port.maybeClient ? "maybe a client" : "",
			`= ${port.verdict}`,
		]
			.filter((word) => word !== "")
			.join(" "),
	);
}

const http = tcp(80);
const published = { requested: [http], published: [{ ...http, hostIp: "0.0.0.0", hostPort: 8080 }] };

for (const [title, facts, config, live, expected] of [
	["live, not exposed", {}, image(), [on("0.0.0.0", http, "python")], ["80/tcp live 0.0.0.0 python = not-exposed"]],
	["live and exposed", {}, image(http), [on("::", http)], ["80/tcp exposed live :: = ok"]],
	["exposed, nothing listens", {}, image(tcp(8080)), [], ["8080/tcp exposed = nothing-listens"]],
	["published, nothing listens", published, image(), [], ["80/tcp 0.0.0.0:8080 = nothing-listens"]],
	["published and live, but not exposed", published, image(), [on("::", http)], ["80/tcp 0.0.0.0:8080 live :: = not-exposed"]],
	[
		"loopback only",
		published,
		image(http),
		[on("127.0.0.1", http), on("::1", http)],
		["80/tcp exposed 0.0.0.0:8080 live 127.0.0.1,::1 = loopback-only"],
	],
	[
		"loopback and more",
		{},
		image(http),
		[on("127.0.0.1", http), on("172.17.0.2", http)],
		["80/tcp exposed live 127.0.0.1,172.17.0.2 = ok"],
	],
	["sockets unknown", published, image(tcp(9000)), UNKNOWN, ["80/tcp 0.0.0.0:8080 ? = unknown", "9000/tcp exposed ? = unknown"]],
	["nothing at all", {}, image(), [], []],
	[
		"EXPOSE is the image's: --publish in the container's configuration is none",
		{ ...published, declared: [http] },
		image(),
		[on("::", http)],
		["80/tcp 0.0.0.0:8080 live :: = not-exposed"],
	],
	["--expose counts as exposed", { declared: [http] }, image(), [on("::", http)], ["80/tcp exposed live :: = ok"]],
	[
		"the image is gone",
		{ ...published, declared: [http, tcp(81)] },
		undefined,
		[],
		["80/tcp 0.0.0.0:8080 = nothing-listens", "81/tcp exposed = nothing-listens"],
	],
	[
		"TCP is not UDP",
		{},
		image(tcp(53)),
		[on("0.0.0.0", udp(53))],
		["53/tcp exposed = nothing-listens", "53/udp live 0.0.0.0 = not-exposed"],
	],
	["an ephemeral UDP port may be a client's", {}, image(), [on("0.0.0.0", udp(40_000))], ["40000/udp ? maybe a client = unknown"]],
	["but not when it is exposed", {}, image(udp(40_000)), [on("0.0.0.0", udp(40_000))], ["40000/udp exposed live 0.0.0.0 = ok"]],
	["an ephemeral TCP port is listened on", {}, image(), [on("0.0.0.0", tcp(40_000))], ["40000/tcp live 0.0.0.0 = not-exposed"]],
	["SCTP has no table", {}, image({ port: 132, protocol: "sctp" as const }), [], ["132/sctp exposed ? = unknown"]],
	[
		"by number, then protocol",
		{},
		image(tcp(443), udp(80), tcp(80), tcp(8080)),
		UNKNOWN,
		["80/tcp exposed ? = unknown", "80/udp exposed ? = unknown", "443/tcp exposed ? = unknown", "8080/tcp exposed ? = unknown"],
	],
] as const) {
	test(title, () => assert.deepEqual(ports(facts, config, live), expected));
}

test("the rest of the contract", () => {
	const facts = { argv: ["python", "app.py"], project: "shop", health: "healthy", labels: { a: "b" } };
	assert.deepEqual(report({ container: container(facts), image: image(), live: UNKNOWN }, "colima"), {
		engine: "colima",
		id: container().id,
		name: "web",
		image: "web:1",
		imageId: "sha256:web",
		command: "python app.py",
		state: "running",
		running: true,
		status: "Up 3 minutes (healthy)",
		health: "healthy",
		exitCode: null,
		createdAt: "2024-05-01T10:00:00.000Z",
		startedAt: "2024-05-01T10:00:00.000Z",
		labels: { a: "b" },
		project: "shop",
		networkMode: "bridge",
		networks: [{ name: "bridge", ip: "172.17.0.2", ip6: null }],
		sockets: { known: false, via: null, reason: "no permission to look inside the container", remedy: null },
		ports: [],
	});
	const measured = report({ container: container(), image: image(), live: known() });
	assert.deepEqual(measured.sockets, { known: true, via: "kernel", reason: null, readAt: 0 });
	const stopped = container({ running: false, state: "exited", exitCode: 3, finishedAt: new Date(STARTED + 60_000).toISOString() });
	const { status, exitCode } = report({ container: stopped, image: undefined, live: UNKNOWN });
	assert.deepEqual([status, exitCode], ["Exited (3) 2 minutes ago", 3]);
});

test("sorted by name", () => {
	const named = (name: string) => report({ container: container({ name }), image: undefined, live: UNKNOWN });
	assert.deepEqual(
		[named("web"), named("api"), named("db")].sort(byName).map(({ name }) => name),
		["api", "db", "web"],
	);
});
