import { analyseFiles, type Files } from "./analysis.ts";

/** Each finding of `Dockerfile` among these files: code, the text that it stands under, message. */
export async function findings(files: Files): Promise<readonly string[]> {
	const { findings, dockerfile } = await analyseFiles(files);
	return findings.map(({ code, range, message }) => `${code} [${dockerfile.document.getText(range)}] ${message}`);
}
