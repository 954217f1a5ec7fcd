import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { hostPortConflicts } from "../../../server/src/compose/judge.ts";
import { portVerdicts, project } from "../../support/compose.ts";

const server = (port: number, host = "0.0.0.0") => `    image: python:3.12\n    command: python -m http.server -b ${host} ${port}\n`;

suite("published ports against what listens", () => {
	const cases: { name: string; compose: string; expected: string[] }[] = [
		{ name: "listens", compose: `  web:\n${server(8000)}    ports: ["80:8000"]\n`, expected: ['"80:8000" listens'] },
		{ name: "silent", compose: `  web:\n${server(8000)}    ports: ["80:80"]\n`, expected: ['"80:80" silent instead 8000/tcp'] },
		{
			name: "another protocol",
			compose: `  web:\n${server(8000)}    ports: ["8000:8000/udp"]\n`,
			expected: ['"8000:8000/udp" silent instead 8000/tcp'],
		},
		{ name: "loopback", compose: `  web:\n${server(8000, "127.0.0.1")}    ports: ["80:8000"]\n`, expected: ['"80:8000" loopback'] },
		{
			name: "nothing listens at all",
			compose: '  web:\n    image: python:3.12\n    command: sleep 9\n    ports: ["80:80"]\n',
			expected: ['"80:80" silent instead nothing'],
		},
		{
			name: "a range that holds a listener",
			compose: `  web:\n${server(8000)}    ports: ["7990-8010:7990-8010"]\n`,
			expected: ['"7990-8010:7990-8010" listens'],
		},
		{
			name: "unknown",
			compose: '  web:\n    image: nobody/knows\n    ports: ["80:80"]\n',
			expected: ['"80:80" unknown nothing is known about nobody/knows'],
		},
		{
			name: "an entry that hangs on a variable",
			compose: `  web:\n${server(8000)}    ports: ["80:$P"]\n`,
			expected: ['"80:$P" unknown P is not set'],
		},
		{
			name: "a service in another one's network",
			compose: `  vpn:\n    image: python:3.12\n    command: sleep 9\n    ports: ["80:8000"]\n  web:\n${server(8000)}    network_mode: service:vpn\n`,
			expected: ['"80:8000" listens'],
		},
		{
			name: "on the host's network entries have no effect",
			compose: `  web:\n${server(8000)}    network_mode: host\n    ports: ["80:80"]\n`,
			expected: [],
		},
	];
	for (const { name, compose, expected } of cases) {
		test(name, async () => assert.deepEqual(await portVerdicts({ "compose.yaml": `services:\n${compose}` }), expected));
	}
});

suite("host ports that two services publish", () => {
	const cases: { name: string; a: string; b: string; extra?: string; expected: string[] }[] = [
		{ name: "the same", a: "80:1", b: "80:2", expected: ["b 80"] },
		{ name: "another port", a: "80:1", b: "81:1", expected: [] },
		{ name: "other addresses", a: "127.0.0.1:80:1", b: "127.0.0.2:80:1", expected: [] },
		{ name: "one on all addresses", a: "127.0.0.1:80:1", b: "80:1", expected: ["b 80"] },
		{ name: "another protocol", a: "53:53/udp", b: "53:53", expected: [] },
		{ name: "ranges that overlap", a: "80-82:80-82", b: "82:1", expected: ["b 82"] },
		{ name: "a range that leaves a choice", a: "80-90:80", b: "82:1", expected: [] },
		{ name: "ports that the engine chooses", a: "80", b: "80", expected: [] },
		{ name: "profiles that never start together", a: "80:1", b: "80:2", extra: "profiles", expected: [] },
	];
	for (const { name, a, b, extra, expected } of cases) {
		test(name, async () => {
			const profile = (one: string) => (extra ? `    profiles: [${one}]\n` : "");
			const { services } = await project({
				"compose.yaml": `services:\n  a:\n    image: x\n${profile("one")}    ports: ['${a}']\n  b:\n    image: x\n${profile("two")}    ports: ['${b}']\n`,
			});
			assert.deepEqual(
				hostPortConflicts(services).map(({ service, port }) => `${service.name} ${port}`),
				expected,
			);
		});
	}
});
