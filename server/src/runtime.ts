import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { watchContainers } from "./engine/engines.ts";
import { systemTimers } from "./engine/timers.ts";
import { realEngineWorld } from "./engine/world.ts";
import { knownImages } from "./image/knownImages.ts";
import { diskFiles } from "./io/files.ts";
import { loadGrammars } from "./io/grammars.ts";
import { readMessages } from "./io/messages.ts";
import { eventLoopPauses } from "./io/pauses.ts";
import type { Runtime } from "./server.ts";
import { createSources } from "./source/sources.ts";

/** The real world: this machine's disk and engine, and the grammars and messages that come with the bundle in `folder`. */
export function realRuntime(folder: string): Runtime {
	const grammars = path.join(folder, "grammars");
	if (!existsSync(grammars)) throw new Error(`${grammars} is missing: the installation is not complete`);
	return {
		version: packageVersion(folder),
		docs: pathToFileURL(path.join(folder, "..", "docs")).href,
		messages: (locale) => readMessages(path.join(folder, "..", "l10n"), locale),
		files: diskFiles,
		pauses: eventLoopPauses(),
		baseImages: knownImages,
		sources: createSources(loadGrammars(grammars)),
		watchContainers: (onChange, contexts) => watchContainers(realEngineWorld(), systemTimers, onChange, contexts),
	};
}

/** The manifest lies one folder above the bundles, in the extension as in the npm package. */
export function packageVersion(folder: string): string {
	const manifest: { version: string } = JSON.parse(readFileSync(path.join(folder, "..", "package.json"), "utf8"));
	return manifest.version;
}
