import type { Dockerfile, Instruction } from "../dockerfile/dockerfile.ts";
import type { InheritedExpose, StageExpose, StageImage } from "../image/stageImage.ts";
import type { Gap, Listener } from "../model/port.ts";
import type { Evidence, Range } from "../model/text.ts";
import type { Ignore } from "./ignore.ts";

/** Everything that is known of one Dockerfile, ready for hints, findings, hovers and the terminal. */
export interface Analysis {
	readonly dockerfile: Dockerfile;
	/** URI of the build context. */
	readonly context: string;
	readonly stages: readonly StageReport[];
	/** The stage that `docker build` makes when nobody names another: the last one, or the one asked for. */
	readonly target?: StageReport;
	/** Of the target stage and of what the stages below it expose for it, in the order of the text. */
	readonly findings: readonly Finding[];
}

export interface StageReport {
	readonly image: StageImage;
	/** The CMD or ENTRYPOINT of this stage that takes effect; absent when the start command is inherited. */
	readonly start?: Instruction;
	/** Sorted by port. */
	readonly listeners: readonly ReportedListener[];
	readonly gaps: readonly Gap[];
	/** One for each EXPOSE word of this stage. */
	readonly exposes: readonly ExposeVerdict[];
}

/** A listener with what the verdict adds to it. */
export interface ReportedListener extends Listener {
	/** The place that opens the port; absent when that is the start command itself or the base image. */
	readonly site?: Evidence;
	/** What opens it, as people call it: `python app.py`, `httpd`. */
	readonly program: string;
	/** Whether it comes with the base image, unchanged. */
	readonly fromBase: boolean;
	/** What documents it; absent when nothing does. */
	readonly exposedBy?: StageExpose | InheritedExpose;
}

/** What is true of one EXPOSE word. */
export type ExposeVerdict = { readonly expose: StageExpose } & (
	| { readonly state: "listens" | "loopback"; readonly listeners: readonly ReportedListener[] }
	| { readonly state: "silent" }
	| { readonly state: "unknown"; readonly reason: string }
	/** docker build or a linter complains of it already, so nothing is said. */
	| { readonly state: "malformed" }
);

/** Stable codes: settings, documentation and ignore comments speak of them. */
export const FINDING_CODES = [
	"publishes-silence",
	"unreachable-target",
	"published-twice",
	"not-exposed",
	"nothing-listens",
	"loopback-only",
	"wrong-protocol",
	"healthcheck-port",
	"ignores-nothing",
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export type Severity = "error" | "warning" | "information" | "hint";

/** What is shown when no setting says otherwise. */
export const DEFAULT_SEVERITY: Readonly<Record<FindingCode, Severity>> = {
	"not-exposed": "information",
	"nothing-listens": "warning",
	"loopback-only": "warning",
	"wrong-protocol": "warning",
	"healthcheck-port": "warning",
	"publishes-silence": "warning",
	"unreachable-target": "warning",
	"published-twice": "warning",
	"ignores-nothing": "warning",
};

/** Each finding in a few words: what is wrong. */
export const FINDING_TITLES: Readonly<Record<FindingCode, string>> = {
	"not-exposed": "A port is listened on that no EXPOSE documents",
	"nothing-listens": "EXPOSE documents a port on which nothing listens",
	"loopback-only": "A process listens on the loopback interface only",
	"wrong-protocol": "EXPOSE documents a port with the wrong protocol",
	"healthcheck-port": "HEALTHCHECK asks a port on which nothing listens",
	"publishes-silence": "A compose file publishes a port on which the service does not listen",
	"unreachable-target": "A compose file publishes a port on which the service listens on loopback only",
	"published-twice": "Two services publish the same port of the host",
	"ignores-nothing": "An ignore comment takes nothing away",
};

/** A finding in whichever file. */
export interface Complaint {
	readonly code: FindingCode;
	/** A plain sentence: what is, and why. */
	readonly message: string;
	readonly range: Range;
	/** The evidence chain of what it speaks of. */
	readonly related: readonly Evidence[];
}

/** A finding in a Dockerfile. */
export interface Finding extends Complaint {
	readonly stage: StageReport;
	/** The port that is not exposed or cannot be reached, the EXPOSE that is wrong, or the port that is asked in vain: what the fixes work on. */
	readonly subject:
		| { readonly listener: ReportedListener }
		| { readonly expose: StageExpose }
		| { readonly port: number }
		| { readonly ignore: Ignore };
}
