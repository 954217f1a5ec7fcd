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

const nginx = (script: string) => ({
	Dockerfile: 'FROM debian:12\nRUN apt-get install -y nginx\nCOPY start.sh /\nCMD ["/start.sh"]',
	"start.sh": `#!/bin/bash\n${script}\nexec nginx -g "daemon off;"\n`,
});
const site = (listen: string) =>
	`cat > /etc/nginx/sites-enabled/default <<EOF\nserver {\n  listen ${listen};\n  server_name $(ip route);\n}\nEOF`;

test("what a start script writes counts although a part of another line is not known", async () => {
	assert.deepEqual(await portsOf(nginx(site("8081"))), ["8081/tcp certain"]);
	assert.deepEqual(await portsOf(nginx(`sed -i "s/default_server/default_server $(ip route)/" /etc/nginx/sites-enabled/default`)), [
		"80/tcp certain",
		"80/tcp certain",
	]);
});

test("a port that is not known is none", async () => {
	assert.deepEqual(
		(await portsOf(nginx(site("$(find-port)")))).map((one) => one.slice(0, 1)),
		["?"],
	);
});

test("where whole lines are not known, anything may stand there", async () => {
	assert.deepEqual(await portsOf(nginx("cat > /etc/nginx/sites-enabled/default <<EOF\nserver { listen 8081; }\n$(more-servers)\nEOF")), [
		"? the start script writes default",
	]);
	assert.deepEqual(await portsOf(nginx(`sed -i "s/$(find-port)/8081/" /etc/nginx/sites-enabled/default`)), [
		"? the start script writes default",
	]);
});

test("a program behind a prefix that is one of several, or none", async () => {
	const files = (prefix: string) => ({
		Dockerfile: 'FROM debian:12\nCOPY start.sh /\nCMD ["/start.sh"]',
		"start.sh": `#!/bin/bash\nPREFIX=""\nif [ -f /bin/other ]; then PREFIX="${prefix}"; fi\nexec $PREFIX redis-server --port 7000\n`,
	});
	assert.deepEqual((await portsOf(files("gosu nobody"))).slice(0, 1), ["7000/tcp default"]);
	assert.deepEqual((await portsOf(files("unheard-of"))).slice(0, 2), ["7000/tcp default", "? nothing is known about unheard-of"]);
});

test("a script that the start script writes is followed", async () => {
	assert.deepEqual(
		await portsOf({
			Dockerfile: 'FROM debian:12\nCOPY start.sh /\nCMD ["/start.sh"]',
			"start.sh": "#!/bin/bash\ncat > /run.sh <<EOF\n#!/bin/sh\nexec redis-server --port 7002\nEOF\nchmod +x /run.sh\nexec /run.sh\n",
		}),
		["7002/tcp certain"],
	);
});

test("services that s6-overlay's scripts write before it starts them", async () => {
	const files = {
		Dockerfile:
			'FROM alpine:3.20\nRUN apk add nginx\nCOPY 01-services /etc/cont-init.d/\nCOPY 02-conf /etc/cont-init.d/\nENTRYPOINT ["/init"]',
		"01-services":
			'#!/usr/bin/with-contenv sh\nmkdir -p /etc/services.d/web\ncat > /etc/services.d/web/run <<EOL\n#!/usr/bin/execlineb -P\nwith-contenv\ns6-setuidgid ${PUID}:${PGID}\nnginx -g "daemon off;"\nEOL\n',
		"02-conf": '#!/bin/sh\necho "server { listen 8085; }" > /etc/nginx/http.d/default.conf\n',
	};
	assert.deepEqual(await portsOf(files), ["8085/tcp certain"]);
});
