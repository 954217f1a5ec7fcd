import { createHash } from "node:crypto";
import { aarch64 } from "./aarch64.ts";
import type { Processor } from "./assembler.ts";
import { helperProgram } from "./program.ts";
import { tarOf } from "./tar.ts";
import { x86_64 } from "./x86_64.ts";

/** What the helper container is made from: a file system with one file of about a kilobyte. */
export interface HelperImage {
	/** `portlight/helper:` and the beginning of the content's SHA-256, so that every version has an image of its own. */
	readonly reference: string;
	/** Fit for `docker import`. */
	readonly tar: Buffer;
	/** Digest of the content, as the image's only layer has it: anybody may give an image this name, nobody this digest. */
	readonly layer: string;
	/** As `docker import --platform` takes it. */
	readonly platform: string;
}

/** The program's path in the image. */
export const HELPER_PATH = "/helper";

/** On the image and on every helper container: Portlight does not show these. */
export const HELPER_LABEL = "portlight.helper";

const PROCESSORS: ReadonlyMap<string, Processor> = new Map([
	["amd64", x86_64],
	["arm64", aarch64],
]);

/** Undefined for processors that the helper is not written for. `architecture` is Docker's word: amd64, arm64, … */
export function helperImage(architecture: string): HelperImage | undefined {
	const processor = PROCESSORS.get(architecture);
	if (!processor) return undefined;
	const tar = tarOf(HELPER_PATH.slice(1), helperProgram(processor));
	const hash = createHash("sha256").update(tar).digest("hex");
	return { reference: `portlight/helper:${hash.slice(0, 12)}`, tar, layer: `sha256:${hash}`, platform: `linux/${architecture}` };
}
