import { covers } from "../dockerfile/expose.ts";
import type { StageExpose, StageImage } from "../image/stageImage.ts";
import { isLoopback } from "../model/port.ts";
import { distinctPorts } from "./describe.ts";
import type { StagePrediction } from "./predict.ts";
import type { ExposeVerdict, ReportedListener } from "./report.ts";

/** Adds to each listener what documents its port, in this stage or below it. */
export function withExposure(image: StageImage, prediction: StagePrediction): ReportedListener[] {
	const own: StageExpose[] = [];
	for (let one: StageImage | undefined = image; one; one = one.parent) own.push(...one.exposes);
	return prediction.listeners.map((listener) => {
		const exposedBy =
			own.find((word) => covers(word, listener)) ??
			image.inheritedExposes.find(
				(word) => word.protocol === listener.protocol && listener.port >= word.first && listener.port <= word.last,
			);
		return exposedBy ? { ...listener, exposedBy } : listener;
	});
}

/** What is true of one EXPOSE word, given what the container will listen on. */
export function judgeExpose(expose: StageExpose, listeners: readonly ReportedListener[], prediction: StagePrediction): ExposeVerdict {
	if (expose.problem?.kind === "malformed") return { expose, state: "malformed" };
	if (expose.problem) return { expose, state: "unknown", reason: expose.problem.reason };
	const covered = listeners.filter((listener) => covers(expose, listener));
	if (covered.length > 0) {
		const state = covered.every((listener) => isLoopback(listener.address)) ? "loopback" : "listens";
		return { expose, state, listeners: distinctPorts(covered) };
	}
	const gap = prediction.gaps[0];
	return gap ? { expose, state: "unknown", reason: gap.reason } : { expose, state: "silent" };
}
