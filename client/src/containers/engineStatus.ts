import type { EngineReport } from "../../../server/src/protocol.ts";
import { plain, plural, withoutIcons } from "./words.ts";

/** The status bar's words for the engines. Text may hold icons; tooltip and spoken words are plain. */
export interface EngineStatus {
	readonly text: string;
	readonly tooltip: string;
	readonly spoken: string;
}

export const engineWords: Readonly<Record<EngineReport["state"], string>> = {
	connecting: "connecting",
	connected: "connected",
	absent: "no container engine",
	denied: "no permission",
	refused: "not running",
	silent: "no answer",
	foreign: "not Docker",
};

/** Which engines are asked and how they are. What was tried stands here, for the welcome view's words are fixed. */
export function engineStatus(engines: readonly EngineReport[]): EngineStatus {
	const broken = engines.filter(({ state }) => state !== "connected");
	const tooltip = engines.map(engineStory).join("\n\n");
	const [first] = engines;
	if (engines.length > 1) {
		const text = `${plural(engines.length, "engine")}${broken.length > 0 ? `, ${broken.length} not connected` : ""}`;
		return { text: `${iconOf(broken.length > 0)} ${text}`, tooltip, spoken: `Container engines: ${text}` };
	}
	if (first === undefined) return { text: "", tooltip, spoken: "" };
	const label = first.kind === "podman" ? "Podman" : "Docker";
	const state = first.state === "connected" ? "" : `, ${engineWords[first.state]}`;
	return {
		text: `${iconOf(broken.length > 0)} ${label}: ${withoutIcons(first.name)}${state}`,
		tooltip,
		spoken: `Container engine ${plain(first.name)}: ${engineWords[first.state]}`,
	};
}

function iconOf(broken: boolean): string {
	return broken ? "$(debug-disconnect)" : "$(server)";
}

/** Everything about an engine's state, a line each. */
export function engineStory(engine: EngineReport): string {
	return [
		`Container engine ${plain(engine.name)}: ${engineWords[engine.state]}`,
		...(engine.endpoint === null ? [] : [plain(engine.endpoint)]),
		...(engine.message === null ? [] : [plain(engine.message)]),
		...(engine.state === "connected" || engine.tried.every((place) => place === engine.endpoint)
			? []
			: [`Tried: ${engine.tried.map(plain).join(", ")}`]),
	].join("\n");
}
