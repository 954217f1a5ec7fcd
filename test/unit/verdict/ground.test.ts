import assert from "node:assert/strict";
import { test } from "node:test";
import { inlayHints } from "../../../server/src/features/inlayHints.ts";
import type { FileSystem } from "../../../server/src/model/files.ts";
import { analyse } from "../../../server/src/verdict/analyse.ts";
import type { Ground } from "../../../server/src/verdict/ground.ts";
import { worldOf } from "../../support/analysis.ts";
import { memoryFiles, ROOT, uriOf } from "../../support/memoryFiles.ts";

const TEXT = `ARG PORT=3000
FROM node:22 AS build
ENV PORT=$PORT
WORKDIR /app
COPY server.js other.js ./
RUN cp server.js copied.js && echo "require('./other.js')" > made.js
FROM build AS between
ENV PORT=4000
FROM between
COPY --from=build /app/copied.js /app/last.js
EXPOSE 3000
CMD ["node", "last.js"]
`;

/** The same world for all, whose files can change and whose answers are counted. */
function world() {
	const disk: Record<string, string> = {
		"server.js": "require('http').createServer().listen(process.env.PORT)\n",
		"other.js": "require('http').createServer().listen(5000)\n",
	};
	let lists = 0;
	const files: FileSystem = {
		read: (uri) => memoryFiles(disk).read(uri),
		list: (uri) => {
			lists++;
			return memoryFiles(disk).list(uri);
		},
		real: (uri) => memoryFiles(disk).real(uri),
	};
	return { disk, lists: () => lists, world: { ...worldOf({}), files } };
}

function at(text: string, earlier?: Ground) {
	return { uri: uriOf("Dockerfile"), text, roots: [ROOT], ...(earlier ? { earlier } : {}) };
}

test("analysis after analysis, each edit leads to what an analysis from the beginning finds", async () => {
	const { world: one } = world();
	const edits: readonly (readonly [string, string])[] = [
		['last.js"]', 'made.js"]'],
		['made.js"]', 'server.js"]'],
		["ENV PORT=4000", "ENV PORT=4001"],
		["--from=build", "--from=between"],
		["FROM between", "FROM node:22"],
		["ARG PORT=3000", "ARG PORT=3001"],
		["copied.js /app/last.js", "made.js /app/last.js"],
		['server.js"]', '/app/last.js"]'],
		["EXPOSE 3000\n", ""],
		["ENV PORT=$PORT", ""],
		["COPY server.js other.js ./", "COPY <<EOF server.js\nrequire('http').createServer().listen(1234)\nEOF"],
		["EOF\n", "\n"],
	];
	let text = TEXT;
	let { ground, analysis } = await analyse(one, at(text));
	assert.ok(inlayHints(analysis).length > 0);
	for (const [before, after] of edits) {
		assert.ok(text.includes(before), before);
		text = text.replace(before, after);
		({ ground, analysis } = await analyse(one, at(text, ground)));
		const anew = (await analyse(one, at(text))).analysis;
		assert.deepEqual(inlayHints(analysis), inlayHints(anew), text);
		assert.deepEqual(analysis.findings, anew.findings, text);
	}
});

test("stages before the edit are taken over, and files that did not change are asked for once more only", async () => {
	const { world: one, lists } = world();
	const first = await analyse(one, at(TEXT));
	const images = first.analysis.stages.map(({ image }) => image);
	const asked = lists();
	const second = await analyse(one, at(TEXT.replace("EXPOSE 3000", "EXPOSE 3001"), first.ground));
	assert.deepEqual(
		second.analysis.stages.map(({ image }, i) => image === images[i]),
		[true, true, false],
	);
	assert.ok(lists() <= 2 * asked);
	assert.equal(second.ground, first.ground);
});

test("a file that changed meanwhile is read again", async () => {
	const { world: one, disk } = world();
	const first = await analyse(one, at(TEXT));
	disk["server.js"] = "require('http').createServer().listen(7000)\n";
	const second = await analyse(one, at(`${TEXT}\n`, first.ground));
	assert.notEqual(second.ground, first.ground);
	assert.deepEqual(
		second.analysis.target?.listeners.map(({ port }) => port),
		[7000],
	);
});

test("other build arguments and other limits need another beginning", async () => {
	const { world: one } = world();
	const { ground } = await analyse(one, at(TEXT));
	const other = await analyse(one, { ...at(TEXT, ground), buildArguments: new Map([["PORT", "8000"]]) });
	assert.notEqual(other.ground, ground);
	const limits = { files: 10, bytes: 10_000, steps: 1_000, depth: 10 };
	assert.notEqual((await analyse({ ...one, limits }, at(TEXT, ground))).ground, ground);
});
