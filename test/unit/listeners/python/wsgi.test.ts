import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

describe("gunicorn", () => {
	check("defaults", "gunicorn app:app", { listens: ["127.0.0.1:8000 convention"] });
	check("flags", "gunicorn -b 0.0.0.0:80 --bind=[::]:81 app:app", { listens: ["0.0.0.0:80 certain", "[::]:81 certain"] });
	check("no host", "gunicorn -b :82 app:app", { listens: ["0.0.0.0:82 certain"] });
	check("no port", "gunicorn -b 0.0.0.0 app:app", { listens: ["0.0.0.0:8000 certain"] });
	check("several in one", "gunicorn -b 0.0.0.0:80,0.0.0.0:81 app:app", { listens: ["0.0.0.0:80 certain", "0.0.0.0:81 certain"] });
	check("a Unix socket", "gunicorn --bind unix:/run/app.sock app:app", {});
	check("by the interpreter", "python -m gunicorn app:app -b 0.0.0.0:83", { listens: ["0.0.0.0:83 certain"] });
	check("PORT", "gunicorn app:app", { environment: { PORT: "84" }, listens: ["0.0.0.0:84 certain"] });
	check("GUNICORN_CMD_ARGS", "gunicorn app:app", {
		environment: { GUNICORN_CMD_ARGS: "--bind=0.0.0.0:85 --workers 3" },
		listens: ["0.0.0.0:85 certain"],
	});
	check("the command line wins", "gunicorn -b :86 app:app", {
		environment: { GUNICORN_CMD_ARGS: "-b :85" },
		files: { "gunicorn.conf.py": "bind = ':84'" },
		listens: ["0.0.0.0:86 certain"],
	});
	check("the server of a PasteDeploy file", "gunicorn --paste /p.ini", {
		files: { "/p.ini": "[app:main]\nport = 1\n[server:main]\nuse = egg:gunicorn\nhost = 0.0.0.0\nport = 5000\n" },
		listens: ["0.0.0.0:5000 certain"],
		evidence: ["Dockerfile:10", "p.ini:6"],
	});
	check("a PasteDeploy file without a server", "gunicorn --paste p.ini", {
		files: { "p.ini": "[app:main]\nport = 1\n" },
		listens: ["127.0.0.1:8000 convention"],
	});
	check("a PasteDeploy file out of view", "gunicorn --paste /data/p.ini", { gaps: ["p.ini is not in the image"] });
	check("the default configuration file", "gunicorn app:app", {
		files: { "gunicorn.conf.py": "import multiprocessing\nworkers = multiprocessing.cpu_count() * 2 + 1\nbind = '0.0.0.0:87'" },
		listens: ["0.0.0.0:87 certain"],
		evidence: ["Dockerfile:10", "gunicorn.conf.py:3"],
	});
	check("a configuration file", "gunicorn -c conf/g.py app:app", {
		files: { "conf/g.py": "import os\nbind = f\"0.0.0.0:{os.getenv('PORT', 88)}\"" },
		listens: ["0.0.0.0:88 default PORT"],
	});
	check("a list", "gunicorn -c file:g.py app:app", {
		files: { "g.py": "bind = ['0.0.0.0:89', 'unix:/x']" },
		listens: ["0.0.0.0:89 certain"],
	});
	check("a module", "gunicorn -c python:conf.g app:app", { files: { "conf/g.py": "bind = ':90'" }, listens: ["0.0.0.0:90 certain"] });
	check("a configuration file without an address", "gunicorn -c g.py app:app", {
		files: { "g.py": "workers = 3" },
		listens: ["127.0.0.1:8000 convention"],
	});
	check("a configuration file that is missing", "gunicorn -c g.py app:app", {
		gaps: ["g.py is not in the image"],
	});
	check("a custom application", "python app.py", {
		files: {
			"app.py":
				"from gunicorn.app.base import BaseApplication\nclass App(BaseApplication):\n  def __init__(self, app, options=None):\n    self.options = options or {}\n    super().__init__()\nApp(None, {'bind': '%s:%d' % ('0.0.0.0', 91)}).run()",
		},
		listens: ["0.0.0.0:91 certain"],
	});
	check("another program", "gunicorn-exporter", { gaps: ["nothing is known about gunicorn-exporter"] });
});

describe("waitress", () => {
	check("defaults", "waitress-serve app:app", { listens: ["0.0.0.0:8080 convention"] });
	check("flags", "waitress-serve --host 127.0.0.1 --port=80 app:app", { listens: ["127.0.0.1:80 certain"] });
	check("addresses", "waitress-serve --listen=*:81 --listen=127.0.0.1:82 app:app", {
		listens: ["0.0.0.0:81 certain", "127.0.0.1:82 certain"],
	});
	check("a Unix socket", "waitress-serve --unix-socket=/x app:app", {});
	const serve = (args: string) => ({ "app.py": `from waitress import serve\nserve(app${args})` });
	check("serve", "python app.py", { files: serve(""), listens: ["0.0.0.0:8080 convention"] });
	check("serve on a port", "python app.py", { files: serve(", host='127.0.0.1', port=83"), listens: ["127.0.0.1:83 certain"] });
	check("serve on addresses", "python app.py", {
		files: serve(", listen='*:84 127.0.0.1:85'"),
		listens: ["0.0.0.0:84 certain", "127.0.0.1:85 certain"],
	});
	check("serve on a Unix socket", "python app.py", { files: serve(", unix_socket='/x'") });
});

describe("uwsgi", () => {
	check("flags", "uwsgi --http :80 --master", { listens: ["0.0.0.0:80 certain"] });
	check("a port alone", "uwsgi --http 81 --wsgi-file app.py", { listens: ["0.0.0.0:81 certain"] });
	check("an ini file", "uwsgi --ini app.ini", {
		files: { "app.ini": "[uwsgi]\nmodule = app:app\nhttp-socket = 127.0.0.1:82\n" },
		listens: ["127.0.0.1:82 certain"],
		evidence: ["Dockerfile:10", "app.ini:3"],
	});
	check("an ini file alone", "uwsgi app.ini", { files: { "app.ini": "[uwsgi]\nsocket = :83" }, listens: ["0.0.0.0:83 certain"] });
	check("a variable in the file", "uwsgi app.ini", {
		files: { "app.ini": "[uwsgi]\nhttp = 0.0.0.0:$(PORT)" },
		environment: { PORT: "84" },
		listens: ["0.0.0.0:84 certain"],
	});
	check("a variable that is not set", "uwsgi app.ini", { files: { "app.ini": "[uwsgi]\nhttp = :$(PORT)" }, gaps: ["PORT is not set"] });
	check("a Unix socket", "uwsgi -s /run/uwsgi.sock --ini app.ini", { files: { "app.ini": "[uwsgi]\nmaster = true" } });
	check("YAML", "uwsgi --yaml app.yaml", { files: { "app.yaml": "uwsgi:\n  http: :85\n" }, listens: ["0.0.0.0:85 certain"] });
	check("a variable", "uwsgi", { environment: { UWSGI_HTTP: ":86" }, listens: ["0.0.0.0:86 certain"] });
	check("a file that is missing", "uwsgi --ini app.ini", { gaps: ["app.ini is not in the image"] });
});

describe("bottle", () => {
	check("defaults", "python app.py", { files: { "app.py": "from bottle import run\nrun()" }, listens: ["127.0.0.1:8080 convention"] });
	check("keywords", "python app.py", {
		files: { "app.py": "import bottle\napp = bottle.Bottle()\napp.run(host='0.0.0.0', port=80)" },
		listens: ["0.0.0.0:80 certain"],
	});
});

describe("CherryPy", () => {
	const app = (rest: string) => ({ "app.py": `import cherrypy\n${rest}\ncherrypy.quickstart(None)` });
	check("defaults", "python app.py", { files: app(""), listens: ["127.0.0.1:8080 convention"] });
	check("settings", "python app.py", {
		files: app("cherrypy.config.update({'server.socket_host': '0.0.0.0', 'server.socket_port': 80})"),
		listens: ["0.0.0.0:80 certain"],
	});
	check("the server", "python app.py", {
		files: app("cherrypy.server.socket_port = 81\ncherrypy.server.socket_host = '0.0.0.0'"),
		listens: ["0.0.0.0:81 certain"],
	});
	check("a dictionary", "python app.py", {
		files: { "app.py": "import cherrypy\ncherrypy.quickstart(None, '/', {'global': {'server.socket_port': 82}})" },
		listens: ["127.0.0.1:82 certain"],
	});
	check("a file", "python app.py", {
		files: { "app.py": "import cherrypy\ncherrypy.quickstart(None, '/', 'app.conf')" },
		gaps: ["CherryPy's settings are not in view"],
	});
});
