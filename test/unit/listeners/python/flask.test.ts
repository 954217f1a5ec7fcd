import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { check, listed, predict } from "../../../support/predict.ts";
import { place } from "../../../support/program.ts";

const app = (run: string) => ({ "app.py": `import os\nfrom flask import Flask\napp = Flask(__name__)\n${run}\n` });

test("the example listens on 80", async () => {
	const text = await readFile(new URL("../../../../examples/flask/app.py", import.meta.url), "utf8");
	const { listeners, gaps } = await predict(["python", "app.py"], { files: { "app.py": text } });
	assert.deepEqual(listeners.map(listed), ["0.0.0.0:80 certain"]);
	assert.deepEqual(gaps, []);
	const line = text.split("\n").findIndex((one) => one.includes("app.run")) + 1;
	assert.deepEqual(listeners[0]?.evidence.map(place), ["Dockerfile:10", `app.py:${line}`]);
	assert.equal(listeners[0]?.evidence[1]?.text, 'app.run(host="0.0.0.0", port=80)');
});

describe("app.run", () => {
	check("defaults", "python app.py", {
		files: app("app.run()"),
		listens: ["127.0.0.1:5000 convention"],
		evidence: ["Dockerfile:10", "app.py:4"],
	});
	check("keywords", "python app.py", { files: app('app.run(host="0.0.0.0", port=8080, debug=True)'), listens: ["0.0.0.0:8080 certain"] });
	check("positions", "python app.py", { files: app('app.run("0.0.0.0", 8080)'), listens: ["0.0.0.0:8080 certain"] });
	check("only the address", "python app.py", { files: app('app.run("0.0.0.0")'), listens: ["0.0.0.0:5000 convention"] });
	check("None means the default", "python app.py", { files: app("app.run(host=None, port=None)"), listens: ["127.0.0.1:5000 convention"] });
	check("an empty address means all", "python app.py", { files: app('app.run(host="", port=1)'), listens: ["0.0.0.0:1 certain"] });
	check("localhost", "python app.py", { files: app('app.run("localhost", "81")'), listens: ["127.0.0.1:81 certain"] });
	check("a variable with a default", "python app.py", {
		files: app('port = int(os.environ.get("PORT", 8080))\napp.run("0.0.0.0", port)'),
		listens: ["0.0.0.0:8080 default PORT"],
		evidence: ["Dockerfile:10", "app.py:5", "app.py:4"],
	});
	check("a variable of the image", "python app.py", {
		files: app('app.run("0.0.0.0", int(os.environ["PORT"]))'),
		environment: { PORT: "81" },
		listens: ["0.0.0.0:81 certain"],
		evidence: ["Dockerfile:10", "app.py:4", "Dockerfile:1"],
	});
	check("a variable that is not set", "python app.py", { files: app('app.run(port=int(os.environ["PORT"]))'), gaps: ["PORT is not set"] });
	check("a variable that is not set passes None", "python app.py", {
		files: app('app.run(port=os.environ.get("PORT"))'),
		listens: ["127.0.0.1:5000 default PORT"],
	});
	check("the address of a variable", "python app.py", {
		files: app('app.run(os.environ.get("HOST", "0.0.0.0"), 80)'),
		listens: ["0.0.0.0:80 certain"],
	});
	check("SERVER_NAME", "python app.py", {
		files: app('app.config["SERVER_NAME"] = "0.0.0.0:8088"\napp.run()'),
		listens: ["0.0.0.0:8088 certain"],
	});
	check("not a port", "python app.py", { files: app("app.run(port=70000)"), gaps: ["70000 is not a port"] });
	check("a text that is no port", "python app.py", { files: app('app.run(port="abc")'), gaps: ["abc is not a port"] });
	check("chosen at run time", "python app.py", { files: app("app.run(port=0)"), gaps: ["the port is chosen at run time"] });
	check("undecided", "python app.py", {
		files: app("if os.nice(0):\n    app.run(port=80)"),
		listens: ["127.0.0.1:80 default"],
		gaps: ["a condition in the source is not decided"],
	});
	check("by default", "python app.py", {
		files: app('if not os.environ.get("WSGI"):\n    app.run(port=80)'),
		listens: ["127.0.0.1:80 default WSGI"],
	});
	check("only when a variable is set", "python app.py", {
		files: app('if os.environ.get("DEV"):\n    app.run(port=80)'),
		gaps: ["DEV is not set"],
	});
	check("the same port either way", "python app.py", {
		files: app('if os.environ.get("DEBUG"):\n    app.run(port=80, debug=True)\nelse:\n    app.run(port=80)'),
		listens: ["127.0.0.1:80 certain"],
	});
	check("two possibilities", "python app.py", {
		files: app("app.run(port=80 if os.nice(0) else 81)"),
		listens: ["127.0.0.1:80 default", "127.0.0.1:81 default"],
	});
	check("a subclass", "python app.py", {
		files: { "app.py": "import flask\nclass App(flask.Flask):\n  pass\nApp(__name__).run(port=80)" },
		listens: ["127.0.0.1:80 certain"],
	});
	check("an application factory", "python main.py", {
		files: {
			"main.py": "from web import create_app\napp = create_app()\nif __name__ == '__main__':\n  app.run(port=app.config['PORT'])",
			"web/__init__.py":
				"from flask import Flask\nfrom .conf import Conf\ndef create_app():\n  app = Flask(__name__)\n  app.config.from_object(Conf)\n  return app",
			"web/conf.py": "class Conf:\n  PORT = 82",
		},
		listens: ["127.0.0.1:82 certain"],
		evidence: ["Dockerfile:10", "main.py:4", "conf.py:2"],
	});
	check("socketio.run", "python app.py", {
		files: app('from flask_socketio import SocketIO\nSocketIO(app).run(app, host="0.0.0.0")'),
		listens: ["0.0.0.0:5000 convention"],
	});
	check("run_simple", "python app.py", {
		files: app('from werkzeug.serving import run_simple\nrun_simple("0.0.0.0", 4000, app)'),
		listens: ["0.0.0.0:4000 certain"],
	});
	check("another run is not Flask's", "python app.py", {
		files: { "app.py": "import subprocess2 as s\ns.run(port=80)" },
		gaps: ["no listening call found in app.py"],
	});
	check("a Unix socket", "python app.py", { files: app('app.run("unix:///run/x.sock")'), listens: [] });
});

describe("flask run", () => {
	check("defaults", "flask run", { listens: ["127.0.0.1:5000 convention"], evidence: ["Dockerfile:10"] });
	check("long flags", "flask run --host=0.0.0.0 --port 81", { listens: ["0.0.0.0:81 certain"] });
	check("short flags", "flask run -h 0.0.0.0 -p81", { listens: ["0.0.0.0:81 certain"] });
	check("options before the command", "flask --app x -e .env run -p 82", { listens: ["127.0.0.1:82 certain"] });
	check("by the interpreter", "python -m flask run --host 0.0.0.0", { listens: ["0.0.0.0:5000 convention"] });
	check("by its path", "/usr/bin/python3 /usr/local/bin/flask run -p 83", { listens: ["127.0.0.1:83 certain"] });
	check("variables", "flask run", {
		environment: { FLASK_RUN_PORT: "84", FLASK_RUN_HOST: "0.0.0.0" },
		listens: ["0.0.0.0:84 certain"],
		evidence: ["Dockerfile:10", "Dockerfile:1"],
	});
	check("flags win over variables", "flask run -p 85", { environment: { FLASK_RUN_PORT: "84" }, listens: ["127.0.0.1:85 certain"] });
	check(".flaskenv", "flask run", {
		files: { ".flaskenv": "FLASK_RUN_PORT=86\n" },
		listens: ["127.0.0.1:86 default FLASK_RUN_PORT"],
		evidence: ["Dockerfile:10", ".flaskenv:1"],
	});
	check(".env wins over .flaskenv", "flask run", {
		files: { ".flaskenv": "FLASK_RUN_PORT=86", ".env": "FLASK_RUN_PORT=87" },
		listens: ["127.0.0.1:87 default FLASK_RUN_PORT"],
	});
	check("app.run is ignored", "flask run", { files: app("app.run(port=80)"), listens: ["127.0.0.1:5000 convention"] });
	check("another command listens on nothing we know", "flask db upgrade", { gaps: ["nothing is known about this flask command"] });
});

describe("the application that flask run looks for", () => {
	const other = { "main.py": "from flask import Flask\napplication = Flask(__name__)" };
	check("nowhere", "flask run", { files: other, gaps: ["no Flask application found"] });
	check("named by a variable", "flask run", { files: other, environment: { FLASK_APP: "main" }, listens: ["127.0.0.1:5000 convention"] });
	check("named by a flag", "flask --app main run", { files: other, listens: ["127.0.0.1:5000 convention"] });
	check("named by a file", "flask run", { files: { ...other, ".flaskenv": "FLASK_APP=main" }, listens: ["127.0.0.1:5000 convention"] });
	check("a package", "flask run", { files: { ...other, "app/__init__.py": "" }, listens: ["127.0.0.1:5000 convention"] });
	check("out of sight", "flask run", { files: { "requirements.txt": "flask" }, listens: ["127.0.0.1:5000 convention"] });
});
