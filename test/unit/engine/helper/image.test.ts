import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { helperImage } from "../../../../server/src/engine/helper/image.ts";

test("each processor has an image of its own, named by what is in it", () => {
	const [amd64, arm64] = [helperImage("amd64"), helperImage("arm64")];
	assert.ok(amd64 && arm64);
	assert.deepEqual([amd64.platform, arm64.platform], ["linux/amd64", "linux/arm64"]);
	assert.notEqual(amd64.reference, arm64.reference);
	for (const { reference, tar } of [amd64, arm64]) {
		const hash = createHash("sha256").update(tar).digest("hex");
		assert.equal(reference, `portlight/helper:${hash.slice(0, 12)}`);
		// The header's block, then the program: ELF.
		assert.equal(tar.toString("latin1", 512, 516), "\x7fELF");
		assert.ok(tar.length < 8_192, `${tar.length} bytes`);
	}
	assert.equal(helperImage("amd64")?.reference, amd64.reference);
});

test("there is none for other processors", () => {
	for (const architecture of ["s390x", "riscv64", "", "constructor"]) assert.equal(helperImage(architecture), undefined, architecture);
});
