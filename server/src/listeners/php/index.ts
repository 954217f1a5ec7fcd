import type { Technology } from "../technology.ts";
import { phpApache } from "./apache.ts";
import { phpServer } from "./builtInServer.ts";
import { phpConsoles } from "./consoles.ts";
import { phpFpm } from "./fpm.ts";
import { frankenPhp } from "./frankenphp.ts";
import { phpProgram } from "./phpProgram.ts";
import { roadRunner } from "./roadRunner.ts";

/** Servers that run PHP. */
export const PHP: readonly Technology[] = [phpApache, phpFpm, phpServer, phpConsoles, frankenPhp, roadRunner, phpProgram];
