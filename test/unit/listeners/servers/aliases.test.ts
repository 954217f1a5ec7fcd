import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { portsOf } from "../../../support/ports.ts";

const image = (...lines: string[]) => ({ Dockerfile: ["FROM fedora:40", ...lines].join("\n") });

describe("systemd as the first process", () => {
	test("units that a step enables", async () => {
		assert.deepEqual(
			await portsOf(image("RUN dnf install -y httpd openssh-server", "RUN systemctl enable httpd.service sshd", 'CMD ["/usr/sbin/init"]')),
			["22/tcp convention", "80/tcp convention"],
		);
	});
	test("a unit of this build's own", async () => {
		assert.deepEqual(
			await portsOf({
				...image("COPY app.service /etc/systemd/system/", "RUN systemctl enable app", "CMD /usr/lib/systemd/systemd"),
				"app.service": "[Service]\nExecStart=/usr/bin/redis-server --port 7001\n",
			}),
			["7001/tcp certain"],
		);
	});
	test("a unit that nobody knows", async () => {
		assert.deepEqual(await portsOf(image("RUN systemctl enable unheard-of", 'CMD ["/sbin/init"]')), [
			"? nothing is known about unheard-of",
		]);
	});
	test("nothing is enabled in view", async () => {
		assert.deepEqual(await portsOf(image("RUN systemctl disable httpd", 'CMD ["/sbin/init"]')), ["? nothing is known about init"]);
	});
});

test("a flag counts although a part of its value is not known", async () => {
	assert.deepEqual(
		(await portsOf(image("RUN dnf install -y dnsmasq", "CMD NET=$(ip route) && dnsmasq -k --port=0 --dhcp-range=$NET.100"))).includes(
			"67/udp convention",
		),
		true,
	);
});
