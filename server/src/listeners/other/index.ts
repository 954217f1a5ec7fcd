import type { Technology } from "../technology.ts";
import { crystal } from "./crystal.ts";
import { dart } from "./dart.ts";
import { elixir } from "./elixir.ts";
import { flagServers } from "./flagServers.ts";
import { r } from "./r.ts";
import { vapor } from "./vapor.ts";

/** Servers and frameworks of languages that have no evaluator. */
export const OTHER: readonly Technology[] = [elixir, dart, crystal, flagServers, vapor, r];
