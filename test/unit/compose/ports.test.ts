import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { PortRange } from "../../../server/src/compose/ports.ts";
import type { Place } from "../../../server/src/config/node.ts";
import { project } from "../../support/compose.ts";

async function ports(entries: string): Promise<readonly string[]> {
	const { services } = await project({ "compose.yaml": `services:\n  web:\n    image: x\n    ports:\n${entries}` });
	const range = (one: PortRange | undefined) => (one ? (one.first === one.last ? `${one.first}` : `${one.first}-${one.last}`) : "any");
	const slice = (place: Place | undefined) => (place ? `[${place.file.text.slice(place.start, place.end)}]` : "");
	return (services[0]?.ports ?? []).map((port) =>
		port.target
			? `${port.hostIp ?? "*"} ${range(port.published)}${slice(port.publishedPlace)} -> ${range(port.target)}${slice(port.targetPlace)} ${port.protocol}`
			: `? ${port.reason}`,
	);
}

suite("entries of ports", () => {
	const cases: Record<string, string> = {
		'"80"': "* any -> 80[80] tcp",
		"3000": "* any -> 3000[3000] tcp",
		"8080:80": "* 8080[8080] -> 80[80] tcp",
		'"8080:80/udp"': "* 8080[8080] -> 80[80] udp",
		"'127.0.0.1:8080:80'": "127.0.0.1 8080[8080] -> 80[80] tcp",
		"127.0.0.1::80": "127.0.0.1 any -> 80[80] tcp",
		'"[::1]:8080:80"': "::1 8080[8080] -> 80[80] tcp",
		"3000-3002:4000-4002": "* 3000-3002[3000-3002] -> 4000-4002[4000-4002] tcp",
		"8000-8010:80": "* 8000-8010[8000-8010] -> 80[80] tcp",
		'"${PORT:-8080}:80"': "* 8080 -> 80 tcp",
		'"8080:${PORT}"': "? PORT is not set",
		"web:80": "? web:80 is not a port mapping",
		'"8080:99999"': "? 8080:99999 is not a port mapping",
		'"8080:80/quic"': "? 8080:80/quic is not a port mapping",
		"{ target: 80, published: 8080 }": "* 8080[8080] -> 80[80] tcp",
		'{ target: 53, published: "5353", protocol: udp, host_ip: 127.0.0.1, mode: host }': "127.0.0.1 5353[5353] -> 53[53] udp",
		"{ target: 80 }": "* any -> 80[80] tcp",
		"{ published: 8080 }": "? target is missing",
		"{ target: x }": "? x is not a port",
	};
	for (const [written, expected] of Object.entries(cases)) {
		test(written, async () => assert.deepEqual(await ports(`      - ${written}\n`), [expected]));
	}

	test("entries that are being typed are left out", async () => {
		assert.deepEqual(await ports("      -\n      - 80:80\n"), ["* 80[80] -> 80[80] tcp"]);
	});
});
