import { type Connection, ErrorCodes, ResponseError } from "vscode-languageserver";
import { findContainerDockerfile } from "./containerDockerfile.ts";
import { EngineProblem } from "./engine/engine.ts";
import type { ContainerWatch } from "./engine/engines.ts";
import type { BaseImages } from "./image/baseImage.ts";
import type { FileSystem } from "./model/files.ts";
import { t } from "./model/message.ts";
import {
	CONTAINER_ACTION,
	CONTAINER_DOCKERFILE,
	CONTAINER_INSPECT,
	CONTAINER_MEASURE,
	type ContainerActionParams,
	type ContainerDockerfileParams,
	type ContainerInspectParams,
	type ContainerMeasureParams,
} from "./protocol.ts";

/** Answers what is asked of single containers. An error's message is a sentence for people, fit to be shown. */
export function answerContainerRequests(
	connection: Connection,
	watching: () => ContainerWatch,
	world: { readonly files: FileSystem; readonly baseImages: BaseImages },
): void {
	connection.onRequest(CONTAINER_ACTION, ({ engine, id, action }: ContainerActionParams) =>
		inWords(async () => {
			const refusal = await connected(engine, id).act(id, action);
			if (refusal !== null) throw sentence(refusal);
			return null;
		}),
	);
	connection.onRequest(CONTAINER_INSPECT, ({ engine, id }: ContainerInspectParams) =>
		inWords(async () => {
			const text = await connected(engine, id).inspectText(id);
			if (text === undefined) throw sentence(t("There is no such container any more."));
			return text;
		}),
	);
	connection.onRequest(CONTAINER_MEASURE, ({ engine, id }: ContainerMeasureParams) =>
		inWords(async () => {
			await connected(engine, id).measure(id);
			return null;
		}),
	);
	connection.onRequest(CONTAINER_DOCKERFILE, async ({ engine, id, candidates }: ContainerDockerfileParams) => {
		const { containers } = await watching().report();
		const container = containers.find((one) => one.engine === engine && one.id === id);
		if (!container) throw sentence(t("There is no such container any more."));
		const image = await watching().engine(engine)?.inspectImage(container.imageId);
		return findContainerDockerfile(world, { labels: container.labels, image, candidates });
	});

	function connected(name: string, id: string | null) {
		// It becomes part of a path.
		if (id !== null && !/^[0-9a-f]{64}$/.test(id)) throw sentence(t("This is not the identifier of a container."));
		const engine = watching().engine(name);
		if (!engine) throw sentence(t("The container engine {0} is not connected.", name));
		return engine;
	}
}

async function inWords<T>(answer: () => Promise<T>): Promise<T> {
	try {
		return await answer();
	} catch (error) {
		throw error instanceof EngineProblem ? sentence(error.message) : error;
	}
}

function sentence(message: string): ResponseError<void> {
	return new ResponseError(ErrorCodes.InvalidRequest, message);
}
