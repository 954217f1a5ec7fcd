import type { Technology } from "../technology.ts";
import { elixir } from "./elixir.ts";
import { flagServers, vapor } from "./flagServers.ts";
import { r } from "./r.ts";

/** Servers and frameworks of languages that have no evaluator. */
export const OTHER: readonly Technology[] = [elixir, flagServers, vapor, r];
