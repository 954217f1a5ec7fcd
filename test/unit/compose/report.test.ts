import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Files } from "../../support/analysis.ts";
import { composeFindings } from "../../support/compose.ts";

const server = (port: number, host = "0.0.0.0") => `    image: python:3.12\n    command: python -m http.server -b ${host} ${port}\n`;

suite("findings in compose files", () => {
	const cases: { name: string; compose: string; expected: string[]; files?: Files }[] = [
		{ name: "all well", compose: `  web:\n${server(8000)}    ports: ["80:8000"]\n`, expected: [] },
		{
			name: "publishes-silence",
			compose: `  web:\n${server(8000)}    ports:\n      - 8080:80\n`,
			expected: ["6: publishes-silence: 8080:80 publishes 80/tcp of web, but web listens on 8000/tcp"],
		},
		{
			name: "publishes-silence of a service that listens on nothing",
			compose: '  web:\n    image: python:3.12\n    command: sleep 1\n    ports: ["127.0.0.1:8080:80/udp"]\n',
			expected: ["5: publishes-silence: 127.0.0.1:8080:80 publishes 80/udp of web, but nothing in web listens"],
		},
		{
			name: "unreachable-target",
			compose: `  web:\n${server(8000, "127.0.0.1")}    ports: ["80:8000"]\n`,
			expected: ["5: unreachable-target: 80:8000 reaches 127.0.0.1:8000/tcp of web: loopback only"],
		},
		{
			name: "published-twice",
			compose: `  web:\n${server(8000)}    ports: ["80:8000"]\n  two:\n${server(8001)}    ports: ["80:8001"]\n`,
			expected: ["9: published-twice: Port 80 of the host can be published once, and web publishes it too"],
		},
		{
			name: "an ignore comment",
			compose: `  web:\n${server(8000)}    ports:\n      # portlight ignore=publishes-silence\n      - 8080:80\n`,
			expected: [],
		},
		{ name: "what is unknown is not called silent", compose: '  web:\n    image: nobody/knows\n    ports: ["80:80"]\n', expected: [] },
		{
			name: "entries of another file are found there",
			compose: `  web:\n${server(8000)}`,
			files: { "compose.override.yaml": "services:\n  web:\n    ports: ['80:80']\n" },
			expected: [],
		},
	];
	for (const { name, compose, expected, files } of cases) {
		test(name, async () => assert.deepEqual(await composeFindings({ "compose.yaml": `services:\n${compose}`, ...files }), expected));
	}

	test("in an override, seen from it", async () => {
		const files = {
			"compose.yaml": `services:\n  web:\n${server(8000)}`,
			"compose.override.yaml": "services:\n  web:\n    ports: ['80:80']\n",
		};
		assert.deepEqual(await composeFindings(files, "compose.override.yaml"), [
			"3: publishes-silence: 80:80 publishes 80/tcp of web, but web listens on 8000/tcp",
		]);
	});
});
