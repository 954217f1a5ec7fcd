import { PROBES, type Probe } from "./engine/sockets/live.ts";
import type { Severities } from "./features/diagnostics.ts";
import { HINT_KINDS, type HintKind } from "./features/hintOptions.ts";
import { DEFAULT_LIMITS, type Limits } from "./model/budget.ts";
import { DEFAULT_SEVERITY, FINDING_CODES, type FindingCode, type Severity } from "./verdict/report.ts";

/** The settings that the server reads, below `portlight.`; package.json declares the same (tested). */
export interface Settings {
	/** Whether Portlight says anything in the editor. */
	readonly enable: boolean;
	readonly hints: Readonly<Record<HintKind, boolean>>;
	/** What the analysis of one stage may cost. */
	readonly analysis: Limits;
	readonly severity: Severities;
	readonly engine: {
		/** Docker contexts or endpoints as URLs, in the order in which to show them; none: the one that the docker command would use. */
		readonly contexts: readonly string[];
	};
	readonly sockets: {
		/** What may be done to read live ports; each of them includes those before. */
		readonly probe: Probe;
	};
}

export const SEVERITIES: readonly (Severity | "off")[] = ["error", "warning", "information", "hint", "off"];

export const DEFAULT_SETTINGS: Settings = {
	enable: true,
	hints: { start: true, expose: true, from: true, compose: true, manifests: true, live: true },
	analysis: DEFAULT_LIMITS,
	severity: DEFAULT_SEVERITY,
	engine: { contexts: [] },
	sockets: { probe: "exec" },
};

/** What an editor sends, made whole: a missing or senseless value counts as its default. Never throws. */
export function parseSettings(sent: unknown): Settings {
	const severities = field(sent, "severity");
	const severity = Object.fromEntries(
		FINDING_CODES.map((code) => {
			const value = field(severities, code);
			return [code, SEVERITIES.includes(value as Severity) ? value : DEFAULT_SEVERITY[code]];
		}),
	) as Record<FindingCode, Severity | "off">;
	const probe = field(field(sent, "sockets"), "probe");
	const hints = field(sent, "hints");
	return {
		enable: field(sent, "enable") !== false,
		hints: Object.fromEntries(HINT_KINDS.map((kind) => [kind, field(hints, kind) !== false])) as Record<HintKind, boolean>,
		analysis: parseLimits(field(sent, "analysis")),
		severity,
		engine: { contexts: names(field(field(sent, "engine"), "contexts")) },
		sockets: { probe: PROBES.find((one) => one === probe) ?? DEFAULT_SETTINGS.sockets.probe },
	};
}

/** The limits that can be set, each with the least and the most that makes sense. */
export const LIMIT_BOUNDS = {
	files: { least: 1, most: 100_000 },
	bytes: { least: 1_000, most: 1_000_000_000 },
	steps: { least: 100, most: 100_000_000 },
} as const;

/** Numbers out of bounds are brought within; anything else counts as the default. */
export function parseLimits(sent: unknown): Limits {
	const limit = (name: keyof typeof LIMIT_BOUNDS): number => {
		const value = field(sent, name);
		const { least, most } = LIMIT_BOUNDS[name];
		return typeof value === "number" && Number.isFinite(value) ? Math.min(Math.max(Math.round(value), least), most) : DEFAULT_LIMITS[name];
	};
	return { ...DEFAULT_LIMITS, files: limit("files"), bytes: limit("bytes"), steps: limit("steps") };
}

function names(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter((name) => typeof name === "string" && name.trim() !== "").map((name) => name.trim()) : [];
}

function field(value: unknown, name: string): unknown {
	return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
