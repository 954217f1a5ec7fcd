import type { ImageFiles } from "../../../context/imageFiles.ts";
import { isStock } from "../../../model/text.ts";

/**
 * The site that Debian's package enables is a link to the one in sites-available, so that what a build writes there counts
 * (wiki.debian.org/Nginx, "Directory structure").
 */
export function withEnabledSites(files: ImageFiles): ImageFiles {
	return {
		look: (path) => files.look(path),
		list: (path) => files.list(path),
		async read(path) {
			const enabled = await files.read(path);
			if (path !== ENABLED || enabled.kind !== "text" || !isStock(enabled.file)) return enabled;
			const available = await files.read(AVAILABLE);
			return available.kind === "absent" ? enabled : available;
		},
	};
}

const ENABLED = "/etc/nginx/sites-enabled/default";
const AVAILABLE = "/etc/nginx/sites-available/default";
