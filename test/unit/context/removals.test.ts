import assert from "node:assert/strict";
import { test } from "node:test";
import { removes } from "../../../server/src/context/removals.ts";

const cases: readonly (readonly [text: string, path: string, removed: boolean])[] = [
	["rm /etc/nginx/conf.d/default.conf", "/etc/nginx/conf.d/default.conf", true],
	["apt-get update && rm -f /etc/x/a.conf; true", "/etc/x/a.conf", true],
	["rm -rf /etc/nginx/conf.d/*", "/etc/nginx/conf.d/default.conf", true],
	["rm -rf /etc/nginx", "/etc/nginx/conf.d/default.conf", true],
	["rm /etc/nginx", "/etc/nginx/conf.d/default.conf", false],
	["rm conf.d/default.conf", "/app/conf.d/default.conf", true],
	["echo rm /etc/x", "/etc/x", false],
	["rm /etc/nginx/conf.d/*.bak", "/etc/nginx/conf.d/default.conf", false],
	['rm "/etc/x"', "/etc/x", true],
];
for (const [text, path, removed] of cases) test(text, () => assert.equal(removes(text, path, "/app"), removed));
