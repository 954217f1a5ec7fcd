import type { Technology } from "../technology.ts";
import { express } from "./express.ts";
import { nodeHttp } from "./nodeHttp.ts";

/** Frameworks and servers that run on Node.js, Bun and Deno. */
export const NODE: readonly Technology[] = [express, nodeHttp];
