import type { KubernetesReport } from "../../manifests/kubernetes/report.ts";
import { type DocumentFeatures, hintsOnly } from "../documentFeatures.ts";
import { ledPortHover } from "../ledPortHover.ts";
import { sitesOfLedPorts } from "../portSites.ts";
import { kubernetesHints } from "./inlayHints.ts";

/** What an editor may ask about a Kubernetes manifest. */
export function kubernetesFeatures(report: KubernetesReport): DocumentFeatures {
	const led = report.verdicts.map(({ port: { targetPlace, ...port }, prediction: { analysis, guessed } }) => ({
		// What is only guessed is not renamed together.
		entry: guessed === undefined && targetPlace ? { ...port, targetPlace } : port,
		...(analysis ? { analysis } : {}),
	}));
	const images = report.containers.map(({ image: { place }, analysis }) => ({
		entry: { place, protocol: "tcp" as const },
		...(analysis ? { analysis } : {}),
	}));
	return {
		...hintsOnly,
		inlayHints: ({ shown }) => (shown.has("manifests") ? kubernetesHints(report) : []),
		hover: (position, docs) => ledPortHover([...led, ...images], position, docs),
		portSites: () => sitesOfLedPorts(led),
	};
}
