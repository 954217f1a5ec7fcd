import type { Technology } from "../technology.ts";
import { crystal } from "./crystal.ts";
import { cSockets } from "./cSockets.ts";
import { dart } from "./dart.ts";
import { elixir } from "./elixir.ts";
import { flagServers } from "./flagServers.ts";
import { julia } from "./julia.ts";
import { r } from "./r.ts";
import { vapor } from "./vapor.ts";

/** Servers and frameworks of languages that have no evaluator. */
export const OTHER: readonly Technology[] = [elixir, dart, crystal, flagServers, vapor, r, julia, cSockets];
