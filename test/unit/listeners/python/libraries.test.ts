import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { check, predict } from "../../../support/predict.ts";

/** A program of these lines, and what it listens on. */
function program(name: string, lines: string, listens: readonly string[], gaps: readonly string[] = [], environment = {}): void {
	check(name, "python app.py", { files: { "app.py": lines }, listens, gaps, environment });
}

describe("aiohttp", () => {
	const run = (args: string) => `from aiohttp import web\napp = web.Application()\nweb.run_app(app${args})`;
	program("defaults", run(""), ["0.0.0.0:8080 convention"]);
	program("keywords", run(", host='127.0.0.1', port=80"), ["127.0.0.1:80 certain"]);
	program("a Unix socket", run(", path='/x'"), []);
	program(
		"a site",
		"import asyncio\nfrom aiohttp import web\nasync def main():\n  runner = web.AppRunner(web.Application())\n  await runner.setup()\n  site = web.TCPSite(runner, '0.0.0.0', 81)\n  await site.start()\nasyncio.run(main())",
		["0.0.0.0:81 certain"],
	);
	program("a client only", "import aiohttp\naiohttp.ClientSession()", [], ["no listening call found in app.py"]);
});

describe("Tornado", () => {
	program("listen", "import tornado.web\napp = tornado.web.Application([])\napp.listen(8888)", ["0.0.0.0:8888 certain"]);
	program("a server", "from tornado.httpserver import HTTPServer\nHTTPServer(None).bind(80, '127.0.0.1')", ["127.0.0.1:80 certain"]);
	program(
		"options",
		"import tornado.web\nfrom tornado.options import define, options, parse_command_line\ndefine('port', default=8889, type=int)\nparse_command_line()\ntornado.web.Application([]).listen(options.port)",
		["0.0.0.0:8889 default --port"],
	);
});

describe("gevent and eventlet", () => {
	program("a tuple", "from gevent.pywsgi import WSGIServer\nWSGIServer(('', 5000), app).serve_forever()", ["0.0.0.0:5000 certain"]);
	program("a port", "from gevent.pywsgi import WSGIServer\nWSGIServer(5001, app).serve_forever()", ["0.0.0.0:5001 certain"]);
	program("an address", "from gevent.pywsgi import WSGIServer\nWSGIServer('127.0.0.1:5002', app)", ["127.0.0.1:5002 certain"]);
	program("datagrams", "from gevent.server import DatagramServer\nDatagramServer(('', 53), f)", ["0.0.0.0:53/udp certain"]);
	program("eventlet", "import eventlet\neventlet.wsgi.server(eventlet.listen(('0.0.0.0', 80)), app)", ["0.0.0.0:80 certain"]);
});

describe("gRPC", () => {
	const server = (rest: string) =>
		`import os, grpc\nfrom concurrent import futures\nserver = grpc.server(futures.ThreadPoolExecutor())\n${rest}`;
	program("insecure", server("server.add_insecure_port('[::]:50051')\nserver.start()"), ["[::]:50051 certain"]);
	program("secure", server("server.add_secure_port('0.0.0.0:' + os.getenv('PORT', '443'), None)"), ["0.0.0.0:443 default PORT"]);
	program("asynchronous", "import grpc\nserver = grpc.aio.server()\nserver.add_insecure_port('localhost:1')", ["127.0.0.1:1 certain"]);
	program("a Unix socket", server("server.add_insecure_port('unix:/x')"), []);
	program("a client only", "import grpc\ngrpc.insecure_channel('a:1')", [], ["no listening call found in app.py"]);
});

describe("the standard library", () => {
	check("http.server", "python -m http.server", { listens: ["0.0.0.0:8000 convention"] });
	check("http.server with a port", "python3 -m http.server -d www 80 --bind 127.0.0.1", { listens: ["127.0.0.1:80 certain"] });
	check("SimpleHTTPServer", "python2 -m SimpleHTTPServer 81", { listens: ["0.0.0.0:81 certain"] });
	program("HTTPServer", "from http.server import HTTPServer as S\nS(('', 82), None).serve_forever()", ["0.0.0.0:82 certain"]);
	program(
		"a subclass with a mix-in",
		"from http.server import HTTPServer\nfrom socketserver import ThreadingMixIn\nclass S(ThreadingMixIn, HTTPServer):\n  pass\nS(('127.0.0.1', 83), None)",
		["127.0.0.1:83 certain"],
	);
	program("with a context", "import socketserver\nwith socketserver.TCPServer(('', 84), None) as httpd:\n  httpd.serve_forever()", [
		"0.0.0.0:84 certain",
	]);
	program("datagrams", "import socketserver\nsocketserver.UDPServer(('', 85), None)", ["0.0.0.0:85/udp certain"]);
	program("XML-RPC", "from xmlrpc.server import SimpleXMLRPCServer\nSimpleXMLRPCServer(('localhost', 86))", ["127.0.0.1:86 certain"]);
	program("wsgiref", "from wsgiref.simple_server import make_server\nmake_server('', 87, None)", ["0.0.0.0:87 certain"]);
	program(
		"asyncio streams",
		"import asyncio\nasync def main():\n  server = await asyncio.start_server(None, '0.0.0.0', 88)\nasyncio.run(main())",
		["0.0.0.0:88 certain"],
	);
	program("an event loop", "import asyncio\nloop = asyncio.get_event_loop()\nloop.run_until_complete(loop.create_server(None, port=89))", [
		"0.0.0.0:89 certain",
	]);
	program("a socket", "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\ns.bind(('0.0.0.0', 90))\ns.listen(5)", [
		"0.0.0.0:90 certain",
	]);
	program("a datagram socket", "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.bind(('', 91))", [
		"0.0.0.0:91/udp certain",
	]);
	program("a Unix socket", "import socket\ns = socket.socket(socket.AF_UNIX)\ns.bind('/x')\ns.listen()", []);
	program("a socket that connects", "import socket\ns = socket.socket()\ns.connect(('a', 1))", []);
});

describe("Twisted", () => {
	program("TCP", "from twisted.internet import reactor\nreactor.listenTCP(80, None)\nreactor.run()", ["0.0.0.0:80 certain"]);
	program("UDP", "from twisted.internet import reactor\nreactor.listenUDP(53, None, interface='127.0.0.1')", ["127.0.0.1:53/udp certain"]);
	program("an endpoint", "from twisted.internet import reactor, endpoints\nendpoints.serverFromString(reactor, 'tcp:81').listen(None)", [
		"0.0.0.0:81 certain",
	]);
	check("twistd web", "twistd -n web --path .", { listens: ["0.0.0.0:8080 convention"] });
	check("twistd web on a port", "twistd -n web --listen=tcp:82:interface=127.0.0.1", { listens: ["127.0.0.1:82 certain"] });
});

describe("user interfaces", () => {
	program("Gradio", "import gradio as gr\ngr.Interface(fn=None).launch()", ["127.0.0.1:7860 convention"]);
	program(
		"Gradio with keywords",
		"import gradio as gr\nwith gr.Blocks() as demo:\n  gr.Button()\ndemo.launch(server_name='0.0.0.0', server_port=80)",
		["0.0.0.0:80 certain"],
	);
	program("Gradio with variables", "import gradio as gr\ngr.Interface(fn=None).launch()", ["0.0.0.0:81 certain"], [], {
		GRADIO_SERVER_NAME: "0.0.0.0",
		GRADIO_SERVER_PORT: "81",
	});
	program("Dash", "import dash\napp = dash.Dash()\napp.run_server(debug=True)", ["127.0.0.1:8050 convention"]);
	program("Dash on an address", "from dash import Dash\nDash().run(host='0.0.0.0', port=82)", ["0.0.0.0:82 certain"]);
	program("NiceGUI", "from nicegui import ui\nui.run(port=83)", ["0.0.0.0:83 certain"]);
});

describe("others", () => {
	program("Quart", "from quart import Quart\nQuart('x').run()", ["127.0.0.1:5000 convention"]);
	program("Robyn", "from robyn import Robyn\nRobyn(__file__).start(host='0.0.0.0', port=80)", ["0.0.0.0:80 certain"]);
	program("Prometheus", "from prometheus_client import start_http_server\nstart_http_server(9100)", ["0.0.0.0:9100 certain"]);
	program("websockets", "import websockets\nwebsockets.serve(f, 'localhost', 8765)", ["127.0.0.1:8765 certain"]);
	program("FastMCP over HTTP", "from fastmcp import FastMCP\nFastMCP('x').run(transport='http', host='0.0.0.0', port=81)", [
		"0.0.0.0:81 certain",
	]);
	program("FastMCP's constructor", "from mcp.server.fastmcp import FastMCP\nFastMCP('x', port=82).run(transport='sse')", [
		"127.0.0.1:82 certain",
	]);
	program("FastMCP over standard input", "from fastmcp import FastMCP\nFastMCP('x').run()", []);
});

describe("everything of a library", () => {
	program("is imported", "from bottle import *\nrun(host='0.0.0.0', port=80)", ["0.0.0.0:80 certain"]);
	program("sockets", "from socket import *\ns = socket(AF_INET, SOCK_DGRAM)\ns.bind(('', 81))", ["0.0.0.0:81/udp certain"]);
	program("of two libraries", "from bottle import *\nfrom other import *\nrun(port=80)", [], ["no listening call found in app.py"]);
	program("own names come first", "from bottle import *\ndef run(port):\n  pass\nrun(port=80)", [], ["no listening call found in app.py"]);
});

describe("more frameworks", () => {
	program("FastHTML", "from fasthtml.common import *\nserve()", ["0.0.0.0:5001 convention"]);
	program("Connexion", "import connexion\nconnexion.FlaskApp('x').run(port=8080)", ["0.0.0.0:8080 certain"]);
	program("Connexion by default", "import connexion\nconnexion.App('x').run()", [], ["no port is given"]);
	program(
		"Bolt",
		"from slack_bolt import App\napp = App()\napp.start(port=int(os.environ.get('PORT', 3000)))".replace("from", "import os\nfrom"),
		["0.0.0.0:3000 default PORT"],
	);
});

describe("Granian and Klein in a program of one's own", () => {
	program("Granian", "from granian import Granian\nGranian('app:main', address='0.0.0.0', port=8081).serve()", ["0.0.0.0:8081 certain"]);
	program("Granian's defaults", "from granian import Granian\nGranian('app:main').serve()", ["127.0.0.1:8000 convention"]);
	program("Klein", "from klein import Klein\napp = Klein()\napp.run('0.0.0.0', 8082)", ["0.0.0.0:8082 certain"]);
	program("Klein's module", "from klein import run, route\nrun('localhost', 8083)", ["127.0.0.1:8083 certain"]);
	program("only its resource", "from klein import Klein\nresource = Klein().resource", [], ["no listening call found in app.py"]);
});

test("a folder that has a library's name does not make the library the program's own", async () => {
	const prediction = await predict(["python", "/strange/app.py"], { files: { "/strange/app.py": "import strange\nstrange.serve()" } });
	assert.deepEqual(
		prediction.gaps.map(({ reason }) => reason),
		["no listening call found in app.py"],
	);
});
