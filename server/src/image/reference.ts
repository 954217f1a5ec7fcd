/** The parts of an image reference that decide what is known of it. */
export interface ImageReference {
	/** Repository path without Docker Hub's registry and `library/`: `nginx`, `bitnami/redis`, `ghcr.io/acme/api`. */
	readonly name: string;
	/** The numbers that the tag begins with: `2.7` of `2.7-slim`. Undefined for `latest`, `alpine` and digests alone. */
	readonly version?: string;
	/** Empty without one. */
	readonly tag: string;
}

/** Reads `[registry/]repository[:tag][@digest]` (distribution/reference). */
export function parseReference(reference: string): ImageReference {
	const withoutDigest = reference.replace(/@.*$/, "");
	const colon = withoutDigest.lastIndexOf(":");
	const hasTag = colon > withoutDigest.lastIndexOf("/");
	const path = hasTag ? withoutDigest.slice(0, colon) : withoutDigest;
	const tag = hasTag ? withoutDigest.slice(colon + 1) : "";
	// Docker Hub under its other names, and the mirrors that carry its official images.
	const name = path
		.replace(
			/^(?:(?:(?:index|registry|registry-1)\.)?docker\.(?:io|com)\/(?:library\/)?|library\/|(?:public\.ecr\.aws\/docker|mirror\.gcr\.io)\/(?:library\/)?)/,
			"",
		)
		// The official images for one architecture.
		.replace(/^(?:amd64|arm32v5|arm32v6|arm32v7|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)\/(?=[^/]+$)/, "");
	return { name, version: /^v?(\d+(?:\.\d+)*)/.exec(tag)?.[1], tag };
}
