import { URI, Utils } from "vscode-uri";
import { evidenceAt } from "../config/node.ts";
import type { StartOverrides } from "../image/overrides.ts";
import { t } from "../model/message.ts";
import type { Gap } from "../model/port.ts";
import { known, likelyText, outcomes, type Value } from "../model/value.ts";
import { parseDotenv } from "../source/core/dotenv.ts";
import { SourceFile } from "../source/core/sourceFile.ts";
import type { World } from "../verdict/analyse.ts";
import { type CommonRequest, type ImagePrediction, type ImageSource, predictImage } from "./predictImage.ts";
import type { ComposeProject } from "./project.ts";
import type { Service, ServiceCommand } from "./service.ts";

/** What a service's container will listen on. */
export interface ServicePrediction extends ImagePrediction {
	readonly service: Service;
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
	const source = sourceOf(project, service);
	if ("reason" in source) return { prediction: { service, listeners: [], gaps: [source] }, asked: new Set() };
	const asked = new Set<string>();
	const environment = await readEnvironment(world, service, asked);
	const { prediction, asked: more } = await predictImage(world, source, overridesOf(service, environment.values), common);
	return {
		prediction: { ...prediction, service, gaps: [...prediction.gaps, ...environment.gaps] },
		asked: new Set([...asked, ...more]),
	};
}

function sourceOf(project: ComposeProject, service: Service): ImageSource | Gap {
	if (service.build) return { build: service.build };
	if (!service.image) return { reason: t("the service has neither an image nor a build"), evidence: evidenceAt(service.place) };
	const { value, place } = service.image;
	const evidence = evidenceAt(place);
	const reference = likelyText(value);
	if (reference === undefined) return { reason: outcomes(value).open[0] ?? t("the image may be one of several"), evidence };
	// An image that another service of the project builds is not the registry's.
	const builder = project.services.find((other) => other.build && other.image && likelyText(other.image.value) === reference);
	return builder?.build ? { build: builder.build } : { reference, evidence, folder: project.folder };
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
			gaps.push({ reason: read.kind === "absent" ? t("{0} is not there", name) : `${name}: ${read.reason}`, evidence: evidenceAt(place) });
		}
	}
	for (const [name, value] of service.environment) values.set(name, value);
	return { values, gaps };
}
