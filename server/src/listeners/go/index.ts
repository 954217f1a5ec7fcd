import type { Technology } from "../technology.ts";
import { echo } from "./echo.ts";
import { exporterToolkit } from "./exporterToolkit.ts";
import { fiber } from "./fiber.ts";
import { frameworks } from "./frameworks.ts";
import { gin } from "./gin.ts";
import { goProgram } from "./goProgram.ts";
import { netHttp } from "./netHttp.ts";
import { netListen } from "./netListen.ts";

const CALLS: readonly Technology[] = [netHttp, netListen, gin, echo, fiber, exporterToolkit, ...frameworks];

/** Frameworks and servers written in Go, and the programs that use them. */
export const GO: readonly Technology[] = [...CALLS, goProgram(CALLS)];
