import assert from "node:assert/strict";
import { test } from "node:test";
import { TemplateMistake } from "../../../server/src/cli/goTemplate.ts";
import { formatContainers, type PsFormatOptions, readFormat } from "../../../server/src/cli/psFormat.ts";
import type { ContainerReport } from "../../../server/src/protocol.ts";
import { container, port } from "../../support/containerReports.ts";

const NOW = Date.UTC(2024, 4, 1, 10, 3, 0);
const flask = container({
	createdAt: "2024-05-01T10:00:00.5Z",
	status: "Up 3 minutes",
	labels: { "com.example.some-team": "red", a: "1" },
	ports: [
		port({ port: 80, exposed: false, verdict: "not-exposed" }),
		port({ port: 443, exposed: true, live: false, addresses: [] }),
		port({ port: 8080, exposed: true, published: [{ hostIp: "0.0.0.0", hostPort: 9090 }] }),
		port({ port: 8081, exposed: true, published: [{ hostIp: "0.0.0.0", hostPort: 9091 }] }),
	],
});

function print(format: string, containers: readonly ContainerReport[] = [flask], options: Partial<PsFormatOptions> = {}): string {
	const read = readFormat(format);
	assert.ok(read, "a format");
	return formatContainers(containers, read, { width: undefined, now: NOW, ...options });
}

for (const [template, line] of [
	["{{.ID}}", flask.id.slice(0, 12)],
	["{{.Names}}", "flask"],
	["{{.Image}}", "webapp:noexpose"],
	["{{.Command}}", '"python app.py"'],
	["{{.RunningFor}}", "2 minutes ago"],
	["{{.Status}}", "Up 3 minutes"],
	["{{.State}}", "running"],
	["{{.Ports}}", "0.0.0.0:9090-9091->8080-8081/tcp, 443/tcp"],
	["{{.Labels}}", "a=1,com.example.some-team=red"],
	['{{.Label "a"}}', "1"],
	['{{.Label "toString"}}', ""],
	["{{.Networks}}", "bridge"],
	["{{.IP}}", "172.17.0.3"],
	["{{.Live}}", "80/tcp, 8080-8081/tcp"],
	["{{.Exposed}}", "443/tcp, 8080-8081/tcp"],
	["{{.Published}}", "0.0.0.0:9090-9091->8080-8081/tcp"],
	["{{.Names}}: {{.IP}}", "flask: 172.17.0.3"],
	["{{.Names}}\\t{{.State}}", "flask\trunning"],
] as const) {
	test(template, () => assert.equal(print(template), `${line}\n`));
}

test("Service is that of a compose project or of a swarm, Task that of a swarm", () => {
	const task = { "com.docker.swarm.service.name": "shop_web", "com.docker.swarm.task.name": "shop_web.1.x" };
	const all = [container({ labels: task }), container({ labels: { "com.docker.compose.service": "web" } }), flask];
	assert.equal(print("{{.Service}} {{.Task}}", all), "shop_web shop_web.1.x\nweb \n \n");
});

test("CreatedAt is a moment as Go prints it", () => {
	assert.match(print("{{.CreatedAt}}"), /^2024-0[45]-\d\d \d\d:\d\d:00 [+-]\d{4} \S+\n$/);
	assert.equal(print("{{.CreatedAt}}{{.RunningFor}}", [container({ createdAt: "" })]), "\n");
});

test("a long command is cut, unless nothing is to be", () => {
	const long = [container({ command: "python -m http.server 8000" })];
	assert.equal(print("{{.Command}}", long), '"python -m http.serv…"\n');
	assert.equal(print("{{.Command}}", long, { whole: true }), '"python -m http.server 8000"\n');
	assert.equal(print("{{.ID}}", long, { whole: true }).length, 65);
});

test("a stopped container has no ports, as in docker ps", () => {
	assert.equal(print("{{.Ports}}|{{.Live}}", [{ ...flask, running: false }]), "|\n");
});

test("{{json .}} holds every field", () => {
	const fields = JSON.parse(print("{{json .}}"));
	assert.deepEqual(
		[fields.Names, fields.Ports, fields.Live],
		["flask", "0.0.0.0:9090-9091->8080-8081/tcp, 443/tcp", "80/tcp, 8080-8081/tcp"],
	);
});

test("table: titles, then columns of ten cells and more, as docker aligns them", () => {
	const wide = container({ name: "日本", image: "a", labels: {} });
	assert.equal(
		print('table {{.Names}}\\t{{.Label "com.example.some-team"}}\\t{{.State}}', [flask, wide]),
		"NAMES     some team   STATE\nflask     red         running\n日本                  running\n",
	);
});

test("table: a field that is printed upper case has its title once", () => {
	assert.equal(print("table {{upper .Names}}", []), "NAMES\n");
});

test("without containers a template prints nothing", () => assert.equal(print("{{.Names}}", []), ""));

test("tabs, line feeds and escapes of a name stay in their column", () => {
	const odd = container({ name: "a\tb\nc\u001b[31m" });
	assert.equal(print("table {{.Names}}\\t{{.State}}", [odd]), "NAMES     STATE\nabc[31m   running\n");
});

test("identifiers alone, short or whole", () => {
	const ids = { width: undefined, now: NOW };
	assert.equal(formatContainers([flask], { kind: "ids" }, ids), `${flask.id.slice(0, 12)}\n`);
	assert.equal(formatContainers([flask], { kind: "ids" }, { ...ids, whole: true }), `${flask.id}\n`);
});

test("one line of JSON for those who follow", () => {
	const text = print("json", [flask], { oneLine: true });
	assert.equal(text.trimEnd().includes("\n"), false);
	assert.equal(JSON.parse(text)[0].name, "flask");
});

test("a field that does not exist is refused before any container is printed", () => {
	for (const [template, message] of [
		["{{.Nope}}", /no field \.Nope; there are: ID, Names/],
		["{{.Size}}", /no field \.Size/],
		["{{.toString}}", /no field \.toString/],
		["{{.Label}}", /\.Label wants the name/],
		["{{.Names 1}}", /takes no arguments/],
	] as const) {
		assert.throws(
			() => readFormat(template),
			(error) => error instanceof TemplateMistake && message.test(error.message),
		);
	}
});

test("what is no template is no format", () => {
	for (const text of ["yaml", "", "tables", "Names"]) assert.equal(readFormat(text), undefined);
});
