import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { dockerEngine } from "../../server/src/engine/docker.ts";
import type { EngineProblem } from "../../server/src/engine/engine.ts";
import { watchContainers } from "../../server/src/engine/engines.ts";
import { systemTimers } from "../../server/src/engine/timers.ts";
import { realEngineWorld } from "../../server/src/engine/world.ts";
import { engineSkip } from "../support/engine/available.ts";
import { lab } from "../support/engine/containers.ts";
import { describe } from "../support/engine/observe.ts";
import { type ClientFacts, type Sshd, sshdSkip, startSshd } from "../support/engine/sshd.ts";
import { waitFor } from "../support/engine/wait.ts";

const skip = sshdSkip();

suite("an engine on another machine, over ssh", { skip: (await engineSkip()) || skip }, () => {
	const { start, full, remove, removeAll } = lab();
	let sshd: Sshd;
	before(async () => {
		sshd = await startSshd();
	});
	after(async () => {
		await removeAll();
		await sshd?.remove();
	});

	test("its containers and their events; what listens there is asked inside the container, not read here", async () => {
		const world = realEngineWorld({ env: { DOCKER_HOST: sshd.url }, ssh: await sshd.client() });
		const watch = watchContainers(world, systemTimers, () => {});
		try {
			await start("before", "portlight-test/busybox");
			const { engines } = await watch.report();
			assert.deepEqual(
				engines.map(({ name, endpoint, state, local, kind, command }) => ({ name, endpoint, state, local, kind, command })),
				[
					{
						name: "default",
						endpoint: sshd.url,
						state: "connected",
						local: false,
						kind: "docker",
						command: ["docker", "--host", sshd.url],
					},
				],
			);
			const find = async (name: string) => (await watch.report()).containers.find((one) => one.name === full(name));
			const found = await waitFor("the container that ran before", () => find("before"));
			assert.match(found.networks[0]?.ip ?? "", /^\d+\.\d+\.\d+\.\d+$/);
			const asked = await waitFor("what it listens on", async () => {
				const now = await find("before");
				return now?.sockets.known === true && now;
			});
			assert.deepEqual([asked.sockets.via, describe(asked)], ["exec", "80/tcp live :: = not-exposed"], "its process is another machine's");
			await start("later", "portlight-test/busybox");
			await waitFor("the container that started later", () => find("later"));
			await remove("later");
			await waitFor("it to leave", async () => !(await find("later")));
			assert.ok((await sshd.clients()) <= 6, "connections are used again");
		} finally {
			watch.dispose();
		}
		await waitFor("every ssh to end", async () => (await sshd.clients()) === 0);
	});

	test("a host that goes away and comes back", async () => {
		const world = realEngineWorld({ env: { DOCKER_HOST: sshd.url }, ssh: await sshd.client() });
		const watch = watchContainers(world, systemTimers, () => {});
		const state = async () => (await watch.report(0)).engines[0]?.state;
		try {
			await watch.report();
			assert.equal(await state(), "connected");
			await sshd.kill();
			await waitFor("the loss", async () => (await state()) !== "connected");
			assert.deepEqual((await watch.report(0)).containers, [], "nothing stale");
			await waitFor("the reason", async () => (await state()) === "refused");
			assert.match((await watch.report(0)).engines[0]?.message ?? "", /No ssh server answers at ssh:/);
			await sshd.start();
			await waitFor("the engine again", async () => (await state()) === "connected", 30_000);
		} finally {
			watch.dispose();
		}
	});
});

suite("why an engine cannot be reached over ssh", { skip }, () => {
	let folder: string;
	let sshd: Sshd;
	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), "portlight-remote-"));
		sshd = await startSshd();
	});
	after(async () => {
		await sshd?.remove();
		await rm(folder, { recursive: true, force: true });
	});

	async function check(url: string, ssh: readonly string[]): Promise<EngineProblem> {
		const engine = dockerEngine({ url, tls: null }, { ssh });
		try {
			return await engine.check().then(
				() => assert.fail("must be a problem"),
				(error: EngineProblem) => error,
			);
		} finally {
			engine.dispose();
		}
	}

	const clients: readonly [string, ClientFacts, EngineProblem["state"], RegExp][] = [
		[
			"a host key that nobody has seen",
			{ hostKey: "unknown" },
			"denied",
			/does not know the host key of ssh:.*Run "ssh -p \d+ \w+@127\.0\.0\.1" once/,
		],
		["a host key that has changed", { hostKey: "wrong" }, "denied", /host key has changed/],
		["a key that is not let in", { key: "wrong" }, "denied", /cannot log in to ssh:.*without a question/],
	];
	for (const [title, facts, state, words] of clients) {
		test(title, async () => {
			const problem = await check(sshd.url, await sshd.client(facts));
			assert.match(problem.message, words);
			assert.equal(problem.state, state);
		});
	}

	test("a port where nobody answers", async () => {
		const problem = await check("ssh://127.0.0.1:1", await sshd.client());
		assert.deepEqual([problem.state, /No ssh server answers/.test(problem.message)], ["refused", true], problem.message);
	});

	test("a host that does not exist", async () => {
		const problem = await check("ssh://host.invalid", await sshd.client());
		assert.deepEqual([problem.state, /is not known/.test(problem.message)], ["absent", true], problem.message);
	});

	test("no ssh on this machine", async () => {
		const problem = await check(sshd.url, [path.join(folder, "no-such-ssh")]);
		assert.deepEqual([problem.state, /OpenSSH/.test(problem.message)], ["absent", true], problem.message);
	});

	/** What stands at the other end as `docker`, as a shell script; undefined: nothing. */
	const remotes: readonly [string, string | undefined, EngineProblem["state"], RegExp][] = [
		["no docker there", undefined, "absent", /There is no docker command on the host/],
		["a docker that is too old", `echo "docker: 'system' is not a docker command." >&2; exit 1`, "foreign", /older than 18\.09/],
		[
			"no engine behind docker",
			'echo "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?" >&2; exit 1',
			"refused",
			/No engine answers at ssh:.*Start Docker there/,
		],
		[
			"docker may not use its socket",
			'echo "Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: dial unix /var/run/docker.sock: connect: permission denied" >&2; exit 1',
			"denied",
			/no permission to use the engine of ssh:.*usermod/,
		],
		["a banner where HTTP belongs", "echo Welcome; exec sleep 1", "foreign", /not a Docker Engine/],
		["something else goes wrong", 'echo "the disk is full" >&2; exit 3', "refused", /ended: the disk is full/],
		["it ends without a word", "exit 0", "refused", /No engine answers/],
	];
	for (const [title, script, state, words] of remotes) {
		test(title, async () => {
			const bin = path.join(folder, title.replaceAll(" ", "-"));
			await mkdir(bin);
			if (script !== undefined) {
				await writeFile(path.join(bin, "docker"), `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
				await chmod(path.join(bin, "docker"), 0o755);
			}
			const there = await startSshd({ PATH: bin });
			try {
				const problem = await check(there.url, await there.client());
				assert.match(problem.message, words);
				assert.equal(problem.state, state);
				await waitFor("ssh to end", async () => (await there.clients()) === 0);
			} finally {
				await there.remove();
			}
		});
	}
});
