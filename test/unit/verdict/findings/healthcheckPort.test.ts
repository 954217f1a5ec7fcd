import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { findings } from "../../../support/findings.ts";

const dockerfile = (check: string, command = "python -m http.server 8000") =>
	`FROM python:3.12\nENV PORT=8000 OTHER=9000\nEXPOSE 8000\nHEALTHCHECK ${check}\nCMD ${command}\n`;
const says = (port: number) => `HEALTHCHECK asks port ${port}, nothing listens there (python -m http.server listens on 8000/tcp)`;

suite("healthcheck-port", () => {
	const cases: Record<string, string[]> = {
		"CMD curl -f http://localhost:8000/": [],
		"--interval=5m CMD curl -f http://localhost:8080/": [`healthcheck-port [8080] ${says(8080)}`],
		"CMD curl -f http://localhost/": [`healthcheck-port [http://localhost] ${says(80)}`],
		"CMD wget -qO- https://127.0.0.1/health || exit 1": [`healthcheck-port [https://127.0.0.1] ${says(443)}`],
		"CMD curl localhost:8080/health": [`healthcheck-port [8080] ${says(8080)}`],
		'CMD ["curl", "-f", "http://localhost:8080/"]': [`healthcheck-port [8080] ${says(8080)}`],
		"CMD nc -z localhost 8080": [`healthcheck-port [8080] ${says(8080)}`],
		"CMD nc -w 3 -z 127.0.0.1 8000": [],
		'CMD ["nc", "-z", "localhost", "8080"]': [`healthcheck-port [8080] ${says(8080)}`],
		"CMD bash -c '</dev/tcp/127.0.0.1/8080'": [`healthcheck-port [8080] ${says(8080)}`],
		"CMD curl http://localhost:$PORT": [],
		"CMD curl http://localhost:${OTHER}": [`healthcheck-port [\${OTHER}] ${says(9000)}`],
		"CMD curl http://localhost:${UNSET:-8080}": [`healthcheck-port [\${UNSET:-8080}] ${says(8080)}`],
		"CMD curl http://localhost:${UNSET}": [],
		"CMD curl http://example.org:8080": [],
		"CMD curl http://db:8080": [],
		"CMD curl --unix-socket /run/x.sock http://localhost/ping": [],
		"CMD python check.py": [],
		NONE: [],
	};
	for (const [check, expected] of Object.entries(cases)) {
		test(check, async () => assert.deepEqual(await findings({ Dockerfile: dockerfile(check) }), expected));
	}

	test("a server on loopback answers its own health check", async () => {
		const found = await findings({ Dockerfile: dockerfile("CMD curl http://localhost:8000", "python -m http.server -b 127.0.0.1 8000") });
		assert.deepEqual(
			found.filter((one) => one.startsWith("healthcheck")),
			[],
		);
	});

	test("not said while something else may listen", async () => {
		assert.deepEqual(
			await findings({ Dockerfile: dockerfile("CMD curl http://localhost:8080", "./other & python -m http.server 8000") }),
			[],
		);
	});

	test("of the stages below, the last one counts", async () => {
		const text =
			"FROM python:3.12 AS base\nHEALTHCHECK CMD curl http://localhost:1\nFROM base\nEXPOSE 8000\nCMD python -m http.server 8000\n";
		assert.deepEqual(await findings({ Dockerfile: text }), [`healthcheck-port [1] ${says(1)}`]);
		assert.deepEqual(await findings({ Dockerfile: text.replace("FROM base\n", "FROM base\nHEALTHCHECK NONE\n") }), []);
	});
});
