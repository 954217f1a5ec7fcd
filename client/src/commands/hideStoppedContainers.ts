import { configure } from "../containers/configure.ts";

/** Lists running containers only. */
export function hideStoppedContainers(): () => Promise<void> {
	return () => configure("containers.showStopped", false);
}
