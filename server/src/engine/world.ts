import { readFile } from "node:fs/promises";
import { endianness, homedir } from "node:os";
import { locateEngine } from "./contexts.ts";
import { dockerEngine } from "./docker.ts";
import { kernelProc } from "./proc.ts";
import { kernelSockets } from "./sockets.ts";
import type { EngineWorld } from "./watcher.ts";

/** This machine: its Docker configuration, its engine, its kernel. */
export function realEngineWorld(env: NodeJS.ProcessEnv = process.env): EngineWorld {
	const machine = { platform: process.platform, endianness: endianness(), proc: kernelProc };
	return {
		locate: () =>
			locateEngine({
				env,
				home: homedir(),
				platform: process.platform,
				read: (path) => readFile(path, "utf8").catch(() => undefined),
			}),
		open: (endpoint) => dockerEngine(endpoint),
		sockets: (engine) => kernelSockets(machine, engine.local),
	};
}
