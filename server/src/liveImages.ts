import { findContainerDockerfile } from "./containerDockerfile.ts";
import type { ImageConfig } from "./engine/engine.ts";
import type { ContainerWatch } from "./engine/engines.ts";
import type { LiveContainer } from "./features/hintOptions.ts";
import type { BaseImages } from "./image/baseImage.ts";
import type { FileSystem } from "./model/files.ts";
import { isLoopback } from "./model/port.ts";
import type { ContainerReport } from "./protocol.ts";

/** Containers that are looked at for hints: who runs more of them reads the tree. */
const MAX_CONTAINERS = 100;
/** Configurations of images that are kept. */
const MAX_IMAGES = 500;

/** Which running containers come from which open Dockerfile, as far as that is known. */
export interface LiveImages {
	/** The containers of the image that the Dockerfile at a URI builds. */
	of(uri: string): readonly LiveContainer[];
	/** Looks again; answers whether anything is different for these Dockerfiles. Never rejects. */
	update(uris: readonly string[]): Promise<boolean>;
}

export function createLiveImages(
	world: { readonly files: FileSystem; readonly baseImages: BaseImages },
	watching: () => ContainerWatch | undefined,
): LiveImages {
	let known: ReadonlyMap<string, readonly LiveContainer[]> = new Map();
	let running: Promise<unknown> = Promise.resolve();
	let queued: Promise<boolean> | undefined;
	let wanted: readonly string[] = [];
	/** By engine and identifier, which never means another image. */
	const images = new Map<string, Promise<ImageConfig | undefined>>();

	function imageOf(watch: ContainerWatch, { engine, imageId }: ContainerReport): Promise<ImageConfig | undefined> {
		const key = `${engine} ${imageId}`;
		if (images.size > MAX_IMAGES) images.clear();
		const image = images.get(key) ?? watch.engine(engine)?.inspectImage(imageId) ?? Promise.resolve(undefined);
		images.set(key, image);
		// One that could not be read may be there next time.
		void image.then((config) => config ?? images.delete(key));
		return image;
	}

	async function look(uris: readonly string[]): Promise<boolean> {
		const watch = watching();
		const found = new Map<string, LiveContainer[]>();
		if (watch && uris.length > 0) {
			const { containers } = await watch.report();
			const seen = containers.filter(({ running: runs, sockets }) => runs && sockets.known).slice(0, MAX_CONTAINERS);
			for (const container of seen) {
				const origin = {
					labels: container.labels,
					image: await imageOf(watch, container),
					candidates: uris,
				};
				const { dockerfiles } = await findContainerDockerfile(world, origin);
				// Of several that would start the same program nobody knows which one was built.
				const [uri] = dockerfiles;
				if (uri !== undefined && dockerfiles.length === 1) found.set(uri, [...(found.get(uri) ?? []), liveOf(container)]);
			}
		}
		const changed = JSON.stringify([...found]) !== JSON.stringify([...known]);
		known = found;
		return changed;
	}

	return {
		of: (uri) => known.get(uri) ?? [],
		update(uris) {
			// One after the other, and one that waits is enough: it will see what is new by then.
			wanted = uris;
			queued ??= running
				.then(() => {
					queued = undefined;
					return look(wanted);
				})
				.catch(() => false);
			running = queued;
			return queued;
		},
	};
}

function liveOf({ name, ports }: ContainerReport): LiveContainer {
	return {
		name,
		ports: ports
			.filter(({ live, addresses }) => live === true && addresses.some((address) => !isLoopback(address)))
			.map(({ port, protocol }) => ({ port, protocol })),
	};
}
