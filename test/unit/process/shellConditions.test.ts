import assert from "node:assert/strict";
import { test } from "node:test";
import { known } from "../../../server/src/model/value.ts";
import { runShellIn } from "../../../server/src/process/shell.ts";
import { imageOf } from "../../support/image.ts";
import { describe, processOf } from "../../support/processes.ts";

interface ShellCase {
	readonly args?: readonly string[];
	readonly environment?: Readonly<Record<string, string>>;
	readonly files?: Readonly<Record<string, string>>;
	readonly user?: string;
}

/** What a script starts, as `describe` writes it. */
async function run(text: string, { args = [], environment = {}, files = {}, user }: ShellCase = {}): Promise<string[]> {
	const from = { ...processOf(["sh"], environment), ...(user === undefined ? {} : { user }) };
	return describe(await runShellIn({ text, args: args.map((word) => known(word)), script: "/entry.sh" }, from, imageOf(files)));
}

function check(name: string, text: string, expected: readonly string[], given: ShellCase = {}): void {
	test(name, async () => assert.deepEqual(await run(text, given), expected));
}

const UNDECIDED = "? a condition in the start command is not decided";

// A subshell that ends is an answer, not the end of the script.
check("a condition in a subshell", "if ( exit 1 ); then exec a; fi; exec b", ["b"]);
check(
	"a subshell that looks for something",
	'if (for f in /proc/a /proc/b; do if [ -n "$(cat $f)" ]; then exit 0; fi; done; exit 1); then x=1; fi; exec b',
	["b"],
);
check("a subshell before ||", "( exit 1 ) || c; exec b", ["c (ends)", "b"]);
check("a subshell that fails by itself", "set -e; ( exit 1 ); exec b", ["? the start command ends with an error"]);

// Arguments: the image's own CMD.
check("the first argument decides", 'if [ "$1" = web ]; then exec a; else exec b; fi', ["a"], { args: ["web"] });
check("the first argument is another", 'if [ "$1" = web ]; then exec a; else exec b; fi', ["b"], { args: ["x"] });
check("a flag is put behind the program", 'if [ "${1#-}" != "$1" ]; then set -- node "$@"; fi; exec "$@"', ["node --trace x.js"], {
	args: ["--trace", "x.js"],
});
check("no flag, nothing is put before", 'if [ "${1#-}" != "$1" ]; then set -- node "$@"; fi; exec "$@"', ["python x.py"], {
	args: ["python", "x.py"],
});
check("a pattern decides", 'if [[ "$1" == -* ]]; then set -- node "$@"; fi; exec "$@"', ["node -r x"], { args: ["-r", "x"] });
check("the first character decides", 'if [ "${1:0:1}" = "-" ]; then set -- mysqld "$@"; fi; exec "$@"', ["mysqld --x"], { args: ["--x"] });
check("no arguments at all", 'if [ $# -eq 0 ]; then exec a; fi; exec "$@"', ["a"]);
check("arguments are there", 'if [ "$#" -gt 0 ]; then exec "$@"; fi; exec a', ["b c"], { args: ["b", "c"] });
check("an empty first argument", 'if [ -z "$1" ]; then a; else b; fi', ["a"]);
check("case", 'case "$1" in web|server) shift; exec a "$@" ;; worker) exec b ;; *) exec "$@" ;; esac', ["a --x"], {
	args: ["server", "--x"],
});
check("case: a pattern", 'case "$1" in -*) set -- node "$@" ;; esac; exec "$@"', ["node -v"], { args: ["-v"] });
check("case: everything else", 'case "$1" in web) exec a ;; *) exec "$@" ;; esac', ["c d"], { args: ["c", "d"] });
check("shift", 'cmd=$1; shift; exec "$cmd" --flag "$@"', ["a --flag b"], { args: ["a", "b"] });
check("arrays", 'args=(); args+=(--port 80); args+=("$@"); exec a "${args[@]}"', ["a --port 80 x"], { args: ["x"] });
check("the rest of the arguments", 'exec "$1" "${@:2}"', ["a b c"], { args: ["a", "b", "c"] });
check(
	"the entrypoint of the official Node image",
	'if [ "${1#-}" != "${1}" ] || [ -z "$(command -v "${1}")" ] || { [ -f "${1}" ] && ! [ -x "${1}" ]; }; then\n  set -- node "$@"\nfi\nexec "$@"',
	["npm start"],
	{ args: ["npm", "start"] },
);

// Variables of the image are known; what nobody sets counts as not set.
check("a variable of the image", 'if [ "$MODE" = api ]; then exec a; fi; exec b', ["a"], { environment: { MODE: "api" } });
check("a variable that is not set", 'if [ -n "$DEBUG" ]; then exec a; else exec b; fi', [
	"b (by DEBUG)",
	"? DEBUG may start another program",
]);
check("what it would start is the same", 'if [ -n "$DEBUG" ]; then exec a; else exec a; fi', ["a (by DEBUG)"]);
check("a default", 'MODE=${MODE:-api}; if [ "$MODE" = api ]; then exec a; fi; exec b', ["a (by MODE)", "? MODE may start another program"]);
check("a set variable with plus", 'if [ -n "${MODE+x}" ]; then a; else b; fi', ["b (by MODE)", "? MODE may start another program"]);
check("a migration on request", 'if [ "$MIGRATE" = 1 ]; then flask db upgrade; fi; exec flask run', ["flask run"]);
check("a value on request", 'ARGS=""; if [ -n "$RELOAD" ]; then ARGS="--reload"; fi; exec a $ARGS b', ["a b"]);
check("and", '[ -n "$X" ] && export Y=1; exec a', ["a"]);
check("and, with a program", '[ "$1" = x ] && exec a; exec b', ["a"], { args: ["x"] });
check("or", '[ "$1" = x ] || exec a; exec b', ["a"]);
check("a check that ends in an error", 'if [ -z "$SECRET" ]; then echo missing; exit 1; fi; exec a', ["a"]);
check("a check in short", '[ -n "$SECRET" ] || { echo missing >&2; exit 1; }; exec a', ["a"]);
check("a role without a default", 'case "$ROLE" in web) exec a ;; job) exec b ;; *) exit 1 ;; esac', ["a (maybe)", "b (maybe)", UNDECIDED]);
check("a role with a default", 'case "${ROLE:-web}" in web) exec a ;; job) exec b ;; *) exit 1 ;; esac', [
	"a (by ROLE)",
	"? ROLE may start another program",
]);
check("an error for sure", 'if [ "$1" = x ]; then exit 1; fi; exec a', ["? the start command ends with an error"], { args: ["x"] });
check("a default by assignment", ': "${PORT:=8080}"; exec a $PORT', ["a 8080"]);
check("a default by test", 'if [ -z "$PORT" ]; then PORT=8080; fi; exec a $PORT', ["a 8080"]);
check("unset", "unset A; exec a $A b", ["a b"], { environment: { A: "x" } });

// Files.
check("a file of the image", "if [ -f /app/x.py ]; then exec a; else exec b; fi", ["a"], { files: { "/app/x.py": "" } });
check("a folder of the image", "if [ -d lib ]; then exec a; fi; exec b", ["a"], { files: { "/app/lib/x": "" } });
check("a file that may be mounted", "if [ -f /conf/x ]; then exec a; else exec b; fi", ["a (maybe)", "b (maybe)", UNDECIDED]);
check("both branches lead on", "if [ -f /conf/x ]; then export A=1; fi; exec a", ["a"]);
check("a sourced file", ". ./env.sh; exec a $PORT", ["a 90"], { files: { "/app/env.sh": "export PORT=90\n" } });
check("a sourced library", "source lib.sh\nserve b", ["a b"], { files: { "/app/lib.sh": 'serve() {\n  exec a "$1"\n}\n' } });
check("a virtual environment", ". venv/bin/activate; exec a", ["a"]);
check("the content of a file", "exec a $(cat port)", ["a 90"], { files: { "/app/port": "90\n" } });
check("scripts in a folder", 'for f in /init.d/*.sh; do . "$f"; done; exec a $A', ["a 1"], { files: { "/init.d/x.sh": "A=1" } });
check("scripts in a folder out of view", 'for f in /init.d/*.sh; do "$f"; done; exec a', ["… (ends, maybe)", "a"]);

// The user.
const asRoot = 'if [ "$(id -u)" = 0 ]; then exec gosu app "$0" "$@"; fi; exec "$@"';
check("root steps down", asRoot, ["gosu app /entry.sh a"], { args: ["a"] });
check("another user goes on", asRoot, ["a"], { args: ["a"], user: "app" });

// What blocks, loops, functions.
check("nothing follows exec", "exec a; b", ["a"]);
check("nothing follows exit", "a; exit 0; b", ["a"]);
check("what keeps the container alive", "a; tail -f /dev/null; b", ["a"]);
check("exec that only redirects", "exec > log; a", ["a"]);
check("a loop without an end", "while true; do a; sleep 5; done; b", ["a"]);
check("a loop over arguments", "for x in 80 81; do a $x & done; wait", ["a 80", "a 81"]);
check("a loop until it works", "until migrate; do sleep 1; done; a", ["migrate (ends)", "a"]);
check("reading flags", 'while [ $# -gt 0 ]; do case "$1" in -p) PORT=$2; shift 2;; *) shift;; esac; done; exec a $PORT', ["a 80"], {
	args: ["-p", "80"],
});
check("a function", 'main() { exec a "$@"; }; main x', ["a x"]);
check("return leaves the function", "f() { return 0; a; }; f; b", ["b"]);
check("eval of known text", 'eval "exec a $1"', ["a x"], { args: ["x"] });
check("eval of unknown text", 'eval "$(secrets)"; exec a', ["a", "? eval is not followed"]);
check("trap and wait", "trap 'kill 0' TERM; a & b & wait", ["a", "b"]);
check("a substitution in a flag does not lose the program", "exec a --workers $(nproc)", ["a --workers …"]);
check("arithmetic", "exec a $((8000 + 80))", ["a 8080"]);
check("or after a program", "a || b", ["a"]);
check("an early exit inside a condition", "if grep -q x f; then exec a; fi; exec b", ["a (maybe)", "b (maybe)", UNDECIDED]);
check("a function that calls itself", "f() { f; }; f; a", ["? the start script is too large to follow"]);
check("a value that doubles itself", `A=xxxxxxxxxxxxxxxx\n${'A="$A$A"\n'.repeat(40)}exec a "$A"`, ["a …"]);
