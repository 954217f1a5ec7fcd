import assert from "node:assert/strict";
import { test } from "node:test";
import { readExpose } from "../../../server/src/dockerfile/expose.ts";
import { parseDockerfile } from "../../../server/src/dockerfile/parse.ts";
import { known } from "../../../server/src/model/value.ts";

const scope = new Map([
	["PORT", known("8080")],
	["PORTS", known("1 2/udp")],
]);

function read(args: string): string[] {
	const dockerfile = parseDockerfile("u", `FROM a\nEXPOSE ${args}`);
	const expose = dockerfile.stages[0]?.instructions[0];
	assert.ok(expose);
	return readExpose(dockerfile, expose, scope).map(({ ports, problem }) =>
		ports ? `${ports.first}-${ports.last}/${ports.protocol}` : `${problem?.kind}: ${problem?.reason}`,
	);
}

for (const [args, expected] of [
	["80", ["80-80/tcp"]],
	["80 443/tcp 53/UDP", ["80-80/tcp", "443-443/tcp", "53-53/udp"]],
	["8000-8010", ["8000-8010/tcp"]],
	['"80"', ["80-80/tcp"]],
	["$PORT", ["8080-8080/tcp"]],
	["${PORT}/udp", ["8080-8080/udp"]],
	["${OTHER:-90}", ["90-90/tcp"]],
	["$PORTS", ["1-1/tcp", "2-2/udp"]],
	["$OTHER", ["open: OTHER is not set"]],
	["8080:80", ["malformed: 8080:80 is not a port"]],
	["99999", ["malformed: 99999 is not a port"]],
	["90-80", ["malformed: 90-80 is not a port"]],
	["80/icmp", ["malformed: 80/icmp is not a port"]],
	["", []],
] as const) {
	test(`EXPOSE ${args}`, () => assert.deepEqual(read(args), expected));
}
