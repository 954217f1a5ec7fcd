import { configure } from "../containers/configure.ts";

/** Lists stopped containers too. */
export function showStoppedContainers(): () => Promise<void> {
	return () => configure("containers.showStopped", true);
}
