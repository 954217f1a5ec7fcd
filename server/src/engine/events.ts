import { StringDecoder } from "node:string_decoder";
import type { EngineEvent } from "./engine.ts";

/**
 * Takes the chunks of `GET /events`, one JSON object a line and cut anywhere, and calls back for every event of a
 * container. Lines that are not such an event are passed over.
 */
export function eventReader(onEvent: (event: EngineEvent) => void): (chunk: Buffer | string) => void {
	const decoder = new StringDecoder("utf8");
	let rest = "";
	return (chunk) => {
		rest += typeof chunk === "string" ? chunk : decoder.write(chunk);
		const lines = rest.split("\n");
		// A line that never ends is nobody's event.
		rest = (lines.pop() ?? "").slice(0, MAX_LINE);
		for (const line of lines) {
			const event = readEvent(line);
			if (event) onEvent(event);
		}
	};
}

/** Characters. Docker's own events stay below a few thousand: they carry the container's labels. */
const MAX_LINE = 1_000_000;

function readEvent(line: string): EngineEvent | undefined {
	let json: { Type?: unknown; Action?: unknown; Actor?: { ID?: unknown; Attributes?: { container?: unknown } } } | null;
	try {
		json = JSON.parse(line);
	} catch {
		return undefined;
	}
	const action = json?.Action;
	// A network's events name the container that joins or leaves among the attributes.
	const id = json?.Type === "network" ? json.Actor?.Attributes?.container : json?.Actor?.ID;
	return typeof action === "string" && typeof id === "string" && id !== "" ? { action, containerId: id } : undefined;
}
