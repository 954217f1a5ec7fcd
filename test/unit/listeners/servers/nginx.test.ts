import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Files } from "../../../support/analysis.ts";
import { portsOf } from "../../../support/ports.ts";
import { check } from "../../../support/predict.ts";

const http = (body: string) => ({ "/etc/nginx/nginx.conf": `events {}\nhttp {\n${body}\n}\n` });

describe("listen", () => {
	const listens = (name: string, body: string, expected: readonly string[], gaps: readonly string[] = []) =>
		check(name, "nginx -g daemon", { files: http(body), listens: expected, gaps });
	listens("a port", "server { listen 8080; }", ["0.0.0.0:8080 certain"]);
	listens("an address and a port", "server { listen 127.0.0.1:81 default_server; }", ["127.0.0.1:81 certain"]);
	listens("both families", "server { listen 80; listen [::]:80 ipv6only=on; }", ["0.0.0.0:80 certain", "[::]:80 certain"]);
	listens("an address alone", "server { listen 127.0.0.1; }", ["127.0.0.1:80 certain"]);
	listens("a name alone", "server { listen localhost; }", ["127.0.0.1:80 certain"]);
	listens("an IPv6 address alone", "server { listen [::1]; }", ["[::1]:80 certain"]);
	listens("every address", "server { listen *:8000 ssl http2; }", ["0.0.0.0:8000 certain"]);
	listens("QUIC", "server { listen 443 ssl; listen 443 quic reuseport; }", ["0.0.0.0:443 certain", "0.0.0.0:443/udp certain"]);
	listens("a Unix socket", "server { listen unix:/run/nginx.sock; }", []);
	listens("no listen", "server { server_name a; location / { return 204; } }", ["0.0.0.0:80 convention"]);
	listens("quotes, comments and semicolons", "# server { listen 1; }\nserver { add_header X 'listen 2; }'; listen \"82\"; } # listen 3;", [
		"0.0.0.0:82 certain",
	]);
	listens("a Lua block", "server { listen 83; content_by_lua_block { if a then b = { '}' == x } end -- listen 4;\n } }", [
		"0.0.0.0:83 certain",
	]);
	listens("a placeholder", "server { listen __PORT__; }", [], ["__PORT__ is not a port"]);
	listens("no server", "upstream a { server b:9000; }", [], ["no server found in nginx.conf"]);
	listens("an unclosed block", "server { listen 84;", ["0.0.0.0:84 certain"]);
});

describe("nginx", () => {
	check("stream and mail", "nginx", {
		files: {
			"/etc/nginx/nginx.conf":
				"stream { upstream x { server a:1; } server { listen 53 udp; proxy_pass x; } server { listen 9000-9001; } }\nmail { server { listen 25; } }",
		},
		listens: ["0.0.0.0:53/udp certain", "0.0.0.0:9000 certain", "0.0.0.0:9001 certain", "0.0.0.0:25 certain"],
	});
	check("includes with wildcards, relative to the configuration", "nginx", {
		files: {
			...http("include mime.types;\ninclude conf.d/*.conf;\ninclude /etc/nginx/sites-enabled/*;"),
			"/etc/nginx/conf.d/a.conf": "server { include listen.inc; }",
			"/etc/nginx/conf.d/a.conf.bak": "server { listen 9; }",
			"/etc/nginx/listen.inc": "listen 81;",
			"/etc/nginx/sites-enabled/site": "server { listen 82; }",
		},
		listens: ["0.0.0.0:81 certain", "0.0.0.0:82 certain"],
		evidence: ["Dockerfile:10", "listen.inc:1"],
	});
	check("an include in a circle", "nginx", {
		files: { ...http("include a.conf;"), "/etc/nginx/a.conf": "include a.conf; server { listen 81; }" },
		listens: ["0.0.0.0:81 certain"],
	});
	check("-c", "nginx -c /app/my.conf", { files: { "my.conf": "http { server { listen 85; } }" }, listens: ["0.0.0.0:85 certain"] });
	check("-p", "nginx -p /app -c my.conf", { files: { "my.conf": "http { server { listen 86; } }" }, listens: ["0.0.0.0:86 certain"] });
	check("a test of the configuration", "nginx -t", { files: http("server { listen 80; }") });
	check("OpenResty", "/usr/local/openresty/bin/openresty -g daemon", {
		files: { "/usr/local/openresty/nginx/conf/nginx.conf": "http { server { listen 87; } }" },
		listens: ["0.0.0.0:87 certain"],
	});
	check("a variable of the image", "nginx", {
		files: http("server { listen ${PORT}; }"),
		environment: { PORT: "88" },
		listens: ["0.0.0.0:88 certain"],
		evidence: ["Dockerfile:10", "nginx.conf:3", "Dockerfile:1"],
	});
	check("a variable that is not set", "nginx", { files: http("server { listen $PORT; }"), gaps: ["PORT is not set"] });
	check("no configuration in sight", "nginx", { gaps: ["nginx.conf is not in the image"] });
	check("sites without the file that includes them", "nginx", {
		files: { "/etc/nginx/conf.d/default.conf": "server { listen 89; }" },
		listens: ["0.0.0.0:89 certain"],
		gaps: ["nginx.conf is not in the image"],
	});
	check("another program", "nginx-exporter", { gaps: ["nothing is known about nginx-exporter"] });
});

const image = (name: string, files: Files, expected: readonly string[]) =>
	test(name, async () => assert.deepEqual(await portsOf(files), expected));

describe("the image nginx", () => {
	image("as it is", { Dockerfile: "FROM nginx\nCOPY . /usr/share/nginx/html" }, ["80/tcp convention"]);
	image(
		"default.conf replaced",
		{ Dockerfile: "FROM nginx\nCOPY default.conf /etc/nginx/conf.d/default.conf", "default.conf": "server { listen 3000; }" },
		["3000/tcp certain"],
	);
	image("a second site", { Dockerfile: "FROM nginx\nCOPY app.conf /etc/nginx/conf.d/", "app.conf": "server { listen 3000; }" }, [
		"80/tcp convention",
		"3000/tcp certain",
	]);
	image(
		"default.conf removed",
		{
			Dockerfile: "FROM nginx\nRUN rm -f /etc/nginx/conf.d/default.conf\nCOPY app.conf /etc/nginx/conf.d/",
			"app.conf": "server { listen 3000; }",
		},
		["3000/tcp certain"],
	);
	image(
		"all sites removed",
		{ Dockerfile: "FROM nginx\nRUN rm -rf /etc/nginx/conf.d/*\nCOPY a.conf /etc/nginx/conf.d/", "a.conf": "server { listen 1; }" },
		["1/tcp certain"],
	);
	image(
		"nginx.conf replaced",
		{ Dockerfile: "FROM nginx\nCOPY nginx.conf /etc/nginx/nginx.conf", "nginx.conf": "http { server { listen 3000; } }" },
		["3000/tcp certain"],
	);
	image(
		"templates",
		{
			Dockerfile: "FROM nginx:alpine\nENV PORT=3000\nCOPY default.conf.template /etc/nginx/templates/",
			"default.conf.template": "server { listen ${PORT}; server_name $host; }",
		},
		["3000/tcp certain"],
	);
	image(
		"templates are not filled in by another entrypoint",
		{
			Dockerfile: 'FROM nginx:alpine\nCOPY a.conf.template /etc/nginx/templates/\nENTRYPOINT ["nginx"]',
			"a.conf.template": "server { listen 3000; }",
		},
		["80/tcp convention"],
	);
	image(
		"in a stage on a stage",
		{
			Dockerfile: "FROM nginx AS web\nCOPY a.conf /etc/nginx/conf.d/default.conf\nFROM web\nLABEL a=b",
			"a.conf": "server { listen 3000; }",
		},
		["3000/tcp certain"],
	);
});

describe("nginx from packages", () => {
	image("Alpine", { Dockerfile: 'FROM alpine\nRUN apk add --no-cache nginx\nCMD ["nginx", "-g", "daemon off;"]' }, [
		"80/tcp convention",
		"80/tcp convention",
	]);
	image(
		"Debian, its default site removed",
		{
			Dockerfile:
				'FROM debian:12\nRUN apt-get update && apt-get install -y nginx \\\n && rm /etc/nginx/sites-enabled/default\nCOPY a /etc/nginx/sites-enabled/a\nCMD nginx -g "daemon off;"',
			a: "server { listen 3000; }",
		},
		["3000/tcp certain"],
	);
	image(
		"Debian, its default site replaced where the link leads",
		{
			Dockerfile:
				'FROM debian:12\nRUN apt-get update && apt-get install -y nginx\nCOPY a /etc/nginx/sites-available/default\nCMD nginx -g "daemon off;"',
			a: "server { listen 3000; }",
		},
		["3000/tcp certain"],
	);
	image(
		"Debian, its default site edited where the link leads",
		{
			Dockerfile:
				"FROM debian:12\nRUN apt-get update && apt-get install -y nginx\nRUN sed -i 's/80 default_server/8080 default_server/' /etc/nginx/sites-available/default\nCMD nginx -g 'daemon off;'",
		},
		["8080/tcp certain", "8080/tcp certain"],
	);
	image(
		"a configuration of its own",
		{ Dockerfile: "FROM fedora\nRUN dnf install -y nginx\nCOPY nginx.conf /etc/nginx/\nCMD nginx", "nginx.conf": "" },
		["? no server found in nginx.conf"],
	);
	image(
		"in the background of a script",
		{
			Dockerfile: 'FROM alpine\nRUN apk add nginx\nCOPY a.conf /etc/nginx/http.d/default.conf\nCOPY start.sh /\nCMD ["/start.sh"]',
			"a.conf": "server { listen 3000; }",
			"start.sh": "#!/bin/sh\nnginx\nexec sleep infinity\n",
		},
		["3000/tcp certain"],
	);
	image(
		"in the background of a script, its sites out of view",
		{
			Dockerfile: 'FROM alpine\nRUN apk add nginx && rm -rf /etc/nginx/http.d\nCOPY start.sh /\nCMD ["/start.sh"]',
			"start.sh": "#!/bin/sh\nnginx\nexec sleep infinity\n",
		},
		["? no server found in nginx.conf"],
	);
});

describe("servers that include what is not in view", () => {
	const server = (inside: string) => ({
		Dockerfile: "FROM nginx\nCOPY a.conf /etc/nginx/conf.d/default.conf",
		"a.conf": `server { ${inside} }`,
	});
	image("may listen elsewhere", server("include /run/listen.conf;"), ["? listen.conf is not copied into the image"]);
	image("listen where they say", server("listen 3000; include /run/more.conf;"), [
		"3000/tcp certain",
		"? more.conf is not copied into the image",
	]);
	image("for a location listen on 80", server("location / { include /run/more.conf; }"), ["80/tcp convention"]);
});
