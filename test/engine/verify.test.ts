import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { runVerify } from "../../server/src/cli/verify.ts";
import { watchContainers } from "../../server/src/engine/engines.ts";
import { systemTimers } from "../../server/src/engine/timers.ts";
import { realEngineWorld } from "../../server/src/engine/world.ts";
import { diskFiles } from "../../server/src/io/files.ts";
import { worldOf } from "../support/analysis.ts";
import { engineSkip } from "../support/engine/available.ts";
import { ensureImage } from "../support/engine/images.ts";
import { docker } from "../support/engine/run.ts";

const BUSYBOX = "portlight-test/busybox";

suite("portlight verify", { skip: await engineSkip() }, () => {
	let folder = "";
	const commands: (readonly string[])[] = [];

	before(async () => {
		await ensureImage(BUSYBOX);
		folder = await mkdtemp(path.join(tmpdir(), "portlight-verify-"));
	});
	after(() => rm(folder, { recursive: true }));

	async function verify(name: string, dockerfile: string, ...args: string[]) {
		await mkdir(path.join(folder, name));
		await writeFile(path.join(folder, name, "Dockerfile"), dockerfile);
		let [out, err] = ["", ""];
		const images = await docker("images", "--all", "--quiet", "--no-trunc");
		const code = await runVerify(
			[name, ...args],
			{
				analysis: { ...worldOf({}), files: diskFiles },
				watch: (onChange, contexts) => watchContainers(realEngineWorld(), systemTimers, onChange, contexts),
				timers: systemTimers,
				cwd: folder,
				run: ([program = "", ...rest]) =>
					new Promise((resolve) => {
						commands.push([program, ...rest]);
						execFile(program, rest, (error, stdout) => resolve({ status: error ? 1 : 0, out: stdout }));
					}),
			},
			{ out: (text) => (out += text), err: (text) => (err += text), columns: undefined },
		);
		assert.equal(await docker("ps", "--all", "--quiet", "--filter", "label=portlight.verify"), "", "a container is left");
		const left = (await docker("images", "--all", "--quiet", "--no-trunc")).split("\n").filter((id) => !images.includes(id));
		assert.deepEqual(left, [], "an image is left");
		return { code, out, err };
	}

	test("a prediction that holds", async () => {
		const { code, out } = await verify("holds", `FROM ${BUSYBOX}\nENTRYPOINT ["httpd", "-f", "-p", "8080"]\n`);
		assert.match(out, /8080\/tcp +0\.0\.0\.0 +:: +as predicted\nThe prediction holds\.\n$/);
		assert.equal(code, 0);
		const run = commands.find((argv) => argv.includes("run")) ?? [];
		for (const option of ["--network=none", "--cap-drop=ALL", "--security-opt=no-new-privileges"]) assert.ok(run.includes(option), option);
	});

	test("several processes, as JSON", async () => {
		const script = 'ENTRYPOINT ["sh", "-c", "httpd -p 9001; exec httpd -f -p 8081"]\n';
		const { code, out } = await verify("more", `FROM ${BUSYBOX}\n${script}`, "--format", "json");
		const result = JSON.parse(out);
		assert.deepEqual(
			result.ports.map(({ port, verdict }: { port: number; verdict: string }) => `${port} ${verdict}`),
			["8081 ok", "9001 ok"],
		);
		assert.equal(code, 0);
	});

	test("a build that fails, a container that ends at once", async () => {
		const failing = await verify("failing", `FROM ${BUSYBOX}\nRUN false\n`);
		assert.deepEqual([failing.code, failing.out], [2, ""]);
		assert.match(failing.err, /could not be built/);
		const of = (line: string) => line.includes('"/bin/sh -c false"');
		assert.deepEqual((await docker("ps", "--all", "--no-trunc", "--format", "{{.Names}} {{.Command}}")).split("\n").filter(of), []);
		const ending = await verify("ending", `FROM ${BUSYBOX}\nENTRYPOINT ["sh", "-c", "exit 3"]\n`);
		assert.equal(ending.code, 2);
		assert.match(ending.err, /ended with status 3|went away/);
	});
});
