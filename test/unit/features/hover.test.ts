import assert from "node:assert/strict";
import { test } from "node:test";
import { hover } from "../../../server/src/features/hover.ts";
import { analyseFiles } from "../../support/analysis.ts";
import { project } from "../../support/compose.ts";

const files = {
	Dockerfile: "FROM python\nADD . .\nEXPOSE 8080\nCMD python app.py\n",
	"app.py": "from flask import Flask\nFlask('x').run('0.0.0.0', 80)\n",
};

async function textAt(line: number, all: Record<string, string> = files): Promise<string | undefined> {
	const shown = hover(await analyseFiles(all), { line, character: 1 }, "file:///docs");
	return shown && typeof shown.contents === "object" && "value" in shown.contents ? shown.contents.value : undefined;
}

const table = `| Port | Listens | Exposed |
| --- | --- | --- |
| 80/tcp | yes: [app.py:2](file:///ws/app.py#L2) | no |
| 8080/tcp | nothing | line 3 |

\`docker run -P\`, proxies such as Traefik and nginx-proxy, and the service checks of CI systems will ask \`8080\` and not find 80/tcp. [Who reads EXPOSE](file:///docs/expose.md)`;

test("one table on FROM, EXPOSE and CMD", async () => {
	for (const line of [0, 2, 3]) assert.equal(await textAt(line), table);
});

test("nothing elsewhere", async () => {
	assert.equal(await textAt(1), undefined);
	assert.equal(await textAt(9), undefined);
});

test("unknown is said with its reason", async () => {
	assert.equal(
		await textAt(3, { Dockerfile: files.Dockerfile }),
		`| Port | Listens | Exposed |
| --- | --- | --- |
| 8080/tcp | unknown: \`app.py is not in the build context\` | line 3 |

Ports unknown:
- \`app.py is not in the build context\``,
	);
});

test("what the image brings along", async () => {
	assert.match((await textAt(0, { Dockerfile: "FROM httpd" })) ?? "", /\| 80\/tcp \| yes: from the image \(convention\) \| by `httpd` \|/);
});

test("what compose files publish is a column of its own", async () => {
	const { services } = await project({
		"compose.yaml": "services:\n  web:\n    build: .\n    ports: ['8000:80', '9000:9', '90-99:8080']\n  db:\n    image: x\n",
	});
	const shown = hover(await analyseFiles(files), { line: 2, character: 1 }, "file:///docs", { services });
	const text = shown && typeof shown.contents === "object" && "value" in shown.contents ? shown.contents.value : "";
	assert.deepEqual(text.split("\n").slice(0, 5), [
		"| Port | Listens | Exposed | Published |",
		"| --- | --- | --- | --- |",
		"| 9/tcp | nothing | no | 9000 by `web` |",
		"| 80/tcp | yes: [app.py:2](file:///ws/app.py#L2) | no | 8000 by `web` |",
		"| 8080/tcp | nothing | line 3 | 90-99 by `web` |",
	]);
});

test("what running containers listen on is a column of its own", async () => {
	const tcp = (port: number) => ({ port, protocol: "tcp" as const });
	const live = [
		{ name: "a|b", ports: [tcp(80), tcp(7000)] },
		{ name: "c", ports: [tcp(80)] },
	];
	const shown = hover(await analyseFiles(files), { line: 2, character: 1 }, "file:///docs", { live });
	const text = shown && typeof shown.contents === "object" && "value" in shown.contents ? shown.contents.value : "";
	assert.deepEqual(text.split("\n").slice(0, 5), [
		"| Port | Listens | Exposed | Live in |",
		"| --- | --- | --- | --- |",
		"| 80/tcp | yes: [app.py:2](file:///ws/app.py#L2) | no | `a\\|b`, `c` |",
		"| 7000/tcp | not as it is written | no | `a\\|b` |",
		"| 8080/tcp | nothing | line 3 | no |",
	]);
});
