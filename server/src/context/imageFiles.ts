import type { TextFile } from "../model/text.ts";

/** What the image holds at a path, as far as the Dockerfile and the build context tell. */
export type ImageEntry =
	| { readonly kind: "file" }
	| { readonly kind: "folder" }
	/** Nothing that this build writes puts anything there; the reason says why when that may surprise. */
	| { readonly kind: "absent"; readonly reason?: string }
	/** Something may stand there that cannot be seen from here: the reason fits a gap. */
	| { readonly kind: "unknown"; readonly reason: string };

export type ImageFileRead =
	| { readonly kind: "text"; readonly file: TextFile }
	| { readonly kind: "absent"; readonly reason?: string }
	| { readonly kind: "unknown"; readonly reason: string };

/** The files of one stage's image, addressed by absolute POSIX paths inside the container. */
export interface ImageFiles {
	look(path: string): Promise<ImageEntry>;
	read(path: string): Promise<ImageFileRead>;
	/**
	 * Names of what this build, or a known base image or package, puts into a folder, sorted; what programs that a RUN step
	 * starts put there is not among them.
	 */
	list(path: string): Promise<readonly string[]>;
}
