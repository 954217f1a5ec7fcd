import module from "node:module";
import { homedir } from "node:os";
import path from "node:path";

/**
 * Lets Node keep the compiled code of what is loaded from now on, which takes a third off the time to start; written when the process ends. In a folder
 * of the user's own, as what lies there is run. Node before 22.8 keeps nothing.
 */
export function keepCompiledCode(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): void {
	// An old Node has no such function, whatever its types say.
	const enable: typeof module.enableCompileCache | undefined = module.enableCompileCache;
	enable?.(path.join(cacheFolder(env, platform), "portlight", "code"));
}

/** Where a user's programs keep what they can do without (XDG Base Directory Specification 0.8; `%LOCALAPPDATA%`; `~/Library/Caches`). */
export function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home = homedir()): string {
	if (platform === "win32") return env.LOCALAPPDATA || path.join(home, "AppData", "Local");
	if (platform === "darwin") return path.join(home, "Library", "Caches");
	return env.XDG_CACHE_HOME || path.join(home, ".cache");
}
