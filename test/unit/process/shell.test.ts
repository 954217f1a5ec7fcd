import assert from "node:assert/strict";
import { test } from "node:test";
import { known, outcomes } from "../../../server/src/model/value.ts";
import { runShell } from "../../../server/src/process/shell.ts";
import { describe, processOf } from "../../support/processes.ts";

function run(text: string, args: string[] = [], environment: Record<string, string> = {}): string[] {
	return describe(runShell({ text, args: args.map((word) => known(word)), script: "sh" }, processOf(["sh"], environment)));
}

for (const [name, text, expected] of [
	["a plain command", "python app.py", ["python app.py"]],
	["quotes", "nginx -g 'daemon off;'", ["nginx -g daemon off;"]],
	["exec", "exec node x.js", ["node x.js"]],
	["an assignment before it", "PORT=80 node x.js", ["node x.js"]],
	["cd", "cd src && node x.js", ["node x.js (in /app/src)"]],
	["a sequence: only the last one stays", "flask db upgrade && flask run", ["flask db upgrade (ends)", "flask run"]],
	["background jobs stay", "celery worker & flask run", ["celery worker", "flask run"]],
	["commands that start nothing", "mkdir -p /data; echo hi; sleep 1; flask run", ["flask run"]],
	["a pipe: its parts run together", "node x.js | pino-pretty", ["node x.js", "pino-pretty"]],
	["a pipe into what prints", "node x.js | tee log", ["node x.js"]],
	["a chore that is told to listen", "rsync --daemon --no-detach", ["rsync --daemon --no-detach"]],
	["a chore before a server", "rsync -a /src/ /app/ && flask run", ["flask run"]],
	["what xargs hands on", "find . -name '*.jar' | xargs java -jar", ["xargs java -jar"]],
	["what xargs only removes", "ls | xargs -n 1 rm -f; flask run", ["flask run"]],
	["what find starts", "find . -name serve -exec {} ';'", ["find . -name serve -exec {} ;"]],
	["what find only changes", "find /app -type d -exec chmod 755 {} +; flask run", ["flask run"]],
	["a subshell", "(cd src; node x.js)", ["node x.js (in /app/src)"]],
	["a redirection", "node x.js > log 2>&1", ["node x.js"]],
	["defaults", "flask run -p ${PORT:-8080}", ["flask run -p 8080"]],
	["nested defaults", "x ${A:-${B:-1}}", ["x 1"]],
	["an export", "export PORT=90; x $PORT", ["x 90"]],
	[
		"a condition that is open",
		"if grep -q x f; then a; else b; fi",
		["a (maybe)", "b (maybe)", "? a condition in the start command is not decided"],
	],
	["a condition around what starts nothing", "if [ -f x ]; then cp x y; fi; a", ["a"]],
	["a waiting loop", "until nc -z db 5432; do sleep 1; done; a", ["a"]],
	["a sourced script", ". ./env.sh; a", ["a", "? ./env.sh is not followed"]],
	["a substitution", "x $(date)", ["x …"]],
	["nothing", "", []],
	["only a comment", "# x", []],
] as const) {
	test(name, () => assert.deepEqual(run(text), expected));
}

test("the image's variables are known, others are named", () => {
	assert.deepEqual(run("x $PORT", [], { PORT: "80" }), ["x 80"]);
	const [process] = runShell({ text: "x $PORT", args: [], script: "sh" }, processOf(["sh"])).processes;
	assert.deepEqual(outcomes(process?.argv[1] ?? assert.fail()).open, ["PORT is not set"]);
});

test("an expansion without quotes is split into words, one in quotes is not", () => {
	const environment = { ARGS: "-b 0.0.0.0:80  -w 2", NONE: "" };
	assert.deepEqual(run("x $ARGS $NONE app", [], environment), ["x -b 0.0.0.0:80 -w 2 app"]);
	const { processes } = runShell({ text: 'x $ARGS "$ARGS" $NONE "$NONE"', args: [], script: "sh" }, processOf(["sh"], environment));
	assert.equal(processes[0]?.argv.length, 7);
	const assigned = runShell({ text: "A=$ARGS x", args: [], script: "sh" }, processOf(["sh"], environment)).processes[0];
	assert.deepEqual(outcomes(assigned?.environment.get("A") ?? assert.fail()).known[0]?.text, environment.ARGS);
});

test("a flag is still one when the variable in it is not set", () => {
	const [process] = runShell({ text: "x --port=$PORT -b 0.0.0.0:${PORT}", args: [], script: "sh" }, processOf(["sh"])).processes;
	assert.deepEqual(
		process?.argv.slice(1).map((word) => outcomes(word).known.map((one) => [one.text, one.overriddenBy])),
		[[["--port=", "PORT"]], [["-b", undefined]], [["0.0.0.0:", "PORT"]]],
	);
});

test("a script gets its arguments", () => {
	assert.deepEqual(run('set -e; exec "$@"', ["node", "x.js"]), ["node x.js"]);
	assert.deepEqual(run("node $1 $0", ["x.js"]), ["node x.js sh"]);
});

test("the assignment before a command is set for that command only", () => {
	const { processes } = runShell({ text: "PORT=80 a; b", args: [], script: "sh" }, processOf(["sh"]));
	assert.deepEqual(
		processes.map((one) => one.environment.has("PORT")),
		[true, false],
	);
});

test("what is no shell says so", () => {
	assert.deepEqual(run("if then ("), ["? the start command is not valid shell"]);
});
