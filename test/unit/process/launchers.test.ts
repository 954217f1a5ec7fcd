import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDockerfile } from "../../../server/src/dockerfile/parse.ts";
import { knownImages } from "../../../server/src/image/knownImages.ts";
import { buildStageImages } from "../../../server/src/image/stageImage.ts";
import { Budget } from "../../../server/src/model/budget.ts";
import { likelyText, outcomes } from "../../../server/src/model/value.ts";
import type { Started } from "../../../server/src/process/process.ts";
import { startedBy } from "../../../server/src/process/start.ts";
import { imageOf } from "../../support/image.ts";
import { describe } from "../../support/processes.ts";

/** What an image with this command and these files in /app (or where their paths say) starts. */
async function start(command: string, given: Readonly<Record<string, string>>, environment = ""): Promise<Started> {
	const text = `FROM a\nWORKDIR /app\n${environment}\nCMD ${JSON.stringify(command.match(/"[^"]*"|\S+/g)?.map((word) => word.replace(/^"(.*)"$/, "$1")))}`;
	const images = await buildStageImages(parseDockerfile("u", text), knownImages, new Map());
	const files = Object.fromEntries(Object.entries(given).map(([name, content]) => [name.startsWith("/") ? name : `/app/${name}`, content]));
	return startedBy(images[0] ?? assert.fail("no stage"), imageOf(files), new Budget());
}

function check(
	name: string,
	command: string,
	files: Readonly<Record<string, string>>,
	expected: readonly string[],
	environment?: string,
): void {
	test(name, async () => assert.deepEqual(describe(await start(command, files, environment)), expected));
}

const supervisor = `[supervisord]
nodaemon=true

[program:web]
command=/usr/bin/gunicorn -b 0.0.0.0:%(ENV_PORT)s "my app:app" ; the server
directory=/srv
environment=A="1",B=2

[program:worker]
command=celery worker
autostart=false

[include]
files = conf.d/*.conf
`;
check(
	"supervisord: its programs and includes",
	"supervisord -n -c /etc/s/supervisord.conf",
	{ "/etc/s/supervisord.conf": supervisor, "/etc/s/conf.d/php.conf": "[program:fpm]\ncommand = php-fpm -F\n" },
	["/usr/bin/gunicorn -b 0.0.0.0:80 my app:app (in /srv)", "php-fpm -F"],
	"ENV PORT=80",
);
check("supervisord: lines that end as on Windows", "supervisord -c /etc/s.conf", { "/etc/s.conf": "[program:a]\r\ncommand=a b\r\n" }, [
	"a b",
]);
check("supervisord: where it looks by itself", "/usr/bin/supervisord", { "/etc/supervisor/conf.d/a.conf": "[program:a]\ncommand=a b\n" }, [
	"a b",
]);
check(
	"supervisord: a command in a variable",
	"supervisord -c s.conf",
	{ "s.conf": "[program:a]\ncommand=%(ENV_RUN)s\n" },
	["a --port 80"],
	'ENV RUN="a --port 80"',
);
check(
	"supervisord: autostart in a variable",
	"supervisord -c s.conf",
	{ "s.conf": "[program:a]\ncommand=a\nautostart=%(ENV_WITH_A)s\n[program:b]\ncommand=b\nautostart = %(ENV_WITH_B)s\n" },
	["b"],
	"ENV WITH_A=false WITH_B=true",
);
check("supervisord: no configuration", "supervisord -c /x.conf", {}, ["? /x.conf is not in the image"]);

check("forego", "forego start -r", { Procfile: "web: puma\n" }, ["puma"]);
check("foreman", "foreman start", { Procfile: "web: puma -p $PORT\njob: sidekiq\nother: x --port $PORT\n" }, [
	"puma -p 5000",
	"sidekiq",
	"x --port 5200",
]);
check("foreman: a PORT of the image", "foreman start -f P", { P: "web: puma -p $PORT\n" }, ["puma -p 80"], "ENV PORT=80");
check("honcho: one process", "honcho start web", { Procfile: "web: a\njob: b\n" }, ["a"]);
check("overmind", "overmind start -p 90", { Procfile: "web: a $PORT\n" }, ["a 90"]);
test("the port of foreman is no fact", async () => {
	const { processes } = await start("foreman start", { Procfile: "web: puma -p $PORT\n" });
	const word = processes[0]?.argv[2] ?? assert.fail();
	assert.deepEqual(
		outcomes(word).known.map((one) => [one.text, one.overriddenBy]),
		[["5000", "PORT"]],
	);
});

const makefile = "PORT ?= 80\n.PHONY: run\nall: build\n\trun-all\nbuild:\n\tgo build -o x\nrun: build\n\t@./x --port $(PORT)\n";
check("make: what a target needs, then itself", "make run", { Makefile: makefile }, ["go build -o x (ends)", "./x --port 80"]);
check("make: the first target", "make", { Makefile: makefile }, ["go build -o x (ends)", "run-all"]);
check("make: a variable of the command line", "make run PORT=90", { Makefile: makefile }, ["go build -o x (ends)", "./x --port 90"]);
check("make: no such target", "make nope", { Makefile: makefile }, ["? Makefile has no target nope"]);
check("make: itself", "make a", { Makefile: "a:\n\tmake a\n" }, ["? the start command is nested too deep"]);
check("just", "just serve", { justfile: 'port := "80"\n\nserve: prep\n    ./x -p {{port}}\n\nprep:\n    echo hi\n    prepare\n' }, [
	"prepare (ends)",
	"./x -p 80",
]);
check(
	"task",
	"task serve",
	{ "Taskfile.yml": "version: 3\ntasks:\n  serve:\n    deps: [prep]\n    cmds:\n      - ./x -p 80\n  prep: prepare\n" },
	["prepare (ends)", "./x -p 80"],
);

check("nodemon", "nodemon -w src server.js --x", {}, ["node server.js --x"]);
check("nodemon: --exec", 'nodemon --exec "ts-node -r dotenv/config" src/index.ts', {}, ["ts-node -r dotenv/config src/index.ts"]);
check(
	"nodemon: options of what it executes stay in front of the script",
	"nodemon -e ts --watch src -x ts-node -r paths/register --files --project x/tsconfig.json src/x.ts",
	{},
	["ts-node -r paths/register --files --project x/tsconfig.json src/x.ts"],
);
check("nodemon: its file", "nodemon", { "nodemon.json": '{ "exec": "tsx src/x.ts" }' }, ["tsx src/x.ts"]);
check("nodemon: the package's main", "nodemon", { "package.json": '{ "main": "lib/x.js" }' }, ["node lib/x.js"]);
check("nodemon: TypeScript", "nodemon src/x.ts", {}, ["ts-node src/x.ts"]);
check("pm2-runtime", "pm2-runtime start dist/x.js -i 2 -- --port 80", {}, ["node dist/x.js --port 80"]);
check("pm2-runtime: npm", "pm2-runtime npm -- start", { "package.json": '{ "scripts": { "start": "node x.js" } }' }, ["node x.js"]);
check(
	"pm2-runtime: an ecosystem file",
	"pm2-runtime ecosystem.config.js",
	{
		"ecosystem.config.js":
			"// apps\nmodule.exports = {\n  apps: [{ name: 'a', script: './x.js', args: '--a b', env: { PORT: 80 } }, { name: 'b', script: 'y.py', interpreter: 'python3' }],\n};\n",
	},
	["node ./x.js --a b", "python3 y.py"],
);
check("pm2-runtime: an ecosystem file with code", "pm2-runtime e.config.js", { "e.config.js": "module.exports = build();" }, [
	"? e.config.js is not followed",
]);
check("forever", "forever -m 5 x.js --y", {}, ["node x.js --y"]);
check("concurrently", 'concurrently -n a,b "node x.js" "npm:dev"', { "package.json": '{ "scripts": { "dev": "vite" } }' }, [
	"node x.js",
	"vite",
]);
check("run-p", "run-p start:*", { "package.json": '{ "scripts": { "start:a": "a", "start:b": "b", "x": "x" } }' }, ["a", "b"]);
check("run-s", "run-s build start", { "package.json": '{ "scripts": { "build": "tsc", "start": "node ." } }' }, ["tsc (ends)", "node ."]);

check(
	"air",
	"air -c .air.toml",
	{ ".air.toml": '[build]\ncmd = "go build -o ./tmp/main ./cmd/api"\nfull_bin = "APP=1 ./tmp/main serve"\n' },
	["go run ./cmd/api serve"],
);
check("air without a file", "air", {}, ["go run ."]);
check("cargo watch", 'cargo watch -x "run --bin api"', {}, ["cargo run --bin api"]);
check("CompileDaemon", 'CompileDaemon "-build=go build -o x ./cmd" "-command=./x --p 80"', {}, ["go run ./cmd --p 80"]);

check(
	"s6-overlay",
	"/init",
	{
		"/etc/services.d/web/run": "#!/bin/sh\nexec nginx\n",
		"/etc/s6-overlay/s6-rc.d/api/run": "#!/command/with-contenv sh\nexec api\n",
		"/etc/s6-overlay/s6-rc.d/api/type": "longrun\n",
		"/etc/s6-overlay/s6-rc.d/once/type": "oneshot\n",
	},
	["nginx", "api"],
);
check("an init of one's own", "/init x", { "/init": "\x7fELF" }, ["/init x"]);
check("runit", "runsvdir -P /etc/service", { "/etc/service/a/run": "#!/bin/sh\nexec chpst -u app a 2>&1\n" }, ["a"]);
check("my_init", "/sbin/my_init", { "/etc/service/a/run": "#!/bin/sh\nexec a\n" }, ["a"]);
check("service", 'sh -c "service ssh start && exec nginx"', {}, ["/usr/sbin/sshd", "nginx"]);
check("start-stop-daemon", "start-stop-daemon --start --chuid app --exec /x -- -p 80", {}, ["/x -p 80"]);

check(
	"composer",
	"composer serve",
	{ "composer.json": '{ "scripts": { "serve": ["@prep", "@php -S 0.0.0.0:80"], "prep": "php prep.php" } }' },
	["php prep.php (ends)", "php -S 0.0.0.0:80"],
);
check("composer install is no script", "composer install", { "composer.json": "{}" }, ["composer install"]);
check("pdm run", "pdm run serve", { "pyproject.toml": '[tool.pdm.scripts]\nserve = "flask run -p 80"\n' }, ["flask run -p 80"]);
check("pdm run: a program", "pdm run flask run", {}, ["flask run"]);
check("hatch run", "hatch run prod:serve", { "pyproject.toml": '[tool.hatch.envs.prod.scripts]\nserve = "flask run {args}"\n' }, [
	"flask run",
]);
check("poe", "poe serve", { "pyproject.toml": '[tool.poe.tasks.serve]\ncmd = "flask run"\n' }, ["flask run"]);

for (const [name, file, text] of [
	["[project.scripts]", "pyproject.toml", '[project.scripts]\nserve = "pkg.cli:main"\n'],
	["Poetry's scripts", "pyproject.toml", '[tool.poetry.scripts]\nserve = "pkg.cli:main"\n'],
	["setup.py", "setup.py", 'setup(entry_points={"console_scripts": ["serve=pkg.cli:main"]})'],
	["setup.cfg", "setup.cfg", "[options.entry_points]\nconsole_scripts =\n    serve = pkg.cli:main\n"],
] as const) {
	test(`a command of the project: ${name}`, async () => {
		const { processes } = await start("serve --port 80", { [file]: text });
		const [process] = processes;
		assert.deepEqual(process?.argv.map(likelyText), ["python", "/app/.pkg_cli_main.py", "--port", "80"]);
		const [change] = process?.changes ?? [];
		assert.match(change?.kind === "write" ? (likelyText(change.text) ?? "") : "", /from pkg\.cli import main/);
	});
}

check(
	"a package script that a build argument names",
	'sh -c "npm run $MODE"',
	{ "package.json": '{ "scripts": { "prod": "node x.js" } }' },
	["node x.js (by ENV)"],
	"ARG ENV=prod\nENV MODE=$ENV",
);
check("a script of the PATH", "start-it x", { "/usr/local/bin/start-it": '#!/bin/sh\nexec "$@"\n' }, ["x"]);
check("a program that a build made", "/usr/bin/x", {}, ["/usr/bin/x"]);

check(
	"supervisord: copies of a program",
	"supervisord -c s.conf",
	{ "s.conf": "[program:web]\ncommand=%(program_name)s --port 80%(process_num)02d\nnumprocs=2\nnumprocs_start=1\n" },
	["web --port 801", "web --port 802"],
);
check(
	"supervisord: its own HTTP server",
	"supervisord -c s.conf",
	{ "s.conf": "[inet_http_server]\nport=*:9001\n[program:a]\ncommand=a\n" },
	["supervisord[inet_http_server] *:9001", "a"],
);
check(
	"supervisord: a configuration that includes itself",
	"supervisord -c s.conf",
	{ "s.conf": "[include]\nfiles=s.conf\n[program:a]\ncommand=a\n" },
	["a"],
);
const including = ".DEFAULT_GOAL := run\ninclude common.mk\nbuild:\n\tb\n";
check(
	"make: the default goal of an included file",
	"make",
	{ Makefile: including, "common.mk": "PORT = 80\nrun:\n\ta $(PORT)\n-include Makefile\n" },
	["a 80"],
);
check("make: a target that calls itself", "make run", { Makefile: "run:\n\t$(MAKE) run\n" }, ["? the start command is nested too deep"]);
const justfile = "run port=\"80\" host='h': build\n    a {{port}} {{host}}\nbuild:\n    b\n";
check("just: parameters", "just run 81", { justfile }, ["b (ends)", "a 81 h"]);
check("just: parameters by default", "just run", { justfile }, ["b (ends)", "a 80 h"]);
const taskfile = "vars:\n  PORT: 80\ntasks:\n  run:\n    env:\n      HOST: h\n    cmds:\n      - a {{.PORT}} $HOST\n";
check("task: variables", "task run", { "Taskfile.yml": taskfile }, ["a 80 h"]);
check("honcho: .env", "honcho start", { Procfile: "web: a $P $Q\n", ".env": "P=80\nexport Q='x'\n" }, ["a 80 x"]);
check("hivemind: another Procfile", "hivemind Procfile.dev", { "Procfile.dev": "web: a\n" }, ["a"]);
check("pipenv: a script", "pipenv run serve --x", { Pipfile: '[scripts]\nserve = "a --port 80"\n' }, ["a --port 80 --x"]);
check("pipenv: a program", "pipenv run a", { Pipfile: "[packages]\n" }, ["a"]);
check("pm2: calls beside the server", 'sh -c "pm2 start a.js && pm2 logs"', {}, ["node a.js (ends)"]);
check(
	"concurrently: scripts by pattern",
	"npm start",
	{ "package.json": JSON.stringify({ scripts: { start: "concurrently 'npm:run-*' 'yarn:x'", "run-a": "a", "run-b": "b", x: "c" } }) },
	["a", "b", "c"],
);
check("wireit", "npm start", { "package.json": '{"scripts":{"start":"wireit"},"wireit":{"start":{"command":"a --port 80"}}}' }, [
	"a --port 80",
]);
check(
	"lerna",
	"lerna run start --scope web",
	{ "lerna.json": '{"packages":["p/*"]}', "package.json": "{}", "p/web/package.json": '{"name":"web","scripts":{"start":"a"}}' },
	["a (in /app/p/web)"],
);
check(
	"workspaces deeper down",
	"yarn workspace web start",
	{ "package.json": '{"workspaces":["p/**"]}', "p/q/web/package.json": '{"name":"web","scripts":{"start":"a"}}' },
	["a (in /app/p/q/web)"],
);
check("a manifest that is no JSON", "npm start", { "package.json": "{ // x\n}" }, ["? package.json is not valid JSON"]);
check(
	"s6: a script of execline",
	"/init",
	{
		"/etc/services.d/a/run":
			"#!/command/execlineb -P\n# x\nwith-contenv\nforeground { echo { x } }\nexport P 80\nfdmove -c 2 1\ns6-setuidgid app\ncd /srv\nif -t { true }\na --port ${P}\n",
	},
	["a --port 80 (in /srv)"],
);
check("a script with Windows line ends", "./e.sh", { "e.sh": "#!/bin/sh\r\nexec a\r\n" }, [
	"? e.sh has Windows line ends, so that it does not start",
]);
check("a shell with a script of Windows line ends", "sh e.sh", { "e.sh": "exec a\r\nb\r\n" }, [
	"? e.sh has Windows line ends, so that it does not start",
]);
check("$0 of sh -c", 'sh -c "exec a --port $0 $1" 80 x', {}, ["a --port 80 x"]);
