import { describe } from "node:test";
import { check } from "../../support/predict.ts";

const LISTENS = "from flask import Flask\nFlask(__name__).run(port=80)";
const MISSING = ["no listening call found in main.py"];

/** A program that runs `w.py`, which listens on 80; without listeners it must say that it has not seen everything. */
function program(name: string, source: string, listens: readonly string[] = ["127.0.0.1:80 certain"]): void {
	check(name, "python main.py", { files: { "main.py": source, "w.py": LISTENS }, listens, gaps: listens.length > 0 ? [] : MISSING });
}

describe("source that Python runs itself", () => {
	program("execfile", 'execfile("w.py")');
	program("execfile of a computed file", "import sys\nexecfile(sys.stdin.readline())", []);
	program("exec of a file", 'exec(open("w.py").read())');
	program("exec of a compiled file", 'with open("w.py") as f:\n    exec(compile(f.read(), "w.py", "exec"), globals())');
	program("exec of a text", "exec('import w')", []);
	program("run_path", 'import runpy\nrunpy.run_path("w.py", run_name="__main__")');
	program("run_module", 'import runpy\nrunpy.run_module("w", run_name="__main__")');
	program("a computed path", "import runpy, sys\nrunpy.run_path(sys.stdin.readline())", []);
	program("import_module", 'import importlib\nimportlib.import_module("w")');
	program("a computed module", "import importlib, sys\nimportlib.import_module(sys.stdin.readline())", []);
	program("__import__ of a computed module", "import sys\n__import__(sys.stdin.readline())", []);
	program("modules of a package", 'import pkgutil\nfor f, n, _ in pkgutil.iter_modules(["."]):\n    f.find_module(n).load_module(n)', []);
	program("an interpreter of its own", 'import code\ncode.InteractiveInterpreter().runsource("import w")', []);
	program("on a signal", "import signal\ndef f(*a):\n    import w\nsignal.signal(signal.SIGHUP, f)", []);
	check("names that a file leaves behind", "python main.py", {
		files: { "main.py": 'exec(open("conf.py").read())\nfrom flask import Flask\nFlask("a").run(port=PORT)', "conf.py": "PORT = 80" },
		listens: ["127.0.0.1:80 certain"],
	});
});

describe("fractions in Python", () => {
	const port = (written: string, listens: readonly string[], gaps: readonly string[] = []): void =>
		check(written, "python a.py", { files: { "a.py": `from flask import Flask\nFlask("a").run(port=${written})` }, listens, gaps });
	port("8000 / 2", [], ["the port is a fraction"]);
	port("8000.0", [], ["the port is a fraction"]);
	port("8000 // 2", ["127.0.0.1:4000 certain"]);
	port("int(8000 / 2)", ["127.0.0.1:4000 certain"]);
	port("int(8e3)", ["127.0.0.1:8000 certain"]);
});

describe("NODE_OPTIONS", () => {
	const files = { "main.js": "", "w.js": 'require("http").createServer().listen(80)' };
	const preload = (options: string, listens: readonly string[], gaps: readonly string[] = []): void =>
		check(options, "node main.js", { files, environment: { NODE_OPTIONS: options }, listens, gaps });
	preload("--require ./w.js", ["[::]:80 certain"]);
	preload("--max-old-space-size=512 --import=./w.js", ["[::]:80 certain"]);
	preload("-r ./w", ["[::]:80 certain"]);
	preload("--require ./x.js", [], ["x.js is not in the image"]);
	preload("--enable-source-maps", []);
});
