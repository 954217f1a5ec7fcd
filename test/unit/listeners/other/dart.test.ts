import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const builds = ["dart pub get && dart compile exe bin/server.dart -o bin/server"];
const shelf = "import 'dart:io';\nimport 'package:shelf/shelf_io.dart';\n";
const program = (text: string) => ({ "bin/server.dart": `${shelf}void main(List<String> args) async {\n${text}\n}\n` });

describe("Dart", () => {
	check("shelf, with the environment", "/app/bin/server", {
		files: program(
			"  final ip = InternetAddress.anyIPv4;\n  final port = int.parse(Platform.environment['PORT'] ?? '8080');\n  final server = await serve(handler, ip, port);",
		),
		builds,
		listens: ["0.0.0.0:8080 default PORT"],
	});
	check("a variable of the image", "/app/bin/server", {
		files: program("  final port = int.parse(Platform.environment['PORT'] ?? '8080');\n  await serve(handler, '::', port);"),
		builds,
		environment: { PORT: "81" },
		listens: ["[::]:81 certain"],
	});
	check("on the loopback interface, run by dart", "dart run bin/server.dart", {
		files: {
			"bin/server.dart":
				"import 'package:shelf/shelf_io.dart' as io;\nvoid main() => io.serve(h, 'localhost', 8082); // serve(h, '0.0.0.0', 1)",
		},
		listens: ["127.0.0.1:8082 certain"],
		evidence: ["Dockerfile:10", "server.dart:2"],
	});
	check("HttpServer.bind", "/app/bin/server", {
		files: { "bin/server.dart": "import 'dart:io';\nvoid main() async {\n  await HttpServer.bind(InternetAddress.loopbackIPv4, 8083);\n}" },
		builds,
		listens: ["127.0.0.1:8083 certain"],
	});
	check("a port that an argument gives", "/app/bin/server", {
		files: program("  var port = 8084;\n  if (args.isNotEmpty) port = int.parse(args[0]);\n  await serve(handler, '0.0.0.0', port);"),
		builds,
		gaps: ["the port is not understood"],
	});
	check("another serve", "/app/bin/server", {
		files: { "bin/server.dart": "import 'food.dart';\nvoid main() => serve(meal, '0.0.0.0', 8085);" },
		builds,
		gaps: ["no listening call found in server.dart"],
	});
	check("another program of the image", "/app/bin/other", {
		files: program("  serve(h, '', 1);"),
		builds,
		gaps: ["nothing is known about other"],
	});
});
