import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { listenEverywhere } from "../../../server/src/features/listenEverywhere.ts";
import { analyseFiles, type Files } from "../../support/analysis.ts";
import { applyAction } from "../../support/fixes.ts";
import { uriOf } from "../../support/memoryFiles.ts";

/** The lines that the fix changes, with their file; nothing when no fix is offered. */
async function fix(files: Files): Promise<readonly string[]> {
	const analysis = await analyseFiles(files);
	const finding = analysis.findings.find(({ code }) => code === "loopback-only") ?? assert.fail("no finding");
	const pathOf = (uri: string) => Object.keys(files).find((path) => uriOf(path) === uri);
	if (!("listener" in finding.subject)) assert.fail("no listener");
	const edit = await listenEverywhere(analysis, finding.stage, finding.subject.listener, {
		read: async (uri) => {
			const text = files[pathOf(uri) ?? ""];
			return typeof text === "string" ? text : undefined;
		},
		analyse: async (changed) => {
			const texts = Object.fromEntries([...changed].map(([uri, text]) => [pathOf(uri) ?? "", text]));
			return (await analyseFiles({ ...files, ...texts })).target;
		},
	});
	if (!edit) return [];
	const after = applyAction(files, { title: "", edit });
	assert.ok(!(await analyseFiles(after)).findings.some(({ code }) => code === "loopback-only"));
	return Object.entries(after).flatMap(([path, text]) => {
		const before = String(files[path]).split("\n");
		return String(text)
			.split("\n")
			.filter((line) => !before.includes(line))
			.map((line) => `${path}: ${line.trim()}`);
	});
}

const python = (command: string) => `FROM python:3.12\nWORKDIR /app\nCOPY . .\n${command}\n`;
const node = (command: string) => `FROM node:20\nWORKDIR /app\nCOPY . .\n${command}\n`;

suite("listening on all interfaces", () => {
	const cases: { name: string; files: Files; expected: string[] }[] = [
		{
			name: "an address in the exec form",
			files: { Dockerfile: python('CMD ["python", "-m", "http.server", "-b", "127.0.0.1", "8000"]') },
			expected: ['Dockerfile: CMD ["python", "-m", "http.server", "-b", "0.0.0.0", "8000"]'],
		},
		{
			name: "an address with its port in the shell form",
			files: { Dockerfile: python("CMD gunicorn -b 127.0.0.1:8000 app:app"), "app.py": "app = 1\n" },
			expected: ["Dockerfile: CMD gunicorn -b 0.0.0.0:8000 app:app"],
		},
		{
			name: "a flag that uvicorn lacks",
			files: { Dockerfile: python('CMD ["uvicorn", "app:app", "--port", "8000"]'), "app.py": "app = 1\n" },
			expected: ['Dockerfile: CMD ["uvicorn", "app:app", "--port", "8000", "--host", "0.0.0.0"]'],
		},
		{
			name: "a flag that flask run lacks",
			files: { Dockerfile: python("CMD flask --app app run"), "app.py": "from flask import Flask\napp = Flask('x')\n" },
			expected: ["Dockerfile: CMD flask --app app run --host 0.0.0.0"],
		},
		{
			name: "an argument in the source",
			files: {
				Dockerfile: python("CMD python app.py"),
				"app.py": "from flask import Flask\nFlask('x').run(host='127.0.0.1', port=5000)\n",
			},
			expected: ["app.py: Flask('x').run(host='0.0.0.0', port=5000)"],
		},
		{
			name: "an argument that the source lacks",
			files: { Dockerfile: python("CMD python app.py"), "app.py": "from flask import Flask\nFlask('x').run(port=5000)\n" },
			expected: ["app.py: Flask('x').run(port=5000, host=\"0.0.0.0\")"],
		},
		{
			name: "no arguments at all",
			files: { Dockerfile: python("CMD python app.py"), "app.py": "from flask import Flask\nFlask('x').run()\n" },
			expected: ["app.py: Flask('x').run(host=\"0.0.0.0\")"],
		},
		{
			name: "an address that ENV sets",
			files: {
				Dockerfile: python("ENV BIND_TO=127.0.0.1\nCMD python app.py"),
				"app.py": "import os\nfrom flask import Flask\nFlask('x').run(os.environ['BIND_TO'], 5000)\n",
			},
			expected: ["Dockerfile: ENV BIND_TO=0.0.0.0"],
		},
		{
			name: "a call of Node",
			files: { Dockerfile: node("CMD node app.js"), "app.js": "require('http').createServer().listen(3000, 'localhost')\n" },
			expected: ["app.js: require('http').createServer().listen(3000, '0.0.0.0')"],
		},
		{
			name: "a configuration file",
			files: {
				Dockerfile: "FROM redis:7\nCOPY redis.conf /etc/redis.conf\nCMD redis-server /etc/redis.conf\n",
				"redis.conf": "port 6379\nbind 127.0.0.1\n",
			},
			expected: ["redis.conf: bind 0.0.0.0"],
		},
		{
			name: "nginx",
			files: {
				Dockerfile: "FROM nginx:1.27\nCOPY site.conf /etc/nginx/conf.d/default.conf\n",
				"site.conf": "server {\n  listen 127.0.0.1:8080;\n}\n",
			},
			expected: ["site.conf: listen 0.0.0.0:8080;"],
		},
		{
			name: "a program in a script that takes no more words: a variable",
			files: {
				Dockerfile: python("CMD sh start.sh"),
				"start.sh": "#!/bin/sh\necho starting\nexec flask --app app run\n",
				"app.py": "from flask import Flask\napp = Flask('x')\n",
			},
			expected: ["Dockerfile: ENV FLASK_RUN_HOST=0.0.0.0"],
		},
		{
			name: "nothing to offer where the address is made in a way that cannot be edited",
			files: {
				Dockerfile: python("CMD python app.py"),
				"app.py": "from flask import Flask\nFlask('x').run('.'.join(['127', '0', '0', '1']), 5000)\n",
			},
			expected: [],
		},
	];
	for (const { name, files, expected } of cases) test(name, async () => assert.deepEqual(await fix(files), expected));
});
