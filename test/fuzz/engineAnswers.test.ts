/** Answers of engines whose fields are missing, of another type or from another world: reports of containers stay reports. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { reportContainer } from "../../server/src/engine/containers.ts";
import { readContainer, readImage, readListed } from "../../server/src/engine/inspect.ts";
import type { Live } from "../../server/src/engine/sockets/live.ts";
import { fuzz } from "../support/fuzz.ts";

const ID = "f9dc192442ee".padEnd(64, "0");
const INSPECTED = {
	Id: ID,
	Name: "/web",
	Created: "2024-05-01T10:00:00.5Z",
	Path: "python",
	Args: ["app.py"],
	Image: "sha256:abc",
	State: {
		Status: "running",
		Running: true,
		Paused: false,
		Restarting: false,
		Pid: 42,
		ExitCode: 0,
		StartedAt: "2024-05-01T10:00:01Z",
		FinishedAt: "0001-01-01T00:00:00Z",
		Health: { Status: "healthy" },
	},
	Config: {
		Image: "web:1",
		ExposedPorts: { "80/tcp": {}, "53/udp": {} },
		Labels: { "com.docker.compose.project": "shop" },
		Env: ["PORT=80"],
		Cmd: ["python"],
		Entrypoint: null,
	},
	HostConfig: { NetworkMode: "bridge", Runtime: "runc", PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "8080" }] } },
	NetworkSettings: {
		Ports: {
			"80/tcp": [
				{ HostIp: "0.0.0.0", HostPort: "8080" },
				{ HostIp: "::", HostPort: "8080" },
			],
			"53/udp": null,
		},
		Networks: { bridge: { IPAddress: "172.17.0.3", GlobalIPv6Address: "" } },
	},
	RootFS: {},
};
const LISTED = {
	Id: ID,
	Names: ["/web", "/other/web"],
	Image: "web:1",
	ImageID: "sha256:abc",
	Command: "python app.py",
	Created: 1_714_557_600,
	State: "exited",
	Status: "Exited (137) 3 minutes ago",
	Ports: [{ PrivatePort: 80, PublicPort: 8080, Type: "tcp", IP: "0.0.0.0" }],
	Labels: { a: "b" },
	NetworkSettings: { Networks: {} },
	HostConfig: { NetworkMode: "default" },
};

/** What may stand in the place of a field: other types, other numbers, deep and odd things. */
const other = fc.oneof(
	fc.constantFrom<unknown>(
		undefined,
		null,
		true,
		0,
		-1,
		80.5,
		1e300,

		"",
		"80",
		"80/tcp",
		"65536/tcp",
		"0/udp",
		"-1",
		"a\u202eb\0",
		[],
		[null],
		{},
		{ "80/tcp": null },
		"2024-13-45T99:99:99Z",
		{ Status: 7 },
		[["a"]],
		8.64e15,
		"__proto__",
	),
	fc.jsonValue({ maxDepth: 3 }),
);

/** A few places of an answer, each with something else. */
const changes = fc.array(
	fc.record({
		at: fc.nat(1_000_000),
		value: other,
		key: fc.constantFrom(undefined, undefined, "__proto__", "toString", "99999/tcp", "80/sctp"),
	}),
	{ maxLength: 5 },
);

const live: fc.Arbitrary<Live> = fc.oneof(
	fc.constant<Live>({ known: false, reason: "no permission", remedy: null } as Live),
	fc
		.array(
			fc.record({
				protocol: fc.constantFrom("tcp", "udp"),
				address: fc.constantFrom("0.0.0.0", "127.0.0.1", "::"),
				port: fc.integer({ min: 1, max: 65_535 }),
				process: fc.constantFrom(null, "nginx"),
			}),
		)
		.map((sockets) => ({ known: true, via: "kernel", readAt: 0, sockets }) as unknown as Live),
);

fuzz(
	"engineAnswers",
	fc.record({ kind: fc.constantFrom("inspected", "listed", "image"), changes, live }),
	({ kind, changes, live }) => {
		const answer: unknown = changes.reduce<unknown>(changed, structuredClone(kind === "listed" ? LISTED : INSPECTED));
		const before = JSON.stringify(answer);
		if (kind === "image") return void readImage(answer);
		const container = kind === "listed" ? readListed(answer) : readContainer(answer);
		assert.equal(JSON.stringify(answer), before, "the answer stays what it is");
		if (!container) return;
		const report = reportContainer("default", { container, image: undefined, live }, 1_714_557_700_000);
		assert.deepEqual(JSON.parse(JSON.stringify(report)), report, "a report can be sent");
		assert.match(report.id, /^[0-9a-f]{64}$/);
		assert.ok(typeof report.status === "string" && !/NaN|undefined|Invalid/.test(report.status), `status ${report.status}`);
		assert.equal(new Set(report.ports.map(({ port, protocol }) => `${port}/${protocol}`)).size, report.ports.length, "each port once");
		for (const { port, published, live: isLive, verdict } of report.ports) {
			assert.ok(Number.isInteger(port) && port >= 1 && port <= 65_535, `port ${port}`);
			for (const { hostPort } of published)
				assert.ok(Number.isInteger(hostPort) && hostPort >= 1 && hostPort <= 65_535, `host port ${hostPort}`);
			assert.equal(verdict === "unknown", isLive === null, "what is not known is unknown");
		}
		for (const text of [report.name, report.image, report.imageId, report.command, report.state]) assert.equal(typeof text, "string");
	},
	{ runs: 2_000 },
);

interface Change {
	readonly at: number;
	readonly value: unknown;
	readonly key: string | undefined;
}

/** The answer with one value replaced, or one more in an object. */
function changed(answer: unknown, { at, value, key }: Change): unknown {
	const places: { holder: Record<string, unknown>; key: string }[] = [];
	const walk = (holder: unknown): void => {
		if (typeof holder !== "object" || holder === null) return;
		for (const [name, inner] of Object.entries(holder)) {
			places.push({ holder: holder as Record<string, unknown>, key: name });
			walk(inner);
		}
	};
	walk(answer);
	const place = places[at % Math.max(places.length, 1)];
	// The identifier is what makes an answer one.
	if (!place || place.key === "Id") return answer;
	Object.defineProperty(place.holder, key ?? place.key, {
		value: structuredClone(value),
		enumerable: true,
		configurable: true,
		writable: true,
	});
	return answer;
}
