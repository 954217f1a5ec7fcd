// `node test/support/settingsDocs.ts` writes the settings of README.md anew from the manifest.
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";

const root = path.join(import.meta.dirname, "../..");
const START = "<!-- settings: written by node test/support/settingsDocs.ts -->\n";
const END = "<!-- end of settings -->";

/** What is documented of a setting, as the manifest declares it. */
interface Setting {
	readonly default: unknown;
	readonly enum?: readonly string[];
	readonly order?: number;
	readonly description?: string;
	readonly markdownDescription?: string;
}

interface Section {
	readonly title: string;
	readonly properties: Readonly<Record<string, Setting>>;
}

const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const words: Readonly<Record<string, string>> = JSON.parse(readFileSync(path.join(root, "package.nls.json"), "utf8"));

export const file = path.join(root, "README.md");

/** README.md as it must stand: everything but the settings as it is. */
export function readmeWithSettings(): string {
	const text = readFileSync(file, "utf8");
	const [before, rest] = text.split(START);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined) throw new Error(`README.md has no ${START.trim()} … ${END}`);
	return `${before}${START}\n${settingTables()}\n${END}${after}`;
}

function settingTables(): string {
	const declared: Section | readonly Section[] = manifest.contributes.configuration;
	return (Array.isArray(declared) ? declared : [declared]).map(tableOf).join("\n");
}

function tableOf({ title, properties }: Section): string {
	const rows = Object.entries(properties)
		.sort(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0))
		.map(([name, setting]) => `| \`${name}\` | \`${JSON.stringify(setting.default)}\` | ${meaningOf(setting)} |`);
	return [`**${said(title)}**\n`, "| setting | default | |", "| --- | --- | --- |", ...rows, ""].join("\n");
}

function meaningOf({ enum: values, description, markdownDescription }: Setting): string {
	const choices = values === undefined ? "" : ` One of ${values.map((value) => `\`${value}\``).join(", ")}.`;
	return `${said(markdownDescription ?? description ?? "")}${choices}`.replaceAll("|", "\\|").replaceAll("\n", " ");
}

/** The English text behind a `%key%`. */
function said(text: string): string {
	const key = /^%(.+)%$/.exec(text)?.[1];
	return key === undefined ? text : (words[key] ?? text);
}

if (import.meta.main) await writeFile(file, readmeWithSettings());
