import assert from "node:assert/strict";
import { test } from "node:test";
import { codeLenses } from "../../../server/src/features/codeLens.ts";
import { diagnostics } from "../../../server/src/features/diagnostics.ts";
import { ALL_HINTS } from "../../../server/src/features/hintOptions.ts";
import { hover } from "../../../server/src/features/hover.ts";
import { inlayHints } from "../../../server/src/features/inlayHints.ts";
import { DEFAULT_SETTINGS } from "../../../server/src/settings.ts";
import type { Analysis } from "../../../server/src/verdict/report.ts";
import { analyseFiles, type Files } from "../../support/analysis.ts";

/** Everything that an editor is given to show, by whether it is Markdown. */
function shown(analysis: Analysis): { readonly markdown: readonly string[]; readonly plain: readonly string[] } {
	const live = [{ name: "[web](command:evil) \u202e", ports: [{ port: 1, protocol: "tcp" as const }] }];
	const hints = inlayHints(analysis, { ...ALL_HINTS, live });
	const lines = analysis.dockerfile.document.getText().split("\n").length;
	const hovers = Array.from({ length: lines }, (_, line) => hover(analysis, { line, character: 1 }, "file:///docs", { live }));
	const found = diagnostics(analysis, DEFAULT_SETTINGS.severity, "file:///docs");
	return {
		markdown: [
			...hints.flatMap(({ tooltip }) => (typeof tooltip === "object" ? [tooltip.value] : [])),
			...hovers.flatMap((one) => (one && typeof one.contents === "object" && "value" in one.contents ? [one.contents.value] : [])),
		],
		plain: [
			...hints.flatMap(({ label }) => (typeof label === "string" ? [label] : label.map(({ value }) => value))),
			...found.flatMap(({ message, relatedInformation = [] }) => [String(message), ...relatedInformation.map((one) => one.message)]),
			...codeLenses(analysis).map(({ command }) => command?.title ?? ""),
		],
	};
}

const LINK = "[press](command:workbench.action.terminal.new)";
const IMAGE = "![x](https://evil.example/seen.png)";

const EVIL: Readonly<Record<string, Files>> = {
	"names of variables": {
		Dockerfile: 'FROM node:22\nCOPY server.js /\nCMD ["node", "/server.js"]\n',
		"server.js": `require("express")().listen(process.env["${LINK}"] || 3000, "${IMAGE}");\n`,
	},
	"arguments and addresses": {
		Dockerfile: `FROM python:3\nCOPY app.py /\nEXPOSE 1 \`${LINK}\`\nCMD ["python", "/app.py", "${LINK}"]\n`,
		"app.py": `import flask\napp = flask.Flask(__name__)\napp.run(host="${IMAGE}", port=5000) # ${LINK}\n`,
	},
	"names of files": {
		Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "[a](command:b).js"]\n',
		"[a](command:b).js": 'require("http").createServer().listen(80);\n',
	},
	"what is not understood": {
		Dockerfile: `FROM [a](command:b)\nCMD ${LINK} && \`${IMAGE}\` <img src=https://evil.example/x>\n`,
	},
	"marks that turn the text round": {
		Dockerfile: 'FROM node:22\nCOPY a\u202eb.js /\nCMD ["node", "/a\u202eb.js"]\nEXPOSE 90\u202e09\n',
		"a\u202eb.js": 'require("express")().listen(process.env["P\u202e\u001b[31mT"] || 80, "\u2066x\u0007");\n',
	},
};

for (const [name, files] of Object.entries(EVIL)) {
	test(`${name} are shown as they are written, and lead nowhere`, async () => {
		const { markdown, plain } = shown(await analyseFiles(files));
		assert.ok(markdown.length > 0);
		for (const text of markdown) {
			// What is left outside of code, where Markdown means something.
			const outside = text.replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, "").replace(/\\[[\]()!<>]/g, "");
			assert.doesNotMatch(outside, /\]\((?!file:)|<img|!\[/, text);
		}
		for (const text of [...markdown, ...plain])
			assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
	});
}

test("secrets on the way to a port are not shown", async () => {
	const analysis = await analyseFiles({
		Dockerfile:
			'FROM node:22\nENV API_TOKEN=hunter2 DATABASE_URL=postgres://app:hunter2@db/app PORT=8080\nCOPY . /\nCMD ["node", "/server.js", "--password", "hunter2"]\nEXPOSE 99\n',
		"server.js": 'const options = { token: "hunter2", port: process.env.PORT };\nrequire("express")().listen(options.port);\n',
	});
	const { markdown, plain } = shown(analysis);
	assert.ok(
		markdown.some((text) => text.includes("API_TOKEN=•••")),
		markdown.join("\n"),
	);
	for (const text of [...markdown, ...plain]) assert.doesNotMatch(text, /hunter2/);
});
