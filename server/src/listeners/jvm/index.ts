import type { Technology } from "../technology.ts";
import { jvm } from "./jvm.ts";

/** Programs and servers of the Java virtual machine. */
export const JVM: readonly Technology[] = [jvm];
