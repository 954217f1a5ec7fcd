import type { Server } from "../plainServer.ts";
import type { Socket } from "../socket.ts";

/** Where Consul's clients connect. */
const CLIENT = ["--client", "client_addr"];

/** Sockets of Consul among agents: on every address, in development mode on the loopback interface; `needs` makes it a server. */
function gossip(port: string, settings: readonly string[], needs?: readonly string[]): Socket[] {
	const address = ["--bind", "bind_addr"];
	return [
		{ byDefault: port, port: settings, address, off: ["--dev"], ...(needs ? { needs } : {}) },
		{ byDefault: `127.0.0.1:${port}`, port: settings, address, needs: ["--dev"] },
	];
}

/** Sockets of Nomad: on every address, in development mode on the loopback interface. */
function nomad(port: string, name: string, needs?: readonly string[]): Socket[] {
	const settings = { port: [`ports.${name}`], address: [`addresses.${name}`, "--bind", "bind_addr"] };
	return [
		{ byDefault: port, ...settings, off: ["--dev"], ...(needs ? { needs } : {}) },
		{ byDefault: `127.0.0.1:${port}`, ...settings, needs: ["--dev"] },
	];
}

/** Brokers, coordination and service discovery. */
export const MESSAGING: readonly Server[] = [
	{
		name: "nats",
		title: "NATS",
		manual: "https://docs.nats.io/running-a-nats-service/introduction/flags",
		programs: ["nats-server", "gnatsd"],
		goFlags: true,
		ends: ["-v", "-h", "-t"],
		config: { format: "words", flags: ["-c", "--config"] },
		sockets: [
			{ byDefault: "4222", port: ["-p", "--port", "port"], address: ["-a", "--addr", "--net", "host", "net"], endpoint: ["listen"] },
			{ port: ["-m", "--http_port", "http_port", "monitor_port"], endpoint: ["http"], address: ["-a", "--addr"] },
			{ port: ["-ms", "--https_port", "https_port"], endpoint: ["https"], address: ["-a", "--addr"] },
			{ endpoint: ["--cluster_listen", "--cluster"] },
		],
	},
	{
		name: "nats-streaming",
		title: "NATS Streaming",
		manual: "https://github.com/nats-io/nats-streaming-server",
		programs: ["nats-streaming-server"],
		goFlags: true,
		sockets: [
			{ byDefault: "4222", port: ["-p", "--port"], address: ["-a", "--addr"] },
			{ port: ["-m", "--http_port"], address: ["-a", "--addr"] },
		],
	},
	{
		name: "kafka",
		title: "Kafka",
		manual: "https://kafka.apache.org/documentation/#brokerconfigs_listeners",
		programs: ["kafka-server-start.sh", "kafka-server-start"],
		config: { format: "ini", operand: true },
		sockets: [{ byDefault: "[::]:9092", endpoint: ["listeners"] }],
	},
	{
		name: "zookeeper",
		title: "ZooKeeper",
		manual: "https://zookeeper.apache.org/doc/current/zookeeperAdmin.html",
		programs: ["zkServer.sh"],
		verbs: ["start-foreground", "start"],
		config: { format: "ini", paths: ["/conf/zoo.cfg"] },
		sockets: [
			{ byDefault: "[::]:2181", port: ["clientPort"] },
			{
				byDefault: "[::]:8080",
				port: ["admin.serverPort"],
				off: ["$ZOO_ADMINSERVER_ENABLED=false", "admin.enableServer=false"],
				since: 3.5,
			},
		],
	},
	{
		name: "pulsar",
		title: "Pulsar",
		manual: "https://pulsar.apache.org/docs/next/reference-cli-tools/",
		programs: ["pulsar"],
		plainName: true,
		verbs: ["standalone", "broker"],
		sockets: [{ byDefault: "[::]:6650" }, { byDefault: "[::]:8080" }],
	},
	{
		name: "nsqd",
		title: "nsqd",
		manual: "https://nsq.io/components/nsqd.html",
		programs: ["nsqd"],
		goFlags: true,
		sockets: [
			{ byDefault: "4150", endpoint: ["--tcp-address"] },
			{ byDefault: "4151", endpoint: ["--http-address"] },
			{ endpoint: ["--https-address"] },
		],
	},
	{
		name: "nsqlookupd",
		title: "nsqlookupd",
		manual: "https://nsq.io/components/nsqlookupd.html",
		programs: ["nsqlookupd"],
		goFlags: true,
		sockets: [
			{ byDefault: "4160", endpoint: ["--tcp-address"] },
			{ byDefault: "4161", endpoint: ["--http-address"] },
		],
	},
	{
		name: "nsqadmin",
		title: "nsqadmin",
		manual: "https://nsq.io/components/nsqadmin.html",
		programs: ["nsqadmin"],
		goFlags: true,
		sockets: [{ byDefault: "4171", endpoint: ["--http-address"] }],
	},
	{
		name: "consul",
		title: "Consul",
		manual: "https://developer.hashicorp.com/consul/docs/reference/agent/configuration-file/general",
		programs: ["consul"],
		verbs: ["agent"],
		goFlags: true,
		ownDefaults: true,
		unread: ["--hcl", "$CONSUL_LOCAL_CONFIG"],
		config: {
			format: "hcl",
			flags: ["--config-file"],
			folderFlags: ["--config-dir"],
			more: ["/consul/config/*.hcl", "/consul/config/*.json"],
		},
		sockets: [
			{ byDefault: "127.0.0.1:8500", port: ["--http-port", "ports.http"], address: ["addresses.http", ...CLIENT] },
			{ port: ["--https-port", "ports.https"], address: ["addresses.https", ...CLIENT] },
			{ byDefault: "127.0.0.1:8600", port: ["--dns-port", "ports.dns"], address: ["addresses.dns", ...CLIENT] },
			{ byDefault: "127.0.0.1:8600/udp", port: ["--dns-port", "ports.dns"], address: ["addresses.dns", ...CLIENT] },
			{ byDefault: "127.0.0.1:8502", port: ["--grpc-port", "ports.grpc"], address: ["addresses.grpc", ...CLIENT], needs: ["--dev"] },
			{ port: ["--grpc-port", "ports.grpc"], address: ["addresses.grpc", ...CLIENT], off: ["--dev"] },
			...gossip("8300", ["--server-port", "ports.server"], ["--server", "server"]),
			...gossip("8301", ["--serf-lan-port", "ports.serf_lan"]),
			...gossip("8301/udp", ["--serf-lan-port", "ports.serf_lan"]),
			...gossip("8302", ["--serf-wan-port", "ports.serf_wan"], ["--server", "server"]),
			...gossip("8302/udp", ["--serf-wan-port", "ports.serf_wan"], ["--server", "server"]),
		],
	},
	{
		name: "vault",
		title: "Vault",
		manual: "https://developer.hashicorp.com/vault/docs/configuration/listener/tcp",
		programs: ["vault", "bao"],
		verbs: ["server"],
		goFlags: true,
		ownDefaults: true,
		unread: ["$VAULT_LOCAL_CONFIG", "$BAO_LOCAL_CONFIG"],
		config: {
			format: "hcl",
			flags: ["--config"],
			folderFlags: [],
			more: ["/vault/config/*.hcl", "/vault/config/*.json", "/openbao/config/*.hcl", "/openbao/config/*.json"],
		},
		sockets: [
			{ byDefault: "127.0.0.1:8200", endpoint: ["--dev-listen-address", "$VAULT_DEV_LISTEN_ADDRESS"], needs: ["--dev"] },
			{ endpoint: ["listener.tcp.address"] },
		],
	},
	{
		name: "nomad",
		title: "Nomad",
		manual: "https://developer.hashicorp.com/nomad/docs/configuration",
		programs: ["nomad"],
		verbs: ["agent"],
		goFlags: true,
		ownDefaults: true,
		config: { format: "hcl", flags: ["--config"], folderFlags: [], more: ["/nomad/config/*.hcl", "/nomad/config/*.json"] },
		sockets: [
			...nomad("4646", "http"),
			...nomad("4647", "rpc", ["--server", "server.enabled"]),
			...nomad("4648", "serf", ["--server", "server.enabled"]),
			...nomad("4648/udp", "serf", ["--server", "server.enabled"]),
		],
	},
	{
		name: "temporal",
		title: "Temporal CLI",
		manual: "https://docs.temporal.io/cli/server",
		programs: ["temporal"],
		plainName: true,
		verbs: ["start-dev"],
		sockets: [
			{ byDefault: "127.0.0.1:7233", port: ["--port", "-p"], address: ["--ip"] },
			{ byDefault: "127.0.0.1:8233", port: ["--ui-port"], address: ["--ui-ip", "--ip"], off: ["--headless"] },
		],
	},
	{
		name: "beanstalkd",
		title: "beanstalkd",
		manual: "https://github.com/beanstalkd/beanstalkd",
		programs: ["beanstalkd"],
		sockets: [{ byDefault: "11300", port: ["-p"], address: ["-l"] }],
	},
	{
		name: "gearmand",
		title: "Gearman",
		manual: "http://gearman.org/manual/",
		programs: ["gearmand"],
		sockets: [{ byDefault: "4730", port: ["-p", "--port"], address: ["-L", "--listen"] }],
	},
	{
		name: "qpidd",
		title: "Apache Qpid",
		manual: "https://qpid.apache.org/releases/qpid-cpp-master/cpp-broker/book/chap-Messaging_User_Guide-Starting_the_Broker.html",
		programs: ["qpidd"],
		sockets: [{ byDefault: "5672", port: ["-p", "--port"], address: ["--interface"] }],
	},
	{
		name: "activemq",
		title: "ActiveMQ Classic",
		manual: "https://github.com/apache/activemq/blob/main/assembly/src/release/conf/activemq.xml",
		programs: ["activemq"],
		verbs: ["console", "start", "restart"],
		sockets: [
			{ byDefault: "61616" },
			{ byDefault: "5672" },
			{ byDefault: "61613" },
			{ byDefault: "1883" },
			{ byDefault: "61614" },
			// The console is for this machine only since 5.16.
			{ byDefault: "8161", until: 5.16 },
			{ byDefault: "127.0.0.1:8161", since: 5.16 },
		],
	},
	{
		name: "artemis",
		title: "ActiveMQ Artemis",
		manual: "https://activemq.apache.org/components/artemis/documentation/latest/using-server.html",
		programs: ["artemis"],
		verbs: ["run"],
		sockets: [
			{ byDefault: "61616" },
			{ byDefault: "5445" },
			{ byDefault: "5672" },
			{ byDefault: "1883" },
			{ byDefault: "61613" },
			{ byDefault: "127.0.0.1:8161" },
		],
	},
	{
		name: "nanomq",
		title: "NanoMQ",
		manual: "https://nanomq.io/docs/en/latest/",
		programs: ["nanomq"],
		verbs: ["start"],
		unread: ["--conf"],
		sockets: [{ byDefault: "1883", endpoint: ["--url"] }],
	},
	{
		name: "centrifugo",
		title: "Centrifugo",
		manual: "https://centrifugal.dev/docs/server/configuration",
		programs: ["centrifugo"],
		ends: ["genconfig", "checkconfig", "gentoken", "version", "serve"],
		unread: ["-c", "--config"],
		sockets: [
			{
				byDefault: "8000",
				port: ["--http_server.port", "--port", "-p", "$CENTRIFUGO_PORT", "$CENTRIFUGO_HTTP_SERVER_PORT"],
				address: ["--address", "-a", "$CENTRIFUGO_ADDRESS", "$CENTRIFUGO_HTTP_SERVER_ADDRESS"],
			},
		],
	},
	{
		name: "emqx",
		title: "EMQX",
		manual: "https://docs.emqx.com/en/emqx/latest/deploy/cluster/security.html",
		programs: ["emqx"],
		verbs: ["foreground", "start", "console"],
		sockets: [
			{ byDefault: "1883" },
			{ byDefault: "8883" },
			{ byDefault: "8083" },
			{ byDefault: "8084" },
			{ byDefault: "18083" },
			{ byDefault: "4370" },
			{ byDefault: "5370" },
		],
	},
	{
		name: "zookeeper-in-kafka",
		title: "ZooKeeper of Kafka",
		manual: "https://github.com/apache/kafka/blob/3.9/config/zookeeper.properties",
		programs: ["zookeeper-server-start.sh", "zookeeper-server-start"],
		config: { format: "ini", operand: true, paths: ["config/zookeeper.properties"] },
		sockets: [{ byDefault: "2181", port: ["clientPort"] }],
	},
];
