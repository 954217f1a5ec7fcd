import { URI, Utils } from "vscode-uri";
import { evidenceAt } from "../config/node.ts";
import type { StartOverrides } from "../image/overrides.ts";
import { t } from "../model/message.ts";
import type { Gap } from "../model/port.ts";
import type { Evidence } from "../model/text.ts";
import { type AnalysisRequest, analyse, type World } from "../verdict/analyse.ts";
import type { Analysis, ReportedListener } from "../verdict/report.ts";
import type { ServiceBuild } from "./service.ts";

/** Where the image of a container comes from: a build, or a registry. */
export type ImageSource =
	| { readonly build: ServiceBuild }
	/** `folder`: URI of the folder of the file that names it. */
	| { readonly reference: string; readonly evidence: Evidence; readonly folder: string };

/** What a container of an image will listen on. */
export interface ImagePrediction {
	/** Of the Dockerfile, or of the image as it comes, with the container's own settings; absent when there is none to look at. */
	readonly analysis?: Analysis;
	/** Sorted by port. */
	readonly listeners: readonly ReportedListener[];
	readonly gaps: readonly Gap[];
}

export interface ImageResult {
	readonly prediction: ImagePrediction;
	/** As in `AnalysisResult`. */
	readonly asked: ReadonlySet<string>;
}

/** What is the same for every container of a file. */
export type CommonRequest = Pick<AnalysisRequest, "roots" | "pause">;

/** Predicts the ports of a container that starts an image with settings of its own. Never rejects on user input. */
export async function predictImage(
	world: World,
	source: ImageSource,
	overrides: StartOverrides,
	common: CommonRequest,
): Promise<ImageResult> {
	const asked = new Set<string>();
	const open = (reason: string, evidence: Evidence): ImageResult => ({
		prediction: { listeners: [], gaps: [{ reason, evidence }] },
		asked,
	});
	const request = "build" in source ? await buildRequest(world, source.build, common, asked) : imageRequest(source, common);
	if ("reason" in request) return open(request.reason, request.evidence);
	const result = await analyse(world, { ...request, overrides });
	for (const uri of result.asked) asked.add(uri);
	const { target } = result.analysis;
	if (target) return { prediction: { analysis: result.analysis, listeners: target.listeners, gaps: target.gaps }, asked };
	const evidence = "build" in source ? evidenceAt(source.build.place) : source.evidence;
	return open(request.target === undefined ? t("the Dockerfile has no stage") : t("there is no stage {0}", request.target), evidence);
}

type Request = AnalysisRequest | { readonly reason: string; readonly evidence: Evidence };

function imageRequest(
	{ reference, evidence, folder }: Exclude<ImageSource, { readonly build: ServiceBuild }>,
	common: CommonRequest,
): Request {
	if (!/^[\w][\w.:@/-]*$/.test(reference)) return { reason: t("{0} is not the name of an image", reference), evidence };
	return { uri: evidence.uri, text: `FROM ${reference}\n`, ...common, context: folder, standsFor: evidence };
}

async function buildRequest(world: World, build: ServiceBuild, given: CommonRequest, asked: Set<string>): Promise<Request> {
	const evidence = evidenceAt(build.place);
	const { context } = build;
	if (build.reason !== undefined || context === undefined) return { reason: build.reason ?? t("the build context is not known"), evidence };
	const common = {
		...given,
		context,
		buildArguments: build.args,
		...(build.target === undefined ? {} : { target: build.target }),
	};
	if (build.inline)
		return {
			...common,
			uri: build.inline.uri,
			text: build.inline.text,
			...(build.inline.standsFor ? { standsFor: build.inline.standsFor } : {}),
		};
	const uri = build.dockerfile;
	if (uri === undefined) return { reason: t("the Dockerfile is not on this machine"), evidence };
	asked.add(uri);
	const read = await world.files.read(uri);
	const name = Utils.basename(URI.parse(uri));
	if (read.kind === "absent") return { reason: t("{0} is not there", name), evidence };
	if (read.kind === "refused") return { reason: `${name}: ${read.reason}`, evidence };
	return { ...common, uri, text: read.text };
}
