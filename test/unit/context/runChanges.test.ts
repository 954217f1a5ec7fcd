import assert from "node:assert/strict";
import { test } from "node:test";
import { openContext } from "../../../server/src/context/buildContext.ts";
import { type StageFiles, stageFiles } from "../../../server/src/context/stageFiles.ts";
import { parseDockerfile } from "../../../server/src/dockerfile/parse.ts";
import { walkStage } from "../../../server/src/dockerfile/walk.ts";
import { Budget } from "../../../server/src/model/budget.ts";
import { memoryFiles, ROOT, uriOf } from "../../support/memoryFiles.ts";

const context = { "site.conf": "listen 80;\nroot /srv;\n", "conf/a.conf": "a 1\n", "conf/b.conf": "b 2\n" };

async function filesOf(steps: string): Promise<StageFiles> {
	const text = `FROM x\n${steps}`;
	const dockerfile = parseDockerfile(uriOf("Dockerfile"), text);
	const opened = await openContext(memoryFiles({ Dockerfile: text, ...context }), ROOT, dockerfile.uri);
	const stage = dockerfile.stages[0] ?? assert.fail("no stage");
	const walk = walkStage(dockerfile, stage, { environment: new Map(), workdir: "/" }, new Map(), new Map());
	return stageFiles({ dockerfile, steps: walk.steps, context: opened, stage: () => undefined, budget: new Budget() });
}

/** The text at a path, else what is said instead. */
async function content(steps: string, path: string): Promise<string> {
	const read = await (await filesOf(steps)).read(path);
	return read.kind === "text" ? read.file.text : `${read.kind}: ${read.reason}`;
}

for (const [name, steps, path, expected] of [
	["echo", 'RUN echo "listen 81;" > /x.conf', "/x.conf", "listen 81;\n"],
	["echo without a newline", "RUN echo -n a > /x", "/x", "a"],
	["echo with escapes", 'RUN echo "a\\nb" > /x', "/x", "a\nb\n"],
	["echo twice", "RUN echo a > /x && echo b >> /x", "/x", "a\nb\n"],
	["echo in two steps", "RUN echo a > /x\nRUN echo b >> /x", "/x", "a\nb\n"],
	["echo to a copied file", "COPY site.conf /\nRUN echo x >> /site.conf", "/site.conf", "listen 80;\nroot /srv;\nx\n"],
	["echo through tee", "RUN echo a | tee /x", "/x", "a\n"],
	["echo through sudo tee -a", "RUN echo a > /x\nRUN echo b | sudo tee -a /x", "/x", "a\nb\n"],
	["a variable", "ENV PORT=90\nRUN echo listen $PORT > /x", "/x", "listen 90\n"],
	["single quotes", "ENV PORT=90\nRUN echo 'listen $PORT' > /x", "/x", "listen $PORT\n"],
	["a variable with a default", "ARG PORT=90\nRUN echo ${PORT} > /x", "/x", "90\n"],
	["printf", "RUN printf '%s %d\\n' listen 90 > /x", "/x", "listen 90\n"],
	["printf of several", "RUN printf '%s\\n' a b > /x", "/x", "a\nb\n"],
	["cat with a heredoc", "RUN cat <<EOF > /x\nlisten 90\nEOF", "/x", "listen 90\n"],
	["cat with a heredoc behind", "RUN cat > /x <<EOF\nlisten 90\nEOF", "/x", "listen 90\n"],
	["a heredoc with commands", "RUN <<EOF\necho a > /x\necho b >> /x\nEOF", "/x", "a\nb\n"],
	["truncated", "COPY site.conf /\nRUN : > /site.conf", "/site.conf", ""],
	["relative to WORKDIR and cd", "WORKDIR /etc\nRUN cd app && echo a > x", "/etc/app/x", "a\n"],
	["exec form of a shell", 'RUN ["sh", "-c", "echo a > /x"]', "/x", "a\n"],
	["sed", "COPY site.conf /\nRUN sed -i 's/80/8080/' /site.conf", "/site.conf", "listen 8080;\nroot /srv;\n"],
	["sed with another delimiter", "COPY site.conf /\nRUN sed -i 's|/srv|/www|g' /site.conf", "/site.conf", "listen 80;\nroot /www;\n"],
	["sed with -e", "COPY site.conf /\nRUN sed -i -e s/80/81/ -e s/srv/www/ /site.conf", "/site.conf", "listen 81;\nroot /www;\n"],
	["sed with several commands", "COPY site.conf /\nRUN sed -i 's/80/81/; s/srv/www/' /site.conf", "/site.conf", "listen 81;\nroot /www;\n"],
	["sed with groups", "COPY site.conf /\nRUN sed -i 's/\\(listen\\) 80/\\1 81/' /site.conf", "/site.conf", "listen 81;\nroot /srv;\n"],
	["sed -E", "COPY site.conf /\nRUN sed -i -E 's/listen +[0-9]+/listen 81/' /site.conf", "/site.conf", "listen 81;\nroot /srv;\n"],
	["sed with a class", "COPY site.conf /\nRUN sed -i 's/[[:digit:]]*;/81;/' /site.conf", "/site.conf", "listen 81;\nroot /srv81;\n"],
	["sed that deletes", "COPY site.conf /\nRUN sed -i '/root/d' /site.conf", "/site.conf", "listen 80;\n"],
	["sed with a variable", 'ENV P=81\nCOPY site.conf /\nRUN sed -i "s/80/$P/" /site.conf', "/site.conf", "listen 81;\nroot /srv;\n"],
	["sed into another file", "COPY site.conf /\nRUN sed s/80/81/ /site.conf > /x", "/x", "listen 81;\nroot /srv;\n"],
	["sed of a range", "COPY site.conf /\nRUN sed -i '1,/root/s/;/ x;/' /site.conf", "/site.conf", "listen 80 x;\nroot /srv x;\n"],
	[
		"sed that appends",
		"COPY site.conf /\nRUN sed -i '/listen/a listen 81;' /site.conf",
		"/site.conf",
		"listen 80;\nlisten 81;\nroot /srv;\n",
	],
	["sed before the last line", "COPY site.conf /\nRUN sed -i '$i x' /site.conf", "/site.conf", "listen 80;\nx\nroot /srv;\n"],
	["sed that changes lines", "COPY site.conf /\nRUN sed -i '/listen/c\\listen 81;' /site.conf", "/site.conf", "listen 81;\nroot /srv;\n"],
	["sed of all other lines", "COPY site.conf /\nRUN sed -i '/listen/!d' /site.conf", "/site.conf", "listen 80;\n"],
	["sed -n", "COPY site.conf /\nRUN sed -n 's/80/81/p' /site.conf > /x", "/x", "listen 81;\n"],
	["sed on a pattern of files", "COPY conf /c\nRUN sed -i 's/a 1/a 2/' /c/*.conf", "/c/a.conf", "a 2\n"],
	["sed by find", "COPY conf /c\nRUN find / -name '*.conf' -exec sed -i 's/a 1/a 2/' {} \\;", "/c/a.conf", "a 2\n"],
	["find with another program", "COPY conf /c\nRUN find /c -name 'a*' -exec mangle {} +", "/c/a.conf", "unknown: a RUN step writes a.conf"],
	["sed in a loop", 'COPY conf /c\nRUN for f in /c/*.conf; do sed -i s/1/3/ "$f"; done', "/c/a.conf", "a 3\n"],
	["perl", "COPY site.conf /\nRUN perl -pi -e 's/80/81/' /site.conf", "/site.conf", "listen 81;\nroot /srv;\n"],
	[
		"perl that is not plain",
		"COPY site.conf /\nRUN perl -pi -e 's/(\\d+)/$1+1/e' /site.conf",
		"/site.conf",
		"unknown: a RUN step writes site.conf",
	],
	["dos2unix", "COPY site.conf /\nRUN dos2unix /site.conf", "/site.conf", "listen 80;\nroot /srv;\n"],
	["sed that is not followed", "COPY site.conf /\nRUN sed -i 'y/a/b/' /site.conf", "/site.conf", "unknown: a RUN step writes site.conf"],
	["sed with a script file", "COPY site.conf /\nRUN sed -i -f s.sed /site.conf", "/site.conf", "unknown: a RUN step writes site.conf"],
	["mv", "COPY site.conf /\nRUN mv /site.conf /x", "/x", "listen 80;\nroot /srv;\n"],
	["mv, the old name", "COPY site.conf /\nRUN mv /site.conf /x", "/site.conf", "absent: a RUN step removes site.conf"],
	["mv of a folder", "COPY conf /c\nRUN mv /c /d", "/d/a.conf", "a 1\n"],
	["mv into a folder", "COPY conf /c\nCOPY site.conf /\nRUN mv /site.conf /c", "/c/site.conf", "listen 80;\nroot /srv;\n"],
	["cp", "COPY site.conf /\nRUN cp /site.conf /etc/x.conf", "/etc/x.conf", "listen 80;\nroot /srv;\n"],
	["cp into a folder", "COPY site.conf /\nRUN cp /site.conf /etc/", "/etc/site.conf", "listen 80;\nroot /srv;\n"],
	["cp of several", "COPY conf /c\nRUN cp /c/a.conf /c/b.conf /etc", "/etc/b.conf", "b 2\n"],
	["cp of a folder's content", "COPY conf /c\nRUN mkdir /d && cp -r /c/. /d", "/d/a.conf", "a 1\n"],
	["cp of a folder into one", "COPY conf /c\nRUN mkdir /d && cp -r /c /d", "/d/c/a.conf", "a 1\n"],
	["cp with a pattern", "COPY conf /c\nRUN cp /c/*.conf /d/a.conf", "/d/a.conf", "unknown: a RUN step writes a.conf"],
	["cp of a pattern into a folder", "COPY conf /c\nRUN cp /c/*.conf /etc/x.d/", "/etc/x.d/b.conf", "b 2\n"],
	["cp -t", "COPY conf /c\nRUN cp -t /etc/x.d /c/a.conf", "/etc/x.d/a.conf", "a 1\n"],
	["cp of what is out of view", "RUN cp /usr/share/x.conf /etc/x.conf", "/etc/x.conf", "unknown: x.conf is not copied into the image"],
	["install", "COPY site.conf /\nRUN install -D -m 644 -o root /site.conf /etc/x.conf", "/etc/x.conf", "listen 80;\nroot /srv;\n"],
	["install -t", "COPY site.conf /\nRUN install -m 644 -t /etc/x.d /site.conf", "/etc/x.d/site.conf", "listen 80;\nroot /srv;\n"],
	["install of folders", "COPY conf /c\nRUN install -d -m 755 /c /e", "/c/a.conf", "a 1\n"],
	["rsync of a folder's content", "COPY conf /c\nRUN rsync -a /c/ /e", "/e/a.conf", "a 1\n"],
	["rsync of a folder", "COPY conf /c\nRUN mkdir /e; rsync -a /c /e/", "/e/c/a.conf", "a 1\n"],
	["curl -O", "COPY conf /c\nRUN cd /c && curl -fsSLO https://x/a.conf", "/c/a.conf", "unknown: a RUN step writes a.conf"],
	["wget", "COPY conf /c\nWORKDIR /c\nRUN wget https://x/a.conf", "/c/a.conf", "unknown: a RUN step writes a.conf"],
	["a group", "RUN { echo a; cat <<< b; } > /x", "/x", "a\nb\n"],
	["a group with a condition", 'ARG A=1\nRUN (if [ "$A" = 1 ]; then echo a; else echo b; fi; echo c) > /x', "/x", "a\nc\n"],
	["a group with a program", "RUN { echo a; generate; } > /x", "/x", "unknown: a RUN step writes x"],
	["a group through tee", "RUN { echo a; echo b; } | tee /x", "/x", "a\nb\n"],
	["tee with a heredoc", "RUN tee /x <<EOF\na\nEOF", "/x", "a\n"],
	["a pipe", "RUN echo a:b | cut -d: -f2 | tr a-z A-Z > /x", "/x", "B\n"],
	["a pipe with a program", "RUN curl https://x | tee /x", "/x", "unknown: a RUN step writes x"],
	["cp, then sed", "COPY site.conf /\nRUN cp /site.conf /x && sed -i s/80/81/ /x", "/x", "listen 81;\nroot /srv;\n"],
	["a link", "COPY site.conf /\nRUN ln -s /site.conf /etc/x", "/etc/x", "listen 80;\nroot /srv;\n"],
	["a relative link", "COPY site.conf /etc/\nRUN ln -sf ../site.conf /etc/x/y", "/etc/x/y", "listen 80;\nroot /srv;\n"],
	["rm", "COPY conf /c\nRUN rm -rf /c", "/c/a.conf", "absent: a RUN step removes a.conf"],
	["rm with a pattern", "COPY conf /c\nRUN rm /c/a*", "/c/a.conf", "absent: a RUN step removes a.conf"],
	["rm of another", "COPY conf /c\nRUN rm /c/a.conf", "/c/b.conf", "b 2\n"],
	["touch", "RUN touch /x", "/x", ""],
	["envsubst", "ENV PORT=90\nRUN echo 'listen $PORT;' > /t && envsubst < /t > /x", "/x", "listen 90;\n"],
	["envsubst of some", "ENV PORT=90\nRUN echo 'listen $PORT $uri' > /t && envsubst '$PORT' < /t > /x", "/x", "listen 90 $uri\n"],
	["curl", "COPY site.conf /\nRUN curl -o /site.conf https://x", "/site.conf", "unknown: a RUN step writes site.conf"],
	["a condition that holds", "COPY site.conf /\nRUN if [ -f /site.conf ]; then echo a > /x; fi", "/x", "a\n"],
	["a condition that is open", "RUN if [ -f /mounted ]; then echo a > /x; fi", "/x", "unknown: a RUN step writes x"],
	["a condition on an argument", 'ARG DEV\nRUN if [ -n "$DEV" ]; then echo a > /x; else echo b > /x; fi', "/x", "b\n"],
] as const) {
	test(name, async () => assert.equal(await content(steps, path), expected));
}

test("lists hold what is written, without what is removed", async () => {
	const list = async (steps: string, path: string) => (await filesOf(steps)).list(path);
	assert.deepEqual(await list("COPY conf /c\nRUN echo a > /c/x.conf && rm /c/a.conf", "/c"), ["b.conf", "x.conf"]);
	assert.deepEqual(await list("COPY conf /c\nRUN mv /c /d", "/d"), ["a.conf", "b.conf"]);
	assert.deepEqual(await list("COPY conf /c\nRUN mv /c/*.conf /d/ && rm /d/b.conf", "/d"), ["a.conf"]);
	assert.deepEqual(await list("COPY conf /c\nRUN mv /c/*.conf /d/", "/c"), []);
	assert.deepEqual(await list("COPY conf /c\nRUN ln -s /c/a.conf /e/on.conf", "/e"), ["on.conf"]);
	assert.deepEqual(await list("RUN rm -f /c/*\nCOPY conf /c", "/c"), ["a.conf", "b.conf"]);
});

test("evidence points at the RUN, or into the file that was edited", async () => {
	const file = async (steps: string, path: string) => {
		const read = await (await filesOf(steps)).read(path);
		return read.kind === "text" ? read.file : assert.fail(read.kind);
	};
	const made = await file("RUN echo a > /x", "/x");
	assert.equal(made.uri, uriOf("Dockerfile"));
	assert.equal(made.standsFor?.text, "RUN echo a > /x");
	const edited = await file("COPY site.conf /\nRUN sed -i s/80/81/ /site.conf", "/site.conf");
	assert.equal(edited.uri, uriOf("site.conf"));
	assert.equal(edited.standsFor, undefined);
});
