import { record } from "./seeds.ts";

export async function started(text: string, files: Readonly<Record<string, string>> = {}): Promise<never> {
	return record({ kind: "script", text, files });
}
