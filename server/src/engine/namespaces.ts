import type { Container } from "./engine.ts";

/** The identifier (or name) of the container whose network this one joined, else undefined. */
export function joinedContainer(networkMode: string): string | undefined {
	return networkMode.startsWith("container:") ? networkMode.slice("container:".length) : undefined;
}

/**
 * Whose network namespace a container is in: `host`, or the identifier of the container that it belongs to, which may be its own.
 * Null when that is not known. `modeOf` answers the network mode of another container. Docker lets a container join one that joined
 * a third; Podman takes the path of a namespace, which may be anybody's.
 */
export function namespaceOf(
	{ id, networkMode }: Pick<Container, "id" | "networkMode">,
	modeOf: (id: string) => string | undefined,
): string | null {
	let owner = id;
	let mode: string | undefined = networkMode;
	for (let hops = 0; hops < MOST_HOPS; hops++) {
		if (mode === "host") return "host";
		if (mode === undefined || mode.startsWith("ns:")) return null;
		const joined = joinedContainer(mode);
		if (joined === undefined) return owner;
		owner = joined;
		mode = modeOf(joined);
	}
	return null;
}

const MOST_HOPS = 10;
