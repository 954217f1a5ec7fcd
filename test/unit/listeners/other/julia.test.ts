import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const app = (text: string) => ({ "app.jl": text });
const http = (text: string) => app(`using HTTP, Sockets\nhandler(req) = HTTP.Response(200)\n${text}\n`);

describe("HTTP.jl", () => {
	check("serve", "julia --project=. app.jl", {
		files: http('HTTP.serve(handler, "0.0.0.0", 8080) # HTTP.serve(handler, 1)'),
		listens: ["0.0.0.0:8080 certain"],
		evidence: ["Dockerfile:10", "app.jl:3"],
	});
	check("as it comes", "julia app.jl", { files: http("HTTP.serve(handler)"), listens: ["127.0.0.1:8081 convention"] });
	check("only a port", "julia app.jl", { files: http("HTTP.serve(handler, 8082)"), listens: ["127.0.0.1:8082 certain"] });
	check("a block", "julia -t 4 app.jl", {
		files: http('HTTP.listen(ip"0.0.0.0", 8083; verbose=true) do stream\n  write(stream, "x")\nend'),
		listens: ["0.0.0.0:8083 certain"],
	});
	check("the environment, with a default", "julia app.jl", {
		files: http('const PORT = parse(Int, get(ENV, "PORT", "8084"))\nHTTP.serve(handler, Sockets.localhost, PORT)'),
		listens: ["127.0.0.1:8084 default PORT"],
	});
	check("a variable of the image", "julia app.jl", {
		files: http('HTTP.serve(handler, "0.0.0.0", parse(Int, ENV["PORT"]))'),
		environment: { PORT: "81" },
		listens: ["0.0.0.0:81 certain"],
	});
	check("serve! that is waited for", "julia app.jl", {
		files: http('server = HTTP.serve!(handler, "0.0.0.0", 8085)\nwait(server)'),
		listens: ["0.0.0.0:8085 certain"],
	});
	check("serve! at the end", "julia app.jl", {
		files: http('HTTP.serve!(handler, "0.0.0.0", 8085)'),
		gaps: ["the program may end after HTTP.serve!"],
	});
	check("a port that a caller gives", "julia app.jl", {
		files: http('port = 8086\nfunction start(port)\n  HTTP.serve(handler, "0.0.0.0", port)\nend\nstart(9000)'),
		gaps: ["the port is not understood"],
	});
	check("a port that is changed", "julia app.jl", {
		files: http('port = 8086\nisempty(ARGS) || (port = parse(Int, ARGS[1]))\nHTTP.serve(handler, "0.0.0.0", port)'),
		gaps: ["the port is not understood"],
	});
	check("any free port", "julia app.jl", {
		files: http('HTTP.serve(handler, "0.0.0.0", 8087; listenany=true)'),
		gaps: ["the port is not understood"],
	});
	check("in a condition", "julia app.jl", {
		files: http('if haskey(ENV, "PUBLIC")\n  HTTP.serve(handler, "0.0.0.0", 8088)\nend'),
		listens: ["0.0.0.0:8088 default"],
		gaps: ["a condition in the source is not decided"],
	});
	check("in the file that is run", "julia app.jl", {
		files: http('if abspath(PROGRAM_FILE) == @__FILE__\n  HTTP.serve(handler, "0.0.0.0", 8089)\nend'),
		listens: ["0.0.0.0:8089 certain"],
	});
	check("in a text and in a comment", "julia app.jl", {
		files: app('"""\n  HTTP.serve(h, 1)\n"""\n#= HTTP.serve(h, 2) =#\nprintln("HTTP.serve(h, 3)")'),
		gaps: ["no listening call found in app.jl"],
	});
	check("code on the command line", "julia --project=. -e 'include(\"app.jl\")'", {
		files: http("HTTP.serve(handler)"),
		gaps: ["Julia code on the command line is not read"],
	});
});

describe("Genie", () => {
	check("as it comes", "julia app.jl", {
		files: app("using Genie\nup(async = false)"),
		listens: ["127.0.0.1:8000 convention"],
	});
	check("port and host", "julia app.jl", {
		files: app('using Genie\nGenie.Server.up(8001, "0.0.0.0"; async=false)'),
		listens: ["0.0.0.0:8001 certain"],
	});
	check("named", "julia app.jl", {
		files: app('using Genie\nup(port = 8002, host = "0.0.0.0")\nwhile true\n  sleep(1)\nend'),
		listens: ["0.0.0.0:8002 certain"],
	});
	check("configured", "julia app.jl", {
		files: app("using Genie\nGenie.config.server_port = 1\nup(async=false)"),
		gaps: ["the port is not understood"],
	});
	check("a variable that some versions read", "julia app.jl", {
		files: app("using Genie\nup(async=false)"),
		environment: { PORT: "81" },
		gaps: ["the port is not understood"],
	});
	check("another up", "julia app.jl", { files: app("using Elevators\nup(8003)"), gaps: ["no listening call found in app.jl"] });
});

describe("Oxygen", () => {
	check("as it comes", "julia app.jl", { files: app("using Oxygen\nserve()"), listens: ["127.0.0.1:8080 convention"] });
	check("host and port", "julia app.jl", {
		files: app('using Oxygen; using HTTP\nserve(host="0.0.0.0", port=8004)'),
		listens: ["0.0.0.0:8004 certain"],
	});
	check("another serve", "julia app.jl", { files: app("using Food\nserve(port=1)"), gaps: ["no listening call found in app.jl"] });
});

describe("Sockets of Julia", () => {
	const echo = (call: string) => app(`using Sockets\nserver = ${call}\nwhile true\n  sock = accept(server)\nend`);
	check("every interface", "julia app.jl", {
		files: echo('Sockets.listen(ip"0.0.0.0", 2000)'),
		listens: ["0.0.0.0:2000 certain"],
	});
	check("without an address", "julia app.jl", { files: echo("listen(2001)"), listens: ["127.0.0.1:2001 certain"] });
	check("IPv4(0)", "julia app.jl", { files: echo("listen(IPv4(0), 2002)"), listens: ["0.0.0.0:2002 certain"] });
});
