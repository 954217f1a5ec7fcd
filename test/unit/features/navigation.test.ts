import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Location, Position } from "vscode-languageserver-types";
import { analyseDockerfile } from "../../../server/src/compose/analyseDockerfile.ts";
import { definitions, references, rename, renameTarget } from "../../../server/src/features/navigation.ts";
import { type PortSite, sitesOf, sitesOfService } from "../../../server/src/features/portSites.ts";
import { type Files, worldOf } from "../../support/analysis.ts";
import { composeReport } from "../../support/compose.ts";
import { applyAction } from "../../support/fixes.ts";
import { ROOT, uriOf } from "../../support/memoryFiles.ts";

const files: Files = {
	Dockerfile: 'FROM python:3.12\nCOPY app.py /\nEXPOSE 5000 9000\nHEALTHCHECK CMD curl http://localhost:5000/\nCMD ["python", "/app.py"]\n',
	"app.py": "from flask import Flask\napp = Flask(__name__)\napp.run(host='0.0.0.0', port=5000)\n",
	"compose.yaml":
		'services:\n  web:\n    build: .\n    ports:\n      - "8080:5000"\n  other:\n    image: redis:7\n    ports: ["5000:6379"]\n',
};

async function groupsOf(all: Files, path: string): Promise<readonly (readonly PortSite[])[]> {
	if (path === "Dockerfile") {
		const { analysis, builders } = await analyseDockerfile(
			worldOf(all),
			{ uri: uriOf(path), text: String(all[path]), roots: [ROOT] },
			"compose",
		);
		return [sitesOf(analysis, builders)];
	}
	const report = await composeReport(all, path);
	return report.project.services.map((service) => sitesOfService(report, service));
}

/** The position of the first character of the last word in `before`. */
function at(text: string, before: string, offset = 0): Position {
	const index = text.indexOf(before);
	assert.ok(index >= 0, before);
	const upTo = text.slice(0, index + offset);
	return { line: upTo.split("\n").length - 1, character: upTo.length - upTo.lastIndexOf("\n") - 1 };
}

function show(all: Files, locations: readonly Location[]): readonly string[] {
	return locations.map(({ uri, range }) => {
		const path = Object.keys(all).find((one) => uriOf(one) === uri) ?? uri;
		const line = String(all[path]).split("\n")[range.start.line] ?? "";
		return `${path}:${range.start.line + 1} [${range.start.line === range.end.line ? line.slice(range.start.character, range.end.character) : line.slice(range.start.character)}]`;
	});
}

suite("from port to port", () => {
	test("definition: from EXPOSE, HEALTHCHECK and a published port to what listens", async () => {
		const listens = ["app.py:3 [5000]"];
		const text = String(files.Dockerfile);
		const groups = await groupsOf(files, "Dockerfile");
		const from = (before: string, offset: number) => show(files, definitions(groups, uriOf("Dockerfile"), at(text, before, offset)));
		assert.deepEqual(from("5000 9000", 0), listens);
		assert.deepEqual(from("localhost:5000", 12), listens);
		assert.deepEqual(from("9000", 1), []);
		assert.deepEqual(from("FROM", 0), []);
		const compose = String(files["compose.yaml"]);
		const published = definitions(await groupsOf(files, "compose.yaml"), uriOf("compose.yaml"), at(compose, "8080:5000", 6));
		assert.deepEqual(show(files, published), listens);
	});

	test("references: every place that speaks of the port, and no other service's", async () => {
		const groups = await groupsOf(files, "Dockerfile");
		const here = at(String(files.Dockerfile), "5000 9000");
		assert.deepEqual(show(files, references(groups, uriOf("Dockerfile"), here, true)), [
			"app.py:3 [5000]",
			"Dockerfile:3 [5000]",
			"Dockerfile:4 [5000]",
			"compose.yaml:5 [5000]",
		]);
		const fromSource = references(groups, uriOf("app.py"), at(String(files["app.py"]), "5000"), false);
		assert.deepEqual(show(files, fromSource), ["Dockerfile:3 [5000]", "Dockerfile:4 [5000]", "compose.yaml:5 [5000]"]);
	});

	test("rename: wherever the number is written", async () => {
		const groups = await groupsOf(files, "Dockerfile");
		const here = at(String(files.Dockerfile), "5000 9000");
		assert.deepEqual(renameTarget(groups, uriOf("Dockerfile"), here), {
			range: { start: here, end: { ...here, character: here.character + 4 } },
			port: 5000,
		});
		const edit = rename(groups, uriOf("Dockerfile"), here, "5001");
		assert.ok(!("refused" in edit));
		const after = applyAction(files, { title: "", edit });
		assert.match(String(after.Dockerfile), /EXPOSE 5001 9000\nHEALTHCHECK CMD curl http:\/\/localhost:5001\//);
		assert.match(String(after["app.py"]), /port=5001\)/);
		assert.match(String(after["compose.yaml"]), /"8080:5001"[\s\S]*"5000:6379"/);
		for (const name of ["x", "0", "65536", "80/tcp", ""])
			assert.match(JSON.stringify(rename(groups, uriOf("Dockerfile"), here, name)), /refused/);
	});

	test("rename is refused where the number cannot be changed", async () => {
		const base = { Dockerfile: "FROM redis:7\nEXPOSE 6379\n" };
		const groups = await groupsOf(base, "Dockerfile");
		assert.match(JSON.stringify(renameTarget(groups, uriOf("Dockerfile"), at(base.Dockerfile, "6379"))), /decided by the image/);
		const variable = { Dockerfile: "FROM python:3.12\nENV P=80\nEXPOSE $P\nCMD python -m http.server $P\n" };
		assert.match(
			JSON.stringify(renameTarget(await groupsOf(variable, "Dockerfile"), uriOf("Dockerfile"), at(variable.Dockerfile, "$P\nCMD"))),
			/not written here as a number/,
		);
		const escaped = { Dockerfile: "FROM redis:7\nEXPOSE 63\\79\n" };
		assert.match(
			JSON.stringify(renameTarget(await groupsOf(escaped, "Dockerfile"), uriOf("Dockerfile"), at(escaped.Dockerfile, "63"))),
			/not written here as a number/,
		);
		assert.match(JSON.stringify(renameTarget(groups, uriOf("Dockerfile"), at(base.Dockerfile, "EXPOSE"))), /no port here/);
	});

	test("a number that ENV sets is renamed there", async () => {
		const variable = { Dockerfile: "FROM python:3.12\nENV P=80\nEXPOSE 80\nCMD python -m http.server $P\n" };
		const edit = rename(await groupsOf(variable, "Dockerfile"), uriOf("Dockerfile"), at(variable.Dockerfile, "80\nCMD"), "81");
		assert.ok(!("refused" in edit), JSON.stringify(edit));
		assert.equal(
			applyAction(variable, { title: "", edit }).Dockerfile,
			"FROM python:3.12\nENV P=81\nEXPOSE 81\nCMD python -m http.server $P\n",
		);
	});
});
