import { t } from "../../model/message.ts";
import { portKey } from "../../model/port.ts";
import { distinctPorts } from "../describe.ts";
import type { Finding, StageReport } from "../report.ts";
import { otherProtocol } from "./wrongProtocol.ts";

/** An EXPOSE that documents a port on which nothing listens. Said only when the picture is whole. */
export function nothingListens(stage: StageReport): Finding[] {
	return stage.exposes.flatMap((verdict): Finding[] => {
		const { ports, range } = verdict.expose;
		// The other protocol of the same port is a finding of its own.
		if (verdict.state !== "silent" || !ports || otherProtocol(stage, verdict.expose).length > 0) return [];
		const { text } = verdict.expose;
		const silence =
			ports.first === ports.last
				? t("EXPOSE {0}: nothing in this image listens on {1}", text, `${ports.first}/${ports.protocol}`)
				: t("EXPOSE {0}: nothing in this image listens on any port of {1}", text, `${ports.first}-${ports.last}/${ports.protocol}`);
		return [
			{
				code: "nothing-listens",
				message: silence + whatListens(stage),
				range,
				related: stage.listeners[0]?.evidence ?? [],
				stage,
				subject: { expose: verdict.expose },
			},
		];
	});
}

function whatListens(stage: StageReport): string {
	if (stage.listeners.length === 0) return "";
	return ` (${distinctPorts(stage.listeners)
		.map((listener) => t("{0} listens on {1}", listener.program, portKey(listener)))
		.join(", ")})`;
}
