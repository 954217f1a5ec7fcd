import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { readMessages } from "../../../server/src/io/messages.ts";

const folder = mkdtempSync(path.join(tmpdir(), "portlight-"));
after(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string) => writeFileSync(path.join(folder, `bundle.l10n.${name}.json`), text);
write("de", '{ "no ports": "keine Ports" }');
write("pt-br", '{ "no ports": "nenhuma porta" }');
write("xx", "not JSON");

for (const [locale, expected] of [
	["de", "keine Ports"],
	["de-AT", "keine Ports"],
	["de_DE.UTF-8", "keine Ports"],
	["DE", "keine Ports"],
	["pt-BR", "nenhuma porta"],
	["pt", undefined],
	["en", undefined],
	["xx", undefined],
	["", undefined],
	["../de", undefined],
	["C.UTF-8", undefined],
] as const)
	test(`messages for ${JSON.stringify(locale)}`, () => assert.equal(readMessages(folder, locale)["no ports"], expected));
