import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Files } from "../../../support/analysis.ts";
import { portsOf } from "../../../support/ports.ts";
import { check } from "../../../support/predict.ts";

const image = (name: string, files: Files, expected: readonly string[]) =>
	test(name, async () => assert.deepEqual(await portsOf(files), expected));

describe("Apache HTTP Server", () => {
	check("Listen, includes and conditions", "httpd -D FOREGROUND", {
		files: {
			"/usr/local/apache2/conf/httpd.conf":
				'ServerRoot "/usr/local/apache2"\nListen 8080\nListen 127.0.0.1:81 https\n#Listen 1\nInclude conf/extra/*.conf\n<IfModule ssl_module>\nListen 443\n</IfModule>\n<IfDefine DEBUG>\nListen 2\n</IfDefine>',
			"/usr/local/apache2/conf/extra/a.conf": "Listen [::1]:82",
		},
		listens: ["[::]:8080 certain", "127.0.0.1:81 certain", "[::1]:82 certain"],
		evidence: ["Dockerfile:10", "httpd.conf:2"],
	});
	check("-D", "apache2ctl -DFOREGROUND -DDEBUG", {
		files: { "/etc/apache2/apache2.conf": "<IfDefine DEBUG>\nListen 83\n</IfDefine>" },
		listens: ["[::]:83 certain"],
	});
	check("a variable", "httpd", {
		files: { "/etc/httpd/conf/httpd.conf": "Listen ${PORT}\nDefine OTHER 85\nListen ${OTHER}" },
		environment: { PORT: "84" },
		listens: ["[::]:84 certain", "[::]:85 certain"],
	});
	check("a test of the configuration", "apachectl configtest", {});
	check("BusyBox has an httpd too", "httpd -f -p 3000 -h /www", { listens: ["0.0.0.0:3000 certain"] });
	image("the image httpd", { Dockerfile: "FROM httpd:2.4\nCOPY . /usr/local/apache2/htdocs/" }, [
		"[::]:80/tcp convention".replace("[::]:", ""),
	]);
	image("its port changed", { Dockerfile: "FROM httpd\nRUN sed -i 's/Listen 80/Listen 8080/' /usr/local/apache2/conf/httpd.conf" }, [
		"8080/tcp certain",
	]);
	image(
		"TLS switched on",
		{
			Dockerfile:
				"FROM httpd\nRUN sed -i -e 's/^#\\(Include .*httpd-ssl.conf\\)/\\1/' -e 's/^#\\(LoadModule .*mod_ssl.so\\)/\\1/' conf/httpd.conf",
		},
		["80/tcp certain", "443/tcp convention"],
	);
	image(
		"Debian's with a site of its own",
		{
			Dockerfile:
				"FROM debian\nRUN apt-get install -y apache2\nCOPY *.conf /etc/apache2/sites-available/\nRUN a2dissite -q '*' && a2ensite -q 'app*' && sed -i 's/^Listen/#Listen/' /etc/apache2/ports.conf\nCMD . /etc/apache2/envvars && exec apache2 -D FOREGROUND",
			"app.one.conf": "Listen 8085\n",
			"other.conf": "Listen 8086\n",
		},
		["8085/tcp certain"],
	);
	check("no Listen at all", "apache2 -D FOREGROUND", {
		files: { "/etc/apache2/apache2.conf": "ServerRoot /etc/apache2\n" },
		gaps: ["no Listen is in view"],
	});
	image(
		"Debian's",
		{ Dockerfile: 'FROM debian\nRUN apt-get update && apt-get install -y apache2\nCMD ["apache2ctl", "-D", "FOREGROUND"]' },
		["80/tcp convention"],
	);
});

describe("Caddy", () => {
	const caddy = (name: string, Caddyfile: string, listens: readonly string[], gaps: readonly string[] = []) =>
		check(name, "caddy run --config /etc/caddy/Caddyfile --adapter caddyfile", {
			files: { "/etc/caddy/Caddyfile": Caddyfile },
			environment: { PORT: "3000" },
			listens,
			gaps,
		});
	const admin = "127.0.0.1:2019 convention";
	caddy("a port", ":8080 {\n\trespond ok\n}", ["[::]:8080 certain", admin]);
	caddy("a host", "example.org {\n\treverse_proxy app:9000\n}", [
		"[::]:443 convention",
		"[::]:443/udp convention",
		"[::]:80 convention",
		admin,
	]);
	caddy("plain HTTP", "http://example.org, http://example.net:81 {\n}", ["[::]:80 convention", "[::]:81 certain", admin]);
	caddy("one site without braces", ":2015\nroot * /srv\nreverse_proxy {\n\tto app:1\n}", ["[::]:2015 certain", admin]);
	caddy("options", "{\n\tadmin off\n\thttp_port 8000\n\tauto_https off\n}\nexample.org {\n}\n# :1 {\n}", ["[::]:8000 convention"]);
	caddy("a variable", ":{$PORT} {\n}", ["[::]:3000 certain", admin]);
	caddy("a variable with a default", ":{$OTHER:4000} {\n}", ["[::]:4000 default OTHER", admin]);
	caddy("a snippet is no site", "(common) {\n\tencode gzip\n}\n:81 {\n\timport common\n}", ["[::]:81 certain", admin]);
	check("JSON", "caddy run --config c.json", {
		files: { "c.json": '{"admin":{"listen":"0.0.0.0:2020"},"apps":{"http":{"servers":{"a":{"listen":[":82"]}}}}}' },
		listens: ["[::]:82 certain", "0.0.0.0:2020 certain"],
	});
	check("file-server", "caddy file-server --listen :8081", { listens: ["[::]:8081 certain", admin] });
	check("another verb", "caddy fmt Caddyfile", {});
});

describe("HAProxy", () => {
	check("binds", "haproxy -f /usr/local/etc/haproxy/haproxy.cfg", {
		files: {
			"/usr/local/etc/haproxy/haproxy.cfg":
				"frontend a\n  bind *:80\n  bind :443 ssl crt /x # bind :1\n  bind 127.0.0.1:81,quic4@:443\nlisten b\n  bind unix@/x\n  bind :${PORT}\n  server s app:9000\n",
		},
		environment: { PORT: "83" },
		listens: ["0.0.0.0:80 certain", "0.0.0.0:443 certain", "127.0.0.1:81 certain", "0.0.0.0:443/udp certain", "0.0.0.0:83 certain"],
		evidence: ["Dockerfile:10", "haproxy.cfg:2"],
	});
	check("no configuration", "haproxy", { gaps: ["haproxy.cfg is not in the image"] });
	check("a check of the configuration", "haproxy -c -f x", {});
});

describe("Envoy", () => {
	const bootstrap =
		"admin:\n  address: { socket_address: { address: 127.0.0.1, port_value: 9901 } }\nstatic_resources:\n  listeners:\n  - address:\n      socket_address:\n        address: 0.0.0.0\n        port_value: ${ENVOY_PORT}\n  - address: { socket_address: { address: 0.0.0.0, port_value: 10001, protocol: UDP } }\n  clusters:\n  - load_assignment: { endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { port_value: 1 } } } }] }] }\n";
	check("listeners and the admin interface", "envoy -c /etc/envoy/envoy.yaml", {
		files: { "/etc/envoy/envoy.yaml": bootstrap.replace("${ENVOY_PORT}", "10000") },
		listens: ["0.0.0.0:10000 certain", "0.0.0.0:10001/udp certain", "127.0.0.1:9901 certain"],
		evidence: ["Dockerfile:10", "envoy.yaml:8"],
	});
	check("a variable that is not set", "envoy -c e.yaml", {
		files: { "e.yaml": bootstrap },
		listens: ["0.0.0.0:10001/udp certain", "127.0.0.1:9901 certain"],
		gaps: ["ENVOY_PORT is not set"],
	});
	check("not valid", "envoy -c e.yaml", { files: { "e.yaml": "a: [" } });
	check("its version", "envoy --version", {});
});

describe("services under other names", () => {
	const files = { "/etc/nginx/nginx.conf": "http { server { listen 84; } }" };
	check("service", "service nginx start", { files, listens: ["0.0.0.0:84 certain"] });
	check("an init script", "/etc/init.d/nginx start", { files, listens: ["0.0.0.0:84 certain"] });
	check("a service that stops", "service nginx stop", { files });
	check("BusyBox", "busybox httpd -f -p 127.0.0.1:3000", { listens: ["127.0.0.1:3000 certain"] });
	check("an unknown service", "service acme start", { gaps: ["nothing is known about service"] });
});

describe("brokers, names, tunnels", () => {
	check("Mosquitto by its configuration", "mosquitto -c /mosquitto/config/mosquitto.conf", {
		files: { "/mosquitto/config/mosquitto.conf": "# listener 1\nlistener 1884 0.0.0.0\nlistener 9001\nprotocol websockets\n" },
		listens: ["0.0.0.0:1884 certain", "0.0.0.0:9001 certain"],
	});
	check("Mosquitto alone stays local", "mosquitto", { listens: ["127.0.0.1:1883 convention"] });
	check("CoreDNS", "coredns -conf Corefile", {
		files: { Corefile: ".:1053 {\n  health :8081\n  forward . 8.8.8.8 {\n    policy sequential\n  }\n  ready\n}\n" },
		listens: ["0.0.0.0:1053 certain", "0.0.0.0:1053/udp certain", "0.0.0.0:8081 certain", "0.0.0.0:8181 convention"],
	});
	check("BIND", "named -g", {
		files: { "/etc/bind/named.conf": "options {\n  // listen-on { 1.1.1.1; };\n  listen-on port 5353 { 127.0.0.1; };\n};\n" },
		listens: ["127.0.0.1:5353 certain", "127.0.0.1:5353/udp certain"],
	});
	check("WireGuard", "wg-quick up wg0", {
		files: { "/etc/wireguard/wg0.conf": "[Interface]\nListenPort = 51820\n" },
		listens: ["0.0.0.0:51820/udp certain"],
	});
	check("socat", "socat TCP-LISTEN:8080,fork,reuseaddr TCP:db:5432", { listens: ["0.0.0.0:8080 certain"] });
	check("socat of datagrams", "socat -u UDP4-RECVFROM:53,bind=127.0.0.1,fork STDOUT", { listens: ["127.0.0.1:53/udp certain"] });
	check("socat as a client", "socat - TCP:db:5432", {});
	check("nc listens", "nc -lk -p 9000 -e cat", { listens: ["0.0.0.0:9000 certain"] });
	check("nc with joined letters", "nc -lup 9001", { listens: ["0.0.0.0:9001/udp certain"] });
	check("nc by its operand", "nc -l 0.0.0.0 9002", { listens: ["0.0.0.0:9002 certain"] });
	check("nc waits for a server", "nc -z db 5432", {});
	check("the collector", "otelcol --config=/etc/otel.yaml", {
		files: {
			"/etc/otel.yaml":
				"receivers:\n  otlp:\n    protocols:\n      grpc:\n        endpoint: 0.0.0.0:4317\n      http:\n  zipkin:\nexporters:\n  debug:\n  prometheus:\n    endpoint: 0.0.0.0:8889\nservice:\n  pipelines:\n    metrics:\n      receivers: [otlp]\n      exporters: [prometheus, debug]\n",
		},
		listens: ["0.0.0.0:4317 certain", "127.0.0.1:4318 convention", "0.0.0.0:8889 certain", "127.0.0.1:8888 convention"],
	});
	const collector = (tag: string) => ({
		Dockerfile: `FROM otel/opentelemetry-collector-contrib:${tag}\nCOPY otel.yaml /etc/otelcol-contrib/config.yaml`,
		"otel.yaml":
			"receivers:\n  otlp:\n    protocols:\n      grpc:\nextensions:\n  pprof:\nservice:\n  extensions: [pprof]\n  pipelines:\n    traces:\n      receivers: [otlp]\n",
	});
	image("endpoints of a collector without an address", collector("0.120.0"), [
		"127.0.0.1:1777/tcp convention",
		"127.0.0.1:4317/tcp convention",
		"127.0.0.1:8888/tcp convention",
	]);
	image("before they became local", collector("0.99.0"), ["127.0.0.1:1777/tcp convention", "4317/tcp convention", "8888/tcp convention"]);
});
