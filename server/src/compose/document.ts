import { recentDocuments } from "../config/recentDocuments.ts";
import { readYaml } from "../config/yaml.ts";

/** What Portlight reads of a compose file's top level: extensions (`x-…`) count only where aliases refer to them. */
const TOP_LEVEL = new Set(["services", "include"]);

/** Compose files of a few projects, each asked for several times per keystroke. */
const MAX_KEPT = 32;

/** A compose file as nodes; each text is parsed once. */
export const readComposeDocument = recentDocuments((file) => readYaml(file, { wanted: TOP_LEVEL }), MAX_KEPT);
