import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { portsOf } from "../../../support/ports.ts";

/** What a server of a package listens on after these commands. */
function after(name: string, packages: string, commands: readonly string[], start: string, expected: readonly string[]): void {
	test(name, async () => {
		const lines = ["FROM fedora:40", `RUN dnf install -y ${packages}`, ...commands.map((one) => `RUN ${one}`), `CMD ${start}`];
		assert.deepEqual(await portsOf({ Dockerfile: lines.join("\n") }), expected);
	});
}

describe("configuration of packages that steps edit out of view", () => {
	after(
		"a line that sed replaces",
		"couchdb",
		["sed -e 's/^bind_address = .*$/bind_address = 0.0.0.0/' -i /etc/couchdb/local.ini"],
		"/bin/sh -e /usr/bin/couchdb",
		["5984/tcp convention"],
	);
	after("a line that is added", "cups", ['echo "Port 6310" >> /etc/cups/cupsd.conf'], "cupsd -f", ["6310/tcp certain"]);
	after(
		"a line that becomes a comment",
		"x",
		["sed -i 's/^\\(bind .*\\)$/# \\1/' /etc/redis/redis.conf"],
		"redis-server /etc/redis/redis.conf",
		["6379/tcp convention"],
	);
	after("a part of a line, which tells nothing", "couchdb", ["sed -i s/127.0.0.1/0.0.0.0/ /etc/couchdb/local.ini"], "couchdb", [
		"? a RUN step writes local.ini",
	]);
	after(
		"what is taken over from the line before",
		"couchdb",
		["sed -i 's/^port = \\(.*\\)/port = \\11/' /etc/couchdb/local.ini"],
		"couchdb",
		["? a RUN step writes local.ini"],
	);
	after("a setting that a step of unknown effect names", "couchdb", ["augtool set bind_address $ADDRESS"], "couchdb", [
		"? a RUN step writes bind_address",
	]);
	after("one that it names with every address", "couchdb", ["augtool set bind_address 0.0.0.0"], "couchdb", ["5984/tcp convention"]);
	test("a script of the context whose edits are not plain", async () => {
		const files = {
			Dockerfile: "FROM fedora:40\nRUN dnf install -y cups\nCOPY adjust.sh /\nRUN /adjust.sh\nCMD cupsd -f",
			"adjust.sh": '#!/bin/sh\nsed -i -e "0,/^Listen /{s,^Listen \\(.*\\)$,Port \\1,}" /etc/cups/cupsd.conf\n',
		};
		assert.deepEqual(await portsOf(files), ["? a RUN step writes cupsd.conf"]);
	});
	test("a script of the context that a step runs", async () => {
		const files = {
			Dockerfile: "FROM fedora:40\nRUN dnf install -y cups\nCOPY adjust.sh /\nRUN /adjust.sh\nCMD cupsd -f",
			"adjust.sh": '#!/bin/sh\nsed -i -e "s/^Listen .*$/Port 6311/" /etc/cups/cupsd.conf\n',
		};
		assert.deepEqual(await portsOf(files), ["6311/tcp certain"]);
	});
});
