import { t } from "@vscode/l10n";
import type { EngineReport } from "../../../server/src/protocol.ts";
import { plain, withoutIcons } from "./words.ts";

/** The status bar's words for the engines. Text may hold icons; tooltip and spoken words are plain. */
export interface EngineStatus {
	readonly text: string;
	readonly tooltip: string;
	readonly spoken: string;
}

export function engineWords(state: EngineReport["state"]): string {
	switch (state) {
		case "connecting":
			return t("connecting");
		case "connected":
			return t("connected");
		case "absent":
			return t("no container engine");
		case "denied":
			return t("no permission");
		case "refused":
			return t("not running");
		case "silent":
			return t("no answer");
		case "foreign":
			return t("not Docker");
	}
}

/** Which engines are asked and how they are. What was tried stands here, for the welcome view's words are fixed. */
export function engineStatus(engines: readonly EngineReport[]): EngineStatus {
	const broken = engines.filter(({ state }) => state !== "connected");
	const tooltip = engines.map(engineStory).join("\n\n");
	const [first] = engines;
	if (engines.length > 1) {
		const text = broken.length > 0 ? t("{0} engines, {1} not connected", engines.length, broken.length) : t("{0} engines", engines.length);
		return { text: `${iconOf(broken.length > 0)} ${text}`, tooltip, spoken: t("Container engines: {0}", text) };
	}
	if (first === undefined) return { text: "", tooltip, spoken: "" };
	const label = first.kind === "podman" ? "Podman" : "Docker";
	const state = first.state === "connected" ? "" : `, ${engineWords(first.state)}`;
	return {
		text: `${iconOf(broken.length > 0)} ${label}: ${withoutIcons(first.name)}${state}`,
		tooltip,
		spoken: t("Container engine {0}: {1}", plain(first.name), engineWords(first.state)),
	};
}

function iconOf(broken: boolean): string {
	return broken ? "$(debug-disconnect)" : "$(server)";
}

/** Everything about an engine's state, a line each. */
export function engineStory(engine: EngineReport): string {
	return [
		t("Container engine {0}: {1}", plain(engine.name), engineWords(engine.state)),
		...(engine.endpoint === null ? [] : [plain(engine.endpoint)]),
		...(engine.message === null ? [] : [plain(engine.message)]),
		...(engine.state === "connected" || engine.tried.every((place) => place === engine.endpoint)
			? []
			: [t("Tried: {0}", engine.tried.map(plain).join(", "))]),
	].join("\n");
}
