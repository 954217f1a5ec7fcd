import { describe } from "node:test";
import { valueChecks } from "../../../support/values.ts";

const check = valueChecks("javascript");

describe("parsers of the command line", () => {
	check(
		"minimist",
		"const argv = require('minimist')(process.argv.slice(2), { default: { port: 80 }, alias: { p: 'port' } }); show(argv.port, argv.p, argv.tls)",
		{
			is: ["--port=80", "--port=80", "--tls="],
		},
	);
	check("minimist with arguments", "const argv = require('minimist')(process.argv.slice(2), { alias: { p: 'port' } }); show(argv.port)", {
		args: ["-p", "81"],
		is: ["81"],
	});
	check(
		"yargs",
		"const yargs = require('yargs'); const { hideBin } = require('yargs/helpers'); const argv = yargs(hideBin(process.argv)).usage('x').option('port', { alias: 'p', default: 80 }).help().argv; show(argv.port)",
		{ args: ["--port=82"], is: ["82"] },
	);
	check(
		"yargs defaults",
		"const argv = require('yargs').options({ port: { default: 80 } }).default('host', 'h').parse(); show(argv.port, argv.host)",
		{
			is: ["--port=80", "--host=h"],
		},
	);
	check(
		"yargs commands",
		"require('yargs').command('serve', 'x', (y) => y.option('port', { default: 80 }), (argv) => show(argv.port)).command('other', 'x', () => {}, () => show(1)).argv",
		{ args: ["serve"], is: ["--port=80"] },
	);
	check(
		"commander",
		"const { program } = require('commander'); program.version('1').option('-p, --port <n>', 'x', parseInt, 80).option('--listen-host <h>', 'x', 'h').parse(process.argv); const o = program.opts(); show(o.port, o.listenHost)",
		{ args: ["-p", "81"], is: ["81", "--listen-host=h"] },
	);
	check(
		"commander's subcommands",
		"import { Command, Option } from 'commander'; const c = new Command(); c.command('serve <dir>').addOption(new Option('-p, --port <n>').default(80).env('PORT')).action((dir, o) => show(dir, o.port)); c.command('other').action(() => show(1)); c.parse()",
		{ args: ["serve", "d"], is: ["d", "PORT=80"] },
	);
	check(
		"commander's properties",
		"const program = require('commander'); program.option('--port <n>', 'x', 80).parse(process.argv); show(program.port)",
		{
			is: ["--port=80"],
		},
	);
	check(
		"parseArgs",
		"const { values } = require('node:util').parseArgs({ options: { port: { type: 'string', short: 'p', default: '80' } } }); show(values.port)",
		{
			args: ["-p", "81"],
			is: ["81"],
		},
	);
	check("arg", "const args = require('arg')({ '--port': Number, '-p': '--port' }); show(args['--port'] || 80)", {
		args: ["-p", "81"],
		is: ["81"],
	});
	check(
		"meow",
		"import meow from 'meow'; const cli = meow('x', { flags: { port: { default: 80, shortFlag: 'p' } } }); show(cli.flags.port)",
		{
			is: ["--port=80"],
		},
	);
});

describe("schemas of the environment", () => {
	check(
		"zod",
		"import { z } from 'zod'; const env = z.object({ PORT: z.coerce.number().int().min(1).default(80), HOST: z.string().optional().default('h') }).parse(process.env); show(env.PORT, env.HOST)",
		{ is: ["PORT=80", "HOST=h"] },
	);
	check(
		"zod, set",
		"const z = require('zod'); const r = z.object({ PORT: z.string().transform(Number) }).safeParse(process.env); show(r.data.PORT + 1)",
		{
			environment: { PORT: "80" },
			is: ["81"],
		},
	);
	check(
		"joi",
		"const Joi = require('joi'); const { value } = Joi.object().keys({ PORT: Joi.number().default(80) }).unknown().validate(process.env); show(value.PORT)",
		{
			is: ["PORT=80"],
		},
	);
	check(
		"envalid",
		"import { cleanEnv, port, str } from 'envalid'; const env = cleanEnv(process.env, { PORT: port({ default: 80, devDefault: 81 }) }); show(env.PORT)",
		{
			is: ["PORT=80"],
		},
	);
	check(
		"valibot",
		"import * as v from 'valibot'; const env = v.parse(v.object({ PORT: v.optional(v.string(), '80') }), process.env); show(env.PORT)",
		{
			is: ["PORT=80"],
		},
	);
	check(
		"T3",
		"import { createEnv } from '@t3-oss/env-core'; import { z } from 'zod'; export const env = createEnv({ server: { PORT: z.coerce.number().default(80) }, runtimeEnv: process.env }); show(env.PORT)",
		{
			is: ["PORT=80"],
		},
	);
	check("env-var", "const env = require('env-var'); show(env.get('PORT').default('80').asPortNumber(), env.get('P').required().asInt())", {
		is: ["PORT=80", "P="],
	});
});

describe("settings from several places", () => {
	check("node-config", "const config = require('config'); show(config.get('server.port'), config.server.host)", {
		files: {
			"config/default.yaml": "server:\n  port: 80\n  host: h\n",
			"config/production.json": '{ "server": { "port": 81 } }',
			"config/custom-environment-variables.json": '{ "server": { "port": "PORT" } }',
		},
		environment: { NODE_ENV: "production" },
		is: ["PORT=81", "h"],
	});
	check(
		"convict",
		"const convict = require('convict'); const config = convict({ http: { port: { default: 80, env: 'PORT' } } }); config.validate(); show(config.get('http.port'), config.get('http').port)",
		{
			is: ["PORT=80", "PORT=80"],
		},
	);
	check(
		"nconf",
		"const nconf = require('nconf'); nconf.env().file({ file: 'c.json' }).defaults({ PORT: 80 }); show(nconf.get('PORT'), nconf.get('http:port'))",
		{
			files: { "c.json": '{ "http": { "port": 81 } }' },
			is: ["PORT=80", "http__port=81"],
		},
	);
	check(
		"lodash",
		"const _ = require('lodash'); const c = _.defaultsDeep({ a: { p: 80 } }, { a: { p: 1, q: 2 } }); show(c.a.p, c.a.q, _.get(c, 'a.x', 3), _.merge({ p: 1 }, { p: 4 }).p)",
		{
			is: ["80", "2", "3", "4"],
		},
	);
	check("lodash over what is not known", "const _ = require('lodash'); show(_.defaults(require('x').settings(), { p: 80 }).p)", {
		is: ["?p is not set in view"],
	});
	check("the global object", "require('./set'); show(PORT, global.PORT, globalThis.process.env.PORT)", {
		files: { "set.js": "global.PORT = 80" },
		is: ["80", "80", "PORT="],
	});
	check("YAML", "const yaml = require('js-yaml'); const c = yaml.load(require('fs').readFileSync('c.yml', 'utf8')); show(c.port)", {
		files: { "c.yml": "port: 80" },
		is: ["80"],
	});
	check(
		"NestJS",
		"import { ConfigModule, ConfigService, registerAs } from '@nestjs/config'; import { NestFactory } from '@nestjs/core'; const http = registerAs('http', () => ({ port: Number(process.env.PORT) || 80 })); @Module({ imports: [ConfigModule.forRoot({ load: [http, () => ({ host: 'h' })] })] }) class App {} const app = await NestFactory.create(App); const c = app.get(ConfigService); show(c.get<number>('http.port'), c.get('host'), c.get('X', 81))",
		{ entry: "main.ts", is: ["PORT=80", "h", "X=81"] },
	);
});

describe("names and environments", () => {
	check("Bun.env and Deno.env", "show(Bun.env.PORT ?? 80, Deno.env.get('PORT') ?? 81, import.meta.env.PORT || 82)", {
		is: ["PORT=80", "PORT=81", "PORT=82"],
	});
});

describe("variables that may come from files", () => {
	const fromFiles = `const spec = { PORT: 80 };
for (const key in spec) {
  if (!(key + "_FILE" in process.env)) continue;
  process.env[key] = require("fs").readFileSync(process.env[key + "_FILE"], "utf8").trim();
}
show(process.env.PORT || spec.PORT)`;
	check("none is set", fromFiles, { is: ["PORT=80"] });
	check("in says whether a variable is set", "show('PORT' in process.env ? 1 : 2, 'HOST' in process.env ? 1 : 2)", {
		environment: { PORT: "8000" },
		is: ["1", "HOST=2"],
	});
	check(
		"deepmerge",
		"const merge = require('deepmerge'); show(merge({ a: { p: 80 } }, { a: { q: 1 } }, { clone: true }).a.p, merge.all([{ p: 80 }, { p: 81 }]).p)",
		{
			is: ["80", "81"],
		},
	);
});
