import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const script = (text: string) => ({ "server.php": `<?php\n${text}\n` });
const none = { gaps: ["no listening call found in server.php"] };

describe("servers of PHP scripts", () => {
	check("Swoole", "php server.php", {
		files: script('$http = new Swoole\\Http\\Server("0.0.0.0", 9501);\n$http->start();'),
		listens: ["0.0.0.0:9501 certain"],
		evidence: ["Dockerfile:10", "server.php:2"],
	});
	check("Swoole by an import, with the environment", "php server.php", {
		files: script("use Swoole\\Http\\{Request, Server};\n$port = (int) (getenv('PORT') ?: 9502);\n$s = new Server('127.0.0.1', $port);"),
		listens: ["127.0.0.1:9502 default PORT"],
	});
	check("a variable of the image", "php server.php", {
		files: script("use OpenSwoole\\WebSocket\\Server as Socket;\nnew Socket($_ENV['HOST'] ?? '0.0.0.0', intval($_ENV['PORT'] ?? 1));"),
		environment: { PORT: "9503" },
		listens: ["0.0.0.0:9503 certain"],
	});
	check("Swoole over UDP, and a second port", "php server.php", {
		files: script(
			"$s = new \\Swoole\\Server('0.0.0.0', 9504, SWOOLE_PROCESS, SWOOLE_SOCK_UDP);\n$s->addlistener('127.0.0.1', 9505, SWOOLE_SOCK_TCP);",
		),
		listens: ["0.0.0.0:9504/udp certain", "127.0.0.1:9505 certain"],
	});
	check("Workerman", "php server.php start", {
		files: script("use Workerman\\Worker;\n$worker = new Worker('http://0.0.0.0:2345');\n$quiet = new Worker();\nWorker::runAll();"),
		listens: ["0.0.0.0:2345 certain"],
	});
	check("ReactPHP", "php server.php", {
		files: script('$socket = new React\\Socket\\SocketServer("0.0.0.0:" . (getenv("PORT") ?: 8081));'),
		listens: ["0.0.0.0:8081 default PORT"],
	});
	check("ReactPHP without an address", "php server.php", {
		files: script("use React\\Socket\\SocketServer;\n$socket = new SocketServer('8082');"),
		listens: ["127.0.0.1:8082 certain"],
	});
	check("Ratchet", "php server.php", {
		files: script("use Ratchet\\Server\\IoServer;\n$server = IoServer::factory(new HttpServer(new WsServer(new Chat())), 8083);"),
		listens: ["0.0.0.0:8083 certain"],
	});
	check("Amp", "php server.php", {
		files: script("use Amp\\Http\\Server\\SocketHttpServer;\n$server->expose('0.0.0.0:1337');"),
		listens: ["0.0.0.0:1337 certain"],
	});
	check("PHP's own sockets", "php server.php", {
		files: script("$s = stream_socket_server('udp://0.0.0.0:1113', $no, $text);\nsocket_bind($x, '127.0.0.1', 1114);"),
		listens: ["0.0.0.0:1113/udp certain", "127.0.0.1:1114 certain"],
	});
	check("under a condition", "php server.php", {
		files: script("if ($argc > 1) {\n  new Swoole\\Http\\Server('0.0.0.0', 9506);\n}"),
		listens: ["0.0.0.0:9506 default"],
		gaps: ["a condition in the source is not decided"],
	});
});

describe("what PHP scripts do not say", () => {
	check("a port that is computed", "php server.php", {
		files: script("$port = 1;\n$port = rand();\nnew Swoole\\Http\\Server('0.0.0.0', $port);"),
		gaps: ["the port is not understood"],
	});
	check("a comment", "php server.php", {
		files: script("// new Swoole\\Http\\Server('0.0.0.0', 1);\n/* new Swoole\\Server('', 2) */"),
		...none,
	});
	check("a class of the same last name", "php server.php", { files: script("use App\\Server;\nnew Server('0.0.0.0', 9507);"), ...none });
	check("a client", "php server.php", { files: script("new Swoole\\Http\\Client('db', 3306);"), ...none });
	check("a socket in the file system", "php server.php", {
		files: script("new Swoole\\Server('/run/x.sock', 0, SWOOLE_BASE, SWOOLE_UNIX_STREAM);"),
		...none,
	});
	check("no such script", "php server.php", { gaps: ["server.php is not in the image"] });
});

describe("Hyperf", () => {
	const servers =
		"<?php\nreturn [\n  'mode' => SWOOLE_BASE,\n  'servers' => [\n    ['name' => 'http', 'host' => '0.0.0.0', 'port' => 9501, 'callbacks' => [Event::ON_REQUEST => [A::class, 'b']]],\n    ['name' => 'rpc', 'host' => '127.0.0.1', 'port' => (int) env('RPC_PORT', 9508)],\n  ],\n  'settings' => ['port' => 1],\n];\n";
	check("its servers", "php bin/hyperf.php start", {
		files: { "bin/hyperf.php": "<?php", "config/autoload/server.php": servers },
		listens: ["0.0.0.0:9501 certain", "127.0.0.1:9508 default RPC_PORT"],
	});
	check("another command", "php bin/hyperf.php migrate", {
		files: { "bin/hyperf.php": "<?php", "config/autoload/server.php": servers },
		gaps: ["no listening call found in hyperf.php"],
	});
});
