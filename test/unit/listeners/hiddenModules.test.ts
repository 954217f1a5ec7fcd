import { describe } from "node:test";
import { check } from "../../support/predict.ts";

const LISTENS = 'require("http").createServer().listen(80)';
const MISSING = ["no listening call found in main.js"];

/** A program that may run `w.js`, which listens on 80; without listeners it must say that it has not seen everything. */
function program(name: string, source: string, listens: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): void {
	const files = { "main.js": source, "w.js": LISTENS, "package.json": "{}" };
	check(name, "node main.js", { files, environment, listens, gaps: listens.length > 0 ? [] : MISSING });
}

describe("modules by computed names", () => {
	program("all of a folder", 'const fs = require("fs"); fs.readdirSync(__dirname + "/d").forEach(f => require("./" + f))');
	program("a value from elsewhere", 'const fs = require("fs"); require(fs.readFileSync("name") + "")');
	program("import()", 'import(require("fs").readFileSync("name"))');
	program("through an alias", 'const r = require; [require("os").hostname()].forEach(x => r(x))');
	program("in a function that nobody calls", "exports.load = name => require(name)");
	program("an alias in a function that nobody calls", 'const r = require; process.on("exit", () => r("./w"))');
	program("bound", 'process.on("exit", require.bind(null, "./w"))');
	program("a variable's default", 'require(process.env.MOD || "./w")', ["[::]:80 default MOD"]);
	program("a variable that is set", 'require(process.env.MOD || "./x")', ["[::]:80 certain"], { MOD: "./w" });
	program("an argument's default", 'require(process.argv[2] || "./w")', ["[::]:80 default process.argv[2]"]);
	program("a variable without a default", "require(process.env.MOD)");
	check("a default's method", "node main.js", {
		files: { "main.js": 'require(process.env.MOD || "./w").start()', "w.js": `exports.start = () => ${LISTENS}` },
		listens: ["[::]:80 default MOD"],
	});
	check("a found listener is enough", "node main.js", {
		files: { "main.js": `for (const f of x) require("./" + f); ${LISTENS}` },
		listens: ["[::]:80 certain"],
	});
});

describe("other ways to require", () => {
	program("createRequire", 'require("module").createRequire(__filename)("./w")', ["[::]:80 certain"]);
	program("module.require", 'module.require("./w")', ["[::]:80 certain"]);
	program("require.main.require", 'require.main.require("./w")', ["[::]:80 certain"]);
	program("vm", 'require("vm").runInThisContext("require(\'./w\')")');
	program("eval", "eval(\"require('./w')\")");
	program("new Function", 'new Function("return 1")()');
});

describe("functions that are handed over", () => {
	program("in a list", 'require("async").series([cb => require("./w")])', ["[::]:80 certain"]);
	program("in a record of steps", 'require("async").auto({ a: ["b", cb => require("./w")] })', ["[::]:80 certain"]);
	program("after a rejection", 'Promise.reject(1).catch(() => require("./w"))');
	program("kept in a map", 'new Map([[1, () => require("./w")]]).get(1)()');
	program("when input ends", 'require("readline").createInterface({ input: process.stdin }).on("close", () => require("./w"))');
	program("before the end", 'process.once("beforeExit", () => require("./w"))');
	program("on a signal", 'process.on("SIGUSR2", () => import("./w.js"))');
	program("when something failed", 'try { f() } catch { require("./w") }');
});

describe("what stays quiet", () => {
	const quiet = (name: string, files: Readonly<Record<string, string>>, entry = "main.js"): void =>
		check(name, `node ${entry}`, { files: { "package.json": "{}", "q.js": "exports.a = 1", ...files } });
	quiet("modules that are followed", { "main.js": 'require("./q"); require(require("path").join(__dirname, "q"))' });
	quiet("data in a function", { "main.js": 'exports.version = () => require("./package.json").version' });
	quiet(
		"an ECMAScript module's own require",
		{
			"main.mjs":
				'import { createRequire } from "module"; const require = createRequire(import.meta.url); require("./q"); require.resolve("x")',
		},
		"main.mjs",
	);
	quiet("asking for require", { "main.js": 'if (typeof require !== "undefined" && require.main === module) require("./q")' });
	quiet("types", { "main.ts": 'let a: import("./x").A; type B = typeof import("./y")' }, "main.ts");
});
