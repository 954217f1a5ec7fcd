import type { Dockerfile } from "../../dockerfile/dockerfile.ts";
import type { StageExpose } from "../../image/stageImage.ts";
import { t } from "../../model/message.ts";
import { portKey } from "../../model/port.ts";
import { describeSite } from "../describe.ts";
import type { Finding, ReportedListener, StageReport } from "../report.ts";

/** An EXPOSE of the right number with the wrong protocol: `EXPOSE 53` is tcp, and the server speaks udp. */
export function wrongProtocol(stage: StageReport, dockerfile: Dockerfile): Finding[] {
	return stage.exposes.flatMap((verdict): Finding[] => {
		if (verdict.state !== "silent") return [];
		const [listener] = otherProtocol(stage, verdict.expose);
		const { ports, text, range } = verdict.expose;
		if (!listener || !ports) return [];
		return [
			{
				code: "wrong-protocol",
				message: t(
					"EXPOSE {0} is {1}; {2} listens on {3}",
					text,
					ports.protocol,
					describeSite(listener, dockerfile.uri),
					portKey(listener),
				),
				range,
				related: listener.evidence,
				stage,
				subject: { expose: verdict.expose },
			},
		];
	});
}

/** What listens on an exposed port, but speaks another protocol than EXPOSE says. */
export function otherProtocol(stage: StageReport, { ports }: StageExpose): readonly ReportedListener[] {
	if (!ports) return [];
	return stage.listeners.filter(({ port, protocol }) => port >= ports.first && port <= ports.last && protocol !== ports.protocol);
}
