import assert from "node:assert/strict";
import { test } from "node:test";
import type { Files } from "../../support/analysis.ts";
import { portsOf } from "../../support/ports.ts";

const app = 'from flask import Flask\nFlask("x").run("0.0.0.0", 8123)\n';
const python = "FROM python\nWORKDIR /app\nCOPY . .\n";
const node = "FROM node\nWORKDIR /app\nCOPY . .\n";
const repeated = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i)).join("\n");
const started = (script: string): Files => ({
	Dockerfile: `${python}CMD bash run.sh`,
	"run.sh": `${script}\npython app.py\n`,
	"app.py": app,
});

const LISTENS = ["8123/tcp certain"];
const TOO_LARGE = ["? the start script is too large to follow"];

/** Each with what is said of it; none may take longer than this. */
const LIMIT = { timeout: 30_000 };

const CASES: Readonly<Record<string, readonly [() => Files, readonly string[]]>> = {
	"a Dockerfile of 50 MB": [
		() => ({ Dockerfile: `${python}${`RUN echo ${"a".repeat(90)}\n`.repeat(500_000)}CMD python app.py`, "app.py": app }),
		["? the Dockerfile is too long to read"],
	],
	"a line of 50 MB": [
		() => ({ Dockerfile: `${python}RUN echo ${"a ".repeat(25_000_000)}\nCMD python app.py`, "app.py": app }),
		["? the Dockerfile is too long to read"],
	],
	"a source file of 5 MB": [
		() => ({ Dockerfile: `${python}CMD python app.py`, "app.py": app + "x = 1\n".repeat(900_000) }),
		["? app.py: is too large to read"],
	],
	"a minified bundle": [
		() => ({
			Dockerfile: `${node}CMD node a.js`,
			"a.js": `${"var a=1,b=function(){return a+1};".repeat(5_000)}require('http').createServer(b).listen(8123)`,
		}),
		LISTENS,
	],
	"brackets in brackets": [
		() => ({ Dockerfile: `${python}CMD python app.py`, "app.py": `x = ${"[".repeat(5_000)}${"]".repeat(5_000)}\n${app}` }),
		LISTENS,
	],
	"a binary that is named like a source": [
		() => ({ Dockerfile: `${python}CMD python app.py`, "app.py": `\x7fELF${"\0x".repeat(1000)}` }),
		["? app.py has a syntax error"],
	],
	"UTF-16": [
		() => ({ Dockerfile: `${python}CMD python app.py`, "app.py": `\uFFFD\uFFFD${[...app].join("\0")}` }),
		["? app.py has a syntax error"],
	],
	"links in a circle": [
		() => ({ Dockerfile: `${python}CMD python app.py`, "app.py": { link: "b.py" }, "b.py": { link: "app.py" } }),
		["? app.py is not in the build context"],
	],
	"a link out of the context": [
		() => ({ Dockerfile: `${python}CMD python app.py`, "app.py": { link: "../outside.py" }, "/outside.py": app }),
		["? app.py leads out of the build context"],
	],
	"a script that runs itself": [
		() => ({ Dockerfile: `${python}CMD sh a.sh`, "a.sh": "sh a.sh\n" }),
		["? the start command is nested too deep"],
	],
	"a script that sources itself": [() => started(". ./run.sh"), TOO_LARGE],
	"a function that calls itself twice": [() => started("f() { f; f; }\nf"), TOO_LARGE],
	"a fork bomb": [() => started(":(){ :|:& };:"), TOO_LARGE],
	"a variable that doubles": [() => started(`A=aaaaaaaa\n${repeated(60, () => "A=$A$A")}`), LISTENS],
	"a list that doubles": [() => started(`set -- $(seq 1 900)\n${repeated(40, () => 'set -- "$@" "$@"')}`), TOO_LARGE],
	"an array that doubles": [() => started(`A=(1 2 3)\n${repeated(60, () => 'A=("${A[@]}" "${A[@]}")')}`), LISTENS],
	"sixty open conditions": [() => started(repeated(60, (i) => `if grep -q x${i} /f; then A=$A$A${i}; else A=b$A; fi`)), LISTENS],
	"a module that imports itself": [
		() => ({ Dockerfile: `${python}CMD python app.py`, "app.py": `import app\nfrom b import *\n${app}`, "b.py": "import app, b\n" }),
		LISTENS,
	],
	"a configuration that includes itself": [
		() => ({
			Dockerfile: "FROM nginx\nCOPY nginx.conf /etc/nginx/nginx.conf",
			"nginx.conf": "events {}\nhttp { include /etc/nginx/nginx.conf; include /etc/nginx/*.conf; server { listen 8123; } }",
		}),
		LISTENS,
	],
	"arguments that double": [
		() => ({
			Dockerfile: `FROM python\nARG A=aaaa\n${repeated(60, () => "ARG A=${A}${A}")}\nWORKDIR /app\nCOPY . .\nCMD python app.py`,
			"app.py": app,
		}),
		LISTENS,
	],
	"a .dockerignore of 10,000 lines": [
		() => ({ Dockerfile: `${python}CMD python app.py`, "app.py": app, ".dockerignore": repeated(10_000, (i) => `**/x${i}/*.y`) }),
		LISTENS,
	],
	"a .dockerignore that is no pattern": [
		() => ({ Dockerfile: `${python}CMD python app.py`, "app.py": app, ".dockerignore": "app(.py\n[a\n+\n\\\n" }),
		LISTENS,
	],
	"two hundred stages": [
		() => ({
			Dockerfile: `FROM python AS s0\nCOPY . /app\n${repeated(200, (i) => `FROM scratch AS s${i + 1}\nCOPY --from=s${i} /app /app\nCOPY --from=s${i} /app /app`)}\nFROM python\nCOPY --from=s200 /app /app\nWORKDIR /app\nCMD python app.py`,
			"app.py": app,
		}),
		LISTENS,
	],
};

for (const [name, [files, expected]] of Object.entries(CASES))
	test(name, LIMIT, async () => assert.deepEqual(await portsOf(files()), expected));

const SELVES: Readonly<Record<string, Files>> = {
	"a Makefile that calls itself": { Dockerfile: `${python}CMD make run`, Makefile: "run: run\n\t$(MAKE) run\n\t$(MAKE) run\n" },
	"a package script that runs itself": {
		Dockerfile: `${node}CMD npm start`,
		"package.json": '{"scripts":{"start":"npm start & npm start","prestart":"npm start"}}',
	},
	"a Procfile that starts itself": { Dockerfile: `${python}CMD honcho start`, Procfile: "web: honcho start\nb: honcho start\n" },
	"a supervisor that starts itself": {
		Dockerfile: `${python}CMD supervisord -c s.conf`,
		"s.conf": "[program:a]\ncommand=supervisord -c s.conf\n[program:b]\ncommand=supervisord -c s.conf\n",
	},
};
for (const [name, files] of Object.entries(SELVES))
	test(name, LIMIT, async () => {
		const said = await portsOf(files);
		assert.ok(said.length > 0);
		assert.deepEqual(
			said.filter((one) => !one.startsWith("? ")),
			[],
		);
	});
