import assert from "node:assert/strict";
import { test } from "node:test";
import { composeHover } from "../../../../server/src/features/compose/hover.ts";
import { composeReport } from "../../../support/compose.ts";

async function textAt(compose: string, line: number, character: number): Promise<string | undefined> {
	const shown = composeHover(await composeReport({ "compose.yaml": compose }), { line, character }, "file:///docs");
	return shown && typeof shown.contents === "object" && "value" in shown.contents ? shown.contents.value : undefined;
}

const compose = "services:\n  cache:\n    image: redis:7\n    ports:\n      - 7000:6379\n  other:\n    image: nobody/knows\n";

test("the three facts of a service, on its name and on its ports", async () => {
	const table = `| Port | Listens | Exposed | Published |
| --- | --- | --- | --- |
| 6379/tcp | yes: from the image (convention) | by \`redis:7\` | 7000 by \`cache\` |`;
	assert.equal(await textAt(compose, 1, 3), table);
	assert.equal(await textAt(compose, 4, 10), table);
	assert.equal(await textAt(compose, 2, 6), undefined);
});

test("unknown is said with its reason", async () => {
	assert.match((await textAt(compose, 5, 3)) ?? "", /Ports unknown:\n- `nothing is known about nobody\/knows`/);
});
