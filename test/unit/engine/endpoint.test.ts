import assert from "node:assert/strict";
import { test } from "node:test";
import { endpointUrl, isLocal, readSshUrl } from "../../../server/src/engine/endpoint.ts";
import { sshArguments } from "../../../server/src/engine/ssh.ts";

for (const [host, secure, url] of [
	["unix:///var/run/docker.sock", false, "unix:///var/run/docker.sock"],
	["npipe:////./pipe/docker_engine", false, "npipe:////./pipe/docker_engine"],
	["tcp://engine", true, "tcp://engine:2376"],
	["tcp://engine", false, "tcp://engine:2375"],
	["https://engine", false, "tcp://engine:2376"],
	["http://engine:80/", false, "tcp://engine:80"],
	["engine:5", false, "tcp://engine:5"],
	["unix://", false, undefined],
	["tcp://", false, undefined],
	["tcp://a b", false, undefined],
	["fd://3", false, undefined],
	["", false, undefined],
] as const) {
	test(`${host || "nothing"}${secure ? " with TLS" : ""}`, () => assert.equal(endpointUrl(host, secure), url));
}

const ALWAYS = ["-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "-T"];
for (const [url, words] of [
	["ssh://job", ["--", "job", "docker", "system", "dial-stdio"]],
	["ssh://ann@job:2222", ["-l", "ann", "-p", "2222", "--", "job", "docker", "system", "dial-stdio"]],
	["ssh://Job_1.example", ["--", "Job_1.example", "docker", "system", "dial-stdio"]],
	["ssh://[fe80::1]:22", ["-p", "22", "--", "fe80::1", "docker", "system", "dial-stdio"]],
	["ssh://job/run/user/1000/docker.sock", ["--", "job", "docker", "--host", "unix:///run/user/1000/docker.sock", "system", "dial-stdio"]],
] as const) {
	test(`${url}: what ssh is told`, () => {
		const target = readSshUrl(url);
		assert.ok(target);
		assert.deepEqual(sshArguments(target), [...ALWAYS, ...words]);
	});
}

for (const url of [
	"ssh://",
	"ssh://-oProxyCommand=id",
	"ssh://-F@job",
	"ssh://%2DoX@job",
	"ssh://ann:secret@job",
	"ssh://job?x",
	"ssh://job#x",
	"ssh://job/a$(id)",
	"ssh://job/a;id",
	"ssh://a%20b@job",
	"ssh://job%0a",
	"http://job",
	"job",
]) {
	test(`${url}: refused`, () => assert.equal(readSshUrl(url), undefined));
}

test("sockets and pipes end on this machine", () => {
	assert.deepEqual(["unix:///x", "npipe:////./pipe/x", "tcp://127.0.0.1:1", "ssh://job", null].map(isLocal), [
		true,
		true,
		false,
		false,
		true,
	]);
});
