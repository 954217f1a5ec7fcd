import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { findings } from "../../../support/findings.ts";

const LOCAL = "python -m http.server -b 127.0.0.1 8000";
const OPEN = "python -m http.server 9000";
const SAYS = "listens on 127.0.0.1:8000/tcp: unreachable from outside the container";

suite("loopback-only", () => {
	const cases: { name: string; dockerfile: string; expected: string[] }[] = [
		{ name: "nothing else listens", dockerfile: `CMD ${LOCAL}`, expected: [`loopback-only [CMD ${LOCAL}] python -m http.server ${SAYS}`] },
		{ name: "behind a proxy in the same container", dockerfile: `EXPOSE 9000\nCMD ${LOCAL} & exec ${OPEN}`, expected: [] },
		{
			name: "exposed, although something else can be reached",
			dockerfile: `EXPOSE 8000 9000\nCMD ${LOCAL} & exec ${OPEN}`,
			expected: [`loopback-only [CMD ${LOCAL} & exec ${OPEN}] python -m http.server ${SAYS}`],
		},
		{ name: "something else may listen", dockerfile: `CMD ${LOCAL} & exec ./proxy`, expected: [] },
		{
			name: "something else may listen, but this port is exposed",
			dockerfile: `EXPOSE 8000\nCMD ${LOCAL} & exec ./proxy`,
			expected: [`loopback-only [CMD ${LOCAL} & exec ./proxy] python -m http.server ${SAYS}`],
		},
		{
			name: "the same port on all interfaces by another process",
			dockerfile: "EXPOSE 8000\nCMD python -m http.server -b ::1 8000 & exec python -m http.server -b 0.0.0.0 8000",
			expected: [],
		},
	];
	for (const { name, dockerfile, expected } of cases) {
		test(name, async () => assert.deepEqual(await findings({ Dockerfile: `FROM python:3.12\n${dockerfile}\n` }), expected));
	}
});
