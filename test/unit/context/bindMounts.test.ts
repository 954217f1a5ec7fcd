import assert from "node:assert/strict";
import { test } from "node:test";
import { withHints } from "../../support/analysis.ts";

const files = {
	"go.mod": "module example.com/shop\n",
	"cmd/web/main.go": 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe(":4000", nil) }\n',
};

async function lastLine(build: string, more: Record<string, string> = {}): Promise<string> {
	const Dockerfile = `FROM golang AS build\nWORKDIR /src\n${build}\nFROM alpine\nCOPY --from=build /usr/bin/web /web\nCMD ["/web"]`;
	const text = await withHints({ ...files, ...more, Dockerfile });
	return text.slice(text.lastIndexOf("\n") + 1);
}

test("a program that is built from the mounted build context", async () => {
	assert.match(
		await lastLine("RUN --mount=type=bind,target=/src --mount=type=cache,target=/root/.cache xx-go build -o /usr/bin/web ./cmd/web"),
		/4000/,
	);
});

test("the widest mount counts; bind is the default type, and targets are relative to WORKDIR", async () => {
	assert.match(await lastLine("RUN --mount=source=go.mod,target=go.mod --mount=target=. go build -o /usr/bin/web ./cmd/web"), /4000/);
});

test("a folder of another stage", async () => {
	const build =
		"FROM scratch AS sources\nCOPY . /all\nFROM golang AS make\nRUN --mount=from=sources,src=/all,dst=/src cd /src && go build -o /usr/bin/web ./cmd/web";
	const text = await withHints({
		...files,
		Dockerfile: `${build}\nFROM alpine\nCOPY --from=make /usr/bin/web /web\nCMD ["/web"]`,
	});
	assert.match(text.slice(text.lastIndexOf("\n") + 1), /4000/);
});

test("parts of the build context beside each other", async () => {
	const mounts = ["cmd", "go.mod"].map((name) => `--mount=type=bind,source=${name},target=${name}`).join(" ");
	assert.match(await lastLine(`WORKDIR /src\nRUN ${mounts} go build -o /usr/bin/web ./cmd/web`), /4000/);
});

test("a mount without a target stands where the step runs", async () => {
	assert.match(await lastLine("WORKDIR /src\nRUN --mount=type=bind,source=. go build -o /usr/bin/web ./cmd/web"), /4000/);
});

test("a cache mount brings no files", async () => {
	assert.doesNotMatch(await lastLine("RUN --mount=type=cache,target=/src go build -o /usr/bin/web ./cmd/web"), /4000/);
});
