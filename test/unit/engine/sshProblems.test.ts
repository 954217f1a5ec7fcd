import assert from "node:assert/strict";
import { test } from "node:test";
import { sshProblem } from "../../../server/src/engine/sshProblems.ts";

const URL = "ssh://ann@job:2222";

for (const [words, status, state, sentence] of [
	["@@@\n@  WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!  @\nHost key verification failed.", 255, "denied", /the host key has changed/],
	["Host key verification failed.", 255, "denied", /Run "ssh -p 2222 ann@job" once in a terminal/],
	["No ED25519 host key is known for job and you have requested strict checking.", 255, "denied", /does not know the host key/],
	["ann@job: Permission denied (publickey,password).", 255, "denied", /Add your key with "ssh-add"/],
	["Received disconnect from 10.0.0.1: 2: Too many authentication failures", 255, "denied", /ssh-add/],
	["ssh: Could not resolve hostname job: Name or service not known", 255, "absent", /host of .* is not known/],
	["ssh: connect to host job port 2222: No route to host", 255, "absent", /cannot be reached/],
	["ssh: connect to host job port 2222: Connection timed out", 255, "absent", /cannot be reached/],
	["ssh: connect to host job port 2222: Connection refused", 255, "refused", /No ssh server answers/],
	["bash: line 1: docker: command not found", 127, "absent", /no docker command/],
	["zsh:1: command not found: docker", 127, "absent", /no docker command/],
	["sh: 1: docker: not found", 127, "absent", /no docker command/],
	["'docker' is not recognized as an internal or external command,", 1, "absent", /no docker command/],
	["docker: 'system dial-stdio' is not a docker command.\nSee 'docker --help'", 1, "foreign", /older than 18\.09/],
	["dial unix /var/run/docker.sock: connect: no such file or directory", 1, "refused", /Start Docker there/],
	[
		"permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock",
		1,
		"denied",
		/no permission to use the engine/,
	],
	[
		"warning: something\nkex_exchange_identification: read: Connection reset by peer\n",
		255,
		"refused",
		/ended: kex_exchange_identification: read/,
	],
	["", 255, "refused", /ended: status 255/],
	["", null, "refused", /ended: status null/],
	["spawn ssh ENOENT", "ENOENT", "absent", /not installed here/],
] as const) {
	test(words.split("\n")[0] || `status ${status}`, () => {
		const problem = sshProblem(URL, status, words);
		assert.equal(problem.state, state);
		assert.match(problem.message, sentence);
		assert.doesNotMatch(problem.message, /\n/);
	});
}

test("a host that talks without end is cut short", () => {
	assert.ok(sshProblem(URL, 255, "x".repeat(4_000)).message.length < 500);
});
