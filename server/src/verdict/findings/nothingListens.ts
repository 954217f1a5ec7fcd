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
		const what =
			ports.first === ports.last ? `${ports.first}/${ports.protocol}` : `any port of ${ports.first}-${ports.last}/${ports.protocol}`;
		return [
			{
				code: "nothing-listens",
				message: `EXPOSE ${verdict.expose.text}: nothing in this image listens on ${what}${whatListens(stage)}`,
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
		.map((listener) => `${listener.program} listens on ${portKey(listener)}`)
		.join(", ")})`;
}
