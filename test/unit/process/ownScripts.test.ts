import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDockerfile } from "../../../server/src/dockerfile/parse.ts";
import { knownImages } from "../../../server/src/image/knownImages.ts";
import { buildStageImages } from "../../../server/src/image/stageImage.ts";
import { Budget } from "../../../server/src/model/budget.ts";
import { isOwnCommand } from "../../../server/src/process/ownScripts.ts";
import { startedBy } from "../../../server/src/process/start.ts";
import { imageOf } from "../../support/image.ts";
import { describe, processOf } from "../../support/processes.ts";

/** What the image starts, with these scripts in it. */
async function started(dockerfile: string, files: Record<string, string> = {}): Promise<string[]> {
	const [image] = await buildStageImages(parseDockerfile("u", dockerfile), knownImages, new Map());
	assert(image);
	return describe(await startedBy({ ...image, workdir: "/app" }, imageOf(files), new Budget()));
}

const hands = (line: string) => ({ "/begin.sh": `#!/bin/sh\nset -e\n${line}\n` });

for (const [name, dockerfile, files, expected] of [
	[
		"a script that images built on it start",
		"FROM registry.access.redhat.com/ubi9/nginx-124\nCMD /usr/libexec/s2i/run",
		{},
		["nginx -g daemon off;"],
	],
	[
		"this build's own script of that name",
		"FROM registry.access.redhat.com/ubi9/nginx-124\nCMD /usr/libexec/s2i/run",
		{ "/usr/libexec/s2i/run": "#!/bin/sh\nexec node server.js\n" },
		["node server.js"],
	],
	["ENTRYPOINT says it again", 'FROM postgres:16\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["postgres"]', {}, ["postgres"]],
	[
		"with the folder that the image has it in",
		'FROM nginx\nENTRYPOINT ["/docker-entrypoint.sh"]\nCMD ["nginx", "-g", "daemon off;"]',
		{},
		["nginx -g daemon off;"],
	],
	[
		"a script ends in it",
		'FROM wordpress:6\nCOPY begin.sh /\nENTRYPOINT ["/begin.sh"]\nCMD ["apache2-foreground"]',
		hands('exec docker-entrypoint.sh "$@"'),
		["apache2-foreground"],
	],
	[
		"a flag goes to the image's program",
		'FROM postgres:16\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["-p", "6000"]',
		{},
		["postgres -p 6000"],
	],
	[
		"CMD says the image's start script again",
		'FROM tiangolo/uvicorn-gunicorn-fastapi:python3.11\nCMD ["bash", "/start.sh"]',
		{},
		["/start.sh"],
	],
	[
		"a script that the build puts in its place counts",
		'FROM postgres:16\nENTRYPOINT ["/usr/local/bin/docker-entrypoint.sh"]\nCMD ["postgres"]',
		{ "/usr/local/bin/docker-entrypoint.sh": "#!/bin/sh\nexec nc -l -p 9000\n" },
		["nc -l -p 9000"],
	],
	[
		"another entrypoint out of view may well run its arguments",
		'FROM postgres:16\nENTRYPOINT ["other-entrypoint.sh"]\nCMD ["postgres"]',
		{},
		["postgres (maybe)", "? other-entrypoint.sh is not in the image"],
	],
	["any other script is missing", 'FROM postgres:16\nENTRYPOINT ["/begin.sh"]\nCMD ["postgres"]', {}, ["? begin.sh is not in the image"]],
	[
		"without arguments nobody knows what it starts",
		'FROM postgres:16\nENTRYPOINT ["docker-entrypoint.sh"]',
		{},
		["? docker-entrypoint.sh is not in the image"],
	],
] as const) {
	test(name, async () => assert.deepEqual(await started(dockerfile, files), expected));
}

test("an image's own command is known by its words", async () => {
	const grafana = await knownImages.find("grafana/grafana");
	assert(grafana);
	assert.equal(isOwnCommand(grafana, processOf(["/run.sh"]).argv), true);
	assert.equal(isOwnCommand(grafana, processOf(["/run.sh", "--help"]).argv), false);
	assert.equal(isOwnCommand(grafana, []), false);
});
