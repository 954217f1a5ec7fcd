/** Programs of every language and framework, as the unit tests know them, with their statements dropped, doubled, swapped and cut. */
import { fuzz } from "../support/fuzz.ts";
import { projects } from "./generators/projects.ts";
import { seedsOf } from "./generators/seeds.ts";
import { checkProject, projectCases } from "./projectChecks.ts";

const FIELDS = ["python", "node", "go", "jvm", "dotnet", "ruby", "php", "rust", "other"].map((field) => `listeners/${field}`);
const seeds = (await seedsOf(...FIELDS, "source")).filter((seed) => seed.kind !== "project" || !seed.path.startsWith("compose"));

fuzz("programs", projectCases(projects(seeds)), checkProject, { runs: 40 });
