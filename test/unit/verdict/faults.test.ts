import assert from "node:assert/strict";
import { test } from "node:test";
import { fileCache } from "../../../server/src/context/fileCache.ts";
import { inlayHints } from "../../../server/src/features/inlayHints.ts";
import { analyse, type World } from "../../../server/src/verdict/analyse.ts";
import { worldOf } from "../../support/analysis.ts";
import { FAULTS, type Fault, faultyFiles } from "../../support/faultyFiles.ts";
import { ROOT, uriOf } from "../../support/memoryFiles.ts";

const PROJECT = {
	"package.json": '{ "scripts": { "start": "node src/server.js" }, "dependencies": { "express": "5" } }',
	"src/server.js": 'const { port } = require("./config");\nrequire("express")().listen(port);\n',
	"src/config.js": "module.exports = { port: 4321 };\n",
	".dockerignore": "*.md\n",
};
const NODE = 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["npm", "start"]\n';
const NGINX = "FROM nginx\nCOPY conf/default.conf /etc/nginx/conf.d/default.conf\n";
const CONF = { "conf/default.conf": "server { listen 8081; }\n" };

interface Case {
	readonly name: string;
	readonly text: string;
	readonly files: Readonly<Record<string, string>>;
	readonly port: number;
	/** Whose failure matters. */
	readonly endings: readonly string[];
}
const CASES: readonly Case[] = [
	{
		name: "a program of several files",
		text: NODE,
		files: PROJECT,
		port: 4321,
		endings: ["/config.js", "/server.js", "/package.json", "/src", ROOT],
	},
	{ name: "a server's configuration", text: NGINX, files: CONF, port: 8081, endings: ["/default.conf", "/conf", ROOT] },
];

async function look(world: World, text: string) {
	const { analysis } = await analyse(world, { uri: uriOf("Dockerfile"), text, roots: [ROOT] });
	inlayHints(analysis);
	const { listeners = [], gaps = [] } = analysis.target ?? {};
	return { ports: listeners.map(({ port }) => port), gaps: gaps.map(({ reason }) => reason) };
}

for (const { name, text, files, port, endings } of CASES) {
	for (const fault of Object.keys(FAULTS) as Fault[]) {
		for (const ending of endings) {
			for (const question of ["read", "list", "real"] as const) {
				test(`${name}: ${fault} for ${question} of …${ending.slice(-14)}`, async () => {
					const world = worldOf({ ...files, Dockerfile: text });
					const faulty = faultyFiles(world.files);
					const cached = { ...world, files: fileCache(faulty, () => true) };
					faulty.fail(fault, ending, question);
					const broken = await look(cached, text);
					// Whatever is not known, no other port is claimed; and where the system refuses, something says so.
					assert.ok(
						broken.ports.every((one) => one === port) || (FAULTS[fault].kind === "absent" && question !== "real"),
						JSON.stringify(broken),
					);
					if (broken.ports.length === 0) assert.notDeepEqual(broken.gaps, []);
					faulty.fail(undefined);
					// What is gone comes back with a change that somebody tells of; what could not be read is simply read again.
					if (FAULTS[fault].kind === "absent") cached.files.forgetAll();
					assert.deepEqual((await look(cached, text)).ports, [port]);
				});
			}
		}
	}
}

test("a slow share changes nothing but the time", async () => {
	const world = worldOf({ ...PROJECT, Dockerfile: NODE });
	assert.deepEqual(await look({ ...world, files: faultyFiles(world.files, 30) }, NODE), { ports: [4321], gaps: [] });
});

test("names that are no UTF-8 disturb no other", async () => {
	const world = worldOf({ ...PROJECT, Dockerfile: NODE, "src/\ufffd\ufffd.js": "}{", "\u202e.md": "" });
	assert.deepEqual((await look(world, NODE)).ports, [4321]);
});
