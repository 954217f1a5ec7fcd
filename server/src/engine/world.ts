import { readdir, readFile } from "node:fs/promises";
import { endianness, homedir } from "node:os";
import { followFiles, followFolders } from "./configWatch.ts";
import { type ContextWorld, configFolder, listEngines, locateEngine, locateNamed } from "./contexts.ts";
import { dockerEngine } from "./docker.ts";
import type { EngineWorld } from "./engines.ts";
import { connectBriefly } from "./sockets/hints.ts";
import { kernelProc } from "./sockets/proc.ts";
import { engineSockets } from "./sockets/sockets.ts";
import { systemTimers } from "./timers.ts";

export interface RealEngineOptions {
	readonly env?: NodeJS.ProcessEnv;
	/** How ssh is called, its own options included. */
	readonly ssh?: readonly string[];
}

/** This machine: its Docker configuration, its engine, its kernel. */
export function realEngineWorld({ env = process.env, ssh = ["ssh"] }: RealEngineOptions = {}): EngineWorld {
	const machine = { platform: process.platform, endianness: endianness(), proc: kernelProc, connect: connectBriefly };
	const contexts: ContextWorld = {
		env,
		home: homedir(),
		platform: process.platform,
		uid: process.getuid?.() ?? null,
		read: (path) => readFile(path, "utf8").catch(unlessMissing),
		list: (path) => readdir(path).catch(() => []),
	};
	return {
		locate: (name) => (name === null ? locateEngine(contexts) : locateNamed(contexts, name)),
		choices: () => listEngines(contexts),
		followConfiguration(onChange) {
			const folder = configFolder(contexts);
			return followFolders([folder, `${folder}/contexts/meta`], onChange);
		},
		followSockets: (urls, onChange) =>
			followFiles(
				urls.map((url) => url.slice("unix://".length)),
				onChange,
			),
		open: (endpoint) => dockerEngine(endpoint, { ssh }),
		sockets: (engine, probe) => engineSockets(engine, machine, systemTimers, probe),
	};
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
	if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw error;
}
