import type { DevContainerReport } from "../../manifests/devcontainer/report.ts";
import { type DocumentFeatures, hintsOnly } from "../documentFeatures.ts";
import { ledPortHover } from "../ledPortHover.ts";
import { sitesOfLedPorts } from "../portSites.ts";
import { devContainerHints } from "./inlayHints.ts";

/** What an editor may ask about a dev container file. */
export function devContainerFeatures(report: DevContainerReport): DocumentFeatures {
	const led = report.verdicts.map(({ port, analysis }) => ({ entry: port, ...(analysis ? { analysis } : {}) }));
	return {
		...hintsOnly,
		inlayHints: ({ shown }) => (shown.has("manifests") ? devContainerHints(report) : []),
		hover: (position, docs) => ledPortHover(led, position, docs),
		portSites: () => sitesOfLedPorts(led),
	};
}
