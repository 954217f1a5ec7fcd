// The licences of everything that the bundles hold, as one text: most of them ask to be passed on.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { root } from "./folders.mjs";

const LICENCE = /^(licen[cs]e|copying|notice|thirdpartynotices?)([-.].*)?$/i;

/**
 * The folders of the packages that files come from, sorted.
 * @param {readonly string[]} inputs paths relative to the project's folder, as esbuild's metafile has them
 * @returns {string[]}
 */
export function packagesOf(inputs) {
	const found = new Set();
	for (const input of inputs) {
		const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input.replaceAll("\\", "/")) ?? [];
		if (folder) found.add(folder);
	}
	return [...found].sort();
}

/**
 * @param {readonly string[]} packages folders of packages, relative to the project's
 * @returns {Promise<string>}
 */
export async function noticesOf(packages) {
	const parts = ["Portlight contains the following software of others.\n"];
	for (const folder of packages) {
		const place = path.join(root, folder);
		const { name, version, license, author } = JSON.parse(await readFile(path.join(place, "package.json"), "utf8"));
		const files = (await readdir(place)).filter((file) => LICENCE.test(file)).sort();
		const texts = await Promise.all(files.map((file) => readFile(path.join(place, file), "utf8")));
		const by = typeof author === "string" ? author : author?.name;
		if (!license && texts.length === 0) throw new Error(`${name} says nothing about its licence`);
		const words =
			texts.length > 0
				? texts.map((text) => text.replaceAll("\r\n", "\n").trim()).join("\n\n")
				: `Licence: ${license}${by ? `, by ${by}` : ""}`;
		parts.push(`${"-".repeat(80)}\n${name} ${version} (${license ?? "see below"})\n\n${words}\n`);
	}
	return parts.join("\n");
}
