import type { Technology } from "../technology.ts";
import { flask } from "./flask.ts";

/** Frameworks and servers written in Python. */
export const PYTHON: readonly Technology[] = [flask];
