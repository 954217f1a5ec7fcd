import type { TextDocument } from "vscode-languageserver-textdocument";
import { URI, Utils } from "vscode-uri";
import { analyseDockerfile } from "./compose/analyseDockerfile.ts";
import { isComposeFileName } from "./compose/fileName.ts";
import { analyseCompose } from "./compose/report.ts";
import { withOpenDocuments } from "./context/openDocuments.ts";
import { isDockerfileName } from "./dockerfile/fileName.ts";
import { composeFeatures } from "./features/compose/composeFeatures.ts";
import { devContainerFeatures } from "./features/devcontainer/devContainerFeatures.ts";
import { dockerfileFeatures } from "./features/dockerfileFeatures.ts";
import type { DocumentFeatures } from "./features/documentFeatures.ts";
import { kubernetesFeatures } from "./features/kubernetes/kubernetesFeatures.ts";
import { isDevContainerFileName } from "./manifests/devcontainer/fileName.ts";
import { analyseDevContainer } from "./manifests/devcontainer/report.ts";
import { mayBeManifest } from "./manifests/kubernetes/fileName.ts";
import { analyseKubernetes } from "./manifests/kubernetes/report.ts";
import type { Pause } from "./model/pause.ts";
import { canonicalUri } from "./uri.ts";
import type { World } from "./verdict/analyse.ts";
import type { Ground } from "./verdict/ground.ts";

/** The text to analyse and where it stands. */
export interface DocumentText {
	readonly uri: string;
	readonly text: string;
	/** As in `AnalysisRequest`. */
	readonly roots: readonly string[];
	readonly pause: Pause;
	/** What the analysis of another version left: it is used up. */
	readonly earlier?: Ground;
}

export interface DocumentResult {
	readonly features: DocumentFeatures;
	/** Every URI that was looked at or looked for. */
	readonly asked: ReadonlySet<string>;
	/** For the analysis of the next version. */
	readonly ground?: Ground;
}

/** One kind of file that Portlight speaks about. */
export interface DocumentKind {
	/** By language, or by name in editors that call the language something else. */
	matches(languageId: string, name: string): boolean;
	/** Nothing is ever found in it: it is looked at while it is open. */
	readonly hintsOnly?: true;
	analyse(world: World, document: DocumentText): Promise<DocumentResult>;
}

const DOCUMENT_KINDS: readonly DocumentKind[] = [
	{
		matches: (languageId, name) => languageId === "dockerfile" || isDockerfileName(name),
		async analyse(world, request) {
			const { analysis, asked, builders, ground } = await analyseDockerfile(world, request, "compose");
			const { earlier: _, ...again } = request;
			const trial = {
				read: async (uri: string) => {
					const read = await world.files.read(uri);
					return read.kind === "text" ? read.text : undefined;
				},
				async analyse(changed: ReadonlyMap<string, string>) {
					const files = withOpenDocuments(world.files, (uri) => changed.get(uri));
					const text = changed.get(request.uri) ?? request.text;
					return (await analyseDockerfile({ ...world, files }, { ...again, text }, "compose")).analysis.target;
				},
			};
			return { features: dockerfileFeatures(analysis, builders, trial), asked, ...(ground ? { ground } : {}) };
		},
	},
	{
		matches: (languageId, name) => languageId === "dockercompose" || isComposeFileName(name),
		async analyse(world, request) {
			const { report, asked } = await analyseCompose(world, request);
			return { features: composeFeatures(report), asked };
		},
	},
	{
		matches: (_, name) => isDevContainerFileName(name),
		hintsOnly: true,
		async analyse(world, request) {
			const { report, asked } = await analyseDevContainer(world, request);
			return { features: devContainerFeatures(report), asked };
		},
	},
	{
		matches: (_, name) => mayBeManifest(name),
		hintsOnly: true,
		async analyse(world, request) {
			const { report, asked } = await analyseKubernetes(world, request);
			return { features: kubernetesFeatures(report), asked };
		},
	},
];

/** The kind of a document; undefined when Portlight has nothing to say about it, or its URI cannot be read. */
export function kindOf({ languageId, uri }: Pick<TextDocument, "languageId" | "uri">): DocumentKind | undefined {
	if (canonicalUri(uri) === undefined) return undefined;
	const name = Utils.basename(URI.parse(uri));
	return DOCUMENT_KINDS.find((kind) => kind.matches(languageId, name));
}
