import type { Dockerfile } from "../../dockerfile/dockerfile.ts";
import { t } from "../../model/message.ts";
import { isLoopback } from "../../model/port.ts";
import { describeListener, describeSite, distinctPorts } from "../describe.ts";
import type { Finding, ReportedListener, StageReport } from "../report.ts";

/**
 * A port that was meant to be reached and cannot be: it is exposed, or nothing else of the image can be reached. A server
 * on loopback behind a proxy in the same container is as it should be.
 */
export function loopbackOnly(stage: StageReport, dockerfile: Dockerfile): Finding[] {
	const reachable = stage.listeners.filter(({ address }) => !isLoopback(address));
	const isMeant = (listener: ReportedListener) => {
		if (reachable.some(({ port, protocol }) => port === listener.port && protocol === listener.protocol)) return false;
		return listener.exposedBy !== undefined || (reachable.length === 0 && stage.gaps.length === 0);
	};
	return distinctPorts(stage.listeners.filter((listener) => isLoopback(listener.address) && isMeant(listener))).map((listener) => ({
		code: "loopback-only",
		message: t(
			"{0} listens on {1}: unreachable from outside the container",
			describeSite(listener, dockerfile.uri),
			describeListener(listener),
		),
		range: (stage.start ?? stage.image.stage.from).range,
		related: listener.evidence,
		stage,
		subject: { listener },
	}));
}
