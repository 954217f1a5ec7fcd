// The project's folders, for the scripts and for the tests.
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** What is expensive to fetch and the same for every checkout: PORTLIGHT_CACHE may put it elsewhere. */
export const cacheFolder = path.resolve(process.env.PORTLIGHT_CACHE ?? path.join(root, ".cache"));

/** What tests and builds leave behind: logs, results, pictures. */
export const outFolder = path.join(root, "out");
