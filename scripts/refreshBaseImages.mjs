// Compares server/src/image/baseImages.json with public image definitions and prints what differs, for review; with --write
// it also takes the differences over. docs/base-images.md tells when and how. Nothing of it is needed to build.
//
//   node scripts/refreshBaseImages.mjs --dockerfiles FOLDER --name nginx [--tag fpm] [--write]
//   docker image inspect nginx:latest | node scripts/refreshBaseImages.mjs --inspect - [--write]
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";

const FILE = path.join(import.meta.dirname, "../server/src/image/baseImages.json");
const USAGE = "Usage: node scripts/refreshBaseImages.mjs (--dockerfiles FOLDER --name NAME [--tag WORD] | --inspect FILE|-) [--write]";

const { values } = parseArgs({
	options: {
		dockerfiles: { type: "string" },
		name: { type: "string" },
		tag: { type: "string" },
		inspect: { type: "string" },
		write: { type: "boolean", default: false },
	},
});

const records = JSON.parse(await readFile(FILE, "utf8"));
const found = values.inspect
	? await fromInspect(values.inspect)
	: values.dockerfiles && values.name
		? await fromFolder(values.dockerfiles, values.name)
		: undefined;
if (!found) {
	console.error(USAGE);
	process.exit(2);
}

let differences = 0;
for (const { name, tag, facts, from } of found) {
	const record = records.findLast((one) => one.name === name && one.tag === tag);
	if (!record) {
		console.log(`? ${name}${tag ? `:${tag}` : ""} is not in the file (${from})\n  ${JSON.stringify(facts)}`);
		continue;
	}
	for (const [key, value] of Object.entries(facts)) {
		const before = JSON.stringify(record[key] ?? empty(value));
		const after = JSON.stringify(value);
		if (before === after) continue;
		differences++;
		console.log(`${name}${tag ? `:${tag}` : ""} ${key} (${from})\n- ${before}\n+ ${after}`);
		if (values.write) record[key] = value;
	}
}
console.log(`${differences} difference${differences === 1 ? "" : "s"}`);
if (values.write && differences > 0) await writeFile(FILE, format(records));

function empty(value) {
	return Array.isArray(value) ? [] : typeof value === "object" ? {} : undefined;
}

/** One record on each line, so that a change of a record is a change of a line. */
function format(all) {
	return `[\n${all.map((one) => `  ${JSON.stringify(one)}`).join(",\n")}\n]\n`;
}

/** What `docker image inspect` prints. */
async function fromInspect(file) {
	const images = JSON.parse(file === "-" ? await text(process.stdin) : await readFile(file, "utf8"));
	return images.flatMap(({ RepoTags: [reference = ""], Config }) => {
		const colon = reference.lastIndexOf(":");
		const [name, tag] = [reference.slice(0, colon), reference.slice(colon + 1)];
		const known = records.filter((one) => one.name === name).map((one) => one.tag);
		return [
			{
				name,
				tag: known.find((one) => one !== undefined && tag.split(/[-._]/).includes(one)),
				from: reference,
				facts: {
					exposes: Object.keys(Config.ExposedPorts ?? {}).sort(byPort),
					workdir: Config.WorkingDir || undefined,
					entrypoint: Config.Entrypoint ?? [],
					cmd: Config.Cmd ?? [],
					...environmentOf(name, Object.fromEntries((Config.Env ?? []).map((pair) => pair.split(/=(.*)/s)))),
				},
			},
		];
	});
}

/** Every Dockerfile of a folder laid out as docker-library does: one image each, the newest version last. */
async function fromFolder(folder, name) {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile() && /^Dockerfile(\.(?!template).+)?$/.test(entry.name))
		.map((entry) => path.join(entry.parentPath, entry.name))
		.filter((file) => (values.tag ? file.includes(values.tag) : true))
		.sort(new Intl.Collator("en", { numeric: true }).compare);
	const file = files.at(-1);
	if (!file) return [];
	return [
		{
			name,
			tag: values.tag,
			from: path.relative(folder, file),
			facts: readDockerfile(name, await readFile(file, "utf8")),
		},
	];
}

/** The last stage's EXPOSE, WORKDIR, ENTRYPOINT, CMD and those ENVs that the file lists already. */
function readDockerfile(name, source) {
	const instructions = source
		.replace(/^\s*#.*$/gm, "")
		.replace(/\\\s*\n/g, " ")
		.split("\n")
		.map((line) => /^\s*([A-Za-z]+)\s+(.*)$/.exec(line))
		.filter(Boolean)
		.map(([, keyword, args]) => ({ keyword: keyword.toUpperCase(), args: args.trim() }));
	const stage = instructions.slice(instructions.findLastIndex(({ keyword }) => keyword === "FROM") + 1);
	const last = (keyword) => stage.findLast((one) => one.keyword === keyword)?.args;
	const words = (args) => {
		if (args === undefined) return [];
		try {
			return JSON.parse(args);
		} catch {
			return ["/bin/sh", "-c", args];
		}
	};
	const ports = stage.filter(({ keyword }) => keyword === "EXPOSE").flatMap(({ args }) => args.split(/\s+/));
	const pairs = stage.filter(({ keyword }) => keyword === "ENV").flatMap(({ args }) => [...args.matchAll(/(\w+)[=\s]"?([^"\s]*)"?/g)]);
	const environment = Object.fromEntries(pairs.map(([, name, value]) => [name, value]));
	const filled = (word) => word?.replace(/\$\{?(\w+)\}?/g, (whole, variable) => environment[variable] ?? whole);
	return {
		exposes: ports.map((port) => (port.includes("/") ? port.toLowerCase() : `${port}/tcp`)).sort(byPort),
		workdir: filled(last("WORKDIR")),
		entrypoint: words(last("ENTRYPOINT")),
		cmd: words(last("CMD")),
		...environmentOf(name, environment),
	};
}

/** Of the variables, those that the file holds: the others decide no port. */
function environmentOf(name, environment) {
	const listed = records.findLast((one) => one.name === name)?.environment;
	if (!listed) return {};
	return { environment: Object.fromEntries(Object.keys(listed).map((key) => [key, environment[key] ?? listed[key]])) };
}

function byPort(a, b) {
	return Number.parseInt(a, 10) - Number.parseInt(b, 10) || a.localeCompare(b);
}
