/** Node's modules that never listen by themselves (Node.js, API documentation). */
export const QUIET_MODULES: ReadonlySet<string> = new Set(
	`assert assert/strict async_hooks buffer console constants crypto dns dns/promises domain events fs fs/promises module os path path/posix
	perf_hooks process punycode querystring readline readline/promises repl stream stream/promises stream/web string_decoder sys test timers
	timers/promises tty url util util/types v8 vm wasi zlib sqlite diagnostics_channel sea`.split(/\s+/),
);

/**
 * Modules that can listen or start another program, and the names whose use does that: an HTTP client imports `http`
 * too.
 */
export const LISTENING_MODULES: ReadonlyMap<string, RegExp> = new Map([
	["http", /^(createServer|Server|listen)$/],
	["https", /^(createServer|Server|listen)$/],
	["http2", /^(createServer|createSecureServer|listen)$/],
	["net", /^(createServer|Server|listen)$/],
	["tls", /^(createServer|Server|listen)$/],
	["dgram", /^(bind|createSocket)$/],
	["inspector", /^open$/],
	["worker_threads", /^Worker$/],
	["child_process", /^(spawn|spawnSync|exec|execSync|execFile|execFileSync|fork)$/],
	["cluster", /^(fork|setupPrimary|setupMaster)$/],
]);

/** Libraries that only connect outwards, compute, or format: their own documentation describes no listening call. */
export const QUIET_LIBRARIES: ReadonlySet<string> = new Set(
	`amqplib ajv async aws-sdk axios bcrypt bcryptjs bignumber.js bluebird bson camelcase chalk cheerio chokidar class-transformer class-validator
	colors commander cron cron-parser cross-fetch crypto-js csv-parse csv-parser csv-stringify dayjs date-fns debug deepmerge dotenv dotenv-expand
	dotenv-flow dotenv-safe ejs eventemitter3 execa fast-xml-parser form-data fs-extra glob got graphql graphql-request handlebars he helmet iconv-lite
	immutable inquirer ioredis jimp joi js-yaml jsdom jsonwebtoken kafkajs knex ky lodash log4js lru-cache luxon marked minimatch minimist
	mkdirp moment moment-timezone mongodb mongoose ms mustache mysql mysql2 nanoid neo4j-driver node-cron node-fetch node-schedule nodemailer
	nunjucks openai ora oracledb p-limit p-queue p-retry papaparse pg pg-promise pino pino-pretty pluralize prettier qs ramda redis reflect-metadata
	request request-promise rimraf rxjs semver sequelize sharp shortid slugify source-map-support sqlite3 better-sqlite3 stripe superagent tslib
	tough-cookie twilio typeorm uglify-js underscore undici uuid validator winston xlsx xml2js yaml yargs yargs-parser zod`.split(/\s+/),
);
