import { type Dockerfile, lastOf } from "../../dockerfile/dockerfile.ts";
import { rangeOf } from "../../dockerfile/logicalText.ts";
import type { StageImage } from "../../image/stageImage.ts";
import { t } from "../../model/message.ts";
import { portKey } from "../../model/port.ts";
import { distinctPorts } from "../describe.ts";
import { askedPorts } from "../healthcheck.ts";
import type { Finding, StageReport } from "../report.ts";

/** A HEALTHCHECK that asks a port of this container on which nothing listens. Said only when the picture is whole. */
export function healthcheckPort(stage: StageReport, dockerfile: Dockerfile): Finding[] {
	if (stage.gaps.length > 0) return [];
	const check = healthcheckOf(stage.image);
	if (!check) return [];
	const { instruction } = check;
	return askedPorts(instruction.args.text, check.image.environment).flatMap((asked): Finding[] => {
		if (stage.listeners.some(({ port, protocol }) => port === asked.port && protocol === "tcp")) return [];
		const instead = distinctPorts(stage.listeners)
			.map((listener) => t("{0} listens on {1}", listener.program, portKey(listener)))
			.join(", ");
		return [
			{
				code: "healthcheck-port",
				message: t("HEALTHCHECK asks port {0}, nothing listens there", asked.port) + (instead ? ` (${instead})` : ""),
				range: rangeOf(dockerfile.document, instruction.args, asked.start, asked.end),
				related: stage.listeners[0]?.evidence ?? [],
				stage,
				subject: { port: asked.port },
			},
		];
	});
}

/** The last HEALTHCHECK of the stage or of the stages of this file that it is built on; none when that is NONE. */
function healthcheckOf(image: StageImage) {
	for (let one: StageImage | undefined = image; one; one = one.parent) {
		const instruction = lastOf(one.stage, "HEALTHCHECK");
		if (instruction) return /^NONE\b/i.test(instruction.args.text) ? undefined : { instruction, image };
	}
	return undefined;
}
