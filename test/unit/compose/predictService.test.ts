import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { servicePorts } from "../../support/compose.ts";

const app = `
import os
from flask import Flask
app = Flask(__name__)
app.run(host="0.0.0.0", port=int(os.environ.get("PORT", "5000")))
`;
const dockerfile = 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n';

suite("ports of compose services", () => {
	const cases: { name: string; compose: string; files?: Record<string, string>; expected: string[] }[] = [
		{
			name: "the image's own start command",
			compose: "services:\n  web:\n    build: .\n",
			expected: ["web: 5000/tcp default (PORT)"],
		},
		{
			name: "environment as a list and as a mapping, over the image's",
			compose:
				"services:\n  a:\n    build: .\n    environment:\n      - PORT=7001\n  b:\n    build: .\n    environment:\n      PORT: 7002\n",
			expected: ["a: 7001/tcp certain", "b: 7002/tcp certain"],
		},
		{
			name: "a variable with a default, and one from .env",
			compose:
				'services:\n  a:\n    build: .\n    environment:\n      PORT: "${A_PORT:-7003}"\n  b:\n    build: .\n    environment:\n      PORT: $B_PORT\n',
			files: { ".env": "B_PORT=7004\n" },
			expected: ["a: 7003/tcp default (A_PORT)", "b: 7004/tcp default (B_PORT)"],
		},
		{
			name: "env files, the later wins, environment wins over both",
			compose:
				"services:\n  a:\n    build: .\n    env_file: [one.env, two.env]\n  b:\n    build: .\n    env_file: one.env\n    environment: [PORT=7007]\n",
			files: { "one.env": "PORT=7005\n", "two.env": "PORT=7006\n" },
			expected: ["a: 7006/tcp certain", "b: 7007/tcp certain"],
		},
		{
			name: "an env file that is missing is a gap, unless it need not be there",
			compose:
				"services:\n  a:\n    build: .\n    env_file: gone.env\n  b:\n    build: .\n    env_file:\n      - path: gone.env\n        required: false\n",
			expected: ["a: 5000/tcp default (PORT), ? gone.env is not there", "b: 5000/tcp default (PORT)"],
		},
		{
			name: "command and entrypoint replace the image's",
			compose:
				'services:\n  a:\n    build: .\n    command: python -m http.server 8100\n  b:\n    build: .\n    command: ["python", "-m", "http.server", "8101"]\n  c:\n    build: .\n    entrypoint: python -m http.server 8102\n  d:\n    build: .\n    command: sleep infinity\n',
			expected: ["a: 8100/tcp certain", "b: 8101/tcp certain", "c: 8102/tcp certain", "d: no ports"],
		},
		{
			name: "an image, and what the service sets for it",
			compose: "services:\n  db:\n    image: postgres:16\n  cache:\n    image: redis:7\n    command: redis-server --port 7777\n",
			expected: ["db: 5432/tcp convention", "cache: 7777/tcp certain"],
		},
		{
			name: "another Dockerfile, target and build arguments",
			compose:
				"services:\n  web:\n    build:\n      context: sub\n      dockerfile: Web.Dockerfile\n      target: dev\n      args: [P=9001]\n",
			files: {
				"sub/Web.Dockerfile": 'FROM python:3.12 AS dev\nARG P=1\nENV PORT=$P\nCMD python -m http.server $PORT\nFROM dev\nCMD ["true"]\n',
			},
			expected: ["web: 9001/tcp certain"],
		},
		{
			name: "a Dockerfile within the compose file",
			compose:
				"services:\n  web:\n    build:\n      context: .\n      dockerfile_inline: |\n        FROM python:3.12\n        COPY app.py /\n        CMD python /app.py\n",
			expected: ["web: 5000/tcp default (PORT)"],
		},
		{
			name: "a mounted folder stands over the image's files",
			compose: "services:\n  web:\n    build: .\n    volumes: ['./dev:/app']\n",
			files: { "dev/app.py": app.replace("5000", "5999") },
			expected: ["web: 5999/tcp default (PORT)"],
		},
		{
			name: "a mounted configuration file",
			compose: "services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf:ro\n",
			files: { "site.conf": "server { listen 8088; }\n" },
			expected: ["web: 8088/tcp certain"],
		},
		{
			name: "an image that another service builds",
			compose: "services:\n  web:\n    build: .\n    image: shop/web\n  again:\n    image: shop/web\n    environment: [PORT=7010]\n",
			expected: ["web: 5000/tcp default (PORT)", "again: 7010/tcp certain"],
		},
		{
			name: "what cannot be known, with its reason",
			compose:
				"services:\n  a:\n    image: $IMAGE\n  b:\n    build: https://github.com/x/y.git\n  c:\n    build: ./gone\n  d:\n    environment: [A=1]\n",
			expected: [
				"a: ? IMAGE is not set",
				"b: ? the build context is not on this machine",
				"c: ? Dockerfile is not there",
				"d: ? the service has neither an image nor a build",
			],
		},
	];
	for (const { name, compose, files, expected } of cases) {
		test(name, async () => {
			assert.deepEqual(await servicePorts({ "compose.yaml": compose, Dockerfile: dockerfile, "app.py": app, ...files }), expected);
		});
	}
});
