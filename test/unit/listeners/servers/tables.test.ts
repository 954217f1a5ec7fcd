import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { SERVERS } from "../../../../server/src/listeners/servers/index.ts";
import { APPLICATIONS } from "../../../../server/src/listeners/servers/tables/applications.ts";
import { DATABASES } from "../../../../server/src/listeners/servers/tables/databases.ts";
import { GAMES } from "../../../../server/src/listeners/servers/tables/games.ts";
import { MESSAGING } from "../../../../server/src/listeners/servers/tables/messaging.ts";
import { MONITORING } from "../../../../server/src/listeners/servers/tables/monitoring.ts";
import { NETWORK } from "../../../../server/src/listeners/servers/tables/network.ts";
import { WEB } from "../../../../server/src/listeners/servers/tables/web.ts";
import { portsOf } from "../../../support/ports.ts";
import { check } from "../../../support/predict.ts";

test("every server has a name of its own, its manual and a program that no other one has", () => {
	const names = SERVERS.map((one) => one.name);
	assert.deepEqual(
		names.filter((name, i) => names.indexOf(name) !== i),
		[],
	);
	const servers = [...DATABASES, ...MESSAGING, ...MONITORING, ...NETWORK, ...WEB, ...APPLICATIONS, ...GAMES];
	for (const server of servers) assert.match(server.manual, /^https?:\/\//);
	const programs = servers.flatMap((one) => [...new Set(one.programs)]);
	assert.deepEqual(
		programs.filter((name, i) => programs.indexOf(name) !== i),
		[],
	);
});

describe("redis-server", () => {
	check("by default", "redis-server", { listens: ["0.0.0.0:6379 convention"] });
	check("a flag", "redis-server --port 6380 --bind 127.0.0.1", { listens: ["127.0.0.1:6380 certain"] });
	check("its configuration", "redis-server /etc/redis.conf --save 60", {
		files: { "/etc/redis.conf": "# port 1\nport 6381\nbind 127.0.0.1 -::1\n" },
		listens: ["127.0.0.1:6381 certain", "[::1]:6381 certain"],
		evidence: ["Dockerfile:10", "redis.conf:2"],
	});
	check("every address", "redis-server r.conf", { files: { "r.conf": "bind * -::*" }, listens: ["0.0.0.0:6379 convention"] });
	check("port 0 closes it", "redis-server --port 0 --unixsocket /run/r.sock", {});
	check("TLS beside it", "redis-server --tls-port 6390", { listens: ["0.0.0.0:6379 convention", "0.0.0.0:6390 certain"] });
	check("a configuration that is not there", "redis-server /data/redis.conf", { gaps: ["redis.conf is not in the image"] });
	check("its version", "redis-server --version", {});
	check("a client", "redis-cli -p 6379", {});
});

describe("databases", () => {
	check("PostgreSQL alone", "postgres -D /data", { listens: ["127.0.0.1:5432 convention"] });
	check("PostgreSQL by -c", "postgres -c port=5433 -c listen_addresses=*", { listens: ["0.0.0.0:5433 certain"] });
	check("PostgreSQL by variable", "postgres", { environment: { PGPORT: "5434" }, listens: ["127.0.0.1:5434 certain"] });
	check("MySQL", "mysqld", { listens: ["0.0.0.0:3306 convention", "0.0.0.0:33060 convention"] });
	check("MySQL without its X plugin", "mysqld --port=3307 --mysqlx=OFF", { listens: ["0.0.0.0:3307 certain"] });
	check("MariaDB by my.cnf", "mariadbd", {
		files: { "/etc/mysql/my.cnf": "[client]\nport = 1\n[mysqld]\nport = 3308\nbind-address = 127.0.0.1 # local\n" },
		listens: ["127.0.0.1:3308 certain"],
	});
	check("MongoDB alone", "mongod", { listens: ["127.0.0.1:27017 convention"] });
	check("MongoDB everywhere", "mongod --bind_ip_all --port 27020", { listens: ["0.0.0.0:27020 certain"] });
	check("MongoDB by its configuration", "mongod --config /etc/mongod.conf", {
		files: { "/etc/mongod.conf": "net:\n  port: 27030\n  bindIp: 0.0.0.0\n" },
		listens: ["0.0.0.0:27030 certain"],
		evidence: ["Dockerfile:10", "mongod.conf:2"],
	});
	check("Memcached", "memcached -m 64 -p 11212 -U 0", { listens: ["0.0.0.0:11212 certain"] });
	check("etcd is local by default", "etcd", { listens: ["127.0.0.1:2379 convention", "127.0.0.1:2380 convention"] });
	check("etcd by URLs", "etcd --listen-client-urls http://0.0.0.0:2379,http://127.0.0.1:4001 --listen-peer-urls=http://0.0.0.0:2380", {
		listens: ["0.0.0.0:2379 certain", "127.0.0.1:4001 certain", "0.0.0.0:2380 certain"],
	});
	check("CockroachDB", "cockroach start-single-node --insecure --http-addr=:8081", {
		listens: ["0.0.0.0:26257 convention", "0.0.0.0:8081 certain"],
	});
	check("a verb that does not serve", "cockroach sql", {});
	check("InfluxDB by variable", "influxd", { environment: { INFLUXD_HTTP_BIND_ADDRESS: ":9999" }, listens: ["0.0.0.0:9999 certain"] });
});

describe("monitoring", () => {
	check("Prometheus", "prometheus --config.file=/etc/prometheus/prometheus.yml", { listens: ["0.0.0.0:9090 convention"] });
	check("Prometheus by flag, one dash", "/bin/prometheus -web.listen-address=127.0.0.1:9091", { listens: ["127.0.0.1:9091 certain"] });
	check("an exporter", "/bin/node_exporter", { listens: ["0.0.0.0:9100 convention"] });
	check("statsd_exporter", "statsd_exporter --statsd.listen-udp=:8125", {
		listens: ["0.0.0.0:9102 convention", "0.0.0.0:9125 convention", "0.0.0.0:8125/udp certain"],
	});
	check("Grafana by variable", "grafana server", { environment: { GF_SERVER_HTTP_PORT: "3001" }, listens: ["0.0.0.0:3001 certain"] });
	check("Telegraf's inputs", "telegraf", {
		files: { "/etc/telegraf/telegraf.conf": '[[inputs.http_listener_v2]]\n  service_address = ":8186"\n[[inputs.cpu]]\n' },
		listens: ["0.0.0.0:8186 certain"],
		evidence: ["Dockerfile:10", "telegraf.conf:2"],
	});
});

describe("web", () => {
	check("Traefik", "traefik", { listens: ["0.0.0.0:80 convention"] });
	check("Traefik by flags", "traefik --entrypoints.web.address=:8000 --entryPoints.dns.address=:53/udp --api.insecure=true", {
		listens: ["0.0.0.0:8000 certain", "0.0.0.0:53/udp certain", "0.0.0.0:8080 convention"],
	});
	check("Traefik by its configuration", "traefik", {
		files: {
			"/etc/traefik/traefik.yml": 'entryPoints:\n  web:\n    address: ":81"\n  secure:\n    address: ":444"\napi:\n  insecure: false\n',
		},
		listens: ["0.0.0.0:81 certain", "0.0.0.0:444 certain"],
	});
	check("Varnish", "varnishd -F -a :6081,PROXY -a http=127.0.0.1:8080", { listens: ["0.0.0.0:6081 certain", "127.0.0.1:8080 certain"] });
	check("Squid", "squid -N", {
		files: { "/etc/squid/squid.conf": "http_port 3129 transparent\n" },
		listens: ["0.0.0.0:3129 certain"],
	});
	check("CouchDB as its images configure it", "/opt/couchdb/bin/couchdb", {
		files: { "/opt/couchdb/etc/default.d/10-docker.ini": "[chttpd]\nbind_address = any\n" },
		listens: ["0.0.0.0:5984 convention"],
	});
	test("CouchDB's start script, which writes who may log in", async () => {
		const files = {
			Dockerfile: 'FROM debian\nCOPY d.ini /opt/couchdb/etc/default.d/\nCOPY e.sh /\nENTRYPOINT ["/e.sh"]\nCMD ["couchdb"]',
			"d.ini": "[chttpd]\nbind_address = any\n",
			"e.sh": '#!/bin/sh\npatch-admins > /opt/couchdb/etc/local.d/docker.ini\nexec "$@"\n',
		};
		assert.deepEqual(await portsOf(files), ["5984/tcp convention"]);
	});
	check("CouchDB's own folder of settings", "couchdb", {
		files: {
			"/opt/couchdb/etc/default.d/10-docker.ini": "[chttpd]\nbind_address = any\n",
			"/opt/couchdb/etc/local.d/my.ini": "[chttpd]\nport = 5999\nbind_address = 127.0.0.1\n",
		},
		listens: ["127.0.0.1:5999 certain"],
	});
	check("Transmission", "transmission-daemon -g /config -f -p 9191", {
		listens: ["0.0.0.0:9191 certain", "0.0.0.0:51413 convention", "0.0.0.0:51413/udp convention"],
	});
	check("Syncthing", "syncthing --home=/config --gui-address=0.0.0.0:8385", {
		listens: ["0.0.0.0:8385 certain", "0.0.0.0:22000 convention", "0.0.0.0:22000/udp convention", "0.0.0.0:21027/udp convention"],
	});
	check("MariaDB told to use the network", "mariadbd-safe --skip-networking=OFF", { listens: ["0.0.0.0:3306 convention"] });
	check("Radicale", "/venv/bin/radicale --config /config/config", {
		files: { "/config/config": "[server]\n#hosts = localhost:5232\nhosts = 0.0.0.0:5232, [::]:5233\n" },
		listens: ["0.0.0.0:5232 certain", "[::]:5233 certain"],
	});
	check("Radicale without a configuration", "radicale", { listens: ["127.0.0.1:5232 convention"] });
	check("lighttpd", "lighttpd -D -f /etc/lighttpd/lighttpd.conf", {
		files: { "/etc/lighttpd/lighttpd.conf": 'server.port = 8080\nserver.bind = "127.0.0.1"\n' },
		listens: ["127.0.0.1:8080 certain"],
	});
	check("MinIO with its console", "minio server /data --console-address :9001", {
		listens: ["0.0.0.0:9000 convention", "0.0.0.0:9001 certain"],
	});
	check("a placeholder filled in from the environment", "registry serve", {
		files: { "/etc/distribution/config.yml": "http:\n  addr: ${HOST}:${PORT:-5001}\n" },
		environment: { HOST: "0.0.0.0" },
		listens: ["0.0.0.0:5001 default PORT"],
	});
	check("a name that this build gives to a program of its own", "webhook --port 9000", {
		files: { "/usr/local/bin/webhook": "\0" },
		gaps: ["nothing is known about webhook"],
	});
});

describe("network", () => {
	check("sshd", "/usr/sbin/sshd -D", { listens: ["0.0.0.0:22 convention"] });
	check("sshd by its configuration", "/usr/sbin/sshd -D -e", {
		files: { "/etc/ssh/sshd_config": "#Port 22\nPort 2222\nPermitRootLogin no\n" },
		listens: ["0.0.0.0:2222 certain"],
	});
	check("sshd by flag", "/usr/sbin/sshd -D -p 2022", { listens: ["0.0.0.0:2022 certain"] });
	check("dnsmasq", "dnsmasq -k --port=5353", { listens: ["0.0.0.0:5353 certain", "0.0.0.0:5353/udp certain"] });
	check("an OpenVPN client", "openvpn --config c.ovpn", { files: { "c.ovpn": "client\nremote example.org 1194\n" } });
	check("an OpenVPN server", "openvpn --config s.conf", {
		files: { "s.conf": "port 1195\nproto udp\nserver 10.8.0.0 255.255.255.0\n" },
		listens: ["0.0.0.0:1195/udp certain"],
	});
	check("rsync as a client", "rsync -a /x host:/y", {});
});

describe("brokers", () => {
	check("RabbitMQ", "rabbitmq-server", {
		listens: ["[::]:4369 convention", "[::]:5672 convention", "[::]:25672 convention"],
	});
	check("RabbitMQ's plugins", "rabbitmq-server", {
		files: { "/etc/rabbitmq/enabled_plugins": "[rabbitmq_management].", "/etc/rabbitmq/rabbitmq.conf": "listeners.tcp.default = 5673\n" },
		builds: ["rabbitmq-plugins enable --offline rabbitmq_mqtt"],
		listens: ["[::]:4369 convention", "0.0.0.0:5673 certain", "[::]:25672 convention", "[::]:15672 convention", "[::]:1883 convention"],
	});
	check("NATS", "nats-server -p 4223 -m 8222", { listens: ["0.0.0.0:4223 certain", "0.0.0.0:8222 certain"] });
	check("Kafka", "/opt/kafka/bin/kafka-server-start.sh /opt/server.properties", {
		files: { "/opt/server.properties": "listeners=PLAINTEXT://:9092,CONTROLLER://127.0.0.1:9093\n" },
		listens: ["0.0.0.0:9092 certain", "127.0.0.1:9093 certain"],
	});
	const DEV = ["127.0.0.1:8300", "127.0.0.1:8301", "127.0.0.1:8301/udp", "127.0.0.1:8302", "127.0.0.1:8302/udp"];
	check("Consul for development", "consul agent -dev -client 0.0.0.0", {
		listens: ["0.0.0.0:8500", "0.0.0.0:8600", "0.0.0.0:8600/udp", "0.0.0.0:8502", ...DEV].map((one) => `${one} convention`),
	});
	check("Tor's ports alone are for this machine", "tor -f /etc/torrc", {
		files: { "/etc/torrc": "ControlPort 9051\nORPort 9001\nSocksPort 0.0.0.0:9150\nDNSPort 5353\nTransPort 0.0.0.0:9040\n" },
		listens: [
			"0.0.0.0:9150 certain",
			"127.0.0.1:9051 certain",
			"0.0.0.0:9001 certain",
			"0.0.0.0:9040 certain",
			"127.0.0.1:5353/udp certain",
		],
	});
	check("Consul's configuration", "consul agent -config-file=/etc/consul.hcl", {
		files: {
			"/etc/consul.hcl":
				'server = true # yes\nclient_addr = "0.0.0.0"\nports {\n  http = 8510\n  dns = -1\n  grpc = 8502\n}\nretry_join = ["a", "b"]\nbind_addr = "127.0.0.1"\n',
		},
		listens: [
			"0.0.0.0:8510 certain",
			"0.0.0.0:8502 certain",
			"127.0.0.1:8300 convention",
			"127.0.0.1:8301 convention",
			"127.0.0.1:8301/udp convention",
			"127.0.0.1:8302 convention",
			"127.0.0.1:8302/udp convention",
		],
		evidence: ["Dockerfile:10", "consul.hcl:4"],
	});
	check("Consul's configuration in a folder", "consul agent -config-dir /etc/consul.d", {
		files: { "/etc/consul.d/a.json": '{"ports": {"http": 8511, "dns": -1, "serf_lan": -1}, "addresses": {"http": "0.0.0.0"}}' },
		listens: ["0.0.0.0:8511 certain"],
	});
	check("Vault for development", "vault server -dev", { listens: ["127.0.0.1:8200 convention"] });
	check("Vault by its configuration", "vault server -config=/vault/config", {
		files: {
			"/vault/config/vault.hcl":
				'storage "file" { path = "/vault" }\nlistener "tcp" {\n  address = "0.0.0.0:8300"\n  tls_disable = 1\n}\nlistener "unix" { address = "/run/vault.sock" }\n',
		},
		listens: ["0.0.0.0:8300 certain"],
	});
	check("Vault with configuration that is not there", "vault server -config=/vault/config", { gaps: ["config is not in the image"] });
	check("Nomad", "nomad agent -config=/etc/nomad.hcl", {
		files: {
			"/etc/nomad.hcl": 'bind_addr = "10.0.0.1"\naddresses { http = "0.0.0.0" }\nports { http = 5646 }\nclient { enabled = true }\n',
		},
		listens: ["0.0.0.0:5646 certain"],
	});
	check("Nomad for development", "nomad agent -dev", {
		listens: ["127.0.0.1:4646 convention", "127.0.0.1:4647 convention", "127.0.0.1:4648 convention", "127.0.0.1:4648/udp convention"],
	});
});

describe("programs that never listen", () => {
	for (const command of [
		"sleep infinity",
		"tail -f /dev/null",
		"bash",
		"crond -f",
		"certbot renew",
		"pg_dump -p 5432 db",
		"kubectl get pods",
	])
		check(command, command, {});
	check("a port is forwarded", "kubectl port-forward svc/a 80", { gaps: ["nothing is known about kubectl"] });
	check("a program of this build", "migrate --port 80", { files: { "/usr/bin/migrate": "\0" }, gaps: ["nothing is known about migrate"] });
	check("a shell that runs something", "bash serve", { gaps: ["nothing is known about bash"] });
});

describe("sockets of some versions", () => {
	check("ZooKeeper's administration", "zkServer.sh start-foreground", { listens: ["[::]:2181 convention", "[::]:8080 convention"] });
	check("before 3.5 there is none", "zkServer.sh start-foreground", {
		environment: { ZOOKEEPER_VERSION: "3.4.14" },
		listens: ["[::]:2181 convention"],
	});
	check("since 3.10 there is", "zkServer.sh start-foreground", {
		environment: { ZOOKEEPER_VERSION: "3.10.0" },
		listens: ["[::]:2181 convention", "[::]:8080 convention"],
	});
	check("at a port of its own", "zkServer.sh start-foreground", {
		files: { "/conf/zoo.cfg": "clientPort=2182\nadmin.serverPort=9080\n" },
		listens: ["[::]:2182 certain", "[::]:9080 certain"],
	});
	check("Triton", "tritonserver --model-repository=/models --grpc-port=9001 --allow-metrics=false", {
		listens: ["0.0.0.0:8000 convention", "0.0.0.0:9001 certain"],
	});
	check("distcc", "distccd --no-detach --port=4200 --log-stderr", { listens: ["0.0.0.0:4200 certain"] });
});

describe("configuration in several files", () => {
	check("MySQL's conf.d", "mysqld", {
		files: {
			"/etc/my.cnf": "[mysqld]\nport=3306\n!includedir /etc/mysql/conf.d/\n",
			"/etc/mysql/conf.d/own.cnf": "[mysqld]\nport = 3307\nmysqlx=0\n",
		},
		listens: ["0.0.0.0:3307 certain"],
	});
	check("a my.cnf that includes nothing", "mysqld", {
		files: { "/etc/my.cnf": "[mysqld]\nport=3308\nmysqlx=0\n", "/etc/mysql/conf.d/own.cnf": "[mysqld]\nport = 3307\n" },
		listens: ["0.0.0.0:3308 certain"],
	});
	check("Elasticsearch", "eswrapper", {
		files: { "/usr/share/elasticsearch/config/elasticsearch.yml": "network.host: 0.0.0.0\nhttp:\n  port: 9201\n" },
		listens: ["0.0.0.0:9201 certain", "0.0.0.0:9300 convention"],
	});
	check("Elasticsearch by flags", "elasticsearch -Ehttp.port=9202 -E transport.port=9302", {
		listens: ["127.0.0.1:9202 certain", "127.0.0.1:9302 certain"],
	});
	check("Kibana", "kibana-docker", { environment: { SERVER_PORT: "5602", SERVER_HOST: "0.0.0.0" }, listens: ["0.0.0.0:5602 certain"] });
	check("lighttpd's further sockets", "lighttpd -D -f l.conf", {
		files: { "l.conf": 'server.port = 81\n$SERVER["socket"] == ":82" { }\n' },
		listens: ["0.0.0.0:81 certain", "0.0.0.0:82 certain"],
	});
});

describe("Traefik's own entry point", () => {
	const WEB80 = "--entrypoints.web.address=:80";
	check("the insecure API", `traefik ${WEB80} --api.insecure=true`, { listens: ["0.0.0.0:80 certain", "0.0.0.0:8080 convention"] });
	check("the secure API", `traefik ${WEB80} --api.insecure=false`, { listens: ["0.0.0.0:80 certain"] });
	check("a ping", "traefik --configFile=t.yml", {
		files: { "t.yml": "entryPoints:\n  web:\n    address: ':81'\nping: {}\n" },
		listens: ["0.0.0.0:81 certain", "0.0.0.0:8080 convention"],
	});
	check("elsewhere", "traefik --configFile=t.yml", {
		files: { "t.yml": "entryPoints:\n  traefik:\n    address: ':82'\napi:\n  insecure: true\n" },
		listens: ["0.0.0.0:82 certain"],
	});
	check("metrics elsewhere", "traefik --configFile=t.yml", {
		files: { "t.yml": "entryPoints:\n  metrics:\n    address: ':83'\nmetrics:\n  prometheus:\n    entryPoint: metrics\n" },
		listens: ["0.0.0.0:83 certain"],
	});
});

describe("Keycloak", () => {
	check("for development", "/opt/keycloak/bin/kc.sh start-dev", { listens: ["0.0.0.0:8080 convention"] });
	check("in production", "/opt/keycloak/bin/kc.sh start --optimized", { listens: ["0.0.0.0:8443 convention"] });
	check("in production without a certificate", "/opt/keycloak/bin/kc.sh start --http-enabled=true --http-port 8081", {
		listens: ["0.0.0.0:8081 certain"],
	});
});

describe("Neo4j, Cassandra and Nexus", () => {
	check("Neo4j", "neo4j console", { listens: ["127.0.0.1:7474 convention", "127.0.0.1:7687 convention"] });
	check("Neo4j for all", "neo4j console", {
		environment: { NEO4J_server_default__listen__address: "0.0.0.0", NEO4J_server_http_listen__address: "0.0.0.0:7475" },
		listens: ["0.0.0.0:7475 certain", "0.0.0.0:7687 convention"],
	});
	check("Cassandra", "cassandra -f", {
		files: { "/etc/cassandra/cassandra.yaml": "native_transport_port: 9043\nrpc_address: 0.0.0.0\n" },
		listens: ["0.0.0.0:9043 certain", "0.0.0.0:7000 convention", "127.0.0.1:7199 convention"],
	});
	check("Nexus", "/opt/sonatype/nexus/bin/nexus run", { listens: ["0.0.0.0:8081 convention"] });
});

describe("servers that packages bring", () => {
	check("ActiveMQ, whose console is local since 5.16", "activemq console", {
		listens: ["61616", "5672", "61613", "1883", "61614"].map((port) => `0.0.0.0:${port} convention`).concat("127.0.0.1:8161 convention"),
	});
	check("ActiveMQ before", "activemq console", {
		environment: { ACTIVEMQ_VERSION: "5.15.9" },
		listens: ["61616", "5672", "61613", "1883", "61614", "8161"].map((port) => `0.0.0.0:${port} convention`),
	});
	check("ActiveMQ's other verbs", "activemq dstat", {});
	check("CrateDB", "crate -Cnetwork.host=_site_ -Chttp.port=4201", {
		listens: ["0.0.0.0:4201 certain", "0.0.0.0:4300 convention", "0.0.0.0:5432 convention"],
	});
	check("PowerDNS with its web server", "pdns_server --webserver=yes --webserver-address=0.0.0.0", {
		listens: ["0.0.0.0:53 convention", "0.0.0.0:53/udp convention", "0.0.0.0:8081 convention"],
	});
	check("IPsec", "ipsec start --nofork", { listens: ["0.0.0.0:500/udp convention", "0.0.0.0:4500/udp convention"] });
	check("Shadowsocks relays UDP when it is told to", "ss-server -s 0.0.0.0 -p 8388 -u", {
		listens: ["0.0.0.0:8388 certain", "0.0.0.0:8388/udp certain"],
	});
	check("IPsec looks at its state", "ipsec status", {});
	check("frp", "frps -c /f.ini", { files: { "/f.ini": "[common]\nbind_port = 7001\n" }, listens: ["0.0.0.0:7001 certain"] });
	check("the registry with its configuration alone", "registry /etc/docker-distribution/registry/config.yml", {
		listens: ["0.0.0.0:5000 convention"],
	});
	check("the registry by its configuration", "registry serve r.yml", {
		files: { "r.yml": "http:\n  addr: :5001\n" },
		listens: ["0.0.0.0:5001 certain"],
	});
	check("the registry collects garbage", "registry garbage-collect r.yml2", {});
	check("Caddy 1", "caddy -conf Caddyfile", {
		files: { Caddyfile: "0.0.0.0:2015, 0.0.0.0:8080\nroot /srv\n" },
		listens: ["[::]:2015 certain", "[::]:8080 certain"],
	});
	check("Caddy 1 without a port", "caddy -conf Caddyfile", { files: { Caddyfile: "localhost\n" }, listens: ["[::]:2015 convention"] });
});

describe("mysqld", () => {
	const dockerfile = (from: string, run: string) => ({ Dockerfile: `FROM ${from}\nRUN ${run}\nCMD ["mysqld"]\n` });
	for (const [name, from, run, more] of [
		["MySQL 8 of Ubuntu", "ubuntu:22.04", "apt-get install -y mysql-server", true],
		["MySQL 5.7 of Ubuntu", "ubuntu:18.04", "apt-get install -y mysql-server", false],
		["MySQL 5.5", "debian:8", "apt-get install -y mysql-server-5.5", false],
		["MariaDB of CentOS", "centos:7", "yum install -y mariadb-server", false],
		["MySQL's own packages", "debian:12", "dpkg -i mysql-apt-config.deb && apt-get install -y mysql-server", true],
	] as const)
		test(`${name} ${more ? "has" : "has no"} X plugin`, async () => {
			const ports = await portsOf(dockerfile(from, run));
			assert.equal(
				ports.some((one) => one.startsWith("33060")),
				more,
			);
		});
});

describe("PostgreSQL of Debian's packages", () => {
	const ports = (...lines: string[]) =>
		portsOf({ Dockerfile: ["FROM ubuntu:22.04", "RUN apt-get install -y postgresql-14", ...lines].join("\n") });
	const conf = "/etc/postgresql/14/main/postgresql.conf";
	test("a line that a step adds to its configuration", async () => {
		assert.deepEqual(
			await ports(`RUN echo "listen_addresses='*'" >> ${conf}`, `CMD ["/usr/lib/postgresql/14/bin/postgres", "-c", "config_file=${conf}"]`),
			["5432/tcp convention"],
		);
	});
	test("as a service", async () => {
		assert.deepEqual(await ports("CMD service postgresql start && tail -f /dev/null"), ["127.0.0.1:5432/tcp convention"]);
	});
	test("a configuration in the folder of the data", async () => {
		assert.deepEqual(
			await portsOf({
				Dockerfile: 'FROM debian:12\nCOPY postgresql.conf /data/\nCMD ["postgres", "-D", "/data"]',
				"postgresql.conf": "listen_addresses = '*'\nport = 5433\n",
			}),
			["5433/tcp certain"],
		);
	});
});

describe("OpenLDAP", () => {
	check("alone", "slapd -d 256", { listens: ["0.0.0.0:389 convention"] });
	test("by its URLs", async () => {
		const files = { Dockerfile: 'FROM debian:12\nCMD ["slapd", "-h", "ldap:///  ldaps://127.0.0.1:6360 ldapi:///", "-d", "1"]' };
		assert.deepEqual(await portsOf(files), ["389/tcp convention", "127.0.0.1:6360/tcp certain"]);
	});
	check("it tests its configuration", "slapd -Ttest", {});
});

describe("ClickHouse", () => {
	check("for this machine only", "clickhouse-server", {
		listens: ["127.0.0.1:8123 convention", "127.0.0.1:9000 convention", "127.0.0.1:9009 convention"],
	});
	check("by its configuration", "clickhouse-server --config-file=/c.xml", {
		files: {
			"/c.xml": "<clickhouse><listen_host>0.0.0.0</listen_host><http_port>8124</http_port><mysql_port>9004</mysql_port></clickhouse>",
		},
		listens: ["0.0.0.0:8124 certain", "0.0.0.0:9000 convention", "0.0.0.0:9009 convention", "0.0.0.0:9004 certain"],
	});
});

describe("nodes, browsers and gateways", () => {
	check("Kong", "kong docker-start", {
		environment: { KONG_ADMIN_LISTEN: "0.0.0.0:8001", KONG_VERSION: "2.8" },
		listens: ["0.0.0.0:8000 convention", "0.0.0.0:8443 convention", "0.0.0.0:8001 certain"],
	});
	check("Kong's migrations", "kong migrations bootstrap", {});
	check("Geth without its interface for programs", "geth --nodiscover", {
		listens: ["0.0.0.0:30303 convention", "127.0.0.1:8551 convention"],
	});
	check("Geth makes a chain", "geth init genesis.json", {});
	check("Chrome that nobody debugs", "google-chrome --headless about:blank", {});
	check("Chrome that is debugged", "chromium --headless --remote-debugging-port=9223", { listens: ["127.0.0.1:9223 certain"] });
});
