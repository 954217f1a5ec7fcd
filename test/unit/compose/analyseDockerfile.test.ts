import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { analyseDockerfile } from "../../../server/src/compose/analyseDockerfile.ts";
import { worldOf } from "../../support/analysis.ts";
import { ROOT, uriOf } from "../../support/memoryFiles.ts";

const Dockerfile =
	"FROM python:3.12 AS dev\nARG P=1\nCMD python -m http.server $P\nFROM python:3.12\nARG P=2\nENV P=$P\nCMD python -m http.server $P\n";

async function ports(compose: string, judge: "compose" | "last stage", target?: string): Promise<readonly number[]> {
	const files = { Dockerfile, "compose.yaml": compose };
	const { analysis } = await analyseDockerfile(
		worldOf(files),
		{ uri: uriOf("Dockerfile"), text: Dockerfile, roots: [ROOT], ...(target === undefined ? {} : { target }) },
		judge,
	);
	return analysis.target?.listeners.map(({ port }) => port) ?? [];
}

suite("a Dockerfile that a compose file builds", () => {
	const build = (target: string) => `services:\n  web:\n    build:\n      context: .\n      target: ${target}\n      args: {P: 81}\n`;
	test("its arguments count", async () => assert.deepEqual(await ports(build("'1'"), "last stage"), [81]));
	test("its target is judged in the editor, not where docker build is asked about", async () => {
		const compose = "services:\n  web:\n    build: {context: ., target: dev}\n";
		assert.deepEqual(await ports(compose, "last stage"), [2]);
		assert.notDeepEqual(await ports(compose, "compose"), [2]);
		assert.deepEqual(await ports(compose, "compose", "1"), [2]);
	});
	test("whatever it is judged by, the compose file was asked", async () => {
		for (const target of ["'1'", "gone"]) {
			const files = { Dockerfile, "compose.yaml": build(target) };
			const request = { uri: uriOf("Dockerfile"), text: Dockerfile, roots: [ROOT] };
			assert.ok((await analyseDockerfile(worldOf(files), request, "compose")).asked.has(uriOf("compose.yaml")), target);
		}
	});
	test("a target that is not there is no reason to say nothing", async () => assert.deepEqual(await ports(build("gone"), "compose"), [2]));
});
