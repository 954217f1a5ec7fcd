import { describeListener } from "../../server/src/verdict/describe.ts";
import { analyseFiles, type Files } from "./analysis.ts";

/** The target's listeners and gaps, one a line: `80/tcp certain`, `127.0.0.1:5000/tcp default PORT`, `? reason`. */
export async function portsOf(files: Files): Promise<string[]> {
	const { target } = await analyseFiles(files);
	const listeners = (target?.listeners ?? []).map((one) =>
		[describeListener(one), one.certainty, one.overriddenBy].filter(Boolean).join(" "),
	);
	return [...listeners, ...(target?.gaps ?? []).map((gap) => `? ${gap.reason}`)];
}
