import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { dockerEngine } from "../../server/src/engine/docker.ts";
import type { EngineProblem } from "../../server/src/engine/engine.ts";
import { engineSkip } from "../support/engine/available.ts";
import { docker, run } from "../support/engine/run.ts";

const NOBODY = 65_534;
const skip = (await engineSkip()) || (process.geteuid?.() !== 0 && "only root can become somebody else");

suite("an engine that the user may not use", { skip }, () => {
	test("the socket's own group is named", async () => {
		const url = process.env.DOCKER_HOST ?? (await docker("context", "inspect", "--format", "{{.Endpoints.docker.Host}}"));
		const group = (await run("stat", ["--format", "%G", url.slice("unix://".length)])).trim();
		const engine = dockerEngine({ url, tls: null });
		process.seteuid?.(NOBODY);
		try {
			const problem = await engine.check().then(
				() => assert.fail("nobody may use it"),
				(error: EngineProblem) => error,
			);
			assert.equal(problem.state, "denied");
			assert.match(problem.message, group === "root" ? /belongs to root alone/ : new RegExp(`--append --groups ${group} \\$USER`));
		} finally {
			process.seteuid?.(0);
			engine.dispose();
		}
	});
});
