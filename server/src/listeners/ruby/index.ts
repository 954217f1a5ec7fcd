import type { Technology } from "../technology.ts";
import { puma } from "./puma.ts";
import { falcon, rackServers, unicorn } from "./rackServers.ts";
import { rails } from "./rails.ts";
import { rubyProgram } from "./rubyProgram.ts";
import { thruster } from "./thruster.ts";
import { rubyWorkers } from "./workers.ts";

/** Frameworks and servers written in Ruby. A program that is no known command is read last. */
export const RUBY: readonly Technology[] = [rails, puma, rackServers, unicorn, falcon, rubyWorkers, thruster, rubyProgram];
