import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { outFolder, root } from "../../../scripts/folders.mjs";
import { unzip } from "../../../scripts/zip.mjs";

/** The package under test: `npm test` builds it first. */
export const vsix = path.join(outFolder, "test", "portlight.vsix");

/** A folder that is removed with everything in it when the returned function is called. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
	// On some machines /tmp is a link, and VS Code resolves links.
	const folder = await realpath(await mkdtemp(path.join(tmpdir(), "portlight-vscode-")));
	// The server's last writes may still be under way.
	return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) };
}

/** Copies examples/, which no test may change. */
export async function copyExamples(to: string): Promise<string> {
	const examples = path.join(to, "examples");
	await cp(path.join(root, "examples"), examples, { recursive: true });
	return examples;
}

/** Copies the small project with mistakes of every kind into a folder, as `shop`. */
export async function copyShop(to: string): Promise<string> {
	const shop = path.join(to, "shop");
	await cp(path.join(root, "test/fixtures/shop"), shop, { recursive: true });
	return shop;
}

/** Unpacks the packaged extension: what users get is what is tested, not the sources. */
export async function unpackExtension(to: string): Promise<string> {
	const folder = path.join(to, "extension");
	const entries = await unzip(vsix).catch((error: unknown) => {
		throw new Error(`the package under test is missing: node scripts/package.mjs --out ${vsix}`, { cause: error });
	});
	for (const { name, read } of entries.filter((entry) => entry.name.startsWith("extension/"))) {
		const file = path.join(to, name);
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, read());
	}
	return folder;
}
