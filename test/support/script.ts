import { known } from "../../server/src/model/value.ts";
import { runShellIn } from "../../server/src/process/shell.ts";
import { imageOf } from "./image.ts";
import { describe, processOf } from "./processes.ts";

/** What a bash script starts in an image with these files, as `describe` writes it. */
export async function started(text: string, files: Readonly<Record<string, string>> = {}, args: readonly string[] = []): Promise<string[]> {
	return describe(
		await runShellIn({ text, args: args.map((word) => known(word)), script: "/entry.sh" }, processOf(["sh"]), imageOf(files)),
	);
}
