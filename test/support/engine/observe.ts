import { type ContainerWatch, watchContainers } from "../../../server/src/engine/engines.ts";
import { systemTimers } from "../../../server/src/engine/timers.ts";
import { realEngineWorld } from "../../../server/src/engine/world.ts";
import type { ContainerReport } from "../../../server/src/protocol.ts";
import { waitFor } from "./wait.ts";

/** A watch on the real engine, with what tests ask of it. */
export interface Observer {
	readonly watch: ContainerWatch;
	/** How often a change was announced. */
	changes(): number;
	/** The container of this name when its description is as expected; rejects with the last one after `deadline` milliseconds. */
	until(name: string, expected: string, deadline?: number): Promise<ContainerReport>;
}

/** The engine that the docker command would use. */
export function observe(): Observer {
	return observing((onChange) => watchContainers(realEngineWorld(), systemTimers, onChange));
}

export function observing(start: (onChange: () => void) => ContainerWatch): Observer {
	let changes = 0;
	const watch = start(() => changes++);
	return {
		watch,
		changes: () => changes,
		async until(name, expected, deadline) {
			let last = "nothing";
			try {
				return await waitFor(
					expected,
					async () => {
						const found = (await watch.report()).containers.find((container) => container.name === name);
						last = describe(found);
						return last === expected && found;
					},
					deadline,
				);
			} catch (error) {
				throw new Error(`${name}: expected "${expected}", saw "${last}"`, { cause: error });
			}
		},
	};
}

/** A container's ports in one line: `80/tcp exposed live :: httpd = ok; 9000/tcp …`. */
export function describe(container: ContainerReport | undefined): string {
	if (!container) return "no such container";
	const ports = container.ports.map(({ port, protocol, exposed, published, live, addresses, process, verdict, maybeClient }) =>
		[
			`${port}/${protocol}`,
			...(exposed ? ["exposed"] : []),
			...(published.length > 0 ? ["published"] : []),
			...(live ? ["live", ...addresses] : []),
			...(process ? [process] : []),
			...(maybeClient ? ["maybe a client"] : []),
			`= ${verdict}`,
		].join(" "),
	);
	const all = ports.length > 0 ? ports.join("; ") : "no ports";
	return container.sockets.known ? all : `${all} (unknown: ${container.sockets.reason})`;
}
