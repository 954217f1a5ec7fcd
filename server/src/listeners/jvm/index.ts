import type { Technology } from "../technology.ts";
import { jetty, liberty, tomcat, wildfly } from "./containers.ts";
import { jvm } from "./jvm.ts";

/** Programs and servers of the Java virtual machine. */
export const JVM: readonly Technology[] = [tomcat, wildfly, liberty, jetty, jvm];
