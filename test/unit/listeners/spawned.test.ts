import { describe } from "node:test";
import { check } from "../../support/predict.ts";

/** A Python program of these lines. */
function program(name: string, lines: string, listens: readonly string[], gaps: readonly string[] = [], files = {}): void {
	check(name, "python start.py", { files: { "start.py": `import os, subprocess, sys\n${lines}`, ...files }, listens, gaps });
}

describe("programs that Python starts", () => {
	program("in its place", "os.execvp('gunicorn', ['gunicorn', '-b', ':80', 'app:app'])", ["0.0.0.0:80 certain"]);
	program("in its place, word by word", "os.execlp('uvicorn', 'uvicorn', 'app:app', '--port', '81')", ["127.0.0.1:81 certain"]);
	program("beside it", "subprocess.run(['gunicorn', '-b', ':82', 'app:app'], check=True)", ["0.0.0.0:82 certain"]);
	program("through a shell", "os.system('cd /app && uvicorn app:app --port 83')", ["127.0.0.1:83 certain"]);
	program("with shell=True", "subprocess.Popen('gunicorn -b :84 app:app', shell=True)", ["0.0.0.0:84 certain"]);
	program("with the same interpreter", "subprocess.call([sys.executable, '-m', 'uvicorn', 'a:b'])", ["127.0.0.1:8000 convention"]);
	program("with a port of a variable", "port = os.environ.get('PORT', '85')\nsubprocess.run(['gunicorn', '-b', f':{port}', 'a:b'])", [
		"0.0.0.0:85 default PORT",
	]);
	program("another program of its own", "subprocess.Popen(['python', 'web.py'])", ["127.0.0.1:5000 convention"], [], {
		"web.py": "from flask import Flask\nFlask(__name__).run()",
	});
	program("tools say nothing", "subprocess.run(['git', 'log'])\nfrom flask import Flask\nFlask(__name__).run(port=86)", [
		"127.0.0.1:86 certain",
	]);
	program(
		"what takes its place must be known",
		"os.execvp('acme', ['acme'])",
		[],
		["no listening call found in start.py", "nothing is known about acme"],
	);
	program(
		"only with a variable",
		"if os.environ.get('WEB') == 'yes':\n  os.execvp('gunicorn', ['gunicorn', 'a:b'])",
		[],
		["no listening call found in start.py"],
	);
	program(
		"only when it is set",
		"if 'WEB' in os.environ:\n  os.execvp('gunicorn', ['gunicorn', 'a:b'])\nelse:\n  os.execvp('gunicorn', ['gunicorn', '-b', ':87'])",
		["0.0.0.0:87 default"],
	);
	program("itself, for ever", "os.execv(sys.executable, ['python', 'start.py'])", [], ["no listening call found in start.py"]);
});

describe("programs on the PATH", () => {
	const files = {
		"/usr/local/bin/serve.py": "from flask import Flask\nFlask(__name__).run()",
		"/opt/bin/other.py": "import flask\nflask.Flask('x').run(port=80)",
	};
	check("of the image", "serve.py", { files, listens: ["127.0.0.1:5000 convention"] });
	check("that the image sets", "other.py", { files, environment: { PATH: "/opt/bin:/usr/bin" }, listens: ["127.0.0.1:80 certain"] });
	check("nowhere", "gone.py", { files, gaps: ["gone.py is not in the image"] });
});
