import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const program = (server: string) => ({
	"app.py": `import os\nimport rpyc\nfrom rpyc.utils.server import ThreadedServer\n${server}.start()\n`,
});

describe("a server of RPyC's library", () => {
	check("a port", "python app.py", {
		files: program("ThreadedServer(rpyc.SlaveService, port=18861)"),
		listens: ["0.0.0.0:18861 certain"],
		evidence: ["Dockerfile:10", "app.py:4"],
	});
	check("positions", "python app.py", {
		files: program('ThreadedServer(rpyc.SlaveService, "127.0.0.1", False, 18861)'),
		listens: ["127.0.0.1:18861 certain"],
	});
	check("IPv6", "python app.py", {
		files: program("ThreadedServer(rpyc.SlaveService, ipv6=True, port=18861)"),
		listens: ["[::]:18861 certain"],
	});
	check("a variable", "python app.py", {
		files: program('ThreadedServer(rpyc.SlaveService, port=int(os.environ.get("PORT", 18861)))'),
		listens: ["0.0.0.0:18861 default PORT"],
	});
	check("a free port", "python app.py", {
		files: program("ThreadedServer(rpyc.SlaveService)"),
		gaps: ["the port is chosen at run time"],
	});
	check("a Unix socket", "python app.py", { files: program('ThreadedServer(rpyc.SlaveService, socket_path="/run/x")') });
	check("a client", "python app.py", {
		files: { "app.py": 'import rpyc\nrpyc.connect("example.com", 18861)\n' },
		gaps: ["no listening call found in app.py"],
	});
	check("another library's class of that name", "python app.py", {
		files: { "app.py": "from threads import ThreadedServer\nThreadedServer(port=18861).start()\n" },
		gaps: ["no listening call found in app.py"],
	});
});

describe("rpyc_classic", () => {
	check("defaults", "rpyc_classic.py", { listens: ["0.0.0.0:18812 convention"] });
	check("flags", "rpyc_classic --host 127.0.0.1 -p 4000", { listens: ["127.0.0.1:4000 certain"] });
	check("with TLS", "rpyc_classic --ssl-keyfile k.pem --ssl-certfile c.pem", { listens: ["0.0.0.0:18821 convention"] });
	check("its help", "rpyc_classic --help", {});
});
