import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { portsOf } from "../../../support/ports.ts";
import { check } from "../../../support/predict.ts";

describe("Postfix", () => {
	check("as it comes", "postfix start-fg", { listens: ["0.0.0.0:25 convention"] });
	check("by master.cf", "/usr/sbin/postfix start", {
		files: {
			"/etc/postfix/master.cf":
				"#smtp      inet  n       -       y       -       -       smtpd\nsubmission inet n - y - - smtpd\n  -o syslog_name=x\n127.0.0.1:10025 inet n - n - - smtpd\n2525 inet n - n - - smtpd\npickup    unix  n       -       y       60      1       pickup\n",
		},
		listens: ["0.0.0.0:587 certain", "127.0.0.1:10025 certain", "0.0.0.0:2525 certain"],
	});
	check("its other verbs", "postfix reload", {});
	test("a step that edits services out of view", async () => {
		assert.deepEqual(
			await portsOf({
				Dockerfile:
					"FROM debian:12\nRUN apt-get install -y postfix && postconf -M submission/inet='submission inet n - y - - smtpd'\nCMD postfix start-fg",
			}),
			["? a RUN step writes master.cf"],
		);
	});
	test("a step that edits other settings", async () => {
		assert.deepEqual(
			await portsOf({ Dockerfile: "FROM debian:12\nRUN apt-get install -y postfix && postconf -e myhostname=x\nCMD postfix start-fg" }),
			["25/tcp convention"],
		);
	});
});
