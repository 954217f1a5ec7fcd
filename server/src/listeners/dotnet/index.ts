import type { Technology } from "../technology.ts";
import { aspnet } from "./aspnet.ts";

/** Programs of .NET. */
export const DOTNET: readonly Technology[] = [aspnet];
