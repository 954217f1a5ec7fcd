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

describe("commands that Python puts together", () => {
	const gunicorn = "cmd = ['gunicorn', 'a:b']\n";
	const run = "\nsubprocess.run(cmd)";
	program("word by word", `${gunicorn}cmd.append('--bind')\ncmd.append('0.0.0.0:90')${run}`, ["0.0.0.0:90 certain"]);
	program("from parts", `${gunicorn}extra = ['-b', ':91']\ncmd += extra\nos.execvp(cmd[0], cmd)`, ["0.0.0.0:91 certain"]);
	program("with words that a variable adds", `${gunicorn}if os.environ.get('P'):\n  cmd += ['-b', ':1' + os.environ['P']]${run}`, [
		"127.0.0.1:8000 convention",
	]);
	program(
		"with words that a variable changes",
		`${gunicorn}if 'PORT' in os.environ:\n  cmd += ['-b', ':' + os.environ['PORT']]\nelse:\n  cmd.extend(['-b', ':92'])${run}`,
		["0.0.0.0:92 default PORT"],
	);
	program(
		"with a flag under a condition that nobody can tell",
		`cmd = ['acme']\ncmd = ['gunicorn', '-b', ':93']\nif os.path.exists('/x'):\n  cmd.append('--reload')${run}`,
		["0.0.0.0:93 certain"],
	);
	program(
		"with a port under a condition that nobody can tell",
		`${gunicorn}if os.path.exists('/x'):\n  cmd += ['-b', ':94']${run}`,
		["127.0.0.1:8000 default"],
		["a condition in the source is not decided"],
	);
	program("in a branch that is taken back", `${gunicorn}if os.environ.get('P'):\n  cmd.extend(['-b', ':95'])\n  sys.exit(1)${run}`, [
		"127.0.0.1:8000 convention",
	]);
	program("with an item in place of another", `cmd = ['gunicorn', '-b', ':1']\ncmd[2] = ':96'\ncmd.insert(1, '--preload')${run}`, [
		"0.0.0.0:96 certain",
	]);
	program(
		"of a function",
		"def command():\n  all = ['uvicorn', 'a:b']\n  all += ['--port', '97']\n  return all\nsubprocess.run(command())",
		["127.0.0.1:97 certain"],
	);
	program("with the arguments of the start command", "os.execvp('gunicorn', ['gunicorn', '-b', ':98'] + sys.argv[1:])", [
		"0.0.0.0:98 certain",
	]);
	program(
		"followed by one that is never reached",
		"os.execvp('gunicorn', ['gunicorn', '-b', ':99'])\nos.execvp('uvicorn', ['uvicorn', 'a:b', '--port', '1'])",
		["0.0.0.0:99 certain"],
	);
});

describe("the environment of programs that Python starts", () => {
	const web = { "web.py": "import os\nfrom flask import Flask\nFlask('x').run(port=int(os.environ['PORT']))" };
	const start = "subprocess.run(['python', 'web.py']";
	program("is its own", `os.environ['PORT'] = '70'\n${start})`, ["127.0.0.1:70 certain"], [], web);
	program("is a changed copy of it", `env = os.environ.copy()\nenv['PORT'] = '71'\n${start}, env=env)`, ["127.0.0.1:71 certain"], [], web);
	program("is written out", `${start}, env={**os.environ, 'PORT': '72'})`, ["127.0.0.1:72 certain"], [], web);
	program(
		"stays what it is",
		`os.environ['PORT'] = '73'\n${start}, env={'PATH': '/bin'})`,
		[],
		["no listening call found in start.py"],
		web,
	);
});

describe("a loop over a list", () => {
	const loop = "from flask import Flask\nfor port in ports:\n  Flask('x').run(port=port)";
	program("that a variable makes longer", `ports = [80]\nif os.environ.get('MORE'):\n  ports.append(81)\n${loop}`, [
		"127.0.0.1:80 certain",
	]);
	program(
		"that may be longer",
		`ports = [80]\nif os.path.exists('/x'):\n  ports.append(81)\n${loop}`,
		["127.0.0.1:80 certain", "127.0.0.1:81 default"],
		["a condition in the source is not decided"],
	);
});
