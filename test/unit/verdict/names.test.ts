import assert from "node:assert/strict";
import { test } from "node:test";
import { inlayHints } from "../../../server/src/features/inlayHints.ts";
import { analyseFiles, type Files } from "../../support/analysis.ts";

/** Projects that use a name wherever one may be chosen. */
const PROJECTS: Readonly<Record<string, (name: string) => Files>> = {
	dockerfile: (name) => ({
		Dockerfile: `FROM node AS ${name}\nFROM ${name}\nENV ${name}=${name}\nRUN ${name} a | ${name} > /x; \${${name}}\nCMD exec ${name} --${name} $${name}\n`,
	}),
	package: (name) => ({
		Dockerfile: 'FROM node\nCOPY . /a\nWORKDIR /a\nCMD ["npm", "run", "' + name + '"]\n',
		"package.json": `{"scripts": {"${name}": "${name} --port $${name}"}, "dependencies": {"${name}": "1"}}`,
	}),
	javascript: (name) => ({
		Dockerfile: 'FROM node\nCOPY s.js /\nCMD ["node", "/s.js"]\n',
		"s.js": `const x = require("${name}"); x.${name}([1].${name}(2)); "a".${name}("b"); process.env.${name}; new ${name}();\n`,
	}),
	python: (name) => ({
		Dockerfile: 'FROM python\nCOPY s.py /\nCMD ["python", "/s.py"]\n',
		"s.py": `import ${name}, os\n${name}.${name}()\n"a".${name}()\n[].${name}()\n{}.${name}()\nos.${name}()\n${name}()\n`,
	}),
	ruby: (name) => ({
		Dockerfile: 'FROM ruby\nCOPY s.rb /\nCMD ["ruby", "/s.rb"]\n',
		"s.rb": `require "${name}"\n${name}()\n"x".${name}\n[].${name}\n{}.${name}\n`,
	}),
	go: (name) => ({
		Dockerfile: 'FROM golang\nCOPY . /a\nWORKDIR /a\nCMD ["go", "run", "."]\n',
		"go.mod": `module ${name}\n`,
		"main.go": `package main\nimport "os"\nfunc main() { os.${name}(); ${name}.${name}(); ${name}() }\n`,
	}),
	rust: (name) => ({
		Dockerfile: 'FROM rust\nCOPY . /a\nWORKDIR /a\nCMD ["cargo", "run"]\n',
		"Cargo.toml": '[package]\nname = "a"\n',
		"src/main.rs": `use ${name}::${name};\nfn main() { ${name}::${name}().${name}(); ${name}!(); }\n`,
	}),
};

for (const [project, filesOf] of Object.entries(PROJECTS))
	for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"])
		test(`${name} is a name like any other: ${project}`, async () => {
			const analysis = await analyseFiles(filesOf(name));
			assert.doesNotMatch(JSON.stringify(inlayHints(analysis)), /native code|\[object/);
			for (const { port } of analysis.target?.listeners ?? []) assert.ok(Number.isInteger(port));
		});
