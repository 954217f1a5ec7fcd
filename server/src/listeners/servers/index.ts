import type { Technology } from "../technology.ts";
import { nginx } from "./nginx/nginx.ts";

/** Servers that are configured rather than programmed, and programs that never listen. */
export const SERVERS: readonly Technology[] = [nginx];
