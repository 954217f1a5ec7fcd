import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { capture } from "../../../scripts/processes.mjs";
import type { Findings } from "../report.ts";

const root = path.join(import.meta.dirname, "../../..");

/** What a user downloads, and what Node has to read. Packs what lies in dist/. */
export async function sizes(findings: Findings, folder: string): Promise<void> {
	for (const name of ["client.js", "languageServer.js", "cli.js"]) {
		const { size } = await stat(path.join(root, "dist", name));
		findings.row({
			name: `dist/${name}`,
			unit: "kB",
			figures: { size: size / 1_000 },
			...(name === "client.js" ? { goal: { of: "kB", value: size / 1_000, atMost: 400 } } : {}),
		});
	}
	const grammars = path.join(root, "dist/grammars");
	const files = await Promise.all((await readdir(grammars)).map((name) => stat(path.join(grammars, name))));
	findings.row({
		name: `${files.length} files of grammars`,
		unit: "MB",
		figures: { size: files.reduce((sum, { size }) => sum + size, 0) / 1e6 },
	});
	const vsix = path.join(folder, "portlight.vsix");
	const { code, output } = await capture(process.execPath, [path.join(root, "scripts/package.mjs"), "--no-build", "--out", vsix], {
		cwd: root,
	});
	if (code !== 0) return findings.skip("vsix", output);
	const { size } = await stat(vsix);
	findings.row({ name: "vsix", unit: "MB", figures: { size: size / 1e6 }, goal: { of: "MB", value: size / 1e6, atMost: 6 } });
}
