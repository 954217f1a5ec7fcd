import assert from "node:assert/strict";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { startLanguageServer } from "../support/languageServer.ts";

const slow = "a".repeat(200);

/** Files that were written to keep a reader busy for years, and the start that makes it read them. */
const CASES: readonly { readonly name: string; readonly dockerfile: string; readonly files: Readonly<Record<string, string>> }[] = [
	{
		name: "patterns of .dockerignore",
		dockerfile: `FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]`,
		files: { ".dockerignore": `${"*a".repeat(11)}b\n${"**a".repeat(11)}b\n`, [slow]: "", "server.js": "" },
	},
	{
		name: "patterns of COPY",
		dockerfile: `FROM node:22\nWORKDIR /app\nCOPY ${"*a".repeat(20)}b .\nCMD ["node", "server.js"]`,
		files: { [slow]: "" },
	},
	{
		name: "a .env file",
		dockerfile: `FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]`,
		files: { ".env": `PORT="${"\\a".repeat(20_000)}\n`, "server.js": `require("dotenv").config()\n` },
	},
	{
		name: "substitutions of sed",
		dockerfile: `FROM nginx\nCOPY a.conf /etc/nginx/conf.d/default.conf\nRUN sed -i -E 's/(a|a)*(a|aa)*a*a*a*b/x/; s/a*a*a*a*b/x/I' /etc/nginx/conf.d/default.conf`,
		files: { "a.conf": `# ${"a".repeat(20_000)}\n` },
	},
	{
		name: "patterns of a shell script",
		dockerfile: `FROM node:22\nCOPY start.sh /\nCMD ["sh", "/start.sh"]`,
		files: {
			"start.sh": `X=${"a".repeat(1900)}\ncase $X in ${"*a".repeat(8)}b) exit;; esac\n[[ $X =~ ^(a|a)*b$ ]] && exit\necho \${X%%${"*a".repeat(8)}b}\n`,
		},
	},
	{
		name: "rules of a makefile and of a justfile",
		dockerfile: `FROM node:22\nWORKDIR /app\nCOPY . .\nCMD make run; just run`,
		files: { Makefile: `a${" ".repeat(50_000)}x\n`, justfile: `run${" \tb=c".repeat(10_000)}\n` },
	},
];

for (const { name, dockerfile, files } of CASES) {
	test(`${name} that were made to match slowly are answered all the same`, { timeout: 30_000 }, async (t) => {
		const folder = await mkdtemp(path.join(tmpdir(), "portlight-slow-"));
		await mkdir(folder, { recursive: true });
		for (const [file, text] of Object.entries({ ...files, Dockerfile: dockerfile })) await writeFile(path.join(folder, file), text);
		const server = await startLanguageServer(folder, "ipc");
		t.after(() => server.process.kill());
		const uri = pathToFileURL(path.join(folder, "Dockerfile")).href;
		server.open(uri, dockerfile);
		assert.ok((await server.hints(uri)).length > 0);
		await server.stop();
	});
}
