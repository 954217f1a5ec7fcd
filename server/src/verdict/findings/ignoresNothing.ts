import type { StageImage } from "../../image/stageImage.ts";
import { t } from "../../model/message.ts";
import type { Ignore } from "../ignore.ts";
import { FINDING_CODES, type Finding, type StageReport } from "../report.ts";

/** An ignore comment that takes nothing away: the fault is repaired, or the code is misspelt. */
export function ignoresNothing(stage: StageReport, idle: readonly Ignore[]): Finding[] {
	return idle.flatMap((ignore): Finding[] => {
		const known = (FINDING_CODES as readonly string[]).includes(ignore.code);
		// What is not whole may be a finding tomorrow, and other stages are not looked at.
		if (known && (stage.gaps.length > 0 || !isAbove(stage.image, ignore))) return [];
		return [
			{
				code: "ignores-nothing",
				message: known ? t("There is no {0} to ignore here", ignore.code) : t("There is no finding called {0}", ignore.code),
				range: ignore.range,
				related: [],
				stage,
				subject: { ignore },
			},
		];
	});
}

/** Whether the comment stands above an instruction of this stage or of one that it is built on. */
function isAbove(image: StageImage, { line }: Ignore): boolean {
	for (let one: StageImage | undefined = image; one; one = one.parent)
		if ([one.stage.from, ...one.stage.instructions].some(({ range }) => range.start.line === line)) return true;
	return false;
}
