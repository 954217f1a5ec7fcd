import type { StageFiles } from "../context/stageFiles.ts";
import { type Dockerfile, evidenceOf } from "../dockerfile/dockerfile.ts";
import type { BaseImage, BaseListener } from "../image/baseImage.ts";
import type { StageImage } from "../image/stageImage.ts";
import { t } from "../model/message.ts";
import { type Gap, type Listener, type Prediction, parsePort } from "../model/port.ts";
import { type Environment, outcomes } from "../model/value.ts";
import { isOwnCommand } from "../process/ownScripts.ts";
import type { Process } from "../process/process.ts";

/** Whether a process is the base image's own start command, inherited or written again word for word. */
export function startsBaseCommand(image: StageImage, process: Process): boolean {
	return image.base.kind === "known" && isOwnCommand(image.base.image, process.argv);
}

/** What a base image's own start command listens on, unless this build changes its configuration. */
export async function baseListeners(dockerfile: Dockerfile, image: StageImage, process: Process, files: StageFiles): Promise<Prediction> {
	if (image.base.kind !== "known") return { listeners: [], gaps: [] };
	const base = image.base.image;
	const changed = await changedConfiguration(base, files);
	if (changed !== undefined) return { listeners: [], gaps: [{ reason: t("this build changes {0}", changed) }] };
	const listeners: Listener[] = [];
	const gaps: Gap[] = [];
	const evidence = process.evidence.length > 0 ? process.evidence : [evidenceOf(dockerfile, image.stage.from)];
	for (const one of base.listens) {
		const { port, gap, from } = portOf(one, process.environment);
		if (gap !== undefined) gaps.push({ reason: gap });
		else
			listeners.push({
				port,
				protocol: one.protocol,
				address: one.address,
				certainty: from ? "certain" : "convention",
				evidence: [...evidence, ...(from ?? [])],
			});
	}
	return { listeners, gaps };
}

function portOf(one: BaseListener, environment: Environment): { port: number; gap?: string; from?: Listener["evidence"] } {
	const { variable } = one;
	const set = variable === undefined ? undefined : environment.get(variable);
	if (variable === undefined || !set) return { port: one.port };
	const { known, open } = outcomes(set);
	const port = known.length === 1 && open.length === 0 ? parsePort(known[0]?.text ?? "") : undefined;
	return port === undefined ? { port: one.port, gap: t("{0} is not a port", variable) } : { port, from: known[0]?.evidence ?? [] };
}

/** The first path that decides the ports and that this build touches. */
async function changedConfiguration(base: BaseImage, files: StageFiles): Promise<string | undefined> {
	for (const path of base.configuredBy) if (await files.touches(path)) return path;
	return undefined;
}
