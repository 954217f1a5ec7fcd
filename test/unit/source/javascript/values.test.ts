import { describe } from "node:test";
import { valueChecks } from "../../../support/values.ts";

const check = valueChecks("javascript");

describe("literals and arithmetic", () => {
	check("numbers", "show(80, 8_080, 0x50, 0o120, 1e3, 80n)", { is: ["80", "8080", "80", "80", "1000", "80"] });
	check("arithmetic", "show(8000 + 80, 2 * 40, 7 % 4, 2 ** 4, -1, 1 << 4, '80' * 1, '80' - 1)", {
		is: ["8080", "80", "3", "16", "-1", "16", "80", "79"],
	});
	check(
		"texts",
		String.raw`show("a\tb", '\x41\u0042\u{43}', "it's", 'q"', "\
")`,
		{ is: ["a\tb", "ABC", "it's", 'q"', ""] },
	);
	check("joined texts", 'show("80" + 80, 80 + "80", "a".concat("b"))', { is: ["8080", "8080", "ab"] });
	check("templates", "const p = 80; show(`http://h:${p}/`, `${p + 1}`, `\\`${'a'}`)", { is: ["http://h:80/", "81", "`a"] });
	check(
		"conversions",
		"show(Number('80'), parseInt('80px', 10), +'81', String(80), Number.parseInt('82'), parseFloat('1.5'), (83).toString(), Boolean(1))",
		{
			is: ["80", "80", "81", "80", "82", "1.5", "83", "true"],
		},
	);
	check(
		"methods of texts",
		"show('a:80'.split(':')[1], ' 80 '.trim(), 'x80'.replace('x', ''), 'A'.toLowerCase(), 'abc'.slice(1), [1, 2].join('-'))",
		{
			is: ["80", "80", "80", "a", "bc", "1-2"],
		},
	);
	check("typeof and logic", "show(typeof 1, typeof nowhere, !0, 1 === 1, '1' == 1, '1' === 1, null == undefined, void 0)", {
		is: ["number", "undefined", "true", "true", "true", "false", "true", "nothing"],
	});
	check("Math", "show(Math.max(1, 80), Math.floor(80.9))", { is: ["80", "80"] });
});

describe("names", () => {
	check("const, let, var", "const a = 1; let b = a; var c; c = b + 1; show(a, b, c)", { is: ["1", "1", "2"] });
	check("blocks", "let p = 1; { let p = 2; show(p) } show(p); { var q = 3 } show(q)", { is: ["2", "1", "3"] });
	check(
		"destructuring",
		"const { a, b: { c }, d = 4, ...rest } = { a: 1, b: { c: 3 }, e: 5 }; const [f, , g = 7] = [6, 0]; show(a, c, d, rest.e, f, g)",
		{
			is: ["1", "3", "4", "5", "6", "7"],
		},
	);
	check("updates", "let p = 80; p += 1; show(p++, p, --p); p ||= 5; p ??= 6; let q; q ??= 7; show(p, q)", {
		is: ["81", "82", "81", "81", "7"],
	});
	check("swap", "let [a, b] = [1, 2]; [a, b] = [b, a]; show(a, b)", { is: ["2", "1"] });
	check("a name out of view", "show(nowhere)", { is: ["?nowhere is not defined in view"] });
});

describe("environment variables", () => {
	const environment = { PORT: "8080" };
	check("set in the image", "show(process.env.PORT, process.env['PORT'] || 1, +process.env.PORT + 1, Number(process.env.PORT))", {
		environment,
		is: ["8080", "8080", "8081", "8080"],
	});
	check(
		"not set, with a default",
		"show(process.env.PORT || 80, process.env.PORT ?? '80', parseInt(process.env.PORT || '80', 10), Number(process.env.PORT) || 81)",
		{
			is: ["PORT=80", "PORT=80", "PORT=80", "PORT=81"],
		},
	);
	check("not set, without a default", "show(process.env.PORT)", { is: ["PORT="] });
	check(
		"conditional",
		"show(process.env.PORT ? Number(process.env.PORT) : 80, process.env.TLS ? 443 : 80, process.env.NODE_ENV === 'production' ? 80 : 3000)",
		{
			is: ["PORT=80", "TLS=80", "NODE_ENV=3000"],
		},
	);
	check("destructured", "const { PORT = 80, HOST: h = 'h' } = process.env; show(PORT, h)", { is: ["PORT=80", "HOST=h"] });
	check("through a name", "const env = process.env; const { env: e } = process; show(env.PORT, e.PORT)", {
		environment,
		is: ["8080", "8080"],
	});
	check("imported process", "const p = require('node:process'); show(p.env.PORT)", { environment, is: ["8080"] });
	check("if not set", "let p = process.env.PORT; if (!p) p = 80; show(p)", { is: ["PORT=80"] });
	check("required", "if (!process.env.X) { console.error('X'); process.exit(1) } show(80)", { is: ["80"] });
	check("required by throwing", "if (!process.env.X) throw new Error('X'); show(80)", { is: ["80"] });
	check("set by the program", "process.env.PORT = '81'; show(process.env.PORT)", { environment, is: ["81"] });
	check("optional chaining", "show(process.env.PORT?.trim(), process.env.HOST?.trim() ?? 'h')", { environment, is: ["8080", "HOST=h"] });
	check("from .env", "require('dotenv').config(); show(process.env.PORT, process.env.Q)", {
		files: { ".env": 'PORT=81\nQ="5"' },
		environment,
		is: ["8080", "Q=5"],
	});
	check("dotenv/config", "require('dotenv/config'); show(process.env.PORT)", { files: { ".env": "PORT=81" }, is: ["PORT=81"] });
	check("a path of dotenv", "require('dotenv').config({ path: require('path').join(__dirname, 'x', '.env') }); show(process.env.PORT)", {
		files: { "x/.env": "PORT=82" },
		is: ["PORT=82"],
	});
});

describe("conditions", () => {
	check("decided", "const d = false; let p; if (d) p = 1; else if (1 < 2) p = 2; else p = 3; show(p)", { is: ["2"] });
	check("undecided", "let p; if (nowhere) p = 1; else p = 2; show(p)", { is: ["1|2"] });
	check("undecided calls", "if (nowhere) show(1); show(2)", { is: ["1 (undecided)", "2"] });
	check("switch", "switch ('b') { case 'a': show(1); break; case 'b': show(2); case 'c': show(3); break; default: show(4) }", {
		is: ["2", "3"],
	});
	check("switch: default", "switch (process.env.NODE_ENV) { case 'production': var p = 80; break; default: p = 3000 } show(p)", {
		is: ["NODE_ENV=3000"],
	});
	check("main only in the entry", "require('./other'); if (require.main === module) show(1); if (!module.parent) show(2)", {
		files: { "other.js": "const { show } = require('probe'); if (require.main === module) show(3); if (!module.parent) show(4)" },
		is: ["1", "2"],
	});
	check(
		"normalizePort",
		"function n(val) { var port = parseInt(val, 10); if (isNaN(port)) { return val; } if (port >= 0) { return port; } return false; }\nshow(n('80'), n('pipe'), n(process.env.PORT || '3000'))",
		{
			is: ["80", "pipe", "PORT=3000"],
		},
	);
	check("the program ends before", "process.exit(0); show(1)", { is: [] });
	check("try and catch", "try { throw new Error('x') } catch { show(1) } finally { show(2) } try { show(3) } catch (e) { show(4) }", {
		is: ["1", "2", "3"],
	});
});

describe("functions", () => {
	check("hoisted", "show(f()); function f() { return 80 }", { is: ["80"] });
	check("arrows and defaults", "const f = (a, b = a + 1) => a + b; const g = a => ({ p: a }); show(f(1), f(1, 5), g(80).p)", {
		is: ["3", "6", "80"],
	});
	check("rest and spread", "function f(a, ...b) { return b.length + a } show(f(1, ...[2, 3]), Math.max(...[1, 80]))", { is: ["3", "80"] });
	check("patterns", "function f({ port = 80, host } = {}) { show(port, host) } f(); f({ port: 81, host: 'h' })", {
		is: ["80", "nothing", "81", "h"],
	});
	check("closures", "const f = p => () => p + 1; show(f(79)())", { is: ["80"] });
	check("immediately", "(function () { show(1) })(); (() => { show(2) })(); (async () => { await x(); show(3) })();", {
		is: ["1", "2", "3"],
	});
	check("async", "async function f() { return 80 } f().then(p => show(p)); (async () => show(await f()))()", { is: ["80", "80"] });
	check(
		"callbacks of libraries",
		"const db = require('mongoose'); db.connect('x', (err) => { if (err) return; show(1) }); db.open().then(() => show(2)).catch(() => process.exit(1)); setTimeout(() => show(3), 10)",
		{
			is: ["1", "2", "3"],
		},
	);
	check("promises", "new Promise((resolve) => resolve(80)).then(show); Promise.resolve(81).then((p) => show(p))", { is: ["80", "81"] });
	check("not called, not run", "function f() { show(1) } const g = () => show(2); require('express')().get('/', () => show(3))", {
		is: [],
	});
	check(
		"what happens on errors",
		"server.on('error', () => show(1)); process.on('SIGTERM', () => show(2)); nowhere.on('ready', () => show(3))",
		{ is: ["3"] },
	);
	check(
		"this",
		"const o = { p: 80, f() { return this.p }, g: function () { return (() => this.p)() } }; show(o.f(), o.g(), o.f.call({ p: 81 }))",
		{ is: ["80", "80", "81"] },
	);
	check("bind", "const f = function (a) { return this.p + a }; show(f.bind({ p: 80 }, 1)())", { is: ["81"] });
});

describe("data", () => {
	check(
		"objects",
		"const c = { port: 80, a: { 'b-c': [1, 2] }, get q() { return this.port + 1 } }; c.r = 3; c['s'] = 4; show(c.port, c.a['b-c'][1], c.q, c.r, c.s, c.x, c.a?.y?.z)",
		{
			is: ["80", "2", "81", "3", "4", "nothing", "nothing"],
		},
	);
	check("spread objects", "const c = { a: 1, ...{ a: 2, b: 3 }, ...process.nowhere }; show(c.a, Object.assign({}, c, { b: 5 }).b)", {
		is: ["2", "5"],
	});
	check(
		"loops",
		"for (const p of [80, 81]) show(p); for (let i = 0; i < 2; i++) show(i); for (const k in { a: 1 }) show(k); [5].forEach(p => show(p))",
		{
			is: ["80", "81", "0", "1", "a", "5"],
		},
	);
	check(
		"array methods",
		"show([1, 2, 3].map(p => p + 1).filter(p => p > 2)[0], [1, 80].find(p => p > 5), [1].includes(1), Object.keys({ a: 1 })[0], [1, 2].length)",
		{
			is: ["3", "80", "true", "a", "2"],
		},
	);
	check(
		"by environment",
		"const env = process.env.NODE_ENV || 'development'; const c = { development: { port: 1 }, production: { port: 2 } }; show(c[env].port)",
		{
			is: ["NODE_ENV=1"],
		},
	);
	check("node-config", "const config = require('config'); show(config.get('server.port'), config.get('host'))", {
		files: { "config/default.json": '{ "server": { "port": 80 }, "host": "h" }', "config/production.json": '{ "server": { "port": 81 } }' },
		environment: { NODE_ENV: "production" },
		is: ["81", "h"],
	});
	check("JSON", "const fs = require('fs'); show(require('./c.json').port, JSON.parse(fs.readFileSync('c.json', 'utf8')).a.b)", {
		files: { "c.json": '{ "port": 80, "a": { "b": 5 } }' },
		is: ["80", "5"],
	});
});

describe("classes", () => {
	check(
		"fields and methods",
		"class S { #p = 1; q = this.#p + 1; static r = 3; constructor(s = 4) { this.s = s } go() { show(this.#p, this.q, S.r, this.s) } } new S().go()",
		{
			is: ["1", "2", "3", "4"],
		},
	);
	check(
		"inheritance",
		"class A { a = 1; constructor(b) { this.b = b } f() { return 5 } } class B extends A { constructor() { super(2); this.c = 3 } f() { return super.f() + 1 } } const o = new B(); show(o.a, o.b, o.c, o.f())",
		{
			is: ["1", "2", "3", "6"],
		},
	);
	check("without a constructor", "class A { constructor(b) { this.b = b } } class B extends A { c = 3 } show(new B(2).b, new B().c)", {
		is: ["2", "3"],
	});
	check("prototypes", "function S(p) { this.p = p } S.prototype.go = function () { show(this.p) }; new S(80).go()", { is: ["80"] });
	check("static methods", "class S { static make() { return new S() } get p() { return 80 } } show(S.make().p)", { is: ["80"] });
});

describe("modules", () => {
	const files = {
		"config.js": "exports.port = 80; module.exports.host = 'h'",
		"config/index.js": "exports.never = 1",
		"lib/index.js": "module.exports = { p: 1 }",
		"dir/package.json": '{ "main": "./src/main" }',
		"dir/src/main.js": "module.exports = function (p) { return p + 1 }",
		"esm.mjs":
			"export const a = 1; export default { b: 2 }; const c = 3, d = 4; export { c, d as e }; export function f() { return 5 } export * from './more.mjs'; export { g as h } from './more.mjs'",
		"more.mjs": "export const g = 6",
	};
	check("require", "const c = require('./config'); const { host } = require('./config.js'); show(c.port, host)", {
		files,
		is: ["80", "h"],
	});
	check("folders", "show(require('./lib').p, require('./dir')(79))", { files, is: ["1", "80"] });
	check(
		"absolute and computed",
		"const path = require('path'); show(require(path.join(__dirname, 'config.js')).port, require(path.resolve('lib')).p)",
		{ files, is: ["80", "1"] },
	);
	check(
		"import",
		'import def, { a, c as z, e, f, g, h } from "./esm.mjs"; import * as all from "./esm.mjs"; import cjs from "./config.js"; import { port } from "./config.js";\nshow(def.b, a, z, e, f(), g, h, all.a, cjs.port, port)',
		{
			files,
			is: ["2", "1", "3", "4", "5", "6", "6", "1", "80", "80"],
		},
	);
	check("dynamic import", "const { a } = await import('./esm.mjs'); import('./esm.mjs').then(m => show(m.default.b)); show(a)", {
		files,
		is: ["2", "1"],
	});
	check("circles", "show(require('./a').p)", {
		files: { "a.js": "const b = require('./b'); exports.p = 1", "b.js": "const a = require('./a'); exports.q = a.p" },
		is: ["1"],
	});
	check("a missing module", "const x = require('./gone'); show(x.y, 1)", {
		is: ["?gone is not in the image", "1"],
		gaps: ["gone is not in the image"],
	});
	check(
		"transpiled",
		'"use strict"; var __importDefault = (this && this.__importDefault) || function (mod) { return (mod && mod.__esModule) ? mod : { "default": mod }; };\nObject.defineProperty(exports, "__esModule", { value: true });\nconst c_1 = __importDefault(require("./config"));\n(0, show)(c_1.default.port)',
		{
			files,
			is: ["80"],
		},
	);
});

describe("TypeScript", () => {
	const entry = "app.ts";
	check(
		"types are passed by",
		"const p: number = 80 as number; function f<T>(a: T, b?: string): T { return a! } interface X {} type Y = X; show(f<number>(p), p satisfies number)",
		{
			entry,
			is: ["80", "80"],
		},
	);
	check("enums", "enum E { A = 80, B, C = 'x' } const enum F { G } show(E.A, E.B, E.C, F.G)", { entry, is: ["80", "81", "x", "0"] });
	check(
		"parameter properties",
		"class S { constructor(private readonly port: number = 80) {} run(): void { show(this.port) } } new S().run()",
		{ entry, is: ["80"] },
	);
	check(".js means .ts", 'import { p } from "./config.js"; import type { T } from "./gone.js"; show(p)', {
		entry,
		files: { "config.ts": "export const p: number = 80" },
		is: ["80"],
		gaps: [],
	});
	check("TSX", "const e = <a b={1}>x</a>; show(80)", { entry: "app.tsx", is: ["80"] });
});

describe("command line", () => {
	check("process.argv, counted", "show(process.argv.length > 2 ? process.argv[2] : 80, process.argv.slice(2)[0] || 81)", {
		is: ["process.argv[2]=80", "process.argv[2]=81"],
	});
	check("process.argv", "show(process.argv[2] || 80, parseInt(process.argv[3]) || 81)", { args: ["79"], is: ["79", "process.argv[3]=81"] });
});
