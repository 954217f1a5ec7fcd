import assert from "node:assert/strict";
import { test } from "node:test";
import { portsOf } from "../../support/ports.ts";

const entrypoint = `#!/bin/sh
if [ -f /app/conf.py ]; then CONF=/app/conf.py
elif [ -f /app/app/conf.py ]; then CONF=/app/app/conf.py
else CONF=/conf.py
fi
export GUNICORN_CONF=\${GUNICORN_CONF:-$CONF}
exec "$@"
`;
const files = { "entrypoint.sh": entrypoint, "conf.py": "bind = '0.0.0.0:8080'\n", "app/main.py": "def app(environ, start): pass\n" };
const image =
	'FROM python\nCOPY entrypoint.sh /\nCOPY app /app\nWORKDIR /app/\nENTRYPOINT ["/entrypoint.sh"]\nCMD gunicorn -c "$GUNICORN_CONF" main:app';

test("an entrypoint chooses among configurations by what the image holds", async () => {
	assert.deepEqual(await portsOf({ Dockerfile: image.replace("COPY app", "COPY conf.py /\nCOPY app"), ...files }), [
		"8080/tcp default GUNICORN_CONF",
	]);
	assert.deepEqual(await portsOf({ Dockerfile: image.replace("COPY app", "COPY conf.py /app/\nCOPY app"), ...files }), [
		"8080/tcp default GUNICORN_CONF",
	]);
});

test("a configuration that is named and out of view keeps the server's default from being claimed", async () => {
	assert.deepEqual(
		await portsOf({ Dockerfile: "FROM python\nCOPY app .\nRUN fetch-conf > /conf.py\nCMD gunicorn -c /conf.py main:app", ...files }),
		["? a RUN step writes conf.py"],
	);
});
