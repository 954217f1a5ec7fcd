import { URI } from "vscode-uri";
import type { FileSystem } from "../model/files.ts";
import { t } from "../model/message.ts";

/**
 * A file system without the shares of other machines, but for those where the user works: `//host/share` in a compose file or a label would
 * make Windows log in there, with the user's name and the hash of their password. `isKnown` is asked with the host of a URI.
 */
export function onKnownHosts(files: FileSystem, isKnown: (host: string) => boolean): FileSystem {
	const isHere = (uri: string) => {
		// As some write it: parsers of URIs refuse it.
		if (uri.startsWith("file:////")) return false;
		const { scheme, authority } = URI.parse(uri);
		return scheme !== "file" || authority === "" || isKnown(authority.toLowerCase());
	};
	const refused = () => ({ kind: "refused" as const, reason: t("is on another machine") });
	return {
		read: async (uri) => (isHere(uri) ? files.read(uri) : refused()),
		list: async (uri) => (isHere(uri) ? files.list(uri) : refused()),
		real: async (uri) => (isHere(uri) ? files.real(uri) : undefined),
	};
}

/** The machines whose shares these URIs are on, for `onKnownHosts`. */
export function hostsOf(uris: readonly string[]): ReadonlySet<string> {
	return new Set(uris.map((uri) => URI.parse(uri).authority.toLowerCase()).filter((host) => host !== ""));
}
