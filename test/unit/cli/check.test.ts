import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { runCheck } from "../../../server/src/cli/check.ts";
import { diskFiles } from "../../../server/src/io/files.ts";
import { worldOf } from "../../support/analysis.ts";

const world = { ...worldOf({}), files: diskFiles };
let folder = "";

before(async () => {
	folder = await mkdtemp(path.join(tmpdir(), "portlight-check-"));
	await write("flask/Dockerfile", 'FROM python:2.7-slim\nWORKDIR /app\nADD . /app\nEXPOSE 8080\nCMD ["python", "app.py"]\n');
	await write("flask/app.py", "from flask import Flask\napp = Flask(__name__)\napp.run(host='0.0.0.0', port=80)\n");
	await write("fine/api.Dockerfile", "FROM httpd\n");
	await write("node_modules/x/Dockerfile", "FROM x\n");
	await write("flask/Dockerfile.dockerignore", "");
	await write("empty/Dockerfile", "# nothing\n");
});
after(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, text: string): Promise<void> {
	const file = path.join(folder, name);
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, text);
}

async function check(...args: string[]): Promise<{ status: number; out: string; err: string }> {
	let out = "";
	let err = "";
	const status = await runCheck(args, world, { out: (text) => (out += text), err: (text) => (err += text), columns: 80 }, "1.2.3", folder);
	return { status, out, err };
}

test("text: each Dockerfile, what it listens on, what is wrong", async () => {
	assert.deepEqual(await check(), {
		status: 1,
		err: "",
		out: `empty/Dockerfile
  ⇢ ports unknown: there is no FROM

fine/api.Dockerfile
  ⇢ 80/tcp  from the image

flask/Dockerfile
  ⇢ 80/tcp  app.py:3  not exposed
  line 4: warning: EXPOSE 8080: nothing in this image listens on 8080/tcp (python app.py listens on 80/tcp) [nothing-listens]
  line 5: information: app.py:3 listens on 80/tcp, but the image does not expose it [not-exposed]

3 Dockerfiles, 2 findings
`,
	});
});

test("a file that is named twice is checked once", async () => {
	const { out } = await check("flask", "flask/Dockerfile", "./flask/../flask");
	assert.match(out, /\n1 Dockerfile, 2 findings\n$/);
});

test("a Dockerfile that is a link counts, a link that leads nowhere or to a folder does not", async () => {
	await write("links/images/base.txt", "FROM httpd\n");
	await symlink("images/base.txt", path.join(folder, "links/Dockerfile"));
	await symlink("nowhere", path.join(folder, "links/Dockerfile.nowhere"));
	await symlink("images", path.join(folder, "links/Dockerfile.folder"));
	assert.equal((await check("links")).out, "links/Dockerfile\n  ⇢ 80/tcp  from the image\n\n1 Dockerfile, 0 findings\n");
	await rm(path.join(folder, "links"), { recursive: true });
});

test("names cannot steer a terminal, in text or JSON", async () => {
	const name = "a\u001b[31m\u009b31m\n\u202e.py";
	await write(`steer/${name}`, "from flask import Flask\nFlask('x').run('0.0.0.0', 80)\n");
	await write("steer/Dockerfile", `FROM python\nCOPY . /a\nCMD ["python", ${JSON.stringify(`/a/${name}`)}]\n`);
	const text = (await check("steer")).out;
	assert.equal(text.split("\n")[1], "  ⇢ 80/tcp  a [31m 31m .py:2  not exposed");
	assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
	const json = (await check("--format", "json", "steer")).out;
	assert.doesNotMatch(json, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
	assert.equal(JSON.parse(json).files[0].listeners[0].evidence[0].path, `steer/${name}`);
	await rm(path.join(folder, "steer"), { recursive: true });
});

test("json: the contract, version 1", async () => {
	const { status, out } = await check("--format", "json", "flask");
	assert.equal(status, 1);
	const report = JSON.parse(out);
	assert.equal(typeof report.files[0].ms, "number");
	delete report.files[0].ms;
	assert.deepEqual(report, {
		version: 1,
		files: [
			{
				path: "flask/Dockerfile",
				context: "flask",
				target: null,
				listeners: [
					{
						port: 80,
						protocol: "tcp",
						address: "0.0.0.0",
						certainty: "certain",
						overriddenBy: null,
						exposed: false,
						evidence: [
							{ path: "flask/app.py", line: 3, text: "app.run(host='0.0.0.0', port=80)" },
							{ path: "flask/Dockerfile", line: 5, text: 'CMD ["python", "app.py"]' },
						],
					},
				],
				exposed: [{ port: 8080, protocol: "tcp", from: "Dockerfile:4" }],
				gaps: [],
				findings: [
					{
						code: "nothing-listens",
						severity: "warning",
						line: 4,
						message: "EXPOSE 8080: nothing in this image listens on 8080/tcp (python app.py listens on 80/tcp)",
					},
					{
						code: "not-exposed",
						severity: "information",
						line: 5,
						message: "app.py:3 listens on 80/tcp, but the image does not expose it",
					},
				],
			},
		],
	});
});

test("json: what comes from the base image, and what is unknown", async () => {
	const files = JSON.parse((await check("--format=json", "fine", "empty")).out).files;
	assert.deepEqual(files[0].exposed, [{ port: 80, protocol: "tcp", from: "httpd" }]);
	assert.equal(files[0].listeners[0].certainty, "convention");
	assert.deepEqual(files[1].gaps, [{ reason: "there is no FROM", line: 1 }]);
});

test("--fail-on decides the exit status", async () => {
	assert.equal((await check("flask", "--fail-on", "never")).status, 0);
	assert.equal((await check("flask", "--fail-on", "error")).status, 0);
	assert.equal((await check("flask", "--fail-on", "information")).status, 1);
	assert.equal((await check("fine")).status, 0);
});

test("--context, --target and --build-arg as docker build has them", async () => {
	await write(
		"d/Dockerfile",
		"ARG P=1\nFROM python AS one\nCOPY app.py /\nARG P\nENV PORT=$P\nCMD flask run -h 0.0.0.0 -p $PORT\nFROM httpd AS two\n",
	);
	const ports = async (...args: string[]) =>
		JSON.parse((await check("d", "--format", "json", "--fail-on", "never", ...args)).out).files[0].listeners.map(
			(one: { port: number }) => one.port,
		);
	assert.deepEqual(await ports(), [80]);
	assert.deepEqual(await ports("--target", "one", "--build-arg", "P=9000"), [9000]);
	assert.equal(JSON.parse((await check("d", "--format", "json", "--context", "flask")).out).files[0].context, "flask");
});

for (const [name, args, message] of [
	["a path that does not exist", ["nope"], /nope does not exist/],
	["a context that does not exist", ["--context", "nope"], /The build context nope does not exist/],
	["a context that is a file", ["--context", "flask/app.py"], /The build context flask\/app\.py is not a folder/],
	["a stage that does not exist", ["fine", "--target", "x"], /has no stage x/],
	["an unknown option", ["--nope"], /Unknown option '--nope'/],
	["an unknown format", ["--format", "xml"], /--format xml: text, json, sarif or github/],
	["an unknown severity", ["--fail-on", "bad"], /--fail-on bad/],
	["an empty path", [""], /A path is empty/],
	["an empty context", ["--context", ""], /--context: the folder is missing/],
	["an empty stage", ["--target", ""], /--target: the name of the stage is missing/],
	["a build argument without a name", ["--build-arg", "=1"], /NAME=VALUE/],
] as const) {
	test(`${name} is a usage error in words`, async () => {
		const { status, out, err } = await check(...args);
		assert.equal(status, 2);
		assert.equal(out, "");
		assert.match(err, message);
		assert.doesNotMatch(err, /\n\s+at /);
	});
}

test("a folder without Dockerfiles says so", async () => {
	await mkdir(path.join(folder, "bare"));
	assert.deepEqual(await check("bare"), { status: 0, out: "No Dockerfile or compose file at or below bare.\n", err: "" });
	// The full stop of a sentence behind the dot of a path would read as the folder above.
	const nowhere: string[] = [];
	await runCheck([], world, { out: (text) => nowhere.push(text), err: assert.fail, columns: 80 }, "1.2.3", path.join(folder, "bare"));
	assert.deepEqual(nowhere, ["No Dockerfile or compose file at or below this folder.\n"]);
});

test("a link to a folder above does not loop", async () => {
	await mkdir(path.join(folder, "loop"));
	await symlink("..", path.join(folder, "loop", "up"));
	assert.equal((await check("loop")).out, "No Dockerfile or compose file at or below loop.\n");
});

test("a binary Dockerfile is refused in words", async () => {
	await write("binary/Dockerfile", "FROM a\0\0\0");
	assert.match((await check("binary")).err, /binary\/Dockerfile is not a text file/);
});

test("a Dockerfile that may not be read is refused in words", {
	skip: process.getuid?.() === 0 ? "root reads everything" : false,
}, async () => {
	await write("secret/Dockerfile", "FROM a");
	await chmod(path.join(folder, "secret/Dockerfile"), 0);
	assert.match((await check("secret")).err, /may not be read/);
});

test("names with control characters do no harm to a terminal", async () => {
	await write("odd\u001b[31m/Dockerfile", "FROM httpd");
	const { out } = await check("odd\u001b[31m");
	assert.equal(out.includes("\u001b"), false);
});

test("compose files: what each service listens on, what it publishes in vain", async () => {
	const compose = "services:\n  web:\n    build: ../flask\n    ports:\n      - 8080:8080\n  cache:\n    image: redis:7\n";
	await write("shop/compose.yaml", compose);
	const text = await check("shop");
	assert.deepEqual(text, {
		status: 1,
		err: "",
		out: `shop/compose.yaml
  web    ⇢ 80/tcp  app.py:3
  cache  ⇢ 6379/tcp  from the image
  line 5: warning: 8080:8080 publishes 8080/tcp of web, but web listens on 80/tcp [publishes-silence]

1 compose file, 1 finding
`,
	});
	const { files } = JSON.parse((await check("shop", "--format", "json")).out);
	assert.deepEqual(files[0].listeners, []);
	assert.deepEqual(
		files[0].services.map((one: { name: string; line: number; listeners: { port: number }[]; published: unknown }) => ({
			...one,
			listeners: one.listeners.map(({ port }) => port),
		})),
		[
			{
				name: "web",
				line: 2,
				listeners: [80],
				gaps: [],
				published: [
					{ line: 5, target: { first: 8080, last: 8080 }, published: { first: 8080, last: 8080 }, protocol: "tcp", listens: false },
				],
			},
			{ name: "cache", line: 6, listeners: [6379], gaps: [], published: [] },
		],
	);
	await rm(path.join(folder, "shop"), { recursive: true });
});

test("sarif: rules, levels and places relative to the folder", async () => {
	const { out, status } = await check("flask", "--format", "sarif");
	assert.equal(status, 1);
	const log = JSON.parse(out);
	assert.equal(log.version, "2.1.0");
	const [run] = log.runs;
	assert.deepEqual([run.tool.driver.name, run.tool.driver.version], ["Portlight", "1.2.3"]);
	assert.match(run.originalUriBaseIds["%SRCROOT%"].uri, /^file:\/\/\/.*\/$/);
	assert.deepEqual(
		run.results.map((one: { ruleId: string; ruleIndex: number; level: string; locations: { physicalLocation: unknown }[] }) => [
			one.ruleId,
			run.tool.driver.rules[one.ruleIndex].id,
			one.level,
			one.locations[0]?.physicalLocation,
		]),
		[
			[
				"nothing-listens",
				"nothing-listens",
				"warning",
				{
					artifactLocation: { uri: "flask/Dockerfile", uriBaseId: "%SRCROOT%" },
					region: { startLine: 4, startColumn: 8, endLine: 4, endColumn: 12 },
				},
			],
			[
				"not-exposed",
				"not-exposed",
				"note",
				{
					artifactLocation: { uri: "flask/Dockerfile", uriBaseId: "%SRCROOT%" },
					region: { startLine: 5, startColumn: 1, endLine: 5, endColumn: 25 },
				},
			],
		],
	);
});

test("github: one annotation a finding, names that cannot end a command", async () => {
	await write("a, b: 100%/Dockerfile", "FROM httpd\nEXPOSE 81\n");
	const { out } = await check("a, b: 100%", "flask", "--format", "github");
	assert.equal(
		out,
		`::warning file=a%2C b%3A 100%25/Dockerfile,line=2,endLine=2,col=8,endColumn=10,title=Portlight nothing-listens::EXPOSE 81: nothing in this image listens on 81/tcp (httpd-foreground listens on 80/tcp)
::warning file=flask/Dockerfile,line=4,endLine=4,col=8,endColumn=12,title=Portlight nothing-listens::EXPOSE 8080: nothing in this image listens on 8080/tcp (python app.py listens on 80/tcp)
::notice file=flask/Dockerfile,line=5,endLine=5,col=1,endColumn=25,title=Portlight not-exposed::app.py:3 listens on 80/tcp, but the image does not expose it
`,
	);
	await rm(path.join(folder, "a, b: 100%"), { recursive: true });
});

test("the limits of an analysis are options, and running out of them is said", async () => {
	await write("many/Dockerfile", "FROM python:3.12\nCOPY . .\nCMD python a.py\n");
	await write("many/a.py", "import b\n");
	await write("many/b.py", "import c\n");
	await write("many/c.py", "from flask import Flask\nFlask('x').run('0.0.0.0', 80)\n");
	assert.match((await check("many", "--max-files", "2")).out, /ports unknown: too many files to read/);
	assert.match((await check("many")).out, /⇢ 80\/tcp/);
	assert.match((await check("many", "--max-steps", "0")).err, /--max-steps 0: a number from 100 to/);
	assert.match((await check("many", "--max-bytes", "much")).err, /--max-bytes much: a number from/);
	await rm(path.join(folder, "many"), { recursive: true });
});
