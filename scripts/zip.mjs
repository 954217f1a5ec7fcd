// Reads a .vsix, which is a zip file, without a dependency: names and contents, no encryption, no zip64.
import { readFile } from "node:fs/promises";
import { inflateRawSync } from "node:zlib";

const END_OF_DIRECTORY = 0x06054b50;
const DEFLATED = 8;

/**
 * The files of a zip file. Layout: APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12 and 4.3.16.
 * @param {string} file
 * @returns {Promise<{ name: string, read: () => Buffer }[]>}
 */
export async function unzip(file) {
	const bytes = await readFile(file);
	let end = bytes.length - 22;
	while (end >= 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
	if (end < 0) throw new Error(`${file} is not a zip file`);
	const entries = [];
	let at = bytes.readUInt32LE(end + 16);
	for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
		const method = bytes.readUInt16LE(at + 10);
		const size = bytes.readUInt32LE(at + 20);
		const nameLength = bytes.readUInt16LE(at + 28);
		const local = bytes.readUInt32LE(at + 42);
		const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
		const read = () => {
			const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
			const data = bytes.subarray(start, start + size);
			return method === DEFLATED ? inflateRawSync(data) : data;
		};
		if (!name.endsWith("/")) entries.push({ name, read });
		at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
	}
	return entries;
}
