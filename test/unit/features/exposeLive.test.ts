import assert from "node:assert/strict";
import { test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { exposeLive, exposeSeen } from "../../../server/src/features/exposeLive.ts";
import type { Port } from "../../../server/src/model/port.ts";
import { analyseFiles } from "../../support/analysis.ts";

async function after(dockerfile: string, ...live: Port[]): Promise<string> {
	const analysis = await analyseFiles({ Dockerfile: dockerfile });
	return TextDocument.applyEdits(analysis.dockerfile.document, exposeLive(analysis, live));
}

const tcp = (port: number): Port => ({ port, protocol: "tcp" });
const udp = (port: number): Port => ({ port, protocol: "udp" });

test("ports seen live are documented before the start command, whatever the analysis says", async () => {
	assert.equal(await after('FROM scratch\nCMD ["/x"]\n', tcp(8000), udp(53)), 'FROM scratch\nEXPOSE 8000 53/udp\nCMD ["/x"]\n');
});

test("what is exposed already, alone, in a range or by the base image, is left alone", async () => {
	const exposed = 'FROM httpd:2.4\nEXPOSE 8000-8010 53/udp\nCMD ["x"]\n';
	assert.equal(await after(exposed, tcp(80), tcp(8005), udp(53)), exposed);
	assert.equal(await after(exposed, tcp(53)), 'FROM httpd:2.4\nEXPOSE 8000-8010 53/udp\nEXPOSE 53\nCMD ["x"]\n');
});

test("a file without stages stays as it is", async () => {
	assert.equal(await after("# nothing yet\n", tcp(80)), "# nothing yet\n");
});

test("a container that listens where its source does not say so offers an EXPOSE for it", async () => {
	const analysis = await analyseFiles({ Dockerfile: "FROM redis:7\nRUN true\nEXPOSE 9000\nCMD redis-server\n" });
	const offered = (line: number, ...ports: Port[]) => {
		const at = { line, character: 0 };
		return exposeSeen(analysis, { start: at, end: at }, [{ name: "flask", ports }]).map(({ title, edit }) => [
			title,
			TextDocument.applyEdits(analysis.dockerfile.document, edit?.changes?.[analysis.dockerfile.uri] ?? []),
		]);
	};
	assert.deepEqual(offered(3, tcp(8000), udp(53), tcp(6379), tcp(9000)), [
		["Expose 8000, 53/udp as seen live in flask", "FROM redis:7\nRUN true\nEXPOSE 9000\nEXPOSE 8000 53/udp\nCMD redis-server\n"],
	]);
	assert.deepEqual(offered(1, tcp(8000)), [], "RUN does not speak of ports");
	assert.deepEqual(offered(3, tcp(6379)), [], "what is known has a finding of its own");
});
