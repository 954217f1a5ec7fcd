import fc from "fast-check";
import { editsOf, mutated } from "./mutations.ts";

/** Words that mean something in a Dockerfile, for mutations to strew in. */
export const DOCKERFILE_WORDS = [
	"FROM", "AS", "EXPOSE", "CMD", "ENTRYPOINT", "ENV", "ARG", "RUN", "COPY", "ADD", "WORKDIR", "ONBUILD", "SHELL", "HEALTHCHECK", "LABEL",
	"\nEXPOSE 80/udp 8080-8090 $PORT\n", "\nCMD python app.py\n", '\nCMD ["python", "app.py"]\n', "\nENTRYPOINT exec \"$@\"\n",
	"\nENV PORT=8080 HOST=0.0.0.0\n", "\nARG PORT=9000\n", "\n# escape=`\n", "\nFROM scratch\n", "\n# portlight ignore=not-exposed\n",
	"\nCOPY <<EOF /app/run.sh\nexec nginx -p $PORT\nEOF\n", "\nRUN <<'EOF'\necho hi > /tmp/x\nEOF\n", "--from=0", "--from=build", "--chown=a:b",
	"\nUSER 1000\n", "\nONBUILD CMD run\n", '\nSHELL ["/bin/bash", "-c"]\n', "\nHEALTHCHECK CMD curl -f http://localhost:8080/ || exit 1\n",
]; // biome-ignore format: a table

const variable = fc.constantFrom("PORT", "HOST", "APP_PORT", "IMAGE", "TAG", "DEBUG", "DIR", "N", "_", "ümlaut");
const number = fc.oneof(fc.integer({ min: 1, max: 65_535 }).map(String), fc.constantFrom("80", "8080", "3000", "5000", "0", "65536", "53"));

/** A use of a variable, in every syntax that the builder knows, nested now and then. */
const use: fc.Arbitrary<string> = fc.letrec<{ use: string; word: string }>((tie) => ({
	word: fc.oneof({ depthSize: "small" }, number, fc.constantFrom("a", "", "/app", "'q'", '"d"'), tie("use")),
	use: fc.oneof(
		{ depthSize: "small" },
		variable.map((name) => `$${name}`),
		variable.map((name) => `\${${name}}`),
		fc
			.tuple(variable, fc.constantFrom(":-", "-", ":+", "+", ":?", "?", "#", "##", "%", "%%", "/", "//"), tie("word"))
			.map(([name, operator, word]) => `\${${name}${operator}${word}}`),
	),
})).use;

const word = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.constantFrom("a", "/app", ".", "app.py", "server.js", "http://x:8080/", "-p", "--port=81", "build", "*.py", "x=y"),
	},
	{ weight: 2, arbitrary: number },
	{ weight: 2, arbitrary: use },
	{ weight: 1, arbitrary: fc.tuple(use, number).map(([a, b]) => `"${a} ${b}"`) },
	{ weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 6 }).map((text) => text.replace(/[\r\n]/g, "")) },
);
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((all) => all.join(" "));

/** Commands that listen, with holes. */
const command = fc.oneof(
	fc
		.tuple(fc.oneof(number, use), fc.constantFrom("0.0.0.0", "127.0.0.1", "[::]", "$HOST"))
		.chain(([port, host]) =>
			fc.constantFrom(
				`python -m http.server ${port} --bind ${host}`,
				`gunicorn -b ${host}:${port} app:app`,
				`uvicorn app:app --host ${host} --port ${port}`,
				`exec php -S ${host}:${port}`,
				`sh -c "exec python -m http.server ${port}"`,
				`nginx -g 'daemon off;'`,
				`redis-server --port ${port} --bind ${host}`,
				`npx serve -l ${port}`,
				`if [ "$DEBUG" ]; then python -m http.server ${port}; else python -m http.server 81; fi`,
				`python -m http.server ${port} & python -m http.server 9001; wait`,
				`/bin/sh /app/run.sh ${port}`,
				`sleep infinity`,
			),
		),
	words,
);
const json = fc.array(fc.oneof(word, number), { maxLength: 4 }).map((all) => JSON.stringify(all));
const expose = fc
	.array(
		fc.tuple(
			fc.oneof(
				number,
				use,
				fc.tuple(number, number).map(([a, b]) => `${a}-${b}`),
			),
			fc.constantFrom("", "/tcp", "/UDP", "/sctp", "/x"),
		),
		{
			minLength: 1,
			maxLength: 3,
		},
	)
	.map((all) => all.map(([port, protocol]) => port + protocol).join(" "));
const body = fc
	.array(fc.oneof(command, fc.constantFrom("EOF ", "# c", "", "cat <<X", "X")), { maxLength: 4 })
	.map((lines) => lines.join("\n"));
const heredoc = fc
	.tuple(fc.constantFrom("<<EOF", "<<'EOF'", '<<"EOF"', "<<-EOF", "3<<EOF", "<<EOF <<B"), body, fc.boolean())
	.map(([open, text, closed]) => [open, `\n${text}${text && "\n"}${closed ? "EOF" : ""}${open.endsWith("B") ? "\nx\nB" : ""}`] as const);

/** Arguments of an instruction by its keyword. */
const instruction: fc.Arbitrary<string> = fc.oneof(
	{ weight: 4, arbitrary: fc.tuple(fc.constantFrom("CMD", "ENTRYPOINT", "RUN"), fc.oneof(command, json)).map((two) => two.join(" ")) },
	{ weight: 3, arbitrary: expose.map((all) => `EXPOSE ${all}`) },
	{ weight: 2, arbitrary: fc.tuple(variable, fc.oneof(number, use, words)).map(([name, value]) => `ENV ${name}=${value}`) },
	{ weight: 1, arbitrary: fc.tuple(variable, fc.oneof(number, use)).map(([name, value]) => `ENV ${name} ${value}`) },
	{ weight: 2, arbitrary: fc.tuple(variable, fc.oneof(number, use, fc.constant(undefined))).map(([name, value]) => `ARG ${name}${value === undefined ? "" : `=${value}`}`) },
	{ weight: 2, arbitrary: fc.tuple(fc.constantFrom("COPY", "ADD", "copy --from=0", "COPY --link --chown=1:2", "COPY --from=build"), words, word).map((all) => all.join(" ")) },
	{ weight: 1, arbitrary: fc.tuple(fc.constantFrom("COPY", "RUN", "ADD", "RUN cat"), heredoc, word).map(([keyword, [open, rest], to]) => `${keyword} ${open} ${to}${rest}`) },
	{ weight: 1, arbitrary: fc.tuple(fc.constantFrom("WORKDIR", "USER", "LABEL", "VOLUME", "STOPSIGNAL", "MAINTAINER", "ONBUILD CMD", "ONBUILD EXPOSE", "SHELL", "run", "NOSUCH"), fc.oneof(words, json)).map((two) => two.join(" ")) },
	{ weight: 1, arbitrary: fc.oneof(command, number.map((port) => `curl localhost:${port} || exit 1`)).map((text) => `HEALTHCHECK --interval=5s CMD ${text}`) },
	{ weight: 1, arbitrary: fc.constantFrom("# comment", "#", "  ", "# syntax=docker/dockerfile:1", "# portlight ignore=nothing-listens", "# portlight ignore=x, not-exposed", "\\") },
); // biome-ignore format: a table

const from = fc
	.tuple(
		fc.oneof(
			fc.constantFrom(
				"scratch",
				"alpine",
				"python:3.12",
				"node:20",
				"nginx",
				"php:8-apache",
				"redis:7",
				"build",
				"one",
				"0",
				"golang:1.22",
				"postgres",
			),
			use,
		),
		fc.constantFrom("", " AS one", " as Build", " AS 0"),
		fc.constantFrom("", "--platform=$BUILDPLATFORM "),
	)
	.map(([image, as, flag]) => `FROM ${flag}${image}${as}`);

const stage = fc.tuple(from, fc.array(instruction, { maxLength: 8 })).map(([first, rest]) => [first, ...rest]);

/** A line broken over several, as `RUN a \` does. */
function broken(line: string, at: number, escapeChar: string): string {
	const blanks = [...line.matchAll(/ /g)];
	const blank = blanks[at % Math.max(blanks.length, 1)];
	return blank && !line.includes("\n")
		? `${line.slice(0, blank.index)} ${escapeChar}\n${at % 3 === 0 ? "# between\n" : ""}   ${line.slice(blank.index)}`
		: line;
}

/** Dockerfiles that are mostly sound: every instruction, several stages, heredocs, directives, continued lines, all line ends. */
export const dockerfiles: fc.Arbitrary<string> = fc
	.record({
		escapeChar: fc.constantFrom("\\", "\\", "\\", "`"),
		head: fc.constantFrom("", "", "# syntax=docker/dockerfile:1\n", "\ufeff", "# a comment\n\n", "ARG IMAGE=alpine\n", "ARG PORT\n"),
		stages: fc.array(stage, { minLength: 1, maxLength: 3 }),
		breaks: fc.array(fc.nat(20), { maxLength: 3 }),
		eol: fc.constantFrom("\n", "\n", "\n", "\r\n"),
		last: fc.constantFrom("\n", "\n", "", "\n\n", " \\\n", " \\"),
		edits: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: editsOf(DOCKERFILE_WORDS) }),
	})
	.map(({ escapeChar, head, stages, breaks, eol, last, edits }) => {
		const lines = stages.flat();
		for (const at of breaks) lines[at % lines.length] = broken(lines[at % lines.length] ?? "", at, escapeChar);
		const text = `${escapeChar === "`" ? "# escape=`\n" : ""}${head}${lines.join("\n")}${last}`;
		return mutated(text.replace(/\n/g, eol), edits);
	});
