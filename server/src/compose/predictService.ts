import { URI, Utils } from "vscode-uri";
import { evidenceAt } from "../config/node.ts";
import type { StartOverrides } from "../image/overrides.ts";
import type { Gap } from "../model/port.ts";
import { known, likelyText, outcomes, type Value } from "../model/value.ts";
import { parseDotenv } from "../source/core/dotenv.ts";
import { SourceFile } from "../source/core/sourceFile.ts";
import { type AnalysisRequest, type AnalysisResult, analyse, type World } from "../verdict/analyse.ts";
import type { Analysis, ReportedListener } from "../verdict/report.ts";
import type { ComposeProject } from "./project.ts";
import type { Service, ServiceBuild, ServiceCommand } from "./service.ts";

/** What a service's container will listen on. */
export interface ServicePrediction {
	readonly service: Service;
	/** Of the Dockerfile that builds the service, or of its image, with the service's own settings; absent when there is none to look at. */
	readonly analysis?: Analysis;
	/** Sorted by port. */
	readonly listeners: readonly ReportedListener[];
	readonly gaps: readonly Gap[];
}

export interface ServiceResult {
	readonly prediction: ServicePrediction;
	/** As in `AnalysisResult`. */
	readonly asked: ReadonlySet<string>;
}

/**
 * Predicts the ports of a service: its Dockerfile, or its image, with the command, environment and files that the compose
 * file puts over it. Never rejects. `common` as in `AnalysisRequest`.
 */
export async function predictService(
	world: World,
	project: ComposeProject,
	service: Service,
	common: CommonRequest,
): Promise<ServiceResult> {
	const asked = new Set<string>();
	const open = (reason: string, evidence = evidenceAt(service.place)): ServiceResult => ({
		prediction: { service, listeners: [], gaps: [{ reason, evidence }] },
		asked,
	});
	const request = await requestOf(world, project, service, common, asked);
	if ("reason" in request) return open(request.reason, request.evidence);
	const environment = await readEnvironment(world, service, asked);
	const result: AnalysisResult = await analyse(world, { ...request, overrides: overridesOf(service, environment.values) });
	for (const uri of result.asked) asked.add(uri);
	const { target } = result.analysis;
	if (!target) return open(request.target === undefined ? "the Dockerfile has no stage" : `there is no stage ${request.target}`);
	return {
		prediction: { service, analysis: result.analysis, listeners: target.listeners, gaps: [...target.gaps, ...environment.gaps] },
		asked,
	};
}

/** What is the same for every service. */
type CommonRequest = Pick<AnalysisRequest, "roots" | "pause">;

type Request = AnalysisRequest | Gap;

async function requestOf(
	world: World,
	project: ComposeProject,
	service: Service,
	common: CommonRequest,
	asked: Set<string>,
): Promise<Request> {
	if (service.build) return buildRequest(world, service.build, common, asked);
	if (!service.image) return { reason: "the service has neither an image nor a build", evidence: evidenceAt(service.place) };
	const { value, place } = service.image;
	const evidence = evidenceAt(place);
	const reference = likelyText(value);
	if (reference === undefined) return { reason: outcomes(value).open[0] ?? "the image may be one of several", evidence };
	// An image that another service of the project builds is not the registry's.
	const builder = project.services.find((other) => other.build && other.image && likelyText(other.image.value) === reference);
	if (builder?.build) return buildRequest(world, builder.build, common, asked);
	if (!/^[\w][\w.:@/-]*$/.test(reference)) return { reason: `${reference} is not the name of an image`, evidence };
	return { uri: service.place.file.uri, text: `FROM ${reference}\n`, ...common, context: project.folder, standsFor: evidence };
}

async function buildRequest(world: World, build: ServiceBuild, given: CommonRequest, asked: Set<string>): Promise<Request> {
	const evidence = evidenceAt(build.place);
	const { context } = build;
	if (build.reason !== undefined || context === undefined) return { reason: build.reason ?? "the build context is not known", evidence };
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
	if (uri === undefined) return { reason: "the Dockerfile is not on this machine", evidence };
	asked.add(uri);
	const read = await world.files.read(uri);
	const name = Utils.basename(URI.parse(uri));
	if (read.kind === "absent") return { reason: `${name} is not there`, evidence };
	if (read.kind === "refused") return { reason: `${name} ${read.reason}`, evidence };
	return { ...common, uri, text: read.text };
}

function overridesOf(service: Service, environment: ReadonlyMap<string, Value>): StartOverrides {
	const command = (one: ServiceCommand | undefined) => one && { words: one.words, evidence: evidenceAt(one.place) };
	const entrypoint = command(service.entrypoint);
	const start = command(service.command);
	return {
		...(entrypoint ? { entrypoint } : {}),
		...(start ? { command: start } : {}),
		...(service.workdir ? { workdir: service.workdir } : {}),
		environment,
		mounts: service.mounts.map(({ source, target, place }) => ({
			target,
			evidence: evidenceAt(place),
			...(source === undefined ? {} : { source }),
		})),
	};
}

/** `environment` over the files of `env_file`, the later over the earlier. */
async function readEnvironment(
	world: World,
	service: Service,
	asked: Set<string>,
): Promise<{ readonly values: ReadonlyMap<string, Value>; readonly gaps: readonly Gap[] }> {
	const values = new Map<string, Value>();
	const gaps: Gap[] = [];
	for (const { uri, place, required } of service.envFiles) {
		asked.add(uri);
		const read = await world.files.read(uri);
		if (read.kind === "text") {
			const file = new SourceFile(uri, { uri, text: read.text, origin: { line: 0, character: 0 } }, undefined);
			for (const { name, value, at } of parseDotenv(file)) values.set(name, known(value, at));
		} else if (required) {
			const name = Utils.basename(URI.parse(uri));
			gaps.push({ reason: read.kind === "absent" ? `${name} is not there` : `${name} ${read.reason}`, evidence: evidenceAt(place) });
		}
	}
	for (const [name, value] of service.environment) values.set(name, value);
	return { values, gaps };
}
