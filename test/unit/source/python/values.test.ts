import { describe } from "node:test";
import { valueChecks } from "../../../support/values.ts";

const check = valueChecks("python");

describe("literals and arithmetic", () => {
	check("numbers", "show(80, 8_080, 0x50, 0o120, 0120, 80L, 1e3)", {
		is: ["80", "8080", "80", "80", "80", "80", "?the port is a fraction"],
	});
	check("arithmetic", "show(8000 + 80, 2 * 40, 81 - 1, 160 // 2, 2 ** 4, 7 % 4, -1, 1 << 4)", {
		is: ["8080", "80", "80", "80", "16", "3", "-1", "16"],
	});
	check("texts", String.raw`show("a" "b", 'x\ty\x41', r"\n", u"u", b"b", """long""")`, { is: ["ab", "x\tyA", "\\n", "u", "b", "long"] });
	check("joined texts", 'show("80" + "80", "8" * 2, "a" + 1)', { is: ["8080", "88", "?a number and a text in one sum"] });
	check("f-strings", 'port = 80\nshow(f"0.0.0.0:{port}", f"{{{port + 1}}}", f"{port!s}", f"{port:05d}", f"{port:x}")', {
		is: ["0.0.0.0:80", "{81}", "80", "00080", "?the format x"],
	});
	check("percent formats", 'show("%s:%d" % ("h", 80), "%(p)s" % {"p": 81}, ":%s" % 82, "%d%%" % 5)', { is: ["h:80", "81", ":82", "5%"] });
	check("format", 'show("{}:{}".format("h", 80), "{1}{0}".format(1, 2), "{p}".format(p=3))', { is: ["h:80", "21", "3"] });
	check("conversions", 'show(int("80"), int(80.9), str(80), float("1.5"), bool(1), int("1F90", 16), int("x"))', {
		is: ["80", "80", "80", "1.5", "true", "8080", "?a value that is not a number"],
	});
	check(
		"methods of texts",
		'show("a:80".split(":")[1], " 80 ".strip(), "x80".replace("x", ""), "h:80".rsplit(":", 1)[-1], "A".lower(), ",".join(["1", "2"]))',
		{
			is: ["80", "80", "80", "80", "a", "1,2"],
		},
	);
});

describe("names", () => {
	check("constants", "A = 80\nB = A\nshow(B)", { is: ["80"] });
	check("several at once", "a, (b, c) = 1, (2, 3)\nd = e = 4\nf, *g = [5, 6, 7]\nshow(a, b, c, d, e, f, g[1])", {
		is: ["1", "2", "3", "4", "4", "5", "7"],
	});
	check("augmented", "p = 80\np += 1\np *= 2\nshow(p)", { is: ["162"] });
	check("annotated", "p: int = 80\nshow(p)", { is: ["80"] });
	check("walrus", "show((p := 80))\nshow(p)", { is: ["80", "80"] });
	check("global", "p = 1\ndef f():\n  global p\n  p = 2\nf()\nshow(p)", { is: ["2"] });
	check("nonlocal", "def f():\n  p = 1\n  def g():\n    nonlocal p\n    p = 2\n  g()\n  return p\nshow(f())", { is: ["2"] });
	check("a name out of view", "show(nowhere)", { is: ["?nowhere is not defined in view"] });
	check("the last assignment wins", "p = 1\np = 2\nshow(p)\np = 3", { is: ["2"] });
});

describe("environment variables", () => {
	const environment = { PORT: "8080" };
	check(
		"set in the image",
		'import os\nshow(os.environ["PORT"], os.environ.get("PORT", 1), os.getenv("PORT"), int(os.environ["PORT"]) + 1)',
		{
			environment,
			is: ["8080", "8080", "8080", "8081"],
		},
	);
	check("not set, with a default", 'import os\nshow(os.environ.get("PORT", 80), os.getenv("PORT", "80"), int(os.getenv("PORT", 80)) + 1)', {
		is: ["PORT=80", "PORT=80", "PORT=81"],
	});
	check("not set, without a default", 'import os\nshow(os.environ["PORT"], os.environ.get("PORT"), int(os.environ.get("PORT")))', {
		is: ["PORT=?PORT is not set", "PORT=", "PORT=?PORT is not set"],
	});
	check("or", 'import os\nshow(os.environ.get("PORT") or 80, int(os.environ.get("PORT") or 80), "" or 5, 0 or None or 6, 7 or 8)', {
		is: ["PORT=80", "PORT=80", "5", "6", "7"],
	});
	check("and", 'import os\nshow(1 and 2, 0 and 2, os.environ.get("A") and 3 or 4)', { is: ["2", "0", "A=4"] });
	check("imported by name", "from os import environ, getenv as g\nshow(environ.get('PORT'), g('PORT'))", {
		environment,
		is: ["8080", "8080"],
	});
	check("conditional", 'import os\nshow(int(os.environ["PORT"]) if "PORT" in os.environ else 80, 1 if os.environ.get("X") else 2)', {
		environment,
		is: ["8080", "X=2"],
	});
	check("set or not", 'import os\nshow(int(os.environ["PORT"]) if "PORT" in os.environ else 80, 1 if "X" not in os.environ else 2)', {
		is: ["PORT=80", "X=1"],
	});
	check("try and except", 'import os\ntry:\n  p = int(os.environ["PORT"])\nexcept KeyError:\n  p = 80\nshow(p)', { is: ["PORT=80"] });
	check("try that succeeds", 'import os\ntry:\n  p = int(os.environ["PORT"])\nexcept KeyError:\n  p = 80\nshow(p)', {
		environment,
		is: ["8080"],
	});
	check("if set", 'import os\nif os.environ.get("PORT"):\n  p = int(os.environ["PORT"])\nelse:\n  p = 80\nshow(p)', { is: ["PORT=80"] });
	check("if not set", 'import os\np = os.environ.get("PORT")\nif not p:\n  p = 80\nshow(p)', { is: ["PORT=80"] });
	check("if none", 'import os\np = os.environ.get("PORT")\nif p is None:\n  p = 80\nshow(p)', { is: ["PORT=80"] });
	check("required", 'import os, sys\nif "X" not in os.environ:\n  sys.exit(1)\nshow(80)', { is: ["80"] });
	check(
		"set by the program",
		'import os\nos.environ["PORT"] = "81"\nos.environ.setdefault("Q", "5")\nshow(os.environ.get("PORT"), os.getenv("Q"))',
		{
			is: ["81", "Q=5"],
		},
	);
	check("from .env", "import os\nfrom dotenv import load_dotenv\nload_dotenv()\nshow(os.getenv('PORT'), os.getenv('HOST'))", {
		files: { ".env": "# ports\nPORT=8081\nexport HOST='h' # x\n" },
		is: ["PORT=8081", "HOST=h"],
	});
	check("the image wins over .env", "import os\nfrom dotenv import load_dotenv\nload_dotenv()\nshow(os.getenv('PORT'))", {
		files: { ".env": "PORT=8081" },
		environment,
		is: ["8080"],
	});
	check("no .env in the image", "import os\nfrom dotenv import load_dotenv\nload_dotenv()\nshow(os.getenv('PORT', '1'))", {
		is: ["PORT=1"],
	});
});

describe("conditions", () => {
	check("decided", "DEBUG = False\nif DEBUG:\n  p = 1\nelif 1 < 2 <= 2:\n  p = 2\nelse:\n  p = 3\nshow(p)", { is: ["2"] });
	check("undecided", "import sys\nif sys.maxsize:\n  p = 1\nelse:\n  p = 2\nshow(p)", { is: ["1|2"] });
	check("undecided calls", "import x\nif x.y:\n  show(1)\nshow(2)", { is: ["1 (undecided)", "2"] });
	check("undecided and unchanged", "import x\np = 1\nif x.y:\n  q = 2\nshow(p)", { is: ["1"] });
	check("membership", "show(1 if 'a' in ['a', 'b'] else 2, 1 if 'x' in {'a': 1} else 2, 1 if 'b' not in 'abc' else 2)", {
		is: ["1", "2", "2"],
	});
	check("main only in the entry", "import other\nif __name__ == '__main__':\n  show(1)", {
		files: { "other.py": "from probe import show\nif __name__ == '__main__':\n  show(2)\nshow(__name__)" },
		is: ["other", "1"],
	});
	check("an early return", "import x\ndef f():\n  if x.y:\n    return 1\n  return 2\nshow(f())", { is: ["1|2"] });
	check("an early return by a variable", "import os\ndef f():\n  if os.getenv('TLS'):\n    return 443\n  return 80\nshow(f())", {
		is: ["TLS=80"],
	});
	check("match", "match 'b':\n  case 'a':\n    p = 1\n  case 'b':\n    p = 2\n  case _:\n    p = 3\nshow(p)", { is: ["2"] });
	check("the program ends before", "import sys\nsys.exit()\nshow(1)", { is: [] });
});

describe("functions", () => {
	check("parameters", "def f(a, b=2, *c, d=4, **e):\n  show(a, b, len(c), d, e.get('x'))\nf(1)\nf(1, 3, 5, d=6, x=7)", {
		is: ["1", "2", "0", "4", "nothing", "1", "3", "1", "6", "7"],
	});
	check("spread arguments", "def f(a, b):\n  show(a, b)\nf(*[1, 2])\nf(**{'a': 3, 'b': 4})", { is: ["1", "2", "3", "4"] });
	check("lambda", "f = lambda p, q=1: p + q\nshow(f(79))", { is: ["80"] });
	check("closures", "def outer(p):\n  def inner():\n    return p + 1\n  return inner\nshow(outer(79)())", { is: ["80"] });
	check("own decorators", "def twice(f):\n  def g():\n    return f() * 2\n  return g\n@twice\ndef p():\n  return 40\nshow(p())", {
		is: ["80"],
	});
	check("async", "import asyncio\nasync def main():\n  await x()\n  show(80)\nasyncio.run(main())", { is: ["80"] });
	check(
		"an event loop",
		"import asyncio\nasync def main():\n  show(80)\nloop = asyncio.get_event_loop()\nloop.run_until_complete(main())",
		{ is: ["80"] },
	);
	check("threads", "from threading import Thread\ndef serve(port):\n  show(port)\nThread(target=serve, args=(80,)).start()", {
		is: ["80"],
	});
	check("partial", "from functools import partial\ndef serve(port):\n  show(port)\nf = partial(serve, port=80)\nf()", { is: ["80"] });
	check("not called, not run", "def f():\n  show(1)", { is: [] });
});

describe("data", () => {
	check(
		"dictionaries",
		"c = {'port': 80, 'a': {'b': [1, 2]}}\nc['q'] = 3\nshow(c['port'], c['a']['b'][-1], c.get('x', 5), c.get('port', 6), c['q'])",
		{
			is: ["80", "2", "5", "80", "3"],
		},
	);
	check(
		"merged dictionaries",
		"a = {'p': 1, 'q': 2}\nb = dict(a, q=3)\nc = {**a, 'p': 4}\na.update({'p': 5})\nshow(b['q'], c['p'], a['p'])",
		{ is: ["3", "4", "5"] },
	);
	check(
		"loops",
		"for p in [80, 81]:\n  show(p)\nfor i, p in enumerate(range(5, 7)):\n  show(i + p)\nfor k, v in {'a': 1}.items():\n  show(k, v)",
		{
			is: ["80", "81", "5", "7", "a", "1"],
		},
	);
	check(
		"dictionaries that comprehensions make",
		'd = {one["name"]: int(one["text"]) for one in [{"name": "port", "text": "80"}, {"name": "x", "text": "1"}]}\nshow(d["port"])',
		{
			is: ["80"],
		},
	);
	check("comprehensions", "show([p + 1 for p in [1, 2, 3] if p != 2][1])", { is: ["4"] });
	check("break and continue", "for p in [1, 2, 3, 4]:\n  if p == 1: continue\n  if p == 3: break\n  show(p)", { is: ["2"] });
	check("while True", "while True:\n  show(1)\n  break\nshow(2)", { is: ["1", "2"] });
	check("built-ins", "show(max(1, 80), min([3, 2]), len('abc'), sorted([5])[0])", { is: ["80", "2", "3", "5"] });
	check("JSON files", "import json\nwith open('config.json') as f:\n  c = json.load(f)\nshow(c['port'])", {
		files: { "config.json": '{"port": 80}' },
		is: ["80"],
	});
});

describe("classes", () => {
	check("attributes of a class", "class Config:\n  PORT = 80\n  NEXT = PORT + 1\nshow(Config.PORT, Config().NEXT)", { is: ["80", "81"] });
	check(
		"instances",
		"class S:\n  def __init__(self, port=1):\n    self.port = port\n  def go(self):\n    show(self.port)\nS().go()\nS(port=2).go()",
		{ is: ["1", "2"] },
	);
	check(
		"inheritance",
		"class A:\n  P = 1\n  def __init__(self):\n    self.q = 2\nclass B(A):\n  def __init__(self):\n    super().__init__()\n    self.r = 3\nb = B()\nshow(b.P, b.q, b.r)",
		{
			is: ["1", "2", "3"],
		},
	);
	check(
		"properties and methods",
		"class A:\n  @property\n  def p(self):\n    return 1\n  @staticmethod\n  def q(x):\n    return x\n  @classmethod\n  def r(cls):\n    return cls.S\n  S = 3\nshow(A().p, A.q(2), A.r(), A().r())",
		{
			is: ["1", "2", "3", "3"],
		},
	);
	check(
		"dataclasses",
		"from dataclasses import dataclass\n@dataclass\nclass C:\n  port: int = 80\n  host: str = 'h'\nshow(C().port, C(81).port, C(host='i').host)",
		{
			is: ["80", "81", "i"],
		},
	);
	check(
		"pydantic settings",
		"from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n  port: int = 80\n  host: str\ns = S()\nshow(s.port, s.host)",
		{
			environment: { HOST: "h" },
			is: ["PORT=80", "h"],
		},
	);
	check("with", "class S:\n  def __enter__(self):\n    return self\n  def p(self):\n    return 80\nwith S() as s:\n  show(s.p())", {
		is: ["80"],
	});
});

describe("modules", () => {
	const files = {
		"config.py": "PORT = 80\n_hidden = 1",
		"pkg/__init__.py": "from .settings import HOST\nfrom . import deep",
		"pkg/settings.py": "from config import PORT\nHOST = 'h'",
		"pkg/deep/__init__.py": "",
		"pkg/deep/down.py": "from ..settings import PORT as P\nfrom ...x import y",
		"space/inner.py": "Q = 5",
	};
	check("import", "import config\nimport config as c\nshow(config.PORT, c.PORT)", { files, is: ["80", "80"] });
	check("from import", "from config import PORT, PORT as P\nshow(PORT, P)", { files, is: ["80", "80"] });
	check("star", "from config import *\nshow(PORT, _hidden)", { files, is: ["80", "?_hidden is not defined in view"] });
	check("packages", "import pkg\nfrom pkg import settings\nimport pkg.settings as s\nshow(pkg.HOST, settings.PORT, s.PORT)", {
		files,
		is: ["h", "80", "80"],
	});
	check("folders without __init__.py", "from space import inner\nfrom space.inner import Q\nshow(inner.Q, Q)", { files, is: ["5", "5"] });
	check("upwards", "from pkg.deep.down import P\nshow(P)", { files, is: ["80"] });
	check("circles", "import a\nshow(a.P)", { files: { "a.py": "import b\nP = 1", "b.py": "import a\nQ = a" }, is: ["1"] });
	check("PYTHONPATH", "import lib\nshow(lib.P)", { files: { "src/lib.py": "P = 80" }, environment: { PYTHONPATH: "src" }, is: ["80"] });
	check("sys.path", "import sys, os\nsys.path.insert(0, os.path.join(os.path.dirname(__file__), 'src'))\nimport lib\nshow(lib.P)", {
		files: { "src/lib.py": "P = 80" },
		is: ["80"],
	});
	check("a library that is not there", "try:\n  import fast\nexcept ImportError:\n  import slow\nshow(1)", { is: ["1"], gaps: [] });
	check("a missing relative module", "from .gone import x\nshow(1)", { is: ["1"], gaps: ["gone.py is not in the image"] });
	check(
		"from_object",
		"from flask import Flask\napp = Flask(__name__)\napp.config.from_object('config.C')\nshow(app.config['PORT'], app.config.get('X', 3))",
		{
			files: { "config.py": "class B:\n  PORT = 81\nclass C(B):\n  pass" },
			is: ["81", "3"],
		},
	);
});

describe("command line", () => {
	const parser =
		"import argparse\np = argparse.ArgumentParser()\np.add_argument('-p', '--port', type=int, default=80)\np.add_argument('--host', default='h', dest='address')\np.add_argument('--debug', action='store_true')\na = p.parse_args()\nshow(a.port, a.address)";
	check("argparse: defaults", parser, { is: ["--port=80", "--host=h"] });
	check("argparse: given", parser, { args: ["--port", "81", "--host=i"], is: ["81", "i"] });
	check("argparse: short", parser, { args: ["-p82"], is: ["82", "--host=h"] });
	check("sys.argv", "import sys\nshow(sys.argv[1])", { args: ["80"], is: ["80"] });
	check("sys.argv, counted", "import sys\nshow(int(sys.argv[1]) if len(sys.argv) > 1 else 80)", { is: ["argument 1=80"] });
	check("sys.argv, counted and given", "import sys\nshow(int(sys.argv[1]) if len(sys.argv) > 1 else 80)", { args: ["81"], is: ["81"] });
	check("slices", "show([1, 2, 3][1:][0], '0.0.0.0:80'[-2:], 'x80'[1:], [1, 2][:1][0])", { is: ["2", "80", "80", "1"] });
	check("sys.argv with a default", "import sys\ntry:\n  p = int(sys.argv[1])\nexcept IndexError:\n  p = 80\nshow(p)", {
		is: ["argument 1=80"],
	});
	const click =
		"import click\n@click.command()\n@click.option('--port', default=80, envvar='PORT', type=int)\ndef main(port):\n  show(port)\nmain()";
	check("click: defaults", click, { is: ["PORT=--port=80"] });
	check("click: given", click, { args: ["--port", "81"], is: ["81"] });
});

describe("Python 2", () => {
	check("print and except", "print 'x', 1\nprint >>f, 'y'\ntry:\n  p = 80\nexcept Exception, e:\n  p = 1\nshow(p)", { is: ["80"] });
});

describe("values that many variables change", () => {
	const turns = Array.from({ length: 40 }, (_, i) => `if "V${i}" not in os.environ:\n  if unknown(${i}):\n    n += 1\n`).join("");
	check("come to an end", `import os\nfrom acme import unknown\nn = 0\n${turns}show(n)`, { is: ["V4=?too many possibilities"] });
});
