import assert from "node:assert/strict";
import { test } from "node:test";
import { portsOf } from "../../support/ports.ts";

const files = {
	"main.go": 'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":8080", nil)\n}\n',
	"go.mod": "module x\n",
};
const build = "ARG BASE\nFROM golang AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app .\n";

test("the only program that goes into a base image that is not known, whose command would start it", async () => {
	assert.deepEqual(await portsOf({ Dockerfile: `${build}FROM $BASE\nCOPY --from=build /out/app .`, ...files }), [
		"8080/tcp convention",
		"? $BASE is not set",
	]);
});

test("a command of its own decides alone", async () => {
	assert.deepEqual(await portsOf({ Dockerfile: `${build}FROM $BASE\nCOPY --from=build /out/app /app\nCMD ["/app"]`, ...files }), [
		"8080/tcp certain",
	]);
});

test("nothing is guessed when the stage holds something else too, or what it holds is not built here", async () => {
	const gap = ["? $BASE is not set"];
	assert.deepEqual(
		await portsOf({ Dockerfile: `${build}FROM $BASE\nCOPY --from=build /out/app .\nCOPY run.sh .`, ...files, "run.sh": "" }),
		gap,
	);
	assert.deepEqual(await portsOf({ Dockerfile: `${build}FROM $BASE\nCOPY --from=build /out/app .\nRUN setup`, ...files }), gap);
	assert.deepEqual(await portsOf({ Dockerfile: "ARG BASE\nFROM $BASE\nCOPY main.go .", ...files }), gap);
});
