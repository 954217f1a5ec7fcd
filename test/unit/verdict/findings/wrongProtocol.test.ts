import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { findings } from "../../../support/findings.ts";

const app = {
	"app.py": 'import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.bind(("0.0.0.0", 5353))\nwhile True: s.recv(100)\n',
};
const dockerfile = (exposes: string) => `FROM python:3.12\nCOPY app.py /\n${exposes}\nCMD ["python", "/app.py"]\n`;

suite("wrong-protocol", () => {
	const says = "app.py:3 listens on 5353/udp";
	const missing = `not-exposed [CMD ["python", "/app.py"]] ${says}, but the image does not expose it`;
	const cases: Record<string, string[]> = {
		"EXPOSE 5353": [`wrong-protocol [5353] EXPOSE 5353 is tcp; ${says}`, missing],
		"EXPOSE 5353/udp": [],
		"EXPOSE 5353 5353/udp": [`wrong-protocol [5353] EXPOSE 5353 is tcp; ${says}`],
		"EXPOSE 5350-5360/tcp": [`wrong-protocol [5350-5360/tcp] EXPOSE 5350-5360/tcp is tcp; ${says}`, missing],
		"EXPOSE 53": ["nothing-listens [53] EXPOSE 53: nothing in this image listens on 53/tcp (python /app.py listens on 5353/udp)", missing],
	};
	for (const [exposes, expected] of Object.entries(cases)) {
		test(exposes, async () => assert.deepEqual(await findings({ Dockerfile: dockerfile(exposes), ...app }), expected));
	}

	test("not said while something else may listen", async () => {
		const text = "FROM python:3.12\nCOPY app.py /\nEXPOSE 5353\nCMD ./other & python /app.py\n";
		assert.deepEqual(
			(await findings({ Dockerfile: text, ...app })).filter((one) => one.startsWith("wrong-protocol")),
			[],
		);
	});
});
