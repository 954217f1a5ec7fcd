import type { Technology } from "../technology.ts";
import { rustProgram } from "./cargo.ts";

/** Programs written in Rust. */
export const RUST: readonly Technology[] = [rustProgram];
