import type { Lab } from "./containers.ts";
import type { TestImage } from "./images.ts";

/** A container whose ports are known beforehand. */
export interface Case {
	readonly name: string;
	readonly image?: TestImage;
	readonly options?: readonly string[];
	readonly command?: readonly string[];
	/** As `describe` of the test support puts it. */
	readonly expected: string;
}

export const httpd = (on: string) => ["httpd", "-f", "-p", on, "-h", "/www"];

/** Busybox opens no UDP sockets; Python opens what it is told: kind, address and port. */
function python(
	...sockets: readonly (readonly ["udp" | "udp-connected" | "tcp" | "tcp-shared" | "tcp6" | "tcp6-only", string, number])[]
): Pick<Case, "image" | "command"> {
	const program = `
import json, socket, sys, time
kept = []
for kind, address, port in json.loads(sys.argv[1]):
    if kind == "tcp-shared":
        one = socket.create_server((address, port), reuse_port=True)
    elif kind.startswith("tcp"):
        family = socket.AF_INET6 if "6" in kind else socket.AF_INET
        one = socket.create_server((address, port), family=family, dualstack_ipv6=kind == "tcp6")
    else:
        one = socket.socket(type=socket.SOCK_DGRAM)
        (one.connect if kind == "udp-connected" else one.bind)((address, port))
    kept.append(one)
time.sleep(1e6)`;
	return { image: "webapp:noexpose", command: ["python", "-c", program, JSON.stringify(sockets)] };
}

/** `full` gives the name that a network of the lab really has. */
export const casesOf = ({ full }: Lab): readonly Case[] => [
	{ name: "noexpose", expected: "80/tcp live :: httpd = not-exposed" },
	{
		name: "exposed",
		image: "web:exposed",
		options: ["--publish", "127.0.0.1::80"],
		expected: "80/tcp exposed published live :: httpd = ok",
	},
	{ name: "joined-by", image: "web:exposed", expected: "80/tcp exposed live :: httpd = ok; 3100/tcp live :: httpd = not-exposed" },
	{ name: "expose-option", options: ["--expose", "80"], expected: "80/tcp exposed live :: httpd = ok" },
	{ name: "publish-only", options: ["--publish", "127.0.0.1::80"], expected: "80/tcp published live :: httpd = not-exposed" },
	{
		name: "loopback",
		command: httpd("127.0.0.1:9000"),
		options: ["--publish", "127.0.0.1::9000"],
		expected: "9000/tcp published live 127.0.0.1 httpd = loopback-only",
	},
	{
		name: "wrong-expose",
		image: "portlight-test/wrong-expose",
		expected: "80/tcp exposed = nothing-listens; 8000/tcp live :: httpd = not-exposed; 9999/udp exposed = nothing-listens",
	},
	{
		name: "udp",
		...python(["udp", "0.0.0.0", 5353], ["udp", "127.0.0.1", 5355]),
		expected: "5353/udp live 0.0.0.0 python = not-exposed; 5355/udp live 127.0.0.1 python = loopback-only",
	},
	{
		name: "udp-exposed",
		...python(["udp", "0.0.0.0", 40_000]),
		options: ["--expose", "40000/udp"],
		expected: "40000/udp exposed live 0.0.0.0 python = ok",
	},
	{
		name: "udp-clients",
		...python(["udp", "0.0.0.0", 40_000], ["udp-connected", "127.0.0.1", 9]),
		expected: "40000/udp python maybe a client = unknown",
	},
	{
		name: "shared-port",
		...python(["tcp-shared", "0.0.0.0", 8123], ["tcp-shared", "0.0.0.0", 8123]),
		expected: "8123/tcp live 0.0.0.0 python = not-exposed",
	},
	{
		name: "v6-only",
		options: ["--network", full("v6")],
		...python(["tcp6-only", "::", 7000]),
		expected: "7000/tcp live :: python = not-exposed",
	},
	{
		name: "dual-stack",
		options: ["--network", full("v6")],
		...python(["tcp6", "::", 7002]),
		expected: "7002/tcp live :: python = not-exposed",
	},
	{
		name: "v6-loopback",
		options: ["--network", full("v6")],
		...python(["tcp6-only", "::1", 7001]),
		expected: "7001/tcp live ::1 python = loopback-only",
	},
	{
		name: "both-loopbacks-and-udp",
		options: ["--network", full("v6")],
		...python(["tcp", "127.0.0.1", 9000], ["tcp6-only", "::1", 9000], ["udp", "0.0.0.0", 9000]),
		expected: "9000/tcp live 127.0.0.1 ::1 python = loopback-only; 9000/udp live 0.0.0.0 python = not-exposed",
	},
	{
		name: "many",
		...python(...Array.from({ length: 300 }, (_, index) => ["tcp", "0.0.0.0", 10_000 + index] as const)),
		expected: Array.from({ length: 300 }, (_, index) => `${10_000 + index}/tcp live 0.0.0.0 python = not-exposed`).join("; "),
	},
	{
		name: "publish-all",
		image: "portlight-test/wrong-expose",
		options: ["--publish-all"],
		expected:
			"80/tcp exposed published = nothing-listens; 8000/tcp live :: httpd = not-exposed; 9999/udp exposed published = nothing-listens",
	},
	{ name: "scratch", image: "portlight-test/scratch", expected: "8080/tcp live :: httpd = not-exposed" },
	{ name: "silent", command: ["sleep", "100000"], expected: "no ports" },
	{
		name: "locked-down",
		options: ["--user", "65534", "--read-only", "--cap-drop", "ALL"],
		command: httpd("8080"),
		expected: "8080/tcp live :: httpd = not-exposed",
	},
	{ name: "no-network", options: ["--network", "none"], expected: "80/tcp live :: httpd = not-exposed" },
	{
		name: "host-network",
		options: ["--network", "host"],
		command: httpd("127.0.0.1:39871"),
		expected: "39871/tcp live 127.0.0.1 httpd = loopback-only",
	},
	{ name: "user-network", options: ["--network", full("net")], expected: "80/tcp live :: httpd = not-exposed" },
	{
		name: "own-dns",
		options: ["--network", full("net")],
		command: httpd("127.0.0.11:53"),
		expected: "53/tcp live 127.0.0.11 httpd = loopback-only",
	},
	{ name: "paused", expected: "80/tcp live :: httpd = not-exposed" },
	{ name: "restarting", options: ["--restart", "always"], command: ["false"], expected: "no ports (unknown: the container is restarting)" },
];
