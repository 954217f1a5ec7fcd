import type { Technology } from "../technology.ts";
import { puma } from "./puma.ts";
import { falcon, rackServers, unicorn } from "./rackServers.ts";
import { rails } from "./rails.ts";
import { rubyProgram } from "./rubyProgram.ts";
import { thruster } from "./thruster.ts";
import { rubyWorkers } from "./workers.ts";

const SERVERS: readonly Technology[] = [rails, puma, rackServers, unicorn, falcon, rubyWorkers];

/** Frameworks and servers written in Ruby. A program that is no known command is read last. */
export const RUBY: readonly Technology[] = [...SERVERS, thruster(SERVERS), rubyProgram];
