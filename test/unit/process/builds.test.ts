import assert from "node:assert/strict";
import { test } from "node:test";
import type { StageFiles } from "../../../server/src/context/stageFiles.ts";
import { parseDockerfile } from "../../../server/src/dockerfile/parse.ts";
import { walkStage } from "../../../server/src/dockerfile/walk.ts";
import { buildCommands } from "../../../server/src/process/builds.ts";
import { describe } from "../../support/processes.ts";

test("the commands of RUN, with their folders and variables", () => {
	const dockerfile = parseDockerfile(
		"u",
		'FROM go\nWORKDIR /app\nARG OUT=/bin/x\nRUN cd cmd && CGO_ENABLED=0 go build -o $OUT .\nRUN ["make", "all"]\nRUN <<EOF\nnpm ci\nnpm run build\nEOF\nWORKDIR /srv\nRUN go install ./...',
	);
	const stage = dockerfile.stages[0] ?? assert.fail();
	const { steps } = walkStage(dockerfile, stage, { environment: new Map(), workdir: "/" }, new Map(), new Map());
	const processes = buildCommands({ files: { steps } as StageFiles, path: "/bin/x" });
	assert.deepEqual(describe({ processes, gaps: [] }), [
		"go build -o /bin/x . (in /app/cmd)",
		"make all",
		"npm ci (ends)",
		"npm run build",
		"go install ./... (in /srv)",
	]);
});
