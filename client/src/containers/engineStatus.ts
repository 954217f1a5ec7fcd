import type { EngineReport } from "../../../server/src/protocol.ts";
import { plain, withoutIcons } from "./words.ts";

/** The status bar's words for the engine. Text may hold icons; the tooltip is plain. */
export interface EngineStatus {
	readonly text: string;
	readonly tooltip: string;
}

const words: Record<EngineReport["state"], string> = {
	connecting: "connecting",
	connected: "connected",
	absent: "no container engine",
	denied: "no permission",
	refused: "not running",
	silent: "no answer",
	foreign: "not Docker",
};

/** Which engine is asked and how it is. What was tried stands here, for the welcome view's words are fixed. */
export function engineStatus(engine: EngineReport): EngineStatus {
	const name = withoutIcons(engine.name);
	const tooltip = [
		`Container engine ${plain(engine.name)}: ${words[engine.state]}`,
		...(engine.endpoint === null ? [] : [plain(engine.endpoint)]),
		...(engine.message === null ? [] : [plain(engine.message)]),
		...(engine.state === "connected" || engine.tried.length === 0 ? [] : [`Tried: ${engine.tried.map(plain).join(", ")}`]),
	];
	return {
		text: engine.state === "connected" ? `$(server) Docker: ${name}` : `$(debug-disconnect) Docker: ${name}, ${words[engine.state]}`,
		tooltip: tooltip.join("\n"),
	};
}
