import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { analyseFiles } from "../../../support/analysis.ts";
import { listed } from "../../../support/predict.ts";

/** What a Dockerfile with these files beside it listens on. */
function image(name: string, lines: readonly string[], listens: readonly string[], files: Readonly<Record<string, string>> = {}): void {
	test(name, async () => {
		const { target } = await analyseFiles({ Dockerfile: lines.join("\n"), ...files });
		assert.deepEqual(target?.listeners.map(listed).sort(), [...listens].sort());
	});
}

describe("images of servers with a configuration of one's own", () => {
	image("Elasticsearch", ["FROM elasticsearch:8.13.0"], ["0.0.0.0:9200 convention", "0.0.0.0:9300 convention"]);
	image(
		"Elasticsearch whose configuration leaves the address open",
		["FROM elasticsearch:8.13.0", "COPY e.yml /usr/share/elasticsearch/config/elasticsearch.yml"],
		["127.0.0.1:9201 certain", "127.0.0.1:9300 convention"],
		{ "e.yml": "http.port: 9201" },
	);
	image(
		"Keycloak 24 without a management port",
		["FROM quay.io/keycloak/keycloak:24.0", "ENV KC_HEALTH_ENABLED=true", 'CMD ["start-dev"]'],
		["0.0.0.0:8080 convention"],
	);
	image(
		"Keycloak 25 with one",
		["FROM quay.io/keycloak/keycloak:25.0", "ENV KC_HEALTH_ENABLED=true", 'CMD ["start-dev"]'],
		["0.0.0.0:8080 convention", "0.0.0.0:9000 convention"],
	);
	image("Grafana with settings", ["FROM grafana/grafana:10.4.0", "COPY grafana.ini /etc/grafana/grafana.ini"], ["[::]:3001 certain"], {
		"grafana.ini": "[paths]\n;http_port = 1\n[server]\nhttp_port = 3001\n",
	});
	image("Grafana without a port in them", ["FROM grafana/grafana", "COPY grafana.ini /etc/grafana/"], ["[::]:3000 convention"], {
		"grafana.ini": "[security]\nadmin_user = a\n",
	});
	image("Grafana by a variable", ["FROM grafana/grafana", "ENV GF_SERVER_HTTP_PORT=4000"], ["[::]:4000 certain"]);
	image(
		"Traefik with its API",
		["FROM traefik:v3.1", 'CMD ["--entrypoints.web.address=:80", "--api.insecure=true"]'],
		["0.0.0.0:80 certain", "0.0.0.0:8080 convention"],
	);
});

describe("Tomcat's own server.xml", () => {
	image("as it is", ["FROM tomcat:10"], ["[::]:8080 convention"]);
	image("with another port", ["FROM tomcat:10", 'RUN sed -i \'s/port="8080"/port="9090"/\' conf/server.xml'], ["[::]:9090 certain"]);
	image("with a port that the start script fills in", ["FROM tomcat:9", "COPY run.sh /", 'CMD ["/run.sh"]'], ["[::]:8080 convention"], {
		"run.sh": '#!/bin/bash\nsed -i "s/8080/${PORT:-8080}/" $CATALINA_HOME/conf/server.xml\nexec catalina.sh run\n',
	});
});

describe("images that are built upon by their scripts", () => {
	image(
		"nginx",
		["FROM registry.access.redhat.com/ubi9/nginx-124", "CMD /usr/libexec/s2i/run"],
		["0.0.0.0:8080 convention", "[::]:8080 convention"],
	);
	image(
		"with a site of this build",
		["FROM quay.io/sclorg/nginx-126-c9s", "COPY a.conf /opt/app-root/etc/nginx.d/", "CMD /usr/libexec/s2i/run"],
		["0.0.0.0:8080 convention", "0.0.0.0:9090 certain", "[::]:8080 convention"],
		{ "a.conf": "server {\n\tlisten 9090;\n}\n" },
	);
	image("only their usage", ["FROM registry.access.redhat.com/ubi9/nodejs-20", "COPY . ."], []);
});

describe("packages whose configuration the same step changes", () => {
	image(
		"a port",
		[
			"FROM debian:12",
			"RUN apt-get install -y openssh-server && sed -i 's/#Port 22/Port 2222/' /etc/ssh/sshd_config",
			"CMD /usr/sbin/sshd -D",
		],
		["0.0.0.0:2222 certain"],
	);
	image(
		"a site that is removed for another",
		[
			"FROM debian:12",
			"RUN apt-get install -y nginx && rm /etc/nginx/sites-enabled/default",
			"COPY own.conf /etc/nginx/conf.d/",
			"CMD nginx -g 'daemon off;'",
		],
		["0.0.0.0:8081 certain"],
		{ "own.conf": "server { listen 8081; }" },
	);
	image(
		"every file of a folder",
		[
			"FROM debian:12",
			"RUN apt-get install -y mariadb-server && find /etc/mysql -name '*.cnf' | xargs sed -i 's/^bind-address/#&/'",
			"CMD mariadbd",
		],
		["0.0.0.0:3306 convention"],
	);
});

describe("MariaDB under MySQL's name", () => {
	const mysqld = (install: string) => ["FROM any", `RUN ${install}`, 'CMD ["mysqld"]'];
	image("Debian's is for this machine", mysqld("apt-get install -y default-mysql-server"), ["127.0.0.1:3306 convention"]);
	image("of a version", mysqld("apt-get install -y mariadb-server-10.11"), ["127.0.0.1:3306 convention"]);
	image("Alpine's opens no port", mysqld("apk add mysql mysql-client"), []);
	image("until it is told to", mysqld("apk add mariadb && sed -i 's/^skip-networking/#&/' /etc/my.cnf.d/mariadb-server.cnf"), [
		"0.0.0.0:3306 convention",
	]);
	image(
		"or has a configuration of its own",
		["FROM any", "RUN apk add mariadb", "COPY own.cnf /etc/my.cnf", 'CMD ["mysqld"]'],
		["0.0.0.0:3307 certain"],
		{ "own.cnf": "[mysqld]\nport = 3307\n" },
	);
});

describe("packages that are nginx or Apache with more modules", () => {
	image(
		"nginx-extras",
		["FROM debian", "RUN apt-get install -y nginx-extras", "CMD nginx -g 'daemon off;'"],
		["0.0.0.0:80 convention", "[::]:80 convention"],
	);
	image(
		"Apache with a version of PHP, whose envvars are sourced",
		["FROM debian", "RUN apt-get install -y libapache2-mod-php8.2", "CMD . /etc/apache2/envvars && exec apache2 -D FOREGROUND"],
		["[::]:80 convention"],
	);
});

describe("Mosquitto that is built from its source", () => {
	const built = (version: string) => [
		"FROM alpine",
		`ENV VERSION=${version}`,
		"RUN wget https://mosquitto.org/files/source/mosquitto-${VERSION}.tar.gz -O /tmp/m.tar.gz && mkdir -p /build/m && tar --strip=1 -xf /tmp/m.tar.gz -C /build/m && make -C /build/m && install -m755 /build/m/src/mosquitto /usr/sbin/mosquitto && install -m644 /build/m/mosquitto.conf /etc/mosquitto.conf && rm -rf /build",
		'CMD ["/usr/sbin/mosquitto", "-c", "/etc/mosquitto.conf"]',
	];
	image("before 2.0, for all", built("1.6.15"), ["0.0.0.0:1883 convention"]);
	image("since 2.0, for this machine", built("2.0.22"), ["127.0.0.1:1883 convention"]);
	image(
		"with a configuration of its repository",
		built("2.1.0").map((line) => line.replace("/build/m/mosquitto.conf", "/build/m/docker/mosquitto.conf")),
		[],
	);
});

describe("packages are those that a command installs", () => {
	image(
		"a user of the package's name",
		["FROM alpine:3.20", "RUN adduser -D mysql; apk add cmake; make install", 'CMD ["mariadbd"]'],
		["0.0.0.0:3306 convention"],
	);
	image("the package itself, which is closed", ["FROM alpine:3.20", "RUN adduser -D x; apk add \\\n  mariadb", 'CMD ["mariadbd"]'], []);
	image("by a variable", ["FROM alpine:3.20", 'RUN PACKAGES="mariadb curl"; apk add $PACKAGES', 'CMD ["mariadbd"]'], []);
});
