/** Node's modules that never listen by themselves (Node.js, API documentation). */
export const QUIET_MODULES: ReadonlySet<string> = new Set(
	`assert assert/strict async_hooks buffer console constants crypto dns dns/promises domain events fs fs/promises os path path/posix
	perf_hooks process punycode querystring readline readline/promises repl stream stream/promises stream/web string_decoder sys test timers
	timers/promises tty url util util/types v8 wasi zlib sqlite diagnostics_channel sea`.split(/\s+/),
);

/**
 * Modules that can listen, start another program or run source that is not in view, and the names whose use does that: an HTTP client imports `http`
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
	["module", /^(_load|_compile|runMain|register|registerHooks)$/],
	["vm", /^(run\w*|Script|compileFunction|SourceTextModule)$/],
	["cluster", /^(fork|setupPrimary|setupMaster)$/],
]);

/** Libraries that only connect outwards, compute, or format: their own documentation describes no listening call. */
export const QUIET_LIBRARIES: ReadonlySet<string> = new Set(
	`@anthropic-ai/sdk @google/generative-ai @octokit/rest @octokit/core @octokit/graphql @octokit/auth-app @prisma/client @sendgrid/mail @sentry/node
	@slack/web-api @supabase/supabase-js @elastic/elasticsearch @clickhouse/client @faker-js/faker @babel/core @babel/parser @babel/traverse
	@discordjs/rest @discordjs/builders @discordjs/collection @discordjs/voice discord.js discord-api-types eris agenda bull bullmq bee-queue
	amqp-connection-manager amqplib ajv ajv-formats ansi-colors archiver arg argparse async aws-sdk axios axios-retry bcrypt bcryptjs bignumber.js
	blessed bluebird boxen bson bunyan cac camelcase canvas chai chalk change-case cheerio chokidar class-transformer class-validator clone
	cli-progress cli-table cli-table3 clipboardy color colorette colors commander concat-stream config convict consola cosmiconfig croner cron
	cron-parser cross-env cross-fetch cross-spawn crypto-js csv csv-parse csv-parser csv-stringify csv-writer date-fns date-fns-tz dayjs debug
	decimal.js deep-equal deepmerge diff dockerode dotenv dotenv-expand dotenv-flow dotenv-safe dotenv/config drizzle-orm ejs env-var envalid
	escape-html ethers eventemitter2 eventemitter3 execa exif-parser fast-deep-equal fast-glob fast-json-stable-stringify fast-xml-parser feedparser
	ffmpeg-static figlet file-type fluent-ffmpeg form-data fs-extra fuse.js getopts globby glob google-auth-library googleapis got graceful-fs
	graphql graphql-request graphql-tag handlebars he helmet htmlparser2 iconv-lite immer immutable imap ini inquirer ioredis iconv ip ip-address
	jimp joi js-yaml jsdom json5 jsonc-parser jsonschema jsonwebtoken jszip kafkajs kleur knex ky libphonenumber-js listr2 lodash lodash-es log-symbols
	log-update log4js loglevel long lowdb lru-cache luxon marked mathjs megalodon memfs meow micromatch mime mime-types minimatch minimist mkdirp
	mocha moment moment-timezone mongodb mongoose mqtt mri ms mssql mustache mysql mysql2 nanoid nats nconf neo4j-driver node-cache node-cron
	node-fetch node-html-parser node-rsa node-schedule nodemailer nunjucks object-hash octokit openai ora oracledb otplib p-limit p-map p-queue
	p-retry papaparse patch-package pdf-lib pdf-parse pdfkit pg pg-boss pg-promise pg-query-stream picocolors pino pino-pretty playwright
	playwright-core pluralize prettier prompts protobufjs progress puppeteer puppeteer-core puppeteer-extra puppeteer-extra-plugin-stealth qrcode qs
	ramda random rate-limiter-flexible rc react react-dom redis redlock reflect-metadata request request-promise request-promise-native rimraf
	rss-parser rxjs sanitize-html semver sequelize sequelize-typescript sharp shelljs shortid signale simple-git slugify snowflake-sdk
	snoowrap source-map-support split2 sqlite sqlite3 better-sqlite3 ssh2-sftp-client stripe strip-ansi superagent superjson table tar tedious
	telegram terser tmp tough-cookie tslib ts-node tweetnacl twilio twit twitter-api-v2 type-fest typeorm ua-parser-js uglify-js underscore undici
	unzipper url-join uuid validator web-push web3 winston winston-daily-rotate-file xlsx xml2js xmlbuilder2 yaml yargs yargs-parser yup zod zx`.split(
		/\s+/,
	),
);

/** Scopes all of whose packages only call a service. */
export const QUIET_SCOPES =
	/^@(?:aws-sdk|smithy|azure|google-cloud|types|octokit|tensorflow|solana|polkadot|aws-crypto|aws-lambda-powertools)\//;
