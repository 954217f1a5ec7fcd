import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readComposeDocument } from "../../../server/src/compose/document.ts";
import { child } from "../../../server/src/config/node.ts";

const file = (text: string) => ({ uri: "file:///ws/compose.yaml", text, origin: { line: 0, character: 0 } });

suite("compose documents", () => {
	test("a text is parsed once", () =>
		assert.equal(readComposeDocument(file("services: {}\n")), readComposeDocument(file("services: {}\n"))));
	test("extensions count where aliases refer to them", () => {
		const { root } = readComposeDocument(file("x-web: &web {image: redis}\nservices:\n  web: *web\n"));
		assert.deepEqual([...(root?.entries.keys() ?? [])], ["services"]);
		const image = child(root, "services", "web", "image");
		assert.ok(image?.kind === "scalar");
		assert.equal(image.text, "redis");
	});
});
