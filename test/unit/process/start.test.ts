import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDockerfile } from "../../../server/src/dockerfile/parse.ts";
import { knownImages } from "../../../server/src/image/knownImages.ts";
import { buildStageImages } from "../../../server/src/image/stageImage.ts";
import { Budget } from "../../../server/src/model/budget.ts";
import { startedBy } from "../../../server/src/process/start.ts";
import { imageOf } from "../../support/image.ts";
import { describe } from "../../support/processes.ts";

/** What the last stage starts, with these files in its image. */
async function started(dockerfile: string, files: Record<string, string> = {}): Promise<string[]> {
	const images = await buildStageImages(parseDockerfile("u", `${dockerfile}`), knownImages, new Map());
	const image = images.at(-1) ?? assert.fail("no stage");
	return describe(await startedBy({ ...image, workdir: "/app" }, imageOf(files), new Budget()));
}

for (const [name, dockerfile, expected] of [
	["exec form", 'FROM a\nCMD ["python", "app.py"]', ["python app.py"]],
	["shell form", "FROM a\nCMD python app.py", ["python app.py"]],
	["ENTRYPOINT with CMD as its arguments", 'FROM a\nENTRYPOINT ["python"]\nCMD ["app.py"]', ["python app.py"]],
	["shell-form ENTRYPOINT ignores CMD", 'FROM a\nENTRYPOINT python app.py\nCMD ["x"]', ["python app.py"]],
	["the base image's entrypoint runs CMD", 'FROM node\nCMD ["npm-less", "x"]', ["npm-less x"]],
	["a flag goes to the base image's program", 'FROM redis\nCMD ["--port", "7000"]', ["redis-server --port 7000"]],
	["the base image's own command", "FROM nginx", ["nginx -g daemon off;"]],
	["wrappers in a row", 'FROM a\nENTRYPOINT ["tini", "--"]\nCMD ["sh", "-c", "exec env A=1 node x.js"]', ["node x.js"]],
	["bash with login flags", 'FROM a\nCMD ["bash", "-lc", "flask run"]', ["flask run"]],
	["SHELL", 'FROM a\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nCMD a | b', ["a", "b"]],
	["a shell alone", 'FROM a\nCMD ["bash"]', ["bash"]],
	["nothing", "FROM scratch", []],
	["broken JSON", "FROM a\nCMD ['x']", ["? CMD is not valid JSON"]],
	["the exec form expands no variables", 'FROM a\nENV P=1\nCMD ["x", "$P"]', ["x $P"]],
	["the shell form does", "FROM a\nENV P=1\nCMD x $P", ["x 1"]],
] as const) {
	test(name, async () => assert.deepEqual(await started(dockerfile), expected));
}

const entry = {
	"/app/entry.sh": '#!/bin/sh\nset -e\nexport PORT=90\nexec "$@"\n',
	"/app/run.py": "#!/usr/bin/env python3\n",
	"/app/bin": "\x7fELF",
};

for (const [name, dockerfile, expected] of [
	["an entrypoint script runs the CMD", 'FROM a\nENTRYPOINT ["./entry.sh"]\nCMD ["node", "x.js"]', ["node x.js"]],
	["a script given to a shell", 'FROM a\nCMD ["sh", "/app/entry.sh", "node", "x.js"]', ["node x.js"]],
	["a script of another interpreter", 'FROM a\nCMD ["./run.py", "--x"]', ["python3 ./run.py --x"]],
	["a script that is missing", 'FROM a\nENTRYPOINT ["/gone.sh"]', ["? gone.sh is not in the image"]],
	["a program that is missing", 'FROM a\nENTRYPOINT ["/gone"]', ["/gone"]],
] as const) {
	test(name, async () => assert.deepEqual(await started(dockerfile, entry), expected));
}

test("a script that starts itself ends in words", async () => {
	assert.deepEqual(await started('FROM a\nCMD ["./loop.sh"]', { "/app/loop.sh": "#!/bin/sh\n./loop.sh\n" }), [
		"? the start command is nested too deep",
	]);
});

test("scripts are found in the folders of PATH, in their order", async () => {
	const files = {
		"/opt/a/run.sh": "#!/bin/sh\nexec one\n",
		"/opt/b/run.sh": "#!/bin/sh\nexec two\n",
		"/usr/bin/other.sh": "#!/bin/sh\nexec three\n",
	};
	assert.deepEqual(await started('FROM a\nENV PATH="/opt/b/:/opt/a:$PATH"\nCMD ["run.sh"]', files), ["two"]);
	assert.deepEqual(await started('FROM a\nENV PATH=/opt/a\nCMD ["other.sh"]', files), ["three"]);
	assert.deepEqual(await started('FROM a\nCMD ["sh", "-c", "PATH=$PATH:/opt/a exec run.sh"]', files), ["one"]);
});

test("the evidence leads from the instruction to the line of the script", async () => {
	const images = await buildStageImages(
		parseDockerfile("file:///ws/Dockerfile", 'FROM a\nENTRYPOINT ["/entry.sh"]\nCMD ["x"]'),
		knownImages,
		new Map(),
	);
	const image = images[0] ?? assert.fail();
	const { processes } = await startedBy(image, imageOf({ "/entry.sh": '#!/bin/sh\n\nexec "$@"\n' }), new Budget());
	assert.deepEqual(
		processes[0]?.evidence.map((one) => [one.text, one.range.start.line]),
		[
			['ENTRYPOINT ["/entry.sh"]', 1],
			['CMD ["x"]', 2],
			['exec "$@"', 2],
		],
	);
});
