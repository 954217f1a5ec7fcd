import type { Dockerfile } from "../../dockerfile/dockerfile.ts";
import { t } from "../../model/message.ts";
import { isLoopback, portKey } from "../../model/port.ts";
import { describeSite, distinctPorts } from "../describe.ts";
import type { Finding, StageReport } from "../report.ts";

/** A port that other containers and `-p` can reach, and that no EXPOSE documents. */
export function notExposed(stage: StageReport, dockerfile: Dockerfile): Finding[] {
	return distinctPorts(stage.listeners.filter((listener) => !listener.exposedBy && !isLoopback(listener.address))).map((listener) => ({
		code: "not-exposed",
		message: t("{0} listens on {1}, but the image does not expose it", describeSite(listener, dockerfile.uri), portKey(listener)),
		range: (stage.start ?? stage.image.stage.from).range,
		related: listener.evidence,
		stage,
		subject: { listener },
	}));
}
