import type { Server } from "../plainServer.ts";

const redisSockets: Server["sockets"] = [
	{ byDefault: "6379", port: ["--port", "port"], address: ["--bind", "bind"] },
	{ port: ["--tls-port", "tls-port"], address: ["--bind", "bind"] },
	{ port: ["--cluster-port", "cluster-port"], needs: ["--cluster-enabled", "cluster-enabled"], address: ["--bind", "bind"] },
];

const mysqlConfig: Server["config"] = {
	format: "ini",
	flags: ["--defaults-file"],
	paths: ["/etc/my.cnf", "/etc/mysql/my.cnf"],
	more: ["/etc/my.cnf.d/*.cnf", "/etc/mysql/conf.d/*.cnf", "/etc/mysql/mysql.conf.d/*.cnf", "/etc/mysql/mariadb.conf.d/*.cnf"],
	moreBy: "!include",
};

const mysqlSocket: Server["sockets"][number] = {
	byDefault: "3306",
	port: ["--port", "-P", "mysqld.port", "server.port", "mariadb.port"],
	address: ["--bind-address", "mysqld.bind-address", "mysqld.bind_address", "server.bind-address"],
	off: ["--skip-networking", "mysqld.skip-networking", "mysqld.skip_networking"],
};

/** Settings of Neo4j that hold the address of all its connectors. */
const NEO4J = [
	"$NEO4J_server_default__listen__address",
	"$NEO4J_dbms_default__listen__address",
	"server.default_listen_address",
	"dbms.default_listen_address",
];

/** Settings of Elasticsearch that hold an address: flags, variables and keys. */
const HOSTS = (part: string): string[] => ["bind_host", "host"].flatMap((key) => [`-E${part}.${key}`, `$${part}.${key}`, `${part}.${key}`]);

/** Databases, caches and search engines. */
export const DATABASES: readonly Server[] = [
	...(["elasticsearch", "opensearch"] as const).map(
		(name): Server => ({
			name,
			title: name === "elasticsearch" ? "Elasticsearch" : "OpenSearch",
			manual:
				name === "elasticsearch"
					? "https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/networking-settings"
					: "https://docs.opensearch.org/latest/install-and-configure/configuring-opensearch/network-settings/",
			programs:
				name === "elasticsearch" ? ["elasticsearch", "eswrapper"] : ["opensearch", "opensearch-docker-entrypoint.sh", "opensearchwrapper"],
			ends: ["-V", "-h"],
			cFlag: true,
			config: { format: "yaml", paths: [`/usr/share/${name}/config/${name}.yml`, `/etc/${name}/${name}.yml`] },
			sockets: [
				{
					byDefault: "127.0.0.1:9200",
					port: ["-Ehttp.port", "$http.port", "http.port"],
					address: [...HOSTS("http"), ...HOSTS("network")],
				},
				{
					byDefault: "127.0.0.1:9300",
					port: ["-Etransport.port", "$transport.port", "transport.port", "transport.tcp.port"],
					address: [...HOSTS("transport"), ...HOSTS("network")],
				},
			],
		}),
	),
	{
		name: "redis",
		title: "Redis",
		manual: "https://redis.io/docs/latest/operate/oss_and_stack/management/config/",
		programs: ["redis-server", "valkey-server", "keydb-server", "redis-stack-server"],
		config: { format: "words", operand: true },
		sockets: redisSockets,
	},
	{
		name: "redis-sentinel",
		title: "Redis Sentinel",
		manual: "https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/",
		programs: ["redis-sentinel", "valkey-sentinel"],
		config: { format: "words", operand: true },
		sockets: [{ byDefault: "26379", port: ["--port", "port"], address: ["--bind", "bind"] }],
	},
	{
		name: "dragonfly",
		title: "Dragonfly",
		manual: "https://www.dragonflydb.io/docs/managing-dragonfly/flags",
		programs: ["dragonfly"],
		plainName: true,
		sockets: [
			{ byDefault: "6379", port: ["--port"], address: ["--bind"] },
			{ port: ["--memcached_port"], address: ["--bind"] },
			{ port: ["--admin_port"], address: ["--admin_bind"] },
		],
	},
	{
		name: "memcached",
		title: "Memcached",
		manual: "https://docs.memcached.org/serverguide/configuring/",
		programs: ["memcached"],
		ends: ["-V", "-h"],
		sockets: [
			{ byDefault: "11211", port: ["-p", "--port"], address: ["-l", "--listen"], off: ["-s", "--unix-socket"] },
			{ port: ["-U", "--udp-port"], protocol: "udp", address: ["-l", "--listen"] },
		],
	},
	{
		name: "cassandra",
		title: "Cassandra",
		manual: "https://cassandra.apache.org/doc/latest/cassandra/managing/configuration/cass_yaml_file.html",
		programs: ["cassandra"],
		config: {
			format: "yaml",
			filledInByImages: true,
			paths: ["/etc/cassandra/cassandra.yaml", "/opt/cassandra/conf/cassandra.yaml"],
		},
		// Its addresses are the container's: images fill them in when they start.
		sockets: [
			{ byDefault: "9042", port: ["native_transport_port"], address: ["rpc_address"] },
			{ byDefault: "7000", port: ["storage_port"], address: ["listen_address"] },
			{ byDefault: "127.0.0.1:7199", port: ["$JMX_PORT"] },
		],
	},
	{
		name: "neo4j",
		title: "Neo4j",
		manual: "https://neo4j.com/docs/operations-manual/current/configuration/ports/",
		programs: ["neo4j"],
		ends: ["status", "stop", "version"],
		config: { format: "ini", paths: ["/var/lib/neo4j/conf/neo4j.conf", "/conf/neo4j.conf"] },
		sockets: [
			{
				byDefault: "127.0.0.1:7474",
				address: NEO4J,
				endpoint: [
					"$NEO4J_server_http_listen__address",
					"$NEO4J_dbms_connector_http_listen__address",
					"server.http.listen_address",
					"dbms.connector.http.listen_address",
				],
			},
			{
				byDefault: "127.0.0.1:7687",
				address: NEO4J,
				endpoint: [
					"$NEO4J_server_bolt_listen__address",
					"$NEO4J_dbms_connector_bolt_listen__address",
					"server.bolt.listen_address",
					"dbms.connector.bolt.listen_address",
				],
			},
		],
	},
	{
		name: "postgres",
		title: "PostgreSQL",
		manual: "https://www.postgresql.org/docs/current/runtime-config-connection.html",
		programs: ["postgres", "postmaster"],
		cFlag: true,
		ends: ["--single", "--boot", "-V", "-C", "--describe-config"],
		config: {
			format: "words",
			flags: ["--config-file", "--config_file"],
			inFolder: { name: "postgresql.conf", flags: ["-D"], variable: "PGDATA" },
			// Debian keeps it apart from the data.
			paths: ["/etc/postgresql/*/main/postgresql.conf"],
		},
		sockets: [
			{ byDefault: "127.0.0.1:5432", port: ["-p", "--port", "port", "$PGPORT"], address: ["-h", "--listen_addresses", "listen_addresses"] },
		],
	},
	{
		name: "pgbouncer",
		title: "PgBouncer",
		manual: "https://www.pgbouncer.org/config.html",
		programs: ["pgbouncer"],
		config: { format: "ini", operand: true, paths: ["/etc/pgbouncer/pgbouncer.ini"] },
		sockets: [{ byDefault: "127.0.0.1:6432", port: ["pgbouncer.listen_port"], address: ["pgbouncer.listen_addr"] }],
	},
	{
		name: "mysql",
		title: "MySQL",
		manual: "https://dev.mysql.com/doc/refman/8.4/en/server-options.html",
		programs: ["mysqld", "mysqld_safe"],
		ends: ["--initialize", "--initialize-insecure", "--validate-config", "-V", "-?"],
		config: mysqlConfig,
		sockets: [
			mysqlSocket,
			{
				byDefault: "33060",
				since: 8,
				// MariaDB has a mysqld too, but not this plugin; `mysql-server` is an older one in these distributions.
				olderWith:
					/\bmariadb|\bmysql5|\bmysql-(?:community-)?server-5|^FROM (?:debian|centos(?::\D*[67]\b)?|ubuntu:(?:1[0-8]|precise|trusty|xenial|bionic))(?![\s\S]*(?:mysql-apt-config|repo\.mysql\.com|mysql8))/,
				notWith: ["/etc/mysql/mariadb.conf.d", "/etc/my.cnf.d/mariadb-server.cnf"],
				port: ["--mysqlx-port", "--mysqlx_port", "--loose-mysqlx-port", "mysqld.mysqlx_port", "mysqld.mysqlx-port"],
				address: ["--mysqlx-bind-address", "mysqld.mysqlx-bind-address", "mysqld.mysqlx_bind_address"],
				off: [
					"--skip-mysqlx",
					"--mysqlx=off",
					"--mysqlx=0",
					"mysqld.mysqlx=0",
					"mysqld.mysqlx=off",
					"mysqld.skip-mysqlx",
					"--skip-networking",
				],
			},
		],
	},
	{
		name: "mariadb",
		title: "MariaDB",
		manual: "https://mariadb.com/kb/en/server-system-variables/",
		programs: ["mariadbd", "mariadbd-safe"],
		ends: ["-V", "-?"],
		config: mysqlConfig,
		sockets: [mysqlSocket],
	},
	{
		name: "mongodb",
		title: "MongoDB",
		manual: "https://www.mongodb.com/docs/manual/reference/default-mongodb-port/",
		programs: ["mongod", "mongos"],
		config: { format: "yaml", flags: ["--config", "-f"] },
		sockets: [
			{
				byDefault: "127.0.0.1:27017",
				port: ["--port", "net.port"],
				address: ["--bind_ip", "net.bindIp"],
				off: ["--bind_ip_all", "net.bindIpAll", "--shardsvr", "--configsvr"],
			},
			{ byDefault: "27017", port: ["--port", "net.port"], needs: ["--bind_ip_all", "net.bindIpAll"], off: ["--shardsvr", "--configsvr"] },
			{ byDefault: "127.0.0.1:27018", port: ["--port"], address: ["--bind_ip"], needs: ["--shardsvr"] },
			{ byDefault: "127.0.0.1:27019", port: ["--port"], address: ["--bind_ip"], needs: ["--configsvr"] },
		],
	},
	{
		name: "influxdb",
		title: "InfluxDB",
		manual: "https://docs.influxdata.com/influxdb/v2/reference/config-options/",
		programs: ["influxd"],
		ends: ["version", "print-config", "inspect", "backup", "restore"],
		config: { format: "toml", flags: ["--config", "-config"], variable: "INFLUXDB_CONFIG_PATH", paths: ["/etc/influxdb/influxdb.conf"] },
		sockets: [
			{
				byDefault: "8086",
				endpoint: [
					"--http-bind-address",
					"$INFLUXD_HTTP_BIND_ADDRESS",
					"$INFLUXDB_HTTP_BIND_ADDRESS",
					"http-bind-address",
					"http.bind-address",
				],
			},
		],
	},
	{
		name: "cockroachdb",
		title: "CockroachDB",
		manual: "https://www.cockroachlabs.com/docs/stable/cockroach-start",
		programs: ["cockroach"],
		verbs: ["start", "start-single-node", "demo"],
		sockets: [
			{ byDefault: "26257", endpoint: ["--listen-addr"], port: ["--port", "-p"] },
			{ byDefault: "8080", endpoint: ["--http-addr"], port: ["--http-port"] },
			{ endpoint: ["--sql-addr"] },
		],
	},
	{
		name: "etcd",
		title: "etcd",
		manual: "https://etcd.io/docs/v3.5/op-guide/configuration/",
		programs: ["etcd"],
		goFlags: true,
		config: { format: "yaml", flags: ["--config-file"] },
		sockets: [
			{ byDefault: "127.0.0.1:2379", endpoint: ["--listen-client-urls", "$ETCD_LISTEN_CLIENT_URLS", "listen-client-urls"] },
			{ byDefault: "127.0.0.1:2380", endpoint: ["--listen-peer-urls", "$ETCD_LISTEN_PEER_URLS", "listen-peer-urls"] },
			{ endpoint: ["--listen-metrics-urls", "$ETCD_LISTEN_METRICS_URLS", "listen-metrics-urls"] },
		],
	},
	{
		name: "clickhouse",
		title: "ClickHouse",
		manual: "https://clickhouse.com/docs/guides/sre/network-ports",
		programs: ["clickhouse-server"],
		unread: ["--config-file", "-C"],
		sockets: [{ byDefault: "127.0.0.1:8123" }, { byDefault: "127.0.0.1:9000" }, { byDefault: "127.0.0.1:9009" }],
	},
	{
		name: "meilisearch",
		title: "Meilisearch",
		manual: "https://www.meilisearch.com/docs/learn/self_hosted/configure_meilisearch_at_launch",
		programs: ["meilisearch"],
		config: { format: "toml", flags: ["--config-file-path"], variable: "MEILI_CONFIG_FILE_PATH" },
		sockets: [{ byDefault: "127.0.0.1:7700", endpoint: ["--http-addr", "$MEILI_HTTP_ADDR", "http_addr"] }],
	},
	{
		name: "qdrant",
		title: "Qdrant",
		manual: "https://qdrant.tech/documentation/guides/configuration/",
		programs: ["qdrant"],
		sockets: [
			{ byDefault: "6333", port: ["$QDRANT__SERVICE__HTTP_PORT"], address: ["$QDRANT__SERVICE__HOST"] },
			{ byDefault: "6334", port: ["$QDRANT__SERVICE__GRPC_PORT"], address: ["$QDRANT__SERVICE__HOST"] },
			{ port: ["$QDRANT__CLUSTER__P2P__PORT"], byDefault: "6335", needs: ["$QDRANT__CLUSTER__ENABLED"] },
		],
	},
	{
		name: "surrealdb",
		title: "SurrealDB",
		manual: "https://surrealdb.com/docs/surrealdb/cli/start",
		programs: ["surreal"],
		plainName: true,
		verbs: ["start"],
		sockets: [{ byDefault: "127.0.0.1:8000", endpoint: ["--bind", "-b", "$SURREAL_BIND"] }],
	},
	{
		name: "rethinkdb",
		title: "RethinkDB",
		manual: "https://rethinkdb.com/docs/cli-options/",
		programs: ["rethinkdb"],
		sockets: [
			{ byDefault: "127.0.0.1:28015", port: ["--driver-port"], address: ["--bind"] },
			{ byDefault: "127.0.0.1:29015", port: ["--cluster-port"], address: ["--bind"] },
			{ byDefault: "127.0.0.1:8080", port: ["--http-port"], address: ["--bind-http", "--bind"], off: ["--no-http-admin"] },
		],
	},
	{
		name: "couchdb",
		title: "CouchDB",
		manual: "https://docs.couchdb.org/en/stable/config/http.html",
		programs: ["couchdb"],
		config: {
			format: "ini",
			paths: ["/opt/couchdb/etc/local.ini", "/etc/couchdb/local.ini", "/etc/couchdb/default.ini", "/usr/local/etc/couchdb/default.ini"],
			filledInByImages: true,
			more: ["/opt/couchdb/etc/default.d/*.ini", "/opt/couchdb/etc/local.d/*.ini"],
		},
		sockets: [
			{
				byDefault: "127.0.0.1:5984",
				port: ["chttpd.port", "httpd.port"],
				address: ["chttpd.bind_address", "httpd.bind_address", "bind_address"],
			},
		],
	},
	{
		name: "typesense",
		title: "Typesense",
		manual: "https://typesense.org/docs/guide/configure-typesense.html",
		programs: ["typesense-server"],
		config: { format: "ini", flags: ["--config"] },
		sockets: [
			{
				byDefault: "8108",
				port: ["--api-port", "$TYPESENSE_API_PORT", "server.api-port"],
				address: ["--api-address", "$TYPESENSE_API_ADDRESS"],
			},
			{ byDefault: "8107", port: ["--peering-port", "$TYPESENSE_PEERING_PORT"], address: ["--peering-address"] },
		],
	},
	{
		name: "arangodb",
		title: "ArangoDB",
		manual: "https://docs.arangodb.com/stable/components/arangodb-server/options/",
		programs: ["arangod"],
		sockets: [{ byDefault: "127.0.0.1:8529", endpoint: ["--server.endpoint"] }],
	},
	{
		name: "victoriametrics",
		title: "VictoriaMetrics",
		manual: "https://docs.victoriametrics.com/victoriametrics/#list-of-command-line-flags",
		programs: ["victoria-metrics", "victoria-metrics-prod"],
		goFlags: true,
		sockets: [
			{ byDefault: "8428", endpoint: ["--httpListenAddr"] },
			{ endpoint: ["--graphiteListenAddr"] },
			{ endpoint: ["--opentsdbListenAddr"] },
			{ endpoint: ["--influxListenAddr"] },
		],
	},
	{
		name: "mssql",
		title: "SQL Server",
		manual: "https://learn.microsoft.com/en-us/sql/linux/sql-server-linux-configure-environment-variables",
		programs: ["sqlservr", "launch_sqlservr.sh"],
		sockets: [{ byDefault: "1433", port: ["$MSSQL_TCP_PORT"], address: ["$MSSQL_IP_ADDRESS"] }],
	},
	{
		name: "weaviate",
		title: "Weaviate",
		manual: "https://docs.weaviate.io/deploy/configuration",
		programs: ["weaviate"],
		plainName: true,
		sockets: [
			{ byDefault: "8080", port: ["--port"], address: ["--host"] },
			{ byDefault: "50051", port: ["$GRPC_PORT"] },
		],
	},
	{
		name: "dgraph",
		title: "Dgraph Alpha",
		manual: "https://docs.dgraph.io/deploy/security/ports-usage/",
		programs: ["dgraph"],
		plainName: true,
		verbs: ["alpha"],
		sockets: [{ byDefault: "7080" }, { byDefault: "8080" }, { byDefault: "9080" }],
	},
	{
		name: "cratedb",
		title: "CrateDB",
		manual: "https://cratedb.com/docs/crate/reference/en/latest/config/node.html#ports",
		programs: ["crate"],
		plainName: true,
		sockets: [
			{ byDefault: "4200", port: ["-Chttp.port"] },
			{ byDefault: "4300", port: ["-Ctransport.tcp.port", "-Ctransport.port"] },
			{ byDefault: "5432", port: ["-Cpsql.port"] },
		],
	},
	{
		name: "scylladb",
		title: "ScyllaDB",
		manual: "https://docs.scylladb.com/manual/stable/operating-scylla/admin.html#networking",
		programs: ["scylla"],
		sockets: [
			{ byDefault: "127.0.0.1:9042", address: ["--rpc-address"] },
			{ byDefault: "127.0.0.1:7000", address: ["--listen-address"] },
			{ byDefault: "9180", port: ["--prometheus-port"], address: ["--prometheus-address"] },
			{ byDefault: "127.0.0.1:10000", port: ["--api-port"], address: ["--api-address"] },
		],
	},
	{
		name: "tidb",
		title: "TiDB",
		manual: "https://docs.pingcap.com/tidb/stable/command-line-flags-for-tidb-configuration/",
		programs: ["tidb-server"],
		goFlags: true,
		unread: ["--config"],
		sockets: [
			{ byDefault: "4000", port: ["-P", "--P"], address: ["--host"] },
			{ byDefault: "10080", port: ["--status"], address: ["--status-host"] },
		],
	},
	{
		name: "immudb",
		title: "immudb",
		manual: "https://docs.immudb.io/master/running/configuration.html",
		programs: ["immudb"],
		sockets: [
			{ byDefault: "3322", port: ["--port", "-p", "$IMMUDB_PORT"], address: ["--address", "-a", "$IMMUDB_ADDRESS"] },
			{ byDefault: "8080", port: ["--web-server-port", "$IMMUDB_WEB_SERVER_PORT"], off: ["--web-server=false"] },
			{ byDefault: "9497", off: ["--metrics-server=false"] },
			{ byDefault: "5432", port: ["--pgsql-server-port"], needs: ["--pgsql-server", "$IMMUDB_PGSQL_SERVER"] },
		],
	},
	{
		name: "rqlite",
		title: "rqlite",
		manual: "https://rqlite.io/docs/guides/config/",
		programs: ["rqlited"],
		goFlags: true,
		sockets: [
			{ byDefault: "127.0.0.1:4001", endpoint: ["--http-addr"] },
			{ byDefault: "127.0.0.1:4002", endpoint: ["--raft-addr"] },
		],
	},
	{
		name: "ferretdb",
		title: "FerretDB",
		manual: "https://docs.ferretdb.io/configuration/flags/",
		programs: ["ferretdb"],
		sockets: [
			{ byDefault: "127.0.0.1:27017", endpoint: ["--listen-addr", "$FERRETDB_LISTEN_ADDR"] },
			{ byDefault: "127.0.0.1:8088", endpoint: ["--debug-addr", "$FERRETDB_DEBUG_ADDR"] },
		],
	},
	{
		name: "manticore",
		title: "Manticore Search",
		manual: "https://manual.manticoresearch.com/Server_settings/Searchd#listen",
		programs: ["searchd"],
		unread: ["-c", "--config"],
		sockets: [{ byDefault: "127.0.0.1:9306" }, { byDefault: "127.0.0.1:9312" }, { byDefault: "127.0.0.1:9308" }],
	},
	{
		name: "chroma",
		title: "Chroma",
		manual: "https://docs.trychroma.com/docs/cli/run",
		programs: ["chroma"],
		verbs: ["run"],
		unread: ["--config"],
		sockets: [{ byDefault: "127.0.0.1:8000", port: ["--port"], address: ["--host"] }],
	},
	{
		name: "milvus",
		title: "Milvus",
		manual: "https://milvus.io/docs/configure_proxy.md",
		programs: ["milvus"],
		verbs: ["standalone", "proxy"],
		sockets: [{ byDefault: "19530" }, { byDefault: "9091" }],
	},
	{
		name: "vmagent",
		title: "vmagent",
		manual: "https://docs.victoriametrics.com/",
		programs: ["vmagent", "vmagent-prod"],
		goFlags: true,
		sockets: [{ byDefault: "8429", endpoint: ["--httpListenAddr"] }],
	},
	{
		name: "vmalert",
		title: "vmalert",
		manual: "https://docs.victoriametrics.com/",
		programs: ["vmalert", "vmalert-prod"],
		goFlags: true,
		sockets: [{ byDefault: "8880", endpoint: ["--httpListenAddr"] }],
	},
	{
		name: "vmauth",
		title: "vmauth",
		manual: "https://docs.victoriametrics.com/",
		programs: ["vmauth", "vmauth-prod"],
		goFlags: true,
		sockets: [{ byDefault: "8427", endpoint: ["--httpListenAddr"] }],
	},
	{
		name: "vminsert",
		title: "vminsert",
		manual: "https://docs.victoriametrics.com/",
		programs: ["vminsert", "vminsert-prod"],
		goFlags: true,
		sockets: [{ byDefault: "8480", endpoint: ["--httpListenAddr"] }],
	},
	{
		name: "vmselect",
		title: "vmselect",
		manual: "https://docs.victoriametrics.com/",
		programs: ["vmselect", "vmselect-prod"],
		goFlags: true,
		sockets: [{ byDefault: "8481", endpoint: ["--httpListenAddr"] }],
	},
	{
		name: "victoria-logs",
		title: "victoria-logs",
		manual: "https://docs.victoriametrics.com/",
		programs: ["victoria-logs", "victoria-logs-prod"],
		goFlags: true,
		sockets: [{ byDefault: "9428", endpoint: ["--httpListenAddr"] }],
	},
	{
		name: "vmstorage",
		title: "vmstorage",
		manual: "https://docs.victoriametrics.com/",
		programs: ["vmstorage", "vmstorage-prod"],
		goFlags: true,
		sockets: [
			{ byDefault: "8482", endpoint: ["--httpListenAddr"] },
			{ byDefault: "8400", endpoint: ["--vminsertAddr"] },
			{ byDefault: "8401", endpoint: ["--vmselectAddr"] },
		],
	},
	{
		name: "solr",
		title: "Apache Solr",
		manual: "https://solr.apache.org/guide/solr/latest/deployment-guide/taking-solr-to-production.html",
		programs: ["solr", "solr-foreground"],
		ends: ["stop", "status", "create", "create_core", "delete", "zk", "auth", "healthcheck", "post", "package", "version"],
		sockets: [
			// Since 9 it is for this machine only, unless somebody says more; its images do.
			{ byDefault: "127.0.0.1:8983", port: ["-p", "--port", "$SOLR_PORT"], address: ["--host-bind", "$SOLR_JETTY_HOST"], since: 9 },
			{ byDefault: "8983", port: ["-p", "--port", "$SOLR_PORT"], until: 9 },
		],
	},
];
