import assert from "node:assert/strict";
import { test } from "node:test";
import { openContext } from "../../../server/src/context/buildContext.ts";
import { type StageFiles, stageFiles } from "../../../server/src/context/stageFiles.ts";
import { parseDockerfile } from "../../../server/src/dockerfile/parse.ts";
import { walkStage } from "../../../server/src/dockerfile/walk.ts";
import { Budget } from "../../../server/src/model/budget.ts";
import { type MemoryFile, memoryFiles, ROOT, uriOf } from "../../support/memoryFiles.ts";

/** The files of the last stage. */
async function filesOf(dockerfileText: string, files: Record<string, MemoryFile>): Promise<StageFiles> {
	const dockerfile = parseDockerfile(uriOf("Dockerfile"), dockerfileText);
	const context = await openContext(memoryFiles({ Dockerfile: dockerfileText, ...files }), ROOT, dockerfile.uri);
	const byName = new Map<string, StageFiles>();
	let last: StageFiles | undefined;
	for (const stage of dockerfile.stages) {
		const { steps } = walkStage(dockerfile, stage, { environment: new Map(), workdir: "/" }, new Map(), new Map());
		last = stageFiles({
			dockerfile,
			steps,
			context,
			below: byName.get(stage.from.args.text.split(" ")[0] ?? ""),
			stage: (name) => byName.get(name),
			budget: new Budget(),
		});
		byName.set(String(stage.index), last);
		if (stage.name) byName.set(stage.name, last);
	}
	return last ?? assert.fail("no stage");
}

/** The URI behind a path of the image, else what is said instead. */
async function behind(dockerfile: string, files: Record<string, MemoryFile>, path: string): Promise<string> {
	const read = await (await filesOf(dockerfile, files)).read(path);
	if (read.kind === "text") return read.file.uri.replace(`${ROOT}/`, "");
	return read.reason ? `${read.kind}: ${read.reason}` : read.kind;
}

const app = { "app.py": "x", "src/main.py": "y", "conf/a.ini": "", "conf/b.ini": "" };

for (const [name, dockerfile, path, expected] of [
	["a folder's content", "FROM a\nADD . /app", "/app/app.py", "app.py"],
	["a folder below", "FROM a\nCOPY src /app", "/app/main.py", "src/main.py"],
	["relative to WORKDIR", "FROM a\nWORKDIR /srv\nCOPY . .", "/srv/src/main.py", "src/main.py"],
	["a file renamed", "FROM a\nCOPY app.py /run.py", "/run.py", "app.py"],
	["a file into a folder", "FROM a\nCOPY app.py /opt/", "/opt/app.py", "app.py"],
	["a file into the WORKDIR's folder", "FROM a\nWORKDIR /opt\nCOPY app.py /opt", "/opt/app.py", "app.py"],
	["a file into a folder that a copy made", "FROM a\nCOPY conf /opt/conf\nCOPY app.py /opt/conf", "/opt/conf/app.py", "app.py"],
	["a file into a folder that a RUN made", "FROM a\nRUN mkdir /opt/x\nCOPY app.py /opt/x", "/opt/x/app.py", "app.py"],
	[
		"a file into a folder on the way to one",
		"FROM a\nRUN mkdir -p /opt/x/y && touch /opt/x/y/z\nCOPY app.py /opt/x",
		"/opt/x/app.py",
		"app.py",
	],
	["a file into a folder of every distribution", "FROM a\nCOPY app.py /usr/local/bin", "/usr/local/bin/app.py", "app.py"],
	["a file of that name, when the folder comes later", "FROM a\nCOPY app.py /opt/x\nCOPY conf /opt/y", "/opt/x", "app.py"],
	["several sources", "FROM a\nCOPY app.py src/main.py /opt/", "/opt/main.py", "src/main.py"],
	["the JSON form", 'FROM a\nCOPY ["app.py", "/opt/"]', "/opt/app.py", "app.py"],
	["a glob", "FROM a\nCOPY conf/*.ini /etc/x/", "/etc/x/b.ini", "conf/b.ini"],
	["a variable", "FROM a\nENV D=src\nCOPY $D /app", "/app/main.py", "src/main.py"],
	["the last copy wins", "FROM a\nCOPY app.py /x\nCOPY src/main.py /x", "/x", "src/main.py"],
	["--parents", "FROM a\nCOPY --parents src/main.py /app/", "/app/src/main.py", "src/main.py"],
	["--exclude", "FROM a\nCOPY --exclude=app.py . /app", "/app/app.py", "absent: app.py is not copied into the image"],
	["sources cannot leave the context", "FROM a\nCOPY ../app.py /x", "/x", "app.py"],
	["through a stage", "FROM a AS b\nCOPY src /out\nFROM c\nCOPY --from=b /out /app", "/app/main.py", "src/main.py"],
	["through a stage by number", "FROM a\nCOPY app.py /o.py\nFROM c\nCOPY --from=0 /o.py /app/", "/app/o.py", "app.py"],
	["a pattern in a stage", "FROM a AS b\nCOPY conf /out\nFROM c\nCOPY --from=b /out/*.ini /etc/", "/etc/b.ini", "conf/b.ini"],
	["from the stage below", "FROM a AS b\nCOPY app.py /x\nFROM b\nRUN true", "/x", "app.py"],
	["a missing file", "FROM a\nADD . /app", "/app/nope.py", "absent: nope.py is not in the build context"],
	["nothing copied", "FROM a", "/app/app.py", "absent: app.py is not copied into the image"],
	[
		"another image",
		"FROM a\nCOPY --from=nginx:1 /etc/nginx /etc/nginx",
		"/etc/nginx/nginx.conf",
		"unknown: nginx.conf may come from nginx:1",
	],
	["a URL", "FROM a\nADD https://example.com/x.py /app/", "/app/x.py", "unknown: https://example.com/x.py cannot be looked into"],
	["an archive that ADD unpacks", "FROM a\nADD site.tar.gz /app/", "/app/app.py", "unknown: site.tar.gz cannot be looked into"],
	["a variable of the platform", "FROM a\nARG TARGETOS\nCOPY app.py /$TARGETOS/", "/linux/app.py", "app.py"],
	[
		"changed by RUN, nobody knows how",
		"FROM a\nCOPY app.py /\nRUN awk '{print}' x > /app.py",
		"/app.py",
		"unknown: a RUN step writes app.py",
	],
	["RUN that only reads it", "FROM a\nCOPY app.py /\nRUN python -m py_compile /app.py", "/app.py", "app.py"],
	["RUN before the copy", "FROM a\nRUN echo > /app.py\nCOPY app.py /", "/app.py", "app.py"],
] as const) {
	test(name, async () => assert.equal(await behind(dockerfile, app, path), expected));
}

test("a heredoc is a file whose text stands in the Dockerfile", async () => {
	const files = await filesOf("FROM a\nCOPY <<EOF /entry.sh\n#!/bin/sh\nexec x\nEOF\n", {});
	const read = await files.read("/entry.sh");
	assert.deepEqual(read, {
		kind: "text",
		file: { uri: uriOf("Dockerfile"), text: "#!/bin/sh\nexec x", origin: { line: 2, character: 0 } },
	});
});

test("variables in a heredoc are replaced, unless its delimiter is quoted", async () => {
	const text = async (opener: string, body: string) => {
		const files = await filesOf(`FROM a\nENV PORT=80\nCOPY ${opener} /f\n${body}\nEOF\n`, {});
		const read = await files.read("/f");
		return read.kind === "text" ? read.file.text : read.kind;
	};
	assert.equal(await text("<<EOF", 'p = $PORT, ${PORT}, "${NOPE:-9}", [$NOPE], \\$PORT, \\n, $1'), 'p = 80, 80, "9", [], $PORT, \\n, $1');
	assert.equal(await text("<<'EOF'", "p = $PORT"), "p = $PORT");
});

test("what is ignored, unreadable or outside says so", async () => {
	const files = {
		".dockerignore": "a.py",
		"a.py": "",
		"b.py": { refused: "may not be read" },
		"c.py": { link: "/etc/passwd" },
		"/etc/passwd": "",
	};
	assert.equal(await behind("FROM a\nCOPY . /app", files, "/app/a.py"), "absent: .dockerignore leaves a.py out");
	assert.equal(await behind("FROM a\nCOPY . /app", files, "/app/b.py"), "unknown: b.py: may not be read");
	assert.equal(await behind("FROM a\nCOPY . /app", files, "/app/c.py"), "unknown: c.py leads out of the build context");
});

test("touches: copies at and below a path, and RUN steps that name it", async () => {
	const touched = async (dockerfile: string) => (await filesOf(dockerfile, app)).touches("/etc/nginx");
	assert.equal(await touched("FROM nginx\nCOPY app.py /etc/nginx/nginx.conf"), true);
	assert.equal(await touched("FROM nginx\nCOPY conf /etc/nginx"), true);
	assert.equal(await touched("FROM nginx\nRUN rm /etc/nginx/conf.d/default.conf"), true);
	assert.equal(await touched("FROM nginx AS b\nCOPY conf /etc/nginx\nFROM b"), true);
	assert.equal(await touched("FROM nginx\nCOPY src /usr/share/nginx/html"), false);
});

test("list: what copies put into a folder, stage by stage", async () => {
	const list = async (dockerfile: string, path: string) => (await filesOf(dockerfile, app)).list(path);
	assert.deepEqual(await list("FROM a\nCOPY . /app", "/app"), ["Dockerfile", "app.py", "conf", "src"]);
	assert.deepEqual(await list("FROM a\nCOPY . /app", "/app/conf"), ["a.ini", "b.ini"]);
	assert.deepEqual(await list("FROM a\nCOPY conf/*.ini /etc/x/\nCOPY app.py /etc/x/", "/etc/x"), ["a.ini", "app.py", "b.ini"]);
	assert.deepEqual(await list("FROM a\nCOPY app.py /etc/x/y.py", "/etc"), ["x"]);
	assert.deepEqual(await list("FROM a AS b\nCOPY conf /c\nFROM c\nCOPY --from=b /c /d", "/d"), ["a.ini", "b.ini"]);
	assert.deepEqual(await list("FROM a AS b\nCOPY conf /c\nFROM b\nCOPY app.py /c/", "/c"), ["a.ini", "app.py", "b.ini"]);
	assert.deepEqual(await list("FROM a", "/app"), []);
});

test("trace: the stage and the path where a file was made", async () => {
	const traced = async (dockerfile: string, path: string) => {
		const { files, path: there } = await (await filesOf(dockerfile, app)).trace(path);
		return `${there} after ${files.steps.map(({ instruction }) => instruction.args.text).join("; ")}`;
	};
	const build = "FROM go AS b\nRUN go build -o /out/api\n";
	assert.equal(await traced(`${build}FROM c\nCOPY --from=b /out/api /bin/`, "/bin/api"), "/out/api after go build -o /out/api");
	assert.equal(await traced(`${build}FROM c\nCOPY --from=b /out/api /server`, "/server"), "/out/api after go build -o /out/api");
	assert.equal(
		await traced(`${build}FROM c\nCOPY --from=b /out/api /usr/local/bin`, "/usr/local/bin/api"),
		"/out/api after go build -o /out/api",
	);
	assert.equal(await traced(`${build}FROM c\nCOPY --from=b /out /app`, "/app/api"), "/out/api after go build -o /out/api");
	assert.equal(
		await traced(`${build}FROM c AS d\nCOPY --from=b /out /x\nFROM e\nCOPY --from=d /x/api /api`, "/api"),
		"/out/api after go build -o /out/api",
	);
	assert.equal(await traced(`${build}FROM b\nRUN true`, "/out/api"), "/out/api after go build -o /out/api; true");
	assert.equal(await traced("FROM a\nRUN make", "/app/api"), "/app/api after make");
});

test("lists of folders that --parents keeps and --exclude leaves out", async () => {
	const list = async (copy: string, path: string) => (await filesOf(`FROM a\n${copy}`, app)).list(path);
	assert.deepEqual(await list("COPY --parents conf/a.ini /etc/", "/etc/conf"), ["a.ini"]);
	assert.deepEqual(await list("COPY --parents ./conf/./a.ini /etc/", "/etc"), ["a.ini"]);
	assert.deepEqual(await list("COPY --parents conf /etc/", "/etc/conf"), ["a.ini", "b.ini"]);
	assert.deepEqual(await list("COPY --exclude=a.ini conf /etc/x", "/etc/x"), ["b.ini"]);
	assert.deepEqual(await list("COPY --exclude=conf/a.ini --exclude=*.py . /x", "/x/conf"), ["b.ini"]);
	assert.deepEqual(await list("COPY --exclude=b.ini conf/*.ini /etc/x/", "/etc/x"), ["a.ini"]);
});

test("files that --parents keeps and --exclude leaves out", async () => {
	assert.equal(await behind("FROM a\nCOPY --parents ./src/./main.py /x/", app, "/x/main.py"), "src/main.py");
	assert.match(await behind("FROM a\nCOPY --exclude=*.py --exclude=*.x src /x/", app, "/x/main.py"), /absent/);
});

test("beforeRemovals: what a RUN step removed after the build, of this stage and of those below", async () => {
	const files = await filesOf("FROM a AS b\nCOPY src /src\nRUN make && rm -rf /src/lib /src\nFROM b\nRUN rm /etc/x", {
		"src/main.py": "y",
	});
	assert.equal((await files.read("/src/main.py")).kind, "absent");
	assert.equal((await files.beforeRemovals.read("/src/main.py")).kind, "text");
	assert.equal((await files.beforeRemovals.look("/src/other.py")).kind, "absent");
});
