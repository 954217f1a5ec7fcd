import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** A Dockerfile to type in, with the folder that it is built from. */
export interface Project {
	readonly name: string;
	readonly folder: string;
	readonly dockerfile: string;
	/** Where the editor types, zero-based: behind an ENV that decides nothing, and behind the start command. */
	readonly places: readonly { readonly line: number; readonly character: number }[];
}

const SERVER = "const http = require('node:http');\nhttp.createServer().listen(process.env.PORT || 3000);\n";

/** The projects that are typed in, written below `folder`: one for each number of lines. */
export function writeProjects(folder: string, lines: readonly number[]): Promise<Project[]> {
	return Promise.all(
		lines.map((many) => {
			const stages = many < 100 ? 1 : 4;
			return writeProject(folder, `${many} lines, ${stages === 1 ? "1 stage" : `${stages} stages`}`, dockerfileOf(many, stages));
		}),
	);
}

async function writeProject(folder: string, name: string, dockerfile: string): Promise<Project> {
	const own = path.join(folder, name.replace(/\W+/g, "-"));
	await mkdir(own);
	await Promise.all([
		writeFile(path.join(own, "Dockerfile"), dockerfile),
		writeFile(path.join(own, "server.js"), SERVER),
		writeFile(path.join(own, "package.json"), "{}"),
	]);
	const lines = dockerfile.split("\n");
	const places = ["ENV TYPED=", "CMD "].map((start) => lines.findIndex((line) => line.startsWith(start)));
	return { name, folder: own, dockerfile, places: places.map((line) => ({ line, character: lines[line]?.length ?? 0 })) };
}

/** Instructions of all kinds, in stages that copy from each other. */
function dockerfileOf(lines: number, stages: number): string {
	const written: string[] = [];
	for (let stage = 0; stage < stages; stage++) {
		written.push(`FROM node:22 AS stage${stage}`, "WORKDIR /app", "COPY . .");
		if (stage > 0) written.push(`COPY --from=stage${stage - 1} /app/server.js /app/copy${stage}.js`);
		for (let i = written.length; i < ((stage + 1) * lines) / stages - 3; i++) written.push(instruction(i));
	}
	written.push("ENV TYPED=x", "EXPOSE 3000", 'CMD ["node", "server.js"]');
	return `${written.join("\n")}\n`;
}

function instruction(i: number): string {
	switch (i % 5) {
		case 0:
			return `ENV NAME_${i}=value-${i}`;
		case 1:
			return `ARG ARGUMENT_${i}=$NAME_${i - 1}`;
		case 2:
			return `RUN apt-get update && apt-get install -y package-${i} && rm -rf /var/lib/apt/lists/*`;
		case 3:
			return `COPY package.json /app/package-${i}.json`;
		default:
			return `LABEL label.${i}="x"`;
	}
}

/** A program of so many modules that evaluating it takes a while, and of texts that no other folder has; answers its Dockerfile. */
export async function writeLargeProgram(folder: string, modules: number): Promise<string> {
	await mkdir(folder);
	const own = JSON.stringify(path.basename(folder));
	const body = Array.from({ length: 400 }, (_, i) => `def function_${i}(value):\n    return [value + ${i}, {${own}: value}]\n`).join("");
	const names = Array.from({ length: modules }, (_, i) => `module_${i}`);
	await Promise.all(names.map((name, i) => writeFile(path.join(folder, `${name}.py`), `# ${i}\n${body}`)));
	const main = `${names.map((name) => `import ${name}\n`).join("")}from flask import Flask\nFlask("x").run("0.0.0.0", 8080)\n`;
	await writeFile(path.join(folder, "main.py"), main);
	const dockerfile = "FROM python:3\nCOPY . /app\nWORKDIR /app\nCMD python main.py\n";
	await writeFile(path.join(folder, "Dockerfile"), dockerfile);
	return dockerfile;
}
