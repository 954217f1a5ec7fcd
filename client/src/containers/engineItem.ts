import { t } from "@vscode/l10n";
import type { EngineReport } from "../../../server/src/protocol.ts";
import { engineStory, engineWords } from "./engineStatus.ts";
import type { Item } from "./row.ts";
import { plain } from "./words.ts";

/** An engine as a root of the tree, where several are shown. Without rows below it says why, in a row of its own. */
export function engineItem(engine: EngineReport, rows: readonly Item[], filtered: boolean): Item {
	const name = plain(engine.name);
	const id = `engine:${engine.name}`;
	const words = engineWords(engine.state);
	const connected = engine.state === "connected";
	const details = [engine.kind, connected ? null : words, engine.endpoint === engine.name ? null : engine.endpoint]
		.filter((detail) => detail !== null)
		.map(plain);
	return {
		id,
		kind: "engine",
		label: name,
		description: details.join(" · "),
		tooltip: engineStory(engine),
		icon: connected ? { name: "server", color: "charts.green" } : { name: "debug-disconnect", color: "list.warningForeground" },
		spoken: [t("Container engine {0}", name), words, ...details.filter((detail) => detail !== words)].join(", "),
		traits: [engine.state],
		problems: rows.reduce((sum, row) => sum + (row.problems ?? 0), 0),
		children: rows.length > 0 ? rows : [nothingBelow(id, engine, filtered)],
	};
}

function nothingBelow(id: string, engine: EngineReport, filtered: boolean): Item {
	const { state, message } = engine;
	const label =
		state === "connected"
			? filtered
				? t("no container matches the filter")
				: t("no containers are running")
			: plain(message ?? engineWords(state));
	return {
		id: `${id}/nothing`,
		kind: "problem",
		label,
		description: "",
		tooltip: state === "connected" ? label : engineStory(engine),
		icon: { name: state === "connected" || state === "connecting" ? "info" : "warning" },
		spoken: label,
		traits: [state],
		children: [],
	};
}
