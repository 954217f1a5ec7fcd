import { describe } from "node:test";
import { check, type PredictionCase } from "../../../support/predict.ts";

/** A program in /app whose main class is com.acme.Main, with these imports and this in its main method. */
function main(imports: string, body: string, more: Partial<PredictionCase> & { members?: string } = {}): PredictionCase {
	const { members = "", ...rest } = more;
	const pom = "<project><properties><mainClass>com.acme.Main</mainClass></properties></project>";
	const text = `package com.acme;\n${imports}\npublic class Main {\n${members}\npublic static void main(String[] args) throws Exception {\n${body}\n}\n}`;
	return { builds: ["mvn package"], ...rest, files: { "pom.xml": pom, "src/main/java/com/acme/Main.java": text, ...rest.files } };
}

const RUN = "java -jar /app/target/app.jar";
const SOCKET = "import java.net.ServerSocket;";

describe("values of Java", () => {
	const port = (expression: string, more: Parameters<typeof main>[2] = {}) => main(SOCKET, `new ServerSocket(${expression});`, more);
	check("a literal", RUN, port("7_000", { listens: ["[::]:7000 certain"], evidence: ["Dockerfile:10", "pom.xml:1", "Main.java:6"] }));
	check(
		"a constant",
		RUN,
		port("PORT", { members: "static final int BASE = 7000; static final int PORT = BASE + 1;", listens: ["[::]:7001 certain"] }),
	);
	check(
		"a constant of another class",
		RUN,
		port("Settings.PORT", {
			files: { "src/main/java/com/acme/Settings.java": "package com.acme; class Settings { static final int PORT = 7002; }" },
			listens: ["[::]:7002 certain"],
		}),
	);
	check(
		"getOrDefault",
		RUN,
		port('Integer.parseInt(System.getenv().getOrDefault("PORT", "7003"))', { listens: ["[::]:7003 default PORT"] }),
	);
	check(
		"Optional",
		RUN,
		port('Optional.ofNullable(System.getenv("PORT")).map(Integer::parseInt).orElse(7004)', { listens: ["[::]:7004 default PORT"] }),
	);
	check(
		"a choice",
		RUN,
		main(SOCKET, 'String p = System.getenv("PORT"); int port = p != null ? Integer.parseInt(p) : 7005; new ServerSocket(port);', {
			listens: ["[::]:7005 default PORT"],
		}),
	);
	check(
		"an assignment under a condition",
		RUN,
		main(
			SOCKET,
			'int port = 7006; if (System.getenv("PORT") != null) { port = Integer.parseInt(System.getenv("PORT")); } new ServerSocket(port);',
			{ listens: ["[::]:7006 default PORT"] },
		),
	);
	const method = (body: string, more: Parameters<typeof main>[2] = {}) =>
		main(SOCKET, "new ServerSocket(port());", { members: `static int port() { ${body} }`, ...more });
	check(
		"a method that returns early",
		RUN,
		method('String p = System.getenv("PORT"); if (p != null) { return Integer.parseInt(p); } return 7010;', {
			listens: ["[::]:7010 default PORT"],
		}),
	);
	check(
		"an early return that is reached",
		RUN,
		method('if (System.getenv("TLS") != null) return 7443; return 7010;', { environment: { TLS: "1" }, listens: ["[::]:7443 certain"] }),
	);
	check(
		"returns in both branches",
		RUN,
		method('if ("prod".equals(System.getenv("STAGE"))) return 7011; else return 7012;', { listens: ["[::]:7012 default STAGE"] }),
	);
	check(
		"an exception",
		RUN,
		main(
			SOCKET,
			'int port; try { port = Integer.parseInt(System.getenv("PORT")); } catch (Exception e) { port = 7007; } new ServerSocket(port);',
			{ listens: ["[::]:7007 default PORT"] },
		),
	);
	check("a property", RUN, port('Integer.getInteger("port", 7008)', { listens: ["[::]:7008 default -Dport"] }));
	check(
		"that property",
		"java -Dport=7009 -jar /app/target/app.jar",
		port('Integer.parseInt(System.getProperty("port", "7008"))', { listens: ["[::]:7009 certain"] }),
	);
	check("an argument", `${RUN} 7010`, port("Integer.parseInt(args[0])", { listens: ["[::]:7010 certain"] }));
	check(
		"an argument or not",
		RUN,
		port("args.length > 0 ? Integer.parseInt(args[0]) : 7011", { listens: ["[::]:7011 default an argument"] }),
	);
	check(
		"a parameter",
		RUN,
		main(SOCKET, "new Main().listen(7012);", {
			members: "void listen(int port) throws Exception { new ServerSocket(port); }",
			listens: ["[::]:7012 certain"],
		}),
	);
	check(
		"a constructor's parameter in a field",
		RUN,
		main(SOCKET, "new Main(7013).listen();", {
			members: "private final int port; Main(int port) { this.port = port; } void listen() throws Exception { new ServerSocket(port); }",
			listens: ["[::]:7013 certain"],
		}),
	);
	check(
		"two calls",
		RUN,
		main(SOCKET, "listen(7014); listen(7015);", {
			members: "static void listen(int port) throws Exception { new ServerSocket(port); }",
			listens: ["[::]:7014 default", "[::]:7015 default"],
		}),
	);
	check("what is not followed", RUN, port("Files.size(null)", { gaps: ["the value comes from Files#size"] }));
	check("chosen by the system", RUN, port("0", { gaps: ["the port is chosen at run time"] }));
	check(
		"a dead branch",
		RUN,
		main(SOCKET, "if (false) { new ServerSocket(7016); } new ServerSocket(7017);", { listens: ["[::]:7017 certain"] }),
	);
	check(
		"a class that nobody names",
		RUN,
		port("7018", {
			files: {
				"src/main/java/com/acme/Tool.java": "package com.acme; class Tool { void x() throws Exception { new java.net.ServerSocket(1); } }",
			},
			listens: ["[::]:7018 certain"],
		}),
	);
	check(
		"recursion",
		RUN,
		main(SOCKET, "new ServerSocket(f(1));", {
			members: "static int f(int a) { return f(a); }",
			gaps: ["source that is too intricate to follow"],
		}),
	);
});

describe("libraries of Java", () => {
	check(
		"HttpServer",
		RUN,
		main("import com.sun.net.httpserver.HttpServer;", 'HttpServer.create(new InetSocketAddress("localhost", 8000), 0).start();', {
			listens: ["127.0.0.1:8000 certain"],
		}),
	);
	check(
		"HttpServer, its address in a variable",
		RUN,
		main("import com.sun.net.httpserver.*;", "var at = new InetSocketAddress(8001); HttpServer s = HttpServer.create(at, 0);", {
			listens: ["[::]:8001 certain"],
		}),
	);
	check(
		"gRPC",
		RUN,
		main("import io.grpc.ServerBuilder;", "ServerBuilder.forPort(50051).addService(null).build().start();", {
			listens: ["[::]:50051 certain"],
		}),
	);
	check(
		"Javalin",
		RUN,
		main("import io.javalin.Javalin;", 'var app = Javalin.create(); app.get("/", x -> {}); app.start(7070);', {
			listens: ["[::]:7070 certain"],
		}),
	);
	check("Javalin's default", RUN, main("import io.javalin.Javalin;", "Javalin.create().start();", { listens: ["[::]:8080 convention"] }));
	check("Spark", RUN, main("import static spark.Spark.*;", 'port(8002); get("/", (a, b) -> "");', { listens: ["[::]:8002 certain"] }));
	check("Spark's default", RUN, main("import static spark.Spark.*;", 'get("/", (a, b) -> "");', { listens: ["[::]:4567 convention"] }));
	check(
		"Vert.x",
		RUN,
		main("import io.vertx.core.Vertx;", "Vertx vertx = Vertx.vertx(); vertx.createHttpServer().requestHandler(r -> {}).listen(8003);", {
			listens: ["[::]:8003 certain"],
		}),
	);
	const VERTX = "import io.vertx.core.Vertx; import io.vertx.core.json.JsonObject; import io.vertx.core.net.SocketAddress;";
	const verticle = (listen: string, members: string, more: Partial<PredictionCase> = {}, imports = VERTX) =>
		main(imports, `Vertx vertx = Vertx.vertx(); JsonObject config = new JsonObject(); vertx.createHttpServer().listen(${listen});`, {
			members,
			...more,
		});
	check(
		"Vert.x: a key of the configuration",
		RUN,
		verticle('config().getInteger("http.port", 8090)', "", { listens: ["[::]:8090 default -conf"] }),
	);
	check(
		"Vert.x: variables by ConfigRetriever",
		RUN,
		verticle(
			'config.getInteger("HTTP_PORT", 8091)',
			"",
			{ listens: ["[::]:8091 default HTTP_PORT"] },
			`${VERTX} import io.vertx.config.ConfigRetriever;`,
		),
	);
	const ADDRESS = `static SocketAddress address(JsonObject config) {
		String given = System.getenv("LISTEN");
		if (given != null) {
			if (given.startsWith("unix:")) return SocketAddress.domainSocketAddress(given);
			int colon = given.lastIndexOf(":");
			return SocketAddress.inetSocketAddress(Integer.parseInt(given.substring(colon + 1)), given.substring(0, colon));
		}
		return SocketAddress.inetSocketAddress(8092, "0.0.0.0");
	}`;
	check(
		"Vert.x: an address that a method chooses",
		RUN,
		verticle("address(config)", ADDRESS, { listens: ["0.0.0.0:8092 default LISTEN"] }),
	);
	check(
		"Vert.x: the same when the image decides otherwise",
		RUN,
		verticle("address(config)", ADDRESS, {
			environment: { LISTEN: "0.0.0.0:9000" },
			gaps: ["domainSocketAddress() is not followed", "inetSocketAddress() is not followed"],
		}),
	);
	check(
		"Vert.x: two addresses with one port",
		RUN,
		verticle(
			"address()",
			'static SocketAddress address() { if (tls()) return SocketAddress.inetSocketAddress(8093, "0.0.0.0"); return SocketAddress.inetSocketAddress(8093, "0.0.0.0"); }',
			{ listens: ["0.0.0.0:8093 certain"] },
		),
	);
	check(
		"Netty",
		RUN,
		main("import io.netty.bootstrap.ServerBootstrap;", "ServerBootstrap b = new ServerBootstrap(); b.group(null).bind(8004).sync();", {
			listens: ["[::]:8004 certain"],
		}),
	);
	check(
		"Jetty",
		RUN,
		main("import org.eclipse.jetty.server.Server;", "Server server = new Server(8005);", { listens: ["[::]:8005 certain"] }),
	);
	check(
		"Undertow",
		RUN,
		main("import io.undertow.Undertow;", 'Undertow.builder().addHttpListener(8006, "0.0.0.0").build().start();', {
			listens: ["0.0.0.0:8006 certain"],
		}),
	);
	check(
		"UDP",
		RUN,
		main("import java.net.DatagramSocket;", "new DatagramSocket(8007); new DatagramSocket();", { listens: ["[::]:8007/udp certain"] }),
	);
	check(
		"a class of the same name",
		RUN,
		main("import com.other.ServerSocket;", "new ServerSocket(1);", { gaps: ["no listening call found in Main"] }),
	);
	check("a client", RUN, main("import java.net.Socket;", 'new Socket("db", 5432);', { gaps: ["no listening call found in Main"] }));
	check("no main class", RUN, {
		builds: ["mvn package"],
		files: {
			"pom.xml": "<project/>",
			"src/main/java/A.java": "class A { public static void main(String[] a) {} }",
			"src/main/java/B.java": "class B { public static void main(String[] a) {} }",
		},
		gaps: ["the main class is not known"],
	});
	check("a start script of Gradle", "/app/build/install/app/bin/app", {
		builds: ["./gradlew installDist"],
		files: {
			"build.gradle": "plugins { id 'application' }\napplication { mainClass = 'com.acme.Main' }",
			"src/main/java/com/acme/Main.java":
				"package com.acme; class Main { public static void main(String[] a) throws Exception { new java.net.ServerSocket(8008); io.javalin.Javalin.create().start(8009); } }",
		},
		listens: ["[::]:8008 certain", "[::]:8009 certain"],
	});
});
