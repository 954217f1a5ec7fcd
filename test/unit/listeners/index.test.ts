import { describe } from "node:test";
import { check } from "../../support/predict.ts";

describe("programs of Python", () => {
	const files = { "app.py": "from flask import Flask\nFlask(__name__).run(port=80)\n" };
	const listens = ["127.0.0.1:80 certain"];
	check("a version", "python3.11 app.py", { files, listens });
	check("a path", "/usr/local/bin/python /app/app.py", { files, listens });
	check("flags", "python -u -W ignore -X dev -OO app.py --port 1", { files, listens });
	check("joined flags", "python -um app", { files, listens });
	check("a module", "python -m app", { files, listens });
	check("a package", "python -m pkg", {
		files: { "pkg/__init__.py": "P = 81", "pkg/__main__.py": "from . import P\nfrom flask import Flask\nFlask('x').run(port=P)" },
		listens: ["127.0.0.1:81 certain"],
	});
	check("a folder", "python src", { files: { "src/__main__.py": "import app", "src/app.py": files["app.py"] }, listens });
	check("started by itself", "./app.py", { files, listens });
	check("a script with a first line", "/app/serve", { files: { serve: `#!/usr/bin/env python3\n${files["app.py"]}` }, listens });
	check("-c", "python -c pass", { gaps: ["the program is given with python -c"] });
	check("no program", "python3", {});
	check("a missing file", "python gone.py", { gaps: ["gone.py is not in the image"] });
	check("a missing module", "python -m gone", { gaps: ["gone.py is not in the image"] });
});

describe("programs without listening calls", () => {
	check("a quiet worker", "python worker.py", {
		files: { "worker.py": "import time, os, socket\nimport redis\nprint(socket.gethostname())\nwhile True:\n  time.sleep(1)" },
	});
	check("a stranger", "python worker.py", { files: { "worker.py": "import celery" }, gaps: ["no listening call found in worker.py"] });
	check("a socket of its own", "python worker.py", {
		files: { "worker.py": "import socket\ns = socket.socket()\ndef f():\n  s.bind(('', 80))" },
		gaps: ["no listening call found in worker.py"],
	});
	check("another program", "python worker.py", {
		files: { "worker.py": "import subprocess\nsubprocess.run(['nginx'])" },
		gaps: ["no listening call found in worker.py"],
	});
	check("a quiet Node worker", "node worker.js", {
		files: { "worker.js": "const Redis = require('ioredis'); const fs = require('node:fs'); setInterval(() => {}, 1)" },
	});
	check("a Node stranger", "node worker.js", { files: { "worker.js": "require('koa')" }, gaps: ["no listening call found in worker.js"] });
	check("an empty program", "python app.py", { files: { "app.py": "" } });
});

describe("what cannot be read", () => {
	check("a syntax error", "python app.py", { files: { "app.py": "def f(:\n  pass\n" }, gaps: ["app.py has a syntax error"] });
	check("a syntax error elsewhere", "python app.py", {
		files: { "app.py": "from flask import Flask\napp = Flask('x')\nx = = 3\napp.run(port=80)\n" },
		listens: ["127.0.0.1:80 certain"],
		gaps: ["app.py has a syntax error"],
	});
	check("a call with an error inside", "python app.py", {
		files: { "app.py": "from flask import Flask\napp = Flask('x')\napp.run(port=80, = )\n" },
		gaps: ["app.py has a syntax error"],
	});
	check("nobody knows this program", "acme-server --port 1", { gaps: ["nothing is known about acme-server"] });
});
