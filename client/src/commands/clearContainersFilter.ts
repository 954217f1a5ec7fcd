import type { ContainersView } from "../containers/view.ts";

/** Shows all containers again. */
export function clearContainersFilter(view: ContainersView): () => void {
	return () => {
		view.filter = "";
	};
}
