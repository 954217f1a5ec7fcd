import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const builds = ["gcc -O2 -Wall -o server server.c"];
const head = "#include <netinet/in.h>\n#define PORT 8080\n";
const tcp = (port: string, address = "INADDR_ANY", before = "") => ({
	"server.c": `${head}int main(int argc, char **argv) {
  ${before}
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in a = {0};
  a.sin_family = AF_INET;
  a.sin_addr.s_addr = ${address};
  a.sin_port = ${port};
  bind(fd, (struct sockaddr *)&a, sizeof(a));
  listen(fd, 5); // a.sin_port = htons(1);
}
`,
});

describe("sockets of C and C++", () => {
	check("a constant", "./server", {
		files: tcp("htons(PORT)"),
		builds,
		listens: ["0.0.0.0:8080 certain"],
		evidence: ["Dockerfile:10", "server.c:9", "server.c:2"],
	});
	check("a number on the loopback interface", "/app/server", {
		files: tcp("htons(8081)", 'inet_addr("127.0.0.1")'),
		builds,
		listens: ["127.0.0.1:8081 certain"],
	});
	check("INADDR_LOOPBACK", "./server", {
		files: tcp("htons(8082)", "htonl(INADDR_LOOPBACK)"),
		builds,
		listens: ["127.0.0.1:8082 certain"],
	});
	check("a variable of the program", "./server", {
		files: tcp("htons(port)", "htonl(INADDR_ANY)", "const int port = 8083;"),
		builds,
		listens: ["0.0.0.0:8083 certain"],
	});
	check("a variable of the image", "./server", {
		files: tcp('htons(atoi(getenv("PORT")))'),
		builds,
		environment: { PORT: "81" },
		listens: ["0.0.0.0:81 certain"],
	});
	check("a variable that nothing sets", "./server", { files: tcp('htons(atoi(getenv("PORT")))'), builds, gaps: ["PORT is not set"] });
	check("UDP, of C++", "./udp", {
		files: {
			"udp.cpp":
				"int main() {\n  int fd = ::socket(AF_INET, SOCK_DGRAM, 0);\n  sockaddr_in a{};\n  a.sin_port = htons(5353);\n  a.sin_addr.s_addr = INADDR_ANY;\n  ::bind(fd, (sockaddr*)&a, sizeof a);\n}\n",
		},
		builds: ["g++ udp.cpp -o udp"],
		listens: ["0.0.0.0:5353/udp certain"],
	});
	const open = (title: string, files: Record<string, string>, reason = "the port is not understood") =>
		check(title, "./server", { files, builds, gaps: [reason] });
	open("an argument", tcp("htons(atoi(argv[1]))"));
	open("an argument with a default", tcp("htons(port)", "INADDR_ANY", "int port = 8084;\n  if (argc > 1) port = atoi(argv[1]);"));
	open("a port that is read", tcp("htons(port)", "INADDR_ANY", 'int port = 8084;\n  scanf("%d", &port);'));
	open("a port without htons", tcp("8085"));
	open("an address that is computed", tcp("htons(8086)", "pick(argv[1])"), "the address is not understood");
	open("a program that connects as well", tcp("htons(8087)", "INADDR_ANY", "connect(other, &b, sizeof b);"));
	open("a bind of something else", { "server.c": "int main() { auto f = std::bind(g, 1); }" }, "nothing is known about server");
	check("a constant that the build may define", "./server", {
		files: tcp("htons(PORT)"),
		builds: ["gcc -DPORT=9000 -o server server.c"],
		gaps: ["nothing is known about server"],
	});
	check("a constant of the system's headers", "./server", {
		files: tcp("htons(PORT)"),
		builds: ["gcc -D_GNU_SOURCE -DNDEBUG -oserver server.c"],
		listens: ["0.0.0.0:8080 certain"],
	});
	check("in a condition", "./server", {
		files: {
			"server.c": tcp("htons(8088)")["server.c"].replace("  a.sin_port", "  if (argc > 1) {\n    a.sin_port").replace("bind", "}\n  bind"),
		},
		builds,
		listens: ["0.0.0.0:8088 default"],
		gaps: ["a condition in the source is not decided"],
	});
	check("another program of the image", "./other", { files: tcp("htons(PORT)"), builds, gaps: ["nothing is known about other"] });
});
